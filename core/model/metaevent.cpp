#include "core/model/metaevent.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/model/definition_reader.h"

namespace dogwatch {
namespace {

constexpr std::int64_t kLargestMaxDepth = 64;

constexpr std::array<std::pair<std::string_view, FireOn>, 3> kFireOn = {{
    {"rise", FireOn::Rise},
    {"fall", FireOn::Fall},
    {"both", FireOn::Both},
}};

constexpr std::array<std::pair<std::string_view, Downtime>, 2> kDowntime = {{
    {"counted", Downtime::Counted},
    {"excluded", Downtime::Excluded},
}};

void readFire(DefinitionReader& in, const Place& fire, Metaevent& to) {
    if (!fire || !in.keys(fire, {}, {"on", "cooldown", "repeat", "limit", "max_depth"})) return;
    if (const Place on = fire.member("on")) to.on = in.oneOf<FireOn>(on, kFireOn);
    if (const Place cooldown = fire.member("cooldown")) to.cooldown = in.duration(cooldown);
    if (const Place repeat = fire.member("repeat")) to.repeat = in.duration(repeat);
    if (const Place depth = fire.member("max_depth")) {
        to.maxDepth = static_cast<int>(in.whole(depth, 1, kLargestMaxDepth));
    }
    const Place limit = fire.member("limit");
    if (!limit || !in.keys(limit, {"count", "within"})) return;
    to.limit = FireLimit{in.whole(limit.member("count"), 1), in.duration(limit.member("within"))};
}

Job readJob(DefinitionReader& in, const Place& place) {
    Job job;
    if (!in.keys(place, {"run"}, {"payload"})) return job;
    job.run = in.text(place.member("run"));
    if (const Place payload = place.member("payload")) job.payload = *payload.value;
    return job;
}

bool hasSelector(const Condition& when) {
    const auto tree = when.tree();
    return std::any_of(tree.begin(), tree.end(), [](const Condition* c) { return !c->selectors().empty(); });
}

void readWhen(DefinitionReader& in, const Place& definition, Metaevent& to) {
    to.when = readCondition(in, definition.member("when"));
    if (to.when.size() > kLargestTree || to.when.depth() > kDeepestTree) {
        in.refuseAt("when", "at most {} conditions, and a tree depth of at most {}", kLargestTree,
                    kDeepestTree);
    }
    to.partition =
        in.listOrNone(definition.member("partition"), [&in](const Place& one) { return in.fieldPath(one); });
    if (!to.partition.empty() && !hasSelector(to.when)) {
        in.refuseAt("partition",
                    "a partition needs a selector in the tree: a condition that looks at records");
    }
}

/// The names that it needs to be told about with `active`, and where.
std::vector<const Condition*> actives(const Metaevent& definition) {
    auto tree = definition.when.tree();
    std::erase_if(tree, [](const Condition* c) { return c->as<condition::Active>() == nullptr; });
    return tree;
}

const std::string& activeName(const Condition& condition) {
    return condition.as<condition::Active>()->metaevent;
}

using Defined = std::map<std::string, const Metaevent*, std::less<>>;

/// Whether a chain of `active` leads from one name to another.
bool leadsTo(const Defined& defined, const std::string& from, const std::string& to) {
    std::set<std::string> reached;
    std::vector<std::string> ahead{from};
    while (!ahead.empty()) {
        const std::string name = std::move(ahead.back());
        ahead.pop_back();
        if (name == to) return true;
        const auto found = defined.find(name);
        if (found == defined.end() || !reached.insert(name).second) continue;
        for (const auto* active : actives(*found->second)) ahead.push_back(activeName(*active));
    }
    return false;
}

}  // namespace

std::optional<json::value> Metaevent::keyOf(const Record& record) const {
    if (partition.empty()) return std::nullopt;
    json::array key;
    json::value scratch;
    for (const FieldPath& path : partition) {
        const json::value* value = path.find(record, scratch);
        if (value == nullptr) return std::nullopt;
        key.push_back(*value);
    }
    return key;
}

Result<Metaevent> metaeventFromJson(const json::value& value, const std::string& path,
                                    const Grammar& grammar) {
    DefinitionReader in(path, grammar);
    const Place root{&value, {}};
    Metaevent definition;
    if (in.keys(root, {"metaevent", "when"},
                {"description", "partition", "expire", "fire", "jobs", "downtime", "enabled"})) {
        definition.name = in.name(root.member("metaevent"));
        readWhen(in, root, definition);
        if (const Place expire = root.member("expire")) definition.expire = in.duration(expire);
        if (const Place text = root.member("description")) definition.description = in.string(text);
        if (const Place downtime = root.member("downtime")) {
            definition.downtime = in.oneOf<Downtime>(downtime, kDowntime);
        }
        if (const Place enabled = root.member("enabled")) definition.enabled = in.boolean(enabled);
        definition.jobs =
            in.listOrNone(root.member("jobs"), [&in](const Place& one) { return readJob(in, one); });
        readFire(in, root.member("fire"), definition);
    }
    if (in.failed()) return tl::unexpected(in.fault());
    definition.source = value.get_object();
    return definition;
}

std::optional<Error> activeCycle(const Metaevent& definition, const std::vector<const Metaevent*>& others,
                                 const std::string& path, const Grammar& grammar) {
    Defined defined;
    for (const auto* other : others) defined.insert_or_assign(other->name, other);
    defined.insert_or_assign(definition.name, &definition);
    for (const auto* active : actives(definition)) {
        if (!leadsTo(defined, activeName(*active), definition.name)) continue;
        const std::string at = fmt::format("{}{}{}.active", path, path.empty() ? "" : ".", active->path);
        return Error{Error::Kind::Invalid,
                     grammar.say("no cycle of `active`, but {} depends on {} itself", activeName(*active),
                                 definition.name),
                     at};
    }
    return std::nullopt;
}

Result<std::vector<Metaevent>> metaeventsFromJson(const json::value& value, const Grammar& grammar) {
    const auto* list = value.if_array();
    const std::size_t count = list != nullptr ? list->size() : 1;
    std::vector<Metaevent> definitions;
    definitions.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        auto definition = list != nullptr ? metaeventFromJson((*list)[i], std::to_string(i), grammar)
                                          : metaeventFromJson(value, {}, grammar);
        if (!definition) return tl::unexpected(definition.error());
        definitions.push_back(*std::move(definition));
    }
    std::set<std::string_view> names;
    std::vector<const Metaevent*> before;
    for (std::size_t i = 0; i < count; ++i) {
        const Metaevent& definition = definitions[i];
        if (!names.insert(definition.name).second) {
            return malformed(std::to_string(i) + ".metaevent",
                             grammar.say("a name that no other metaevent has, not \"{}\"", definition.name));
        }
        if (auto cycle = activeCycle(definition, before, list != nullptr ? std::to_string(i) : std::string(),
                                     grammar)) {
            return tl::unexpected(*std::move(cycle));
        }
        before.push_back(&definition);
    }
    return definitions;
}

}  // namespace dogwatch

#include "core/model/definition_reader.h"

#include <array>

namespace dogwatch {
namespace {

using namespace condition;

constexpr std::array<std::pair<std::string_view, Since>, 2> kSince = {{
    {"armed", Since::Armed},
    {"first", Since::First},
}};

constexpr std::array<std::pair<std::string_view, Measure::Kind>, 9> kMeasures = {{
    {"sum", Measure::Kind::Sum},
    {"avg", Measure::Kind::Avg},
    {"min", Measure::Kind::Min},
    {"max", Measure::Kind::Max},
    {"p50", Measure::Kind::P50},
    {"p90", Measure::Kind::P90},
    {"p95", Measure::Kind::P95},
    {"p99", Measure::Kind::P99},
    {"distinct", Measure::Kind::Distinct},
}};

constexpr std::array<std::pair<std::string_view, Gauge::Kind>, 3> kGauges = {{
    {"queued", Gauge::Kind::Queued},
    {"running", Gauge::Kind::Running},
    {"vms", Gauge::Kind::Vms},
}};

/// Reads the tree. Each condition's keys are read in the order in which the spec lists them, so that of
/// several faults the one told is always the same.
class ConditionReader {
 public:
    explicit ConditionReader(DefinitionReader& in) : in_(in) {}

    Condition condition(const Place& place);

 private:
    using Read = void (ConditionReader::*)(const Place&, Condition&);
    struct Operator {
        std::string_view key;
        Read read;
    };
    static const std::array<Operator, 20> kOperators;

    void occurs(const Place& at, Condition& to);
    void absent(const Place& at, Condition& to);
    void missed(const Place& at, Condition& to);
    void count(const Place& at, Condition& to);
    void measure(const Place& at, Condition& to);
    void ratio(const Place& at, Condition& to);
    void streak(const Place& at, Condition& to);
    void gauge(const Place& at, Condition& to);
    void changed(const Place& at, Condition& to);
    void sequence(const Place& at, Condition& to);
    void at(const Place& at, Condition& to);
    void during(const Place& at, Condition& to);
    void fired(const Place& at, Condition& to);
    void active(const Place& at, Condition& to);
    void all(const Place& at, Condition& to);
    void any(const Place& at, Condition& to);
    void negation(const Place& at, Condition& to);
    void atLeast(const Place& at, Condition& to);
    void held(const Place& at, Condition& to);
    void recent(const Place& at, Condition& to);

    Sequence::Step step(const Place& place);
    std::vector<Sequence::Step> steps(const Place& place);
    std::vector<Condition> conditions(const Place& place);
    Since since(const Place& place) { return place ? in_.oneOf<Since>(place, kSince) : Since::Armed; }
    std::int64_t samples(const Place& place) { return place ? in_.whole(place, 1) : 1; }

    DefinitionReader& in_;
};

const std::array<ConditionReader::Operator, 20> ConditionReader::kOperators = {{
    {"occurs", &ConditionReader::occurs},   {"absent", &ConditionReader::absent},
    {"missed", &ConditionReader::missed},   {"count", &ConditionReader::count},
    {"measure", &ConditionReader::measure}, {"ratio", &ConditionReader::ratio},
    {"streak", &ConditionReader::streak},   {"gauge", &ConditionReader::gauge},
    {"changed", &ConditionReader::changed}, {"sequence", &ConditionReader::sequence},
    {"at", &ConditionReader::at},           {"during", &ConditionReader::during},
    {"fired", &ConditionReader::fired},     {"active", &ConditionReader::active},
    {"all", &ConditionReader::all},         {"any", &ConditionReader::any},
    {"not", &ConditionReader::negation},    {"at_least", &ConditionReader::atLeast},
    {"held", &ConditionReader::held},       {"recent", &ConditionReader::recent},
}};

Condition ConditionReader::condition(const Place& place) {
    Condition condition;
    condition.path = place.path;
    const auto* object = place ? place.value->if_object() : nullptr;
    if (object == nullptr) {
        in_.refuse(place, "a condition");
        return condition;
    }
    const Operator* found = nullptr;
    std::size_t count = 0;
    std::string keys;
    for (const auto& op : kOperators) {
        keys += (keys.empty() ? "" : ", ") + std::string(op.key);
        if (object->if_contains(op.key) == nullptr) continue;
        found = &op;
        ++count;
    }
    if (count != 1) {
        in_.refuseAt(place.path, "a condition with exactly one of {}", keys);
        return condition;
    }
    (this->*found->read)(place, condition);
    return condition;
}

void ConditionReader::occurs(const Place& at, Condition& to) {
    if (in_.keys(at, {"occurs"})) to.kind = Occurs{in_.selector(at.member("occurs"))};
}

void ConditionReader::absent(const Place& at, Condition& to) {
    if (!in_.keys(at, {"absent", "for"}, {"since"})) return;
    Absent absent;
    absent.selector = in_.selector(at.member("absent"));
    absent.duration = in_.duration(at.member("for"));
    absent.since = since(at.member("since"));
    to.kind = std::move(absent);
}

void ConditionReader::missed(const Place& at, Condition& to) {
    if (!in_.keys(at, {"missed", "schedule"}, {"timezone", "grace", "since"})) return;
    Missed missed;
    missed.selector = in_.selector(at.member("missed"));
    missed.schedule = in_.schedule(at.member("schedule"), at.member("timezone"));
    if (const Place grace = at.member("grace")) missed.grace = in_.duration(grace);
    missed.since = since(at.member("since"));
    to.kind = std::move(missed);
}

void ConditionReader::count(const Place& at, Condition& to) {
    if (!in_.keys(at, {"count", "within", "is"})) return;
    Count count;
    count.selector = in_.selector(at.member("count"));
    count.within = in_.duration(at.member("within"));
    count.is = in_.comparison(at.member("is"));
    to.kind = std::move(count);
}

void ConditionReader::measure(const Place& at, Condition& to) {
    if (!in_.keys(at, {"measure", "of", "over", "within", "is"}, {"samples"})) return;
    Measure measure;
    measure.kind = in_.oneOf<Measure::Kind>(at.member("measure"), kMeasures);
    measure.of = in_.fieldPath(at.member("of"));
    measure.over = in_.selector(at.member("over"));
    measure.within = in_.duration(at.member("within"));
    measure.is = in_.comparison(at.member("is"));
    measure.samples = samples(at.member("samples"));
    to.kind = std::move(measure);
}

void ConditionReader::ratio(const Place& at, Condition& to) {
    if (!in_.keys(at, {"ratio", "to", "within", "is"}, {"samples"})) return;
    Ratio ratio;
    ratio.selector = in_.selector(at.member("ratio"));
    ratio.to = in_.selector(at.member("to"));
    ratio.within = in_.duration(at.member("within"));
    ratio.is = in_.comparison(at.member("is"));
    ratio.samples = samples(at.member("samples"));
    to.kind = std::move(ratio);
}

void ConditionReader::streak(const Place& at, Condition& to) {
    if (!in_.keys(at, {"streak", "among", "is"})) return;
    Streak streak;
    streak.selector = in_.selector(at.member("streak"));
    streak.among = in_.selector(at.member("among"));
    streak.is = in_.comparison(at.member("is"));
    to.kind = std::move(streak);
}

void ConditionReader::gauge(const Place& at, Condition& to) {
    if (!in_.keys(at, {"gauge", "is"}, {"function"})) return;
    Gauge gauge;
    gauge.kind = in_.oneOf<Gauge::Kind>(at.member("gauge"), kGauges);
    if (const Place function = at.member("function")) gauge.function = Pattern(in_.text(function));
    gauge.is = in_.comparison(at.member("is"));
    to.kind = std::move(gauge);
}

void ConditionReader::changed(const Place& at, Condition& to) {
    if (!in_.keys(at, {"changed", "over"})) return;
    Changed changed;
    changed.path = in_.fieldPath(at.member("changed"));
    changed.over = in_.selector(at.member("over"));
    to.kind = std::move(changed);
}

Sequence::Step ConditionReader::step(const Place& place) {
    const auto* object = place ? place.value->if_object() : nullptr;
    if (object == nullptr || object->if_contains("not") == nullptr) return {in_.selector(place), false, {}};
    Sequence::Step step;
    step.isNot = true;
    if (!in_.keys(place, {"not"}, {"for"})) return step;
    if (const Place lasts = place.member("for")) step.duration = in_.duration(lasts);
    step.selector = in_.selector(place.member("not"));
    return step;
}

std::vector<Sequence::Step> ConditionReader::steps(const Place& place) {
    auto steps = in_.list(place, [this](const Place& one) { return step(one); });
    for (std::size_t i = 0; i < steps.size() && !in_.failed(); ++i) {
        if (steps[i].isNot && (i == 0 || steps[i - 1].isNot)) {
            in_.refuse(place.element(i),
                       "a selector: the first step is no `not`, and no two `not` are adjacent");
        }
        if (steps[i].duration && i + 1 != steps.size()) {
            in_.refuse(place.element(i).member("for"), "no `for` here: it is for the last step only");
        }
    }
    return steps;
}

void ConditionReader::sequence(const Place& at, Condition& to) {
    if (!in_.keys(at, {"sequence", "within"}, {"by", "overlap"})) return;
    Sequence sequence;
    sequence.steps = steps(at.member("sequence"));
    sequence.within = in_.duration(at.member("within"));
    sequence.by = in_.listOrNone(at.member("by"), [this](const Place& one) { return in_.fieldPath(one); });
    if (const Place overlap = at.member("overlap")) sequence.overlap = in_.boolean(overlap);
    to.kind = std::move(sequence);
}

void ConditionReader::at(const Place& at, Condition& to) {
    if (in_.keys(at, {"at"}, {"timezone"}))
        to.kind = At{in_.schedule(at.member("at"), at.member("timezone"))};
}

void ConditionReader::during(const Place& at, Condition& to) {
    if (!in_.keys(at, {"during", "for"}, {"timezone"})) return;
    During during;
    during.schedule = in_.schedule(at.member("during"));
    during.duration = in_.duration(at.member("for"));
    during.schedule = in_.schedule(at.member("during"), at.member("timezone"));
    to.kind = std::move(during);
}

void ConditionReader::fired(const Place& at, Condition& to) {
    if (in_.keys(at, {"fired"})) to.kind = Fired{in_.name(at.member("fired"))};
}

void ConditionReader::active(const Place& at, Condition& to) {
    if (in_.keys(at, {"active"})) to.kind = Active{in_.name(at.member("active"))};
}

std::vector<Condition> ConditionReader::conditions(const Place& place) {
    return in_.list(place, [this](const Place& one) { return condition(one); });
}

void ConditionReader::all(const Place& at, Condition& to) {
    if (in_.keys(at, {"all"})) to.children = conditions(at.member("all"));
    to.kind = All{};
}

void ConditionReader::any(const Place& at, Condition& to) {
    if (in_.keys(at, {"any"})) to.children = conditions(at.member("any"));
    to.kind = Any{};
}

void ConditionReader::negation(const Place& at, Condition& to) {
    if (in_.keys(at, {"not"})) to.children.push_back(condition(at.member("not")));
    to.kind = Not{};
}

void ConditionReader::atLeast(const Place& at, Condition& to) {
    if (!in_.keys(at, {"at_least", "of"})) return;
    const Place count = at.member("at_least");
    to.kind = AtLeast{in_.whole(count, 1)};
    to.children = conditions(at.member("of"));
    const auto most = static_cast<std::int64_t>(to.children.size());
    if (!in_.failed() && in_.whole(count, 1) > most) {
        in_.refuse(count, "a whole number from 1 to {}, the number of conditions", most);
    }
}

void ConditionReader::held(const Place& at, Condition& to) {
    if (!in_.keys(at, {"held", "for"})) return;
    to.children.push_back(condition(at.member("held")));
    to.kind = Held{in_.duration(at.member("for"))};
}

void ConditionReader::recent(const Place& at, Condition& to) {
    if (!in_.keys(at, {"recent", "within"})) return;
    to.children.push_back(condition(at.member("recent")));
    to.kind = Recent{in_.duration(at.member("within"))};
}

}  // namespace

Condition readCondition(DefinitionReader& in, const Place& place) {
    return ConditionReader(in).condition(place);
}

Result<Condition> conditionFromJson(const json::value& value, const std::string& path) {
    DefinitionReader in({});
    Condition condition = readCondition(in, {&value, path});
    if (in.failed()) return tl::unexpected(in.fault());
    return condition;
}

}  // namespace dogwatch

#include "gui/canvas/model/diagnosis.h"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>

#include "core/model/definition_reader.h"
#include "gui/canvas/model/graph_json.h"
#include "gui/models/language.h"
#include "gui/models/text.h"

namespace dogwatch::gui::canvas {
namespace {

using namespace Qt::StringLiterals;

struct Diagnoses {
    Q_DECLARE_TR_FUNCTIONS(Diagnoses)
};

constexpr int kMostPatches = 200;
constexpr const char* kGap = "…";

json::value harmless(Flow flow) {
    switch (flow) {
        case Flow::Records: return {{"event", kGap}};
        case Flow::Firing: return {{"run", kGap}};
        case Flow::Truth: break;
    }
    return {{"occurs", {{"event", kGap}}}};
}

json::value harmless(const Field& field) {
    switch (field.type) {
        case FieldType::Name:
        case FieldType::Metaevent: return "-";  // a name; shown as a gap
        case FieldType::Function: return kGap;
        default: break;
    }
    auto value = parseJson(field.initial.empty() ? field.sample : field.initial);
    return value ? *value : json::value{};
}

/// The value at a dotted path; null: there is none. Only objects and lists are walked.
json::value* valueAt(json::value& root, std::string_view path) {
    json::value* at = &root;
    while (at != nullptr && !path.empty()) {
        const std::size_t dot = path.find('.');
        const std::string head(path.substr(0, dot));
        path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
        if (at->is_object()) {
            at = at->get_object().if_contains(head);
        } else if (at->is_array()) {
            const std::size_t index = std::strtoul(head.c_str(), nullptr, 10);
            at = index < at->get_array().size() ? &at->get_array()[index] : nullptr;
        } else {
            at = nullptr;
        }
    }
    return at;
}

std::string pathJoin(const std::string& parent, const std::string& part) {
    return parent.empty() || part.empty() ? parent + part : parent + '.' + part;
}

bool isWellFormed(const json::value* condition) {
    return condition != nullptr && conditionFromJson(*condition).has_value();
}

/// Reads a definition again and again, mending each fault it tells, until it is well-formed.
class Patcher {
 public:
    Patcher(const Graph& graph, NodeId top, std::string prefix)
        : graph_(graph), top_(top), prefix_(std::move(prefix)) {}

    /// The well-formed definition; none when it cannot be made so.
    std::optional<Metaevent> run(json::value definition, std::vector<Issue>* issues);

 private:
    void patch(json::value& definition, const Error& fault, std::vector<Issue>* issues);
    void patchField(json::value& definition, const std::string& base, const Field& field);
    static bool patchSocket(json::value& definition, const std::string& base, const Node& node,
                            const std::string& inside);
    [[nodiscard]] QString words(const Error& fault, const Node& node, const std::string& inside) const;

    const Graph& graph_;
    NodeId top_;
    std::string prefix_;  ///< where `top_` stands in the definition that is read
};

std::optional<Metaevent> Patcher::run(json::value definition, std::vector<Issue>* issues) {
    std::string last;
    for (int i = 0; i < kMostPatches; ++i) {
        auto read = metaeventFromJson(definition, {}, grammar());
        if (read) return *std::move(read);
        const Error& fault = read.error();
        if (fault.path == "when" && isWellFormed(valueAt(definition, "when"))) {  // it is too large
            if (issues != nullptr)
                issues->push_back(
                    {Issue::Kind::Fault, graph_.root().id, "when", fault.path, fromUtf8(fault.message)});
            return std::nullopt;
        }
        if (fault.path == last) {  // the mend was none: leave the whole thing out
            const std::size_t dot = last.rfind('.');
            json::value* parent = valueAt(definition, dot == std::string::npos ? "" : last.substr(0, dot));
            if (parent == nullptr || !parent->is_object()) return std::nullopt;
            eraseMember(parent->get_object(), last.substr(dot == std::string::npos ? 0 : dot + 1));
            last.clear();
            continue;
        }
        last = fault.path;
        patch(definition, fault, issues);
    }
    return std::nullopt;
}

void Patcher::patch(json::value& definition, const Error& fault, std::vector<Issue>* issues) {
    const bool within = prefix_.empty() || fault.path.starts_with(prefix_);
    std::string_view path = fault.path == "$" ? std::string_view{} : std::string_view{fault.path};
    if (within && !prefix_.empty())
        path = path.size() > prefix_.size() ? path.substr(prefix_.size() + 1) : std::string_view{};
    const Place place = graph_.locateBelow(within ? top_ : graph_.root().id, path);
    const Node& node = *graph_.find(place.node);
    const std::string base =
        fault.path.size() > place.inside.size() + (place.inside.empty() ? 0 : 1)
            ? fault.path.substr(0, fault.path.size() - place.inside.size() - (place.inside.empty() ? 0 : 1))
            : std::string();
    const Field* field = node.kind->field(place.inside);
    if (issues != nullptr) {
        const std::string key = field != nullptr ? std::string(field->key) : place.inside;
        issues->push_back({Issue::Kind::Fault, node.id, key, fault.path, words(fault, node, place.inside)});
    }
    if (patchSocket(definition, base, node, place.inside)) return;
    if (field != nullptr) return patchField(definition, base, *field);
    json::value* whole = valueAt(definition, base);
    if (place.inside.empty() && whole != nullptr && !base.empty()) {
        *whole = harmless(node.kind->output);
        return;
    }
    const std::size_t dot = fault.path.rfind('.');
    json::value* parent = valueAt(definition, dot == std::string::npos ? "" : fault.path.substr(0, dot));
    const std::string key = fault.path.substr(dot == std::string::npos ? 0 : dot + 1);
    if (parent != nullptr && parent->is_object()) eraseMember(parent->get_object(), key);
}

void Patcher::patchField(json::value& definition, const std::string& base, const Field& field) {
    json::value* object = valueAt(definition, base);
    if (object == nullptr) return;
    const bool needed = field.required || field.key.find("limit.") != std::string_view::npos;
    if (object->is_string()) {  // a bare string that is empty
        *object = harmless(Flow::Records);
    } else if (object->is_object()) {
        setMember(object->get_object(), field.key, needed ? std::optional(harmless(field)) : std::nullopt);
    }
}

bool Patcher::patchSocket(json::value& definition, const std::string& base, const Node& node,
                          const std::string& inside) {
    const std::string head = inside.substr(0, inside.find('.'));
    const auto& sockets = node.kind->sockets;
    const auto found = std::find_if(sockets.begin(), sockets.end(),
                                    [&head](const Socket& socket) { return socket.key == head; });
    if (found == sockets.end()) return false;
    json::value* object = valueAt(definition, base);
    if (object == nullptr || !object->is_object()) return false;
    json::value* exact = valueAt(*object, inside);
    if (inside == head && found->many) {
        object->get_object()[head] =
            found->flow == Flow::Firing ? json::array{} : json::array{harmless(found->flow)};
    } else if (inside.ends_with(".for")) {
        json::value* step = valueAt(*object, inside.substr(0, inside.size() - 4));
        if (step != nullptr && step->is_object()) eraseMember(step->get_object(), "for");
    } else if (exact != nullptr) {
        *exact = harmless(found->flow);
    } else {
        object->get_object()[head] = harmless(found->flow);
    }
    return true;
}

QString Patcher::words(const Error& fault, const Node& node, const std::string& inside) const {
    const QString expected = fromUtf8(fault.message);
    const std::string head = inside.substr(0, inside.find('.'));
    for (std::size_t s = 0; s < node.kind->sockets.size(); ++s) {
        const Socket& socket = node.kind->sockets[s];
        if (socket.key != head || inside.ends_with(".for")) continue;
        const QString title = tableText(socket.title);
        if (socket.flow == Flow::Records)
            return Diagnoses::tr("Nothing is connected as “%1”: connect records.").arg(title);
        if (node.kind->role == Role::Firing && head == "when")
            return Diagnoses::tr("Nothing leads here yet: connect a condition.");
        if (socket.flow == Flow::Truth)
            return Diagnoses::tr("Nothing is connected as “%1”: connect a condition.").arg(title);
    }
    if (node.kind->role == Role::Unknown) return Diagnoses::tr("Expected: %1").arg(expected);
    const Field* field = node.kind->field(inside);
    if (field == nullptr) return u"%1: %2"_s.arg(fromUtf8(inside.empty() ? fault.path : inside), expected);
    const auto value = fieldValue(node, field->key);
    const bool empty = !value || (value->is_string() && value->get_string().empty());
    if (empty && field->type == FieldType::Name)
        return Diagnoses::tr("Give it a name: 1 to 64 of a-z, A-Z, 0-9, - _ .");
    if (empty && field->type == FieldType::Function) return Diagnoses::tr("Choose the function to run.");
    if (empty && field->type == FieldType::Metaevent) return Diagnoses::tr("Choose the metaevent.");
    if (empty) return Diagnoses::tr("“%1” is empty: give %2.").arg(tableText(field->title), expected);
    return Diagnoses::tr("“%1”: expected %2").arg(tableText(field->title), expected);
}

/// Words for gaps: "a record of kind …" is mere "…" to a reader.
QString tidied(QString text) {
    for (const std::string_view words : grammar().recordWords())
        text.replace(fromUtf8(words) + u"…"_s, u"…"_s);
    return text;
}

QString countWords(std::size_t count) {
    return count == 0 ? Diagnoses::tr("nothing yet")
                      : Diagnoses::tr("%n conditions", nullptr, static_cast<int>(count));
}

/// A combinator in itself, without what is put into it.
QString ownWords(const Node& node, const Condition& condition) {
    using namespace condition;
    const std::size_t count = node.sockets.empty() ? 0 : node.sockets[0].size();
    if (condition.as<All>()) return Diagnoses::tr("true while all of them are: %1").arg(countWords(count));
    if (condition.as<Any>()) return Diagnoses::tr("true while one of them is: %1").arg(countWords(count));
    if (condition.as<Not>()) return Diagnoses::tr("true while this is not");
    if (const auto* c = condition.as<AtLeast>())
        return Diagnoses::tr("true while at least %1 of %2 are").arg(c->count).arg(count);
    if (const auto* c = condition.as<Held>())
        return Diagnoses::tr("true without a break for %1")
            .arg(durationWords(c->duration, Grammar::Case::Dative));
    if (const auto* c = condition.as<Recent>())
        return Diagnoses::tr("true now or within the last %1")
            .arg(durationWords(c->within, Grammar::Case::Dative));
    return {};
}

QString firingWords(const Metaevent& definition) {
    QStringList parts;
    if (!definition.enabled) parts << Diagnoses::tr("disabled");
    if (definition.on == FireOn::Fall) parts << Diagnoses::tr("when it ceases to hold");
    if (definition.on == FireOn::Both) parts << Diagnoses::tr("when it begins and when it ceases to hold");
    if (definition.cooldown != Duration{})
        parts << Diagnoses::tr("at most once in %1")
                     .arg(durationWords(definition.cooldown, Grammar::Case::Dative));
    if (definition.repeat) parts << Diagnoses::tr("again every %1").arg(durationWords(*definition.repeat));
    if (definition.limit)
        parts << Diagnoses::tr("at most %1 within %2")
                     .arg(definition.limit->count)
                     .arg(durationWords(definition.limit->within, Grammar::Case::Dative));
    if (!definition.partition.empty()) {
        std::vector<std::string> paths;
        for (const auto& path : definition.partition) paths.push_back(path.text());
        parts << fromUtf8(grammar().partition(paths));
    }
    return parts.isEmpty() ? Diagnoses::tr("when it begins to hold") : parts.join(u", "_s);
}

QString jobWords(const Node& node) {
    const auto payload = fieldValue(node, "payload");
    if (!payload) return Diagnoses::tr("with everything known about the firing");
    QString text = fromUtf8(toJson(*payload));
    constexpr qsizetype kMost = 80;
    if (text.size() > kMost) text = text.left(kMost) + u"…"_s;
    return text;
}

QString sourceWords(const json::value& body) {
    DefinitionReader in({});
    const Selector selector = in.selector({&body, {}});
    if (in.failed() || selector.events.empty()) return u"…"_s;
    return fromUtf8(grammar().things(selector));
}

void summarize(const Graph& graph, NodeId top, const std::string& prefix, const Metaevent& read,
               std::map<NodeId, QString>& to) {
    std::map<std::string, const Condition*> conditions;
    for (const Condition* condition : read.when.tree()) conditions.emplace(condition->path, condition);
    const auto visit = [&](const auto& self, NodeId id, const std::string& path) -> void {
        const Node& node = *graph.find(id);
        const auto found = conditions.find(path);
        if (node.kind->role == Role::Source) {
            to[id] = sourceWords(node.body);
        } else if (node.kind->role == Role::Job) {
            to[id] = jobWords(node);
        } else if (node.kind->role == Role::Firing) {
            to[id] = firingWords(read);
        } else if (node.kind->role == Role::Combinator && found != conditions.end()) {
            to[id] = ownWords(node, *found->second);
        } else if (node.kind->role == Role::Condition && found != conditions.end()) {
            to[id] = tidied(fromUtf8(clauseOf(*found->second, grammar()).text()));
        } else if (node.kind->role == Role::Unknown) {
            to[id] = fromUtf8(toJson(node.body)).left(80);
        }
        for (std::size_t s = 0; s < node.sockets.size(); ++s)
            for (std::size_t i = 0; i < node.sockets[s].size(); ++i)
                if (node.sockets[s][i] != 0)
                    self(self, node.sockets[s][i], pathJoin(path, socketPath(node, s, i)));
    };
    visit(visit, top, prefix);
}

/// A loose node alone: what it says, and what is wrong with it, though neither counts.
void diagnoseLoose(const Graph& graph, NodeId id, Diagnosis& to) {
    const Node& node = *graph.find(id);
    to.issues.push_back(
        {Issue::Kind::Note,
         id,
         {},
         {},
         node.kind->output == Flow::Firing
             ? Diagnoses::tr("Not connected, so it does not run: drag from the firing to it.")
             : Diagnoses::tr(
                   "Not connected, so it does not count: drag from its right edge, or remove it.")});
    json::object around{{"metaevent", "-"}};
    std::string prefix = "when";
    if (node.kind->output == Flow::Truth) {
        around["when"] = graph.toJson(id);
    } else if (node.kind->output == Flow::Records) {
        around["when"] = json::object{{"occurs", graph.toJson(id)}};
        prefix = "when.occurs";
    } else {
        around["when"] = harmless(Flow::Truth);
        around["jobs"] = json::array{graph.toJson(id)};
        prefix = "jobs.0";
    }
    if (const auto read = Patcher(graph, id, prefix).run(around, nullptr))
        summarize(graph, id, prefix, *read, to.summaries);
}

}  // namespace

Diagnosis diagnose(const Graph& graph) {
    Diagnosis result;
    const json::object definition = graph.definition();
    if (auto read = metaeventFromJson(definition, {}, grammar())) {
        result.sentence = sentenceOf(*read, grammar());
        summarize(graph, graph.root().id, {}, *read, result.summaries);
        result.definition = *std::move(read);
    } else if (auto patched = Patcher(graph, graph.root().id, {}).run(definition, &result.issues)) {
        result.sentence = sentenceOf(*patched, grammar());
        for (Phrase& phrase : result.sentence.phrases) phrase.text = toUtf8(tidied(fromUtf8(phrase.text)));
        summarize(graph, graph.root().id, {}, *patched, result.summaries);
    }
    for (const NodeId id : graph.loose()) diagnoseLoose(graph, id, result);
    return result;
}

std::vector<Issue> warningsOf(const Graph& graph, const std::vector<Warning>& warnings) {
    std::vector<Issue> issues;
    for (const Warning& warning : warnings) {
        const Place place = graph.locate(warning.path);
        const Node& node = *graph.find(place.node);
        const Field* field = node.kind->field(place.inside);
        QString text = fromUtf8(warning.message);
        if (!text.isEmpty()) text[0] = text[0].toUpper();
        issues.push_back({Issue::Kind::Warning, node.id,
                          field != nullptr ? std::string(field->key) : place.inside, warning.path, text,
                          warning.isLoop});
    }
    return issues;
}

}  // namespace dogwatch::gui::canvas

#include "gui/canvas/model/graph_text.h"

#include <QCoreApplication>
#include <algorithm>

#include "gui/models/language.h"
#include "gui/models/text.h"

namespace dogwatch::gui::canvas {
namespace {

struct PasteWords {
    Q_DECLARE_TR_FUNCTIONS(PasteWords)
};

json::value pointJson(QPointF point) {
    return json::array{point.x(), point.y()};
}

std::optional<QPointF> pointFrom(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    const json::array* pair = value != nullptr ? value->if_array() : nullptr;
    if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_number() || !(*pair)[1].is_number())
        return std::nullopt;
    return QPointF{(*pair)[0].to_number<double>(), (*pair)[1].to_number<double>()};
}

const json::array& listMember(const json::object& object, std::string_view key) {
    static const json::array kNone;
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_array() ? value->get_array() : kNone;
}

std::optional<Part> partOf(const json::value& value) {
    if (value.is_string() && !value.get_string().empty()) return Part{Flow::Records, value};
    if (!value.is_object()) return std::nullopt;
    const json::object& object = value.get_object();
    if (object.contains("metaevent") || object.contains("when")) return Part{std::nullopt, value};
    if (object.contains("run")) return Part{Flow::Firing, value};
    if (kindOf(value, Flow::Truth).role != Role::Unknown) return Part{Flow::Truth, value};
    if (object.contains("event")) return Part{Flow::Records, value};
    return std::nullopt;
}

}  // namespace

QString textOf(const Graph& graph, const std::set<NodeId>& ids) {
    if (ids.contains(graph.root().id)) return fromUtf8(toPrettyJson(graph.definition()));
    // What is put into another of them comes with it.
    std::set<NodeId> inner;
    for (const Connection& connection : graph.connections())
        if (ids.contains(connection.to.node)) inner.insert(connection.from);
    json::array all;
    for (const NodeId id : ids)
        if (!inner.contains(id) && graph.find(id) != nullptr) all.push_back(graph.toJson(id));
    if (all.empty()) return {};
    return fromUtf8(toPrettyJson(all.size() == 1 ? all[0] : json::value(all)));
}

Result<std::vector<Part>> partsOfText(const QString& text) {
    const auto value = parseJson(toUtf8(text), {}, grammar());
    if (!value) return tl::unexpected(value.error());
    const bool isList = value->is_array();
    const std::size_t count = isList ? value->get_array().size() : 1;
    std::vector<Part> parts;
    for (std::size_t i = 0; i < count; ++i) {
        auto part = partOf(isList ? value->get_array()[i] : *value);
        if (!part) {
            return malformed(
                isList ? std::to_string(i) : "$",
                toUtf8(PasteWords::tr("a metaevent, a condition, a selector or a job, as JSON")));
        }
        parts.push_back(*std::move(part));
    }
    if (parts.empty())
        return malformed("$", toUtf8(PasteWords::tr("at least one condition, selector or job")));
    return parts;
}

json::object layoutOf(const Graph& graph) {
    json::array places;
    std::map<NodeId, std::string> names;
    for (const auto& [path, id] : graph.paths()) {
        if (!names.emplace(id, path).second) continue;
        const Node& node = *graph.find(id);
        if (node.place)
            places.push_back({{"path", path}, {"kind", node.kind->key}, {"at", pointJson(*node.place)}});
    }
    json::array loose;
    for (const NodeId id : graph.loose()) {
        const Node& node = *graph.find(id);
        json::object item{{"flow", static_cast<int>(node.kind->output)}, {"json", graph.toJson(id)}};
        if (node.place) item["at"] = pointJson(*node.place);
        loose.push_back(std::move(item));
    }
    json::array comments;
    for (const Comment& comment : graph.comments())
        comments.push_back({{"text", toUtf8(comment.text)}, {"at", pointJson(comment.place)}});
    json::array frames;
    for (const Cluster& cluster : graph.clusters()) {
        json::array members;
        for (const NodeId id : cluster.members)
            if (const auto found = names.find(id); found != names.end())
                members.push_back(json::string(found->second));
        frames.push_back({{"title", toUtf8(cluster.title)}, {"members", std::move(members)}});
    }
    return {{"places", std::move(places)},
            {"loose", std::move(loose)},
            {"comments", std::move(comments)},
            {"frames", std::move(frames)}};
}

void applyLayout(Graph& graph, const json::object& layout) {
    const auto paths = graph.paths();
    for (const json::value& item : listMember(layout, "places")) {
        if (!item.is_object()) continue;
        const auto found = paths.find(std::string(stringMember(item.get_object(), "path", "?")));
        const auto at = pointFrom(item.get_object(), "at");
        if (found == paths.end() || !at) continue;
        if (graph.find(found->second)->kind->key == stringMember(item.get_object(), "kind"))
            graph.setPlace(found->second, at);
    }
    for (const json::value& item : listMember(layout, "loose")) {
        const json::value* value = item.is_object() ? item.get_object().if_contains("json") : nullptr;
        if (value == nullptr) continue;
        const auto flow = std::clamp<std::int64_t>(intMember(item.get_object(), "flow"), 0, 2);
        const NodeId id = graph.add(kindOf(*value, static_cast<Flow>(flow)), *value);
        graph.setPlace(id, pointFrom(item.get_object(), "at"));
    }
    for (const json::value& item : listMember(layout, "comments"))
        if (item.is_object())
            graph.addComment(fromUtf8(stringMember(item.get_object(), "text")),
                             pointFrom(item.get_object(), "at").value_or(QPointF{}));
    for (const json::value& item : listMember(layout, "frames")) {
        if (!item.is_object()) continue;
        std::set<NodeId> members;
        for (const json::value& path : listMember(item.get_object(), "members"))
            if (path.is_string())
                if (const auto found = paths.find(std::string(path.get_string())); found != paths.end())
                    members.insert(found->second);
        if (!members.empty()) graph.addCluster(fromUtf8(stringMember(item.get_object(), "title")), members);
    }
}

}  // namespace dogwatch::gui::canvas

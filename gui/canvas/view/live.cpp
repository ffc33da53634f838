#include "gui/canvas/view/live.h"

#include "gui/models/text.h"

namespace dogwatch::gui::canvas {
namespace {

std::optional<Time> timeMember(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    if (value == nullptr || !value->is_int64()) return std::nullopt;
    return timeFromUs(value->get_int64());
}

Live liveFrom(const json::object& condition, Time now) {
    Live live;
    live.holds = boolMember(condition, "holds");
    const auto rise = timeMember(condition, "last_rise");
    const std::int64_t rises = intMember(condition, "rises");
    if (*live.holds) {
        live.text = rise ? QObject::tr("true since %1").arg(clockText(*rise, now)) : QObject::tr("true");
    } else if (rises > 0) {
        live.text = rise ? QObject::tr("last true %1").arg(agoText(*rise, now)) : QObject::tr("not true");
    } else {
        live.text = QObject::tr("not true now");  // the live engine does not know how often it was
    }
    if (const auto due = timeMember(condition, "next_deadline")) live.countdown = untilText(*due, now);
    return live;
}

}  // namespace

std::map<NodeId, Live> liveOf(const json::object& explained, const Graph& graph, const json::object& applied,
                              Time now) {
    std::map<NodeId, Live> live;
    const json::value* conditions = explained.if_contains("conditions");
    if (conditions == nullptr || !conditions->is_array()) return live;
    const Graph running = Graph::fromDefinition(applied);
    const auto theirs = running.paths();
    const auto ours = graph.paths();
    for (const json::value& item : conditions->get_array()) {
        if (!item.is_object()) continue;
        const std::string path(stringMember(item.get_object(), "path"));
        const auto mine = ours.find(path);
        const auto other = theirs.find(path);
        if (mine == ours.end() || other == theirs.end()) continue;
        if (toJson(graph.toJson(mine->second)) != toJson(running.toJson(other->second))) continue;
        live.emplace(mine->second, liveFrom(item.get_object(), now));
    }
    return live;
}

}  // namespace dogwatch::gui::canvas

#include "gui/models/cause_graph.h"

#include <QCoreApplication>
#include <algorithm>
#include <map>

#include "gui/models/execution_model.h"
#include "gui/models/record_model.h"
#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(dogwatch::gui::CauseGraph)
};

QString member(const json::object& object, std::string_view key) {
    return fromUtf8(stringMember(object, key));
}

QString suppressedWords(const json::object& record) {
    const auto reason = stringMember(record, "reason");
    if (reason == "depth")
        return Words::tr("Loop cut: %1 firings behind it").arg(intMember(record, "depth") - 1);
    if (reason == "cascade") return Words::tr("Loop cut: too many firings at once");
    if (reason == "cooldown") return Words::tr("Held back: within its cooldown");
    if (reason == "limit") return Words::tr("Held back: at its limit");
    return Words::tr("Held back: %1").arg(fromUtf8(reason));
}

QString triggerWords(const QString& trigger) {
    if (trigger == u"schedule"_s) return Words::tr("Its schedule");
    if (trigger == u"console"_s) return Words::tr("Somebody, in the console");
    if (trigger == u"api"_s) return Words::tr("A request");
    return trigger.isEmpty() ? Words::tr("Not known") : trigger;
}

void describeExecution(CauseBox& box, const json::object& value) {
    const auto execution = executionFromJson(json::value(value));
    if (!execution) return;
    box.title = fromUtf8(execution->function);
    box.detail = stateText(execution->state);
    if (!execution->error.empty()) box.detail += u": "_s + fromUtf8(execution->error);
    if (execution->durationUs) box.detail += u", "_s + durationText(execution->durationUs);
    box.icon = stateIcon(execution->state);
    box.tone = stateTone(execution->state);
    box.leads = CauseBox::Leads::ToExecution;
    box.target = fromUtf8(execution->id);
}

void describe(CauseBox& box, std::string_view kind, const json::value* value) {
    static const json::object kNone;
    const json::object& object = value != nullptr && value->is_object() ? value->get_object() : kNone;
    if (kind == "execution") return describeExecution(box, object);
    if (kind == "firing" || kind == "suppressed") {
        const bool fired = kind == "firing";
        box.target = member(object, "metaevent");
        box.title = box.target;
        box.leads = fired ? CauseBox::Leads::ToFiring : CauseBox::Leads::ToMetaevent;
        if (fired) box.firing = member(object, "firing");
        box.icon = fired ? u"bell"_s : u"stop"_s;
        box.tone = fired ? Tone::Bad : Tone::Warning;
        box.detail = fired ? Words::tr("Fired (%1), depth %2")
                                 .arg(member(object, "edge"))
                                 .arg(intMember(object, "depth", 1))
                           : suppressedWords(object);
    } else if (kind == "record") {
        const auto record = recordFromJson(json::value(object), false);
        box.title = member(object, "event");
        if (record) box.detail = recordWords(*record);
        box.icon = record ? recordIcon(*record) : u"journal"_s;
    } else if (kind == "trigger") {
        box.title = triggerWords(value != nullptr && value->is_string() ? fromUtf8(view(value->get_string()))
                                                                        : QString{});
        box.detail = Words::tr("Here it began");
        box.icon = u"arrow"_s;
        box.tone = Tone::Muted;
    } else {
        box.title = Words::tr("Time passed");
        box.detail = Words::tr("A deadline was reached");
        box.icon = u"clock"_s;
        box.tone = Tone::Muted;
    }
}

/// Columns by level; within one, where the boxes before them stand, then by time.
void placeBoxes(CauseGraph& graph) {
    std::map<int, std::vector<std::size_t>> columns;
    for (std::size_t i = 0; i < graph.boxes.size(); ++i) columns[graph.boxes[i].level].push_back(i);
    const QSizeF step = CauseGraph::kBox + CauseGraph::kGap;
    double x = 0;
    std::size_t tallest = 0;
    for (const auto& column : columns) tallest = std::max(tallest, column.second.size());
    const double height = static_cast<double>(tallest) * step.height() - CauseGraph::kGap.height();
    for (auto& [level, column] : columns) {
        std::map<std::size_t, double> wish;
        for (const std::size_t i : column) {
            double sum = 0;
            int count = 0;
            for (const CauseLine& line : graph.lines) {
                if (line.to != i || graph.boxes[line.from].level >= level) continue;
                sum += graph.boxes[line.from].place.y();
                ++count;
            }
            wish[i] = count > 0 ? sum / count : 0;
        }
        std::stable_sort(column.begin(), column.end(), [&](std::size_t a, std::size_t b) {
            return std::pair{wish[a], graph.boxes[a].time} < std::pair{wish[b], graph.boxes[b].time};
        });
        const double used = static_cast<double>(column.size()) * step.height() - CauseGraph::kGap.height();
        double y = (height - used) / 2;
        for (const std::size_t i : column) {
            graph.boxes[i].place = QRectF{QPointF{x, y}, CauseGraph::kBox};
            y += step.height();
        }
        x += step.width();
    }
    graph.size = {std::max(x - CauseGraph::kGap.width(), 0.0), std::max(height, 0.0)};
}

}  // namespace

CauseGraph causeGraphFromJson(const json::object& reply) {
    CauseGraph graph;
    std::map<std::string, std::size_t, std::less<>> at;
    const json::value* nodes = reply.if_contains("nodes");
    const json::value* edges = reply.if_contains("edges");
    if (nodes == nullptr || !nodes->is_array()) return graph;
    const auto root = stringMember(reply, "root");
    for (const json::value& each : nodes->get_array()) {
        if (!each.is_object()) continue;
        const json::object& node = each.get_object();
        CauseBox box;
        box.node = std::string{stringMember(node, "node")};
        box.time = timeFromUs(intMember(node, "time"));
        box.level = static_cast<int>(intMember(node, "level"));
        box.isRoot = box.node == root;
        describe(box, stringMember(node, "kind"), node.if_contains("value"));
        at.emplace(box.node, graph.boxes.size());
        graph.boxes.push_back(std::move(box));
    }
    if (edges != nullptr && edges->is_array()) {
        for (const json::value& each : edges->get_array()) {
            if (!each.is_object()) continue;
            const auto from = at.find(stringMember(each.get_object(), "from"));
            const auto to = at.find(stringMember(each.get_object(), "to"));
            if (from == at.end() || to == at.end()) continue;
            const auto us = (graph.boxes[to->second].time - graph.boxes[from->second].time).count();
            graph.lines.push_back({from->second, to->second, us > 0 ? u"+"_s + durationText(us) : QString{}});
        }
    }
    graph.truncated = boolMember(reply, "truncated");
    placeBoxes(graph);
    return graph;
}

}  // namespace dogwatch::gui

#include "gui/models/timeline_data.h"

#include <algorithm>
#include <numeric>

#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {

const json::array& list(const json::object& reply, std::string_view key) {
    static const json::array kNone;
    const json::value* value = reply.if_contains(key);
    return value != nullptr && value->is_array() ? value->get_array() : kNone;
}

std::int64_t number(const json::array& row, std::size_t at) {
    return at < row.size() && row[at].is_int64() ? row[at].get_int64() : 0;
}

std::optional<Time> time(const json::array& row, std::size_t at) {
    return at < row.size() && row[at].is_int64() ? std::optional{timeFromUs(row[at].get_int64())}
                                                 : std::nullopt;
}

}  // namespace

TimelineData timelineFromJson(const json::object& reply, std::int64_t bins) {
    TimelineData data;
    data.total = intMember(reply, "total");
    data.since = timeFromUs(intMember(reply, "since"));
    data.until = timeFromUs(intMember(reply, "until"));
    data.binCount = bins;
    std::vector<QString> names;
    for (const json::value& name : list(reply, "lanes"))
        names.push_back(name.is_string() ? fromUtf8(view(name.get_string())) : QString{});
    // Lanes stand by name, so that they keep their places while one zooms.
    std::vector<std::size_t> order(names.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return names[a] < names[b]; });
    std::vector<std::size_t> laneOf(names.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        laneOf[order[i]] = i;
        data.lanes.push_back(names[order[i]]);
    }
    const auto lane = [&](const json::array& row) -> std::optional<std::size_t> {
        const auto at = static_cast<std::size_t>(number(row, 0));
        return at < laneOf.size() ? std::optional{laneOf[at]} : std::nullopt;
    };
    for (const json::value& each : list(reply, "bars")) {
        if (!each.is_array() || !lane(each.get_array())) continue;
        const json::array& row = each.get_array();
        TimelineBar bar;
        bar.lane = *lane(row);
        if (row.size() > 1 && row[1].is_string()) bar.execution = view(row[1].get_string());
        bar.state = static_cast<ExecutionState>(std::clamp<std::int64_t>(number(row, 2), 0, 4));
        bar.queued = timeFromUs(number(row, 3));
        bar.started = time(row, 4);
        bar.finished = time(row, 5);
        data.bars.push_back(std::move(bar));
    }
    for (const json::value& each : list(reply, "bins")) {
        if (!each.is_array() || !lane(each.get_array())) continue;
        const json::array& row = each.get_array();
        data.bins.push_back({*lane(row), number(row, 1), number(row, 2), number(row, 3), number(row, 4)});
    }
    return data;
}

}  // namespace dogwatch::gui

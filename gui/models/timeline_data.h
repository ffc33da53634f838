// TimelineData: what a timeline draws: executions lane by lane, as bars or, where there are too many, as
// counts; and firings. From `executions.timeline` of docs/api.md.
#pragma once

#include <QString>
#include <vector>

#include "core/model/execution.h"
#include "core/model/json.h"
#include "gui/models/firing_model.h"

namespace dogwatch::gui {

struct TimelineBar {
    std::size_t lane = 0;
    std::string execution;
    ExecutionState state = ExecutionState::Queued;
    Time queued{};
    std::optional<Time> started;
    std::optional<Time> finished;  ///< none: it goes on
};

struct TimelineBin {
    std::size_t lane = 0;
    std::int64_t bin = 0;
    std::int64_t succeeded = 0;
    std::int64_t failed = 0;
    std::int64_t other = 0;

    [[nodiscard]] std::int64_t total() const { return succeeded + failed + other; }
};

struct TimelineData {
    std::vector<QString> lanes;  ///< by name
    std::int64_t total = 0;
    Time since{};
    Time until{};
    std::vector<TimelineBar> bars;
    std::vector<TimelineBin> bins;
    std::int64_t binCount = 1;
    std::vector<FiringRow> firings;

    [[nodiscard]] bool covers(Time begin, Time end) const { return since <= begin && until >= end; }
    [[nodiscard]] Time binTime(std::int64_t bin) const { return since + (until - since) / binCount * bin; }
};

/// `bins`: as was asked for.
TimelineData timelineFromJson(const json::object& reply, std::int64_t bins);

}  // namespace dogwatch::gui

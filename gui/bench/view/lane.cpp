#include "gui/bench/view/lane.h"

#include <algorithm>
#include <cmath>

#include "gui/models/text.h"

namespace dogwatch::gui::bench {
namespace {

constexpr double kRoom = 1.2;  ///< above the highest value

void takeBound(Lane& lane, const Condition& condition) {
    std::visit(
        [&lane](const auto& spec) {
            if constexpr (requires { spec.is; }) {
                lane.bound = spec.is.number;
                lane.comparison = fromUtf8(operatorName(spec.is.op));
            }
        },
        condition.kind);
    lane.isWhole = condition.as<condition::Count>() != nullptr ||
                   condition.as<condition::Streak>() != nullptr ||
                   condition.as<condition::Gauge>() != nullptr;
    lane.isShare = condition.as<condition::Ratio>() != nullptr;
}

void takeDuration(Lane& lane, const Condition& condition) {
    std::visit(
        [&lane](const auto& spec) {
            if constexpr (requires { spec.within; }) {
                lane.durationKey = "within";
                lane.durationUs = spec.within.count();
            } else if constexpr (requires { spec.grace; }) {
                lane.durationKey = "grace";
                lane.durationUs = spec.grace.count();
            } else if constexpr (requires { spec.duration; }) {
                lane.durationKey = "for";
                lane.durationUs = spec.duration.count();
            }
        },
        condition.kind);
}

}  // namespace

std::vector<Lane> lanesOf(const canvas::GraphModel& model) {
    std::vector<Lane> lanes;
    const canvas::Diagnosis& diagnosis = model.diagnosis();
    if (!diagnosis.definition) return lanes;
    const auto paths = model.graph().paths();
    for (const Condition* condition : diagnosis.definition->when.tree()) {
        const auto found = paths.find(condition->path);
        if (found == paths.end()) continue;
        Lane lane;
        lane.path = condition->path;
        lane.node = found->second;
        lane.level = static_cast<int>(std::count(lane.path.begin(), lane.path.end(), '.'));
        lane.title = canvas::nodeTitle(*model.graph().find(lane.node));
        const auto summary = diagnosis.summaries.find(lane.node);
        if (summary != diagnosis.summaries.end()) lane.words = summary->second;
        takeBound(lane, *condition);
        takeDuration(lane, *condition);
        lanes.push_back(std::move(lane));
    }
    return lanes;
}

Scale scaleOf(const Lane& lane, const engine::ConditionTrace* trace) {
    Scale scale{0, lane.bound.value_or(0)};
    if (lane.bound && *lane.bound < 0) scale.low = *lane.bound * kRoom;
    if (trace != nullptr) {
        for (const engine::Sample& sample : trace->samples) {
            if (std::isnan(sample.value)) continue;
            scale.high = std::max(scale.high, sample.value);
            scale.low = std::min(scale.low, sample.value);
        }
    }
    scale.high *= kRoom;
    if (scale.high <= scale.low) scale.high = scale.low + 1;
    return scale;
}

std::optional<double> valueAt(const engine::ConditionTrace& trace, std::int64_t time) {
    const auto after = std::upper_bound(trace.samples.begin(), trace.samples.end(), time,
                                        [](std::int64_t at, const engine::Sample& s) { return at < s.time; });
    if (after == trace.samples.begin()) return std::nullopt;
    const engine::Sample& before = *(after - 1);
    if (std::isnan(before.value)) return std::nullopt;
    if (!trace.isTimeLeft) return before.value;
    return std::max(0.0, before.value - static_cast<double>(time - before.time));
}

bool holdsAt(const engine::ConditionTrace& trace, std::int64_t time, std::int64_t reach) {
    const auto covers = [&](const engine::Span& span) {
        return span.from <= time && (!span.until || *span.until > time);
    };
    const auto pulses = [&](const engine::Span& span) {
        return span.from - reach <= time && time <= span.until.value_or(span.from) + reach;
    };
    return std::any_of(trace.intervals.begin(), trace.intervals.end(), covers) ||
           std::any_of(trace.pulses.begin(), trace.pulses.end(), pulses);
}

}  // namespace dogwatch::gui::bench

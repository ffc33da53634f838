#include "core/engine/numbers.h"

#include <algorithm>
#include <bit>
#include <concepts>

namespace dogwatch::engine {
namespace {

using namespace condition;

Number timeLeft(std::int64_t deadline, const Step& step) {
    if (deadline == kNever) return {};
    return {static_cast<double>(std::max<std::int64_t>(deadline - step.time, 0)), 0};
}

Number whole(std::int64_t number) {
    return {static_cast<double>(number), 0};
}

Number sharedNumber(const Fold& fold, const MetaeventState& metaevent, NodeIndex node) {
    const Condition& condition = *metaevent.program->nodes()[node].condition;
    const SharedNode& shared = metaevent.shared[node];
    if (condition.as<Gauge>() != nullptr) return whole(fold.gauges().number(shared.watch));
    if (condition.as<Active>() != nullptr) return whole(static_cast<std::int64_t>(shared.standing.size()));
    return {};
}

/// The number of a detector that stands for the condition `Spec`.
struct OfDetector {
    const Condition& condition;
    const Step& step;
    const SequencePool* pool;

    template <std::derived_from<Silence> T>
    Number operator()(const T& silence) const {
        return timeLeft(silence.deadline(), step);
    }
    Number operator()(const HeldDetector& held) const { return timeLeft(held.deadline(), step); }
    Number operator()(const RecentDetector& recent) const {
        const std::int64_t deadline = recent.deadline();
        return recent.isChildTrue() || deadline == kNever || step.passed(deadline) ? Number{}
                                                                                   : timeLeft(deadline, step);
    }
    Number operator()(const CountDetector& count) const {
        return whole(count.number(*condition.as<Count>(), step.time));
    }
    Number operator()(const RatioDetector& ratio) const {
        const auto [both, all] = ratio.number(*condition.as<Ratio>(), step.time);
        if (all == 0) return {};
        return {static_cast<double>(both) / static_cast<double>(all), all};
    }
    Number operator()(const MeasureDetector& measure) const {
        const auto number = measure.number(*condition.as<Measure>(), step.time);
        return {number.value, number.samples};
    }
    Number operator()(const StreakDetector& streak) const { return whole(streak.length()); }
    Number operator()(const SequenceDetector& sequence) const {
        return whole(static_cast<std::int64_t>(pool->liveRuns(sequence, step)));
    }
    Number operator()(const auto&) const { return {}; }
};

}  // namespace

Number numberOf(const Fold& fold, const Instance& instance, NodeIndex node, const Step& step,
                NodeMask values) {
    const MetaeventState& metaevent = *instance.metaevent;
    const Node& compiled = metaevent.program->nodes()[node];
    if (compiled.shared) return sharedNumber(fold, metaevent, node);
    if (compiled.condition->as<AtLeast>() != nullptr) return whole(std::popcount(values & compiled.children));
    if (instance.nodes.empty()) return {};  // its first step is still to come
    return std::visit(OfDetector{*compiled.condition, step, metaevent.sequences[node].get()},
                      instance.nodes[node]);
}

std::size_t costOfNumber(const Instance& instance, NodeIndex node) {
    if (instance.nodes.empty()) return 0;
    if (const auto* measure = std::get_if<MeasureDetector>(&instance.nodes[node])) return measure->size();
    if (const auto* ratio = std::get_if<RatioDetector>(&instance.nodes[node])) return ratio->size();
    return 0;
}

std::int64_t nextLeave(const Instance& instance, NodeIndex node, std::int64_t after) {
    if (instance.nodes.empty()) return kNever;
    const Condition& condition = *instance.metaevent->program->nodes()[node].condition;
    if (const auto* count = std::get_if<CountDetector>(&instance.nodes[node]))
        return count->nextLeave(*condition.as<Count>(), after);
    if (const auto* measure = std::get_if<MeasureDetector>(&instance.nodes[node]))
        return measure->nextLeave(*condition.as<Measure>(), after);
    if (const auto* ratio = std::get_if<RatioDetector>(&instance.nodes[node]))
        return ratio->nextLeave(*condition.as<Ratio>(), after);
    if (const auto* sequence = std::get_if<SequenceDetector>(&instance.nodes[node]))
        return instance.metaevent->sequences[node]->nextEnd(*sequence, after);
    return kNever;
}

int levelOf(const Condition& condition) {
    // "when", "when.not", "when.all.1": each level adds an operator, and some a position.
    int level = 0;
    const std::string& path = condition.path;
    for (std::size_t dot = path.find('.', path.find("when")); dot != std::string::npos;
         dot = path.find('.', dot + 1)) {
        if (dot + 1 < path.size() && (path[dot + 1] < '0' || path[dot + 1] > '9')) ++level;
    }
    return level;
}

bool isTimeLeft(const Condition& condition) {
    return condition.as<Absent>() != nullptr || condition.as<Missed>() != nullptr ||
           condition.as<Held>() != nullptr || condition.as<Recent>() != nullptr;
}

}  // namespace dogwatch::engine

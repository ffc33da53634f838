// Conditions that are the same in all instances of a metaevent: at, during, fired, active, gauge.
#include <algorithm>

#include "core/engine/fold.h"

namespace dogwatch::engine {
namespace {

std::int64_t instantAfter(const Cron& schedule, std::int64_t time) {
    const auto next = schedule.after(timeFromUs(time));
    return next ? toUs(*next) : kNever;
}

}  // namespace

void Fold::setShared(MetaeventState& metaevent, NodeIndex node, Truth truth) {
    const NodeMask mask = bit(node);
    if (((metaevent.sharedAt & mask) != 0) == truth.at && ((metaevent.sharedGap & mask) != 0) == truth.gap)
        return;
    metaevent.sharedAt = truth.at ? metaevent.sharedAt | mask : metaevent.sharedAt & ~mask;
    metaevent.sharedGap = truth.gap ? metaevent.sharedGap | mask : metaevent.sharedGap & ~mask;
    if (truth.at != truth.gap) pulsed_.push_back(&metaevent);
    metaevent.forEachInstance([this](Instance& instance) { touch(instance); });
}

void Fold::startShared(const Step& step, MetaeventState& metaevent, NodeIndex node) {
    const Condition& condition = *metaevent.program->nodes()[node].condition;
    if (const auto* gauge = condition.as<condition::Gauge>()) {
        const auto number = static_cast<double>(gauges_.number(metaevent.shared[node].watch));
        setShared(metaevent, node, Truth::state(gauge->is.holds(number)));
    } else if (condition.as<condition::At>() != nullptr) {
        // Of its very first instant, that of the arming, this may be the step.
        if (step.record == nullptr && step.time == metaevent.armed) {
            onSharedTimer(step, metaevent, node);
        } else {
            armSchedule(step, metaevent, node, metaevent.armed - 1);
        }
    } else if (condition.as<condition::During>() != nullptr) {
        onSharedTimer(step, metaevent, node);
    }
}

void Fold::onSharedTimer(const Step& step, MetaeventState& metaevent, NodeIndex node) {
    const Condition& condition = *metaevent.program->nodes()[node].condition;
    if (const auto* at = condition.as<condition::At>()) {
        if (instantAfter(at->schedule, step.time - 1) == step.time)
            setShared(metaevent, node, Truth::pulse(true));
        armSchedule(step, metaevent, node, step.time);
    } else if (const auto* during = condition.as<condition::During>()) {
        // Whether the first instant that is not over yet has come.
        const std::int64_t open = step.time - during->duration.count() - (step.late ? 0 : 1);
        const std::int64_t instant = instantAfter(during->schedule, open);
        setShared(metaevent, node, Truth::state(instant != kNever && step.passed(instant)));
        armSchedule(step, metaevent, node, step.late ? step.time : step.time - 1);
    }
}

/// Arms the timer for the next time after `after` at which a schedule changes a truth.
void Fold::armSchedule(const Step& step, MetaeventState& metaevent, NodeIndex node, std::int64_t after) {
    const Scope scope = scopeFor(step, metaevent, node);
    const Condition& condition = *scope.node.condition;
    std::int64_t next = kNever;
    if (const auto* at = condition.as<condition::At>()) {
        next = instantAfter(at->schedule, after);
    } else if (const auto* during = condition.as<condition::During>()) {
        const std::int64_t lasts = during->duration.count();
        const std::int64_t begun = instantAfter(during->schedule, after - lasts);
        next = std::min(instantAfter(during->schedule, after), begun == kNever ? kNever : begun + lasts);
    }
    if (next != kNever) scope.arm(metaevent.shared[node].timer, next, TimerQueue::Phase::TimerStep);
}

void Fold::seeGauges(const std::vector<Gauges::Watch>& changed) {
    for (const Gauges::Watch watch : changed) {
        const auto number = static_cast<double>(gauges_.number(watch));
        for (const auto& [metaevent, node] : gaugeNodes_[watch]) {
            const auto& spec = *metaevent->program->nodes()[node].condition->as<condition::Gauge>();
            setShared(*metaevent, node, Truth::state(spec.is.holds(number)));
            if (observer != nullptr) observer->sharedChanged(external_->time, *metaevent, node);
        }
    }
}

/// fired and active: what a metaevent.fired or .cleared says to those who listen for its metaevent.
void Fold::seeFiring(const Step& step, const Derived& derived) {
    const auto found = listeners_.find(derived.metaevent);
    if (found == listeners_.end()) return;
    std::string key;
    appendCanonical(key, derived.key);
    for (const auto& [metaevent, node] : found->second) {
        SharedNode& shared = metaevent->shared[node];
        const bool isFired = derived.kind == Derived::Kind::Fired;
        if (metaevent->program->nodes()[node].condition->as<condition::Fired>() != nullptr) {
            if (!isFired) continue;
            shared.last = step.ref;
            setShared(*metaevent, node, Truth::pulse(true));
        } else {
            if (isFired && derived.holds) shared.standing[key] = step.ref;
            if (!isFired) shared.standing.erase(key);
            setShared(*metaevent, node, Truth::state(!shared.standing.empty()));
            if (observer != nullptr) observer->sharedChanged(step.time, *metaevent, node);
        }
    }
}

}  // namespace dogwatch::engine

#include "core/engine/detectors/run_queue.h"

#include <algorithm>

namespace dogwatch::engine {

void RunQueue::setSpec(const condition::Sequence& spec) {
    const auto& last = spec.steps.back();
    period_ = (last.duration ? *last.duration : spec.within).count();
    completesAtEnd_ = last.isNot;
    overlaps_ = spec.overlap;
}

bool RunQueue::onRecord(const Scope& scope, Hits hits, EvidenceList& completed) {
    bool isComplete = false;
    // The second step first: no run is acted on twice.
    if (hits.back() == 1) {
        if (!completesAtEnd_) {
            dropPassed(scope.step);
            isComplete = !runs_.empty();
            if (isComplete) completed = {runs_.front().ref, scope.step.ref};
        }
        runs_.forget();
    }
    if (hits.front() == 0) start(scope);
    return isComplete;
}

void RunQueue::start(const Scope& scope) {
    dropPassed(scope.step);
    if (!overlaps_ && !runs_.empty()) return;
    if (runs_.size() >= kMostRuns) {
        runs_.pop();
        scope.bounds |= kRunsBound;
    }
    runs_.push({scope.step.time, scope.step.ref});
    armTimer(scope);
}

void RunQueue::armTimer(const Scope& scope) {
    if (!completesAtEnd_ || runs_.empty()) return;
    // It is the condition's, as those of all pools are, and not the instance's.
    if (timer_.slot == kNoTimer)
        timer_.slot = scope.timers.open({scope.owner.metaevent, nullptr, scope.owner.node});
    scope.arm(timer_, endOf(runs_.front()), TimerQueue::Phase::TimerStep);
}

bool RunQueue::onTimer(const Scope& scope, EvidenceList& completed) {
    timer_.cameDue();
    const bool isComplete = completesAtEnd_ && !runs_.empty() && scope.step.passed(endOf(runs_.front()));
    if (isComplete) completed = {runs_.front().ref};
    dropPassed(scope.step);
    armTimer(scope);
    return isComplete;
}

std::size_t RunQueue::passed(const Step& step) const {
    std::size_t passed = 0;
    while (passed < runs_.size() && step.passed(endOf(runs_[passed]))) ++passed;
    return passed;
}

std::int64_t RunQueue::nextEnd(std::int64_t after) const {
    for (std::size_t i = 0; i < runs_.size(); ++i) {
        if (endOf(runs_[i]) > after) return endOf(runs_[i]);
    }
    return kNever;
}

std::vector<WaitingRun> RunQueue::waiting(const Step& step, std::size_t most, std::size_t& all) const {
    const std::size_t first = passed(step);
    all = runs_.size() - first;
    std::vector<WaitingRun> waiting;
    for (std::size_t i = first; i < first + std::min(most, all); ++i) {
        waiting.push_back({runs_[i].start, 1, endOf(runs_[i])});
    }
    return waiting;
}

}  // namespace dogwatch::engine

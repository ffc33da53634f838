// held and recent: how long a condition has been true, or not been. Both follow their child through step and
// gap, one point after the other.
#pragma once

#include "core/engine/detectors/detector.h"

namespace dogwatch::engine {

class HeldDetector {
 public:
    bool point(const Scope& scope, bool child) {
        if (!child) {
            deadline_ = kNever;
            return false;
        }
        if (deadline_ == kNever) deadline_ = scope.step.time + scope.spec<condition::Held>().duration.count();
        if (scope.step.passed(deadline_)) return true;
        scope.arm(timer_, deadline_, TimerQueue::Phase::TimerStep);
        return false;
    }
    void close(TimerQueue& timers) { timers.close(timer_); }
    /// Since its child is true: when it is true itself; kNever: the child is false.
    [[nodiscard]] std::int64_t deadline() const { return deadline_; }

    template <typename Archive>
    void archive(Archive& a) {
        a.field(deadline_);
        a.timer(timer_);
    }

 private:
    std::int64_t deadline_ = kNever;
    TimerSlot timer_ = kNoTimer;
};

class RecentDetector {
 public:
    /// `fell`: called when the child falls, for the evidence of what was true until now.
    template <typename Fell>
    bool point(const Scope& scope, bool child, Fell fell) {
        if (was_ && !child) {
            deadline_ = scope.step.time + scope.spec<condition::Recent>().within.count();
            evidence_ = fell();
        }
        was_ = child;
        if (child) return true;
        if (deadline_ == kNever || scope.step.passed(deadline_)) return false;
        scope.arm(timer_, deadline_, TimerQueue::Phase::TimerStep);
        return true;
    }
    void evidence(EvidenceList& out) const { out.insert(out.end(), evidence_.begin(), evidence_.end()); }
    void close(TimerQueue& timers) { timers.close(timer_); }
    [[nodiscard]] std::size_t bytes() const { return evidence_.capacity() * sizeof(EvidenceRef); }
    /// When it stops being true although its child is false already; kNever: the child never fell.
    [[nodiscard]] std::int64_t deadline() const { return deadline_; }
    [[nodiscard]] bool isChildTrue() const { return was_; }

    template <typename Archive>
    void archive(Archive& a) {
        a.field(was_);
        a.field(deadline_);
        a.list(evidence_, [&a](EvidenceRef& ref) { a.field(ref); });
        a.timer(timer_);
    }

 private:
    bool was_ = false;
    std::int64_t deadline_ = kNever;
    EvidenceList evidence_;
    TimerSlot timer_ = kNoTimer;
};

}  // namespace dogwatch::engine

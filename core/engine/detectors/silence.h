// absent and missed: what did not happen.
#pragma once

#include "core/engine/detectors/detector.h"

namespace dogwatch::engine {

/// Both are false from a match until a deadline that the match sets.
class Silence : public Leaf {
 public:
    Truth onTimer(const Scope& scope) {
        timer_.cameDue();
        const bool passed = deadline_ != kNever && scope.step.passed(deadline_);
        if (!passed && deadline_ != kNever) scope.arm(timer_, deadline_, TimerQueue::Phase::TimerStep);
        return Truth::state(passed);
    }

    void evidence(EvidenceList& out) const { out.push_back(last_); }
    [[nodiscard]] std::size_t bytes() const { return 0; }
    void close(TimerQueue& timers) { timer_.close(timers); }

    /// When it comes true unless a match comes first; kNever: not before a first match.
    [[nodiscard]] std::int64_t deadline() const { return deadline_; }

    template <typename Archive>
    void archive(Archive& a) {
        a.field(deadline_);
        a.field(last_);
        a.timer(timer_);
    }

 protected:
    Truth await(const Scope& scope, std::int64_t deadline) {
        deadline_ = deadline;
        if (deadline != kNever) scope.arm(timer_, deadline, TimerQueue::Phase::TimerStep);
        return {};
    }

    std::int64_t deadline_ = kNever;
    EvidenceRef last_ = kNoEvidence;
    Timer timer_;
};

class AbsentDetector : public Silence {
 public:
    explicit AbsentDetector(const condition::Absent& spec) : duration_(spec.duration.count()) {}

    Truth arm(const Scope& scope, std::int64_t armed) {
        const auto& spec = scope.spec<condition::Absent>();
        return spec.since == condition::Since::Armed ? await(scope, armed + duration_) : Truth{};
    }

    Truth onRecord(const Scope& scope, Hits) {
        last_ = scope.step.ref;
        excused_ = 0;
        return await(scope, scope.step.time + duration_);
    }

    /// Time in which nobody watched does not count: what is awaited still has as long as it had.
    void excuse(const Scope& scope, std::int64_t duration) {
        if (deadline_ == kNever || scope.step.time > deadline_) return;
        excused_ += duration;
        await(scope, deadline_ + duration);
    }
    /// How much of the time since the last match does not count.
    [[nodiscard]] std::int64_t excused() const { return excused_; }

    template <typename Archive>
    void archive(Archive& a) {
        Silence::archive(a);
        a.field(excused_);
    }

 private:
    std::int64_t duration_;
    std::int64_t excused_ = 0;
};

class MissedDetector : public Silence {
 public:
    Truth arm(const Scope& scope, std::int64_t armed) {
        return scope.spec<condition::Missed>().since == condition::Since::Armed ? awaitAfter(scope, armed)
                                                                                : Truth{};
    }

    Truth onRecord(const Scope& scope, Hits) {
        last_ = scope.step.ref;
        return awaitAfter(scope, scope.step.time);
    }

    template <typename Archive>
    void archive(Archive& a) {
        Silence::archive(a);
        a.field(instant_);
    }

 private:
    Truth awaitAfter(const Scope& scope, std::int64_t time) {
        const auto& spec = scope.spec<condition::Missed>();
        if (instant_ <= time) {  // else the instant awaited is still the next one
            const auto next = spec.schedule.after(timeFromUs(time));
            instant_ = next ? toUs(*next) : kNever;
        }
        return await(scope, instant_ == kNever ? kNever : instant_ + spec.grace.count());
    }

    std::int64_t instant_ = std::numeric_limits<std::int64_t>::min();
};

}  // namespace dogwatch::engine

// Clocks. Everything in control that needs the time is given one of these; tests advance their own.
#pragma once

#include "core/model/time.h"

namespace dogwatch::control {

/// Time as the journal is to be stamped. now() never goes back.
class Clock {
 public:
    virtual ~Clock() = default;
    virtual Time now() = 0;
    /// Whether the clock was set forward (or the machine slept) since the last call: what fell due in between
    /// fell due unwatched.
    virtual bool jumped() = 0;
    /// The journal ends at `last`: should the wall clock be behind that, it was set back meanwhile, and time
    /// goes on from there instead of standing still for hours.
    virtual void continueFrom(Time last) = 0;
};

/// Turns readings of the wall clock and of a monotonic one into a time that never goes back. When the wall
/// clock is set back, time goes on from where it was at 9/10 of its pace until the wall clock has caught up:
/// absences keep falling due, at worst a ninth late, instead of waiting for hours. Set forward, it follows at
/// once.
class SteadyTime {
 public:
    Time read(Time wall, Duration monotonic);
    /// Counts as if the wall clock had been set back from `last` just now, where it is behind that.
    void continueFrom(Time last);
    /// True once after the wall clock went forward by a second or more in excess of the monotonic one.
    bool takeJump();

 private:
    bool started_ = false;
    bool jumped_ = false;
    Time lastWall_{};
    Duration lastMonotonic_{};
    Time last_{};
    Duration ahead_{};  ///< of the wall clock; never negative
};

/// The machine's clocks.
class SystemClock final : public Clock {
 public:
    Time now() override;
    bool jumped() override;
    void continueFrom(Time last) override;

 private:
    SteadyTime steady_;
};

}  // namespace dogwatch::control

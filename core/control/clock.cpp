#include "core/control/clock.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace dogwatch::control {
namespace {

constexpr Duration kJump = std::chrono::seconds{1};
constexpr int kSlew = 10;  ///< a tenth of the time that passes is taken off what we are ahead

}  // namespace

Time SteadyTime::read(Time wall, Duration monotonic) {
    if (!started_) {
        started_ = true;
        lastWall_ = last_ = wall;
        lastMonotonic_ = monotonic;
        return wall;
    }
    const Duration passed = std::max(monotonic - lastMonotonic_, Duration::zero());
    const Duration step = (wall - lastWall_) - passed;
    lastWall_ = wall;
    lastMonotonic_ = monotonic;

    if (step < Duration::zero()) {
        ahead_ -= step;
    } else {
        const Duration excess = step - ahead_;
        ahead_ = std::max(ahead_ - step, Duration::zero());
        if (excess >= kJump) jumped_ = true;
    }
    ahead_ = std::max(ahead_ - passed / kSlew, Duration::zero());
    last_ = std::max(last_, wall + ahead_);
    return last_;
}

void SteadyTime::continueFrom(Time last) {
    if (last <= last_) return;
    ahead_ += last - last_;
    last_ = last;
}

bool SteadyTime::takeJump() {
    return std::exchange(jumped_, false);
}

Time SystemClock::now() {
    const auto wall = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
    const auto monotonic =
        std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch());
    return steady_.read(wall, monotonic);
}

bool SystemClock::jumped() {
    now();
    return steady_.takeJump();
}

void SystemClock::continueFrom(Time last) {
    now();
    steady_.continueFrom(last);
}

}  // namespace dogwatch::control

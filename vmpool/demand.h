// Demand: how many VMs to keep ready, from how many were lately taken. Pure.
#pragma once

#include <chrono>
#include <deque>

namespace dogwatch::vmpool {

/// When VMs that stood ready, or were made for a request, were given to a function.
class Demand {
 public:
    using Time = std::chrono::steady_clock::time_point;
    /// Taken VMs are replaced within about this time; as many as may be taken within it should stand ready.
    static constexpr std::chrono::milliseconds kRefill{2'000};
    /// For so long a peak is expected to come again.
    static constexpr std::chrono::milliseconds kMemory{120'000};

    /// `time` must not go back.
    void note(Time time);
    /// The most that were taken within kRefill during the last kMemory, but at least `floor` and at most
    /// `ceiling` (where they contradict, `floor`).
    [[nodiscard]] int target(Time now, int floor, int ceiling) const;

 private:
    std::deque<Time> taken_;
};

}  // namespace dogwatch::vmpool

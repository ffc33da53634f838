#include "vmpool/demand.h"

#include <algorithm>
#include <cstddef>

namespace dogwatch::vmpool {
namespace {

constexpr std::size_t kMostKept = 1024;

}  // namespace

void Demand::note(Time time) {
    while (!taken_.empty() && (taken_.size() >= kMostKept || taken_.front() < time - kMemory))
        taken_.pop_front();
    taken_.push_back(time);
}

int Demand::target(Time now, int floor, int ceiling) const {
    std::ptrdiff_t most = 0;
    auto from = std::lower_bound(taken_.begin(), taken_.end(), now - kMemory);
    for (auto to = from; to != taken_.end(); ++to) {
        while (*to - *from > kRefill) ++from;
        most = std::max(most, to - from + 1);
    }
    return std::max(floor, std::min(static_cast<int>(most), ceiling));
}

}  // namespace dogwatch::vmpool

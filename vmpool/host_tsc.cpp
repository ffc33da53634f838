#include "vmpool/host_tsc.h"

#include <cmath>
#include <ctime>
#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace dogwatch::vmpool {

TscSample sampleTsc() {
    TscSample sample;
#if defined(__x86_64__)
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC_RAW, &now);
    sample.ticks = __rdtsc();
    sample.clock = std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec};
#endif
    return sample;
}

std::int64_t tscKiloHertz(const TscSample& first, const TscSample& second) {
    const auto elapsed = second.clock - first.clock;
    if (elapsed < std::chrono::milliseconds{1} || second.ticks <= first.ticks) return 0;
    const double ticks = static_cast<double>(second.ticks - first.ticks);
    const double milliseconds = std::chrono::duration<double, std::milli>(elapsed).count();
    return std::llround(ticks / milliseconds);
}

}  // namespace dogwatch::vmpool

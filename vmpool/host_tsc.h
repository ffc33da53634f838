// The rate of the host's time stamp counter: the guest kernel is told it, because measuring it under TCG
// fails in about one boot of four and then hangs.
#pragma once

#include <chrono>
#include <cstdint>

namespace dogwatch::vmpool {

/// Counter and clock at one instant.
struct TscSample {
    std::uint64_t ticks = 0;
    std::chrono::nanoseconds clock{};  ///< CLOCK_MONOTONIC_RAW
};
TscSample sampleTsc();

/// How far apart two samples must be for a rate good to 0.01%.
constexpr std::chrono::milliseconds kTscInterval{100};

/// kHz; 0 where the host has no such counter, or the samples are too close to tell.
std::int64_t tscKiloHertz(const TscSample& first, const TscSample& second);

}  // namespace dogwatch::vmpool

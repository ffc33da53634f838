// How long a guest may take for what it is asked; private to Vm.
#pragma once

#include <chrono>
#include <cstdint>

#include "vmpool/guest_protocol.h"

namespace dogwatch::vmpool {

/// The agent enforces time limits itself; when it has not by then, the VM is ended.
constexpr std::chrono::milliseconds kGrace{10'000};
constexpr std::chrono::milliseconds kCancelGrace{5'000};
/// For readying a runtime, loading code included.
constexpr std::chrono::milliseconds kLongestInit =
    std::chrono::duration_cast<std::chrono::milliseconds>(LoadLimits{}.initTimeout) + kGrace;

inline std::int64_t microseconds(std::chrono::steady_clock::duration duration) {
    return std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
}

}  // namespace dogwatch::vmpool

// Memory the host has left, and whether it is short of it.
#pragma once

#include <cstdint>
#include <string_view>

namespace dogwatch::vmpool {

enum class MemoryPressure {
    None,
    Scarce,  ///< nothing is to be started in advance
    Severe,  ///< idle VMs are to be given up
};
const char* pressureName(MemoryPressure pressure);  ///< "none", "scarce", "severe"

/// What the kernel tells of memory.
struct HostMemory {
    std::int64_t availableMiB = 0;  ///< /proc/meminfo; a very large number where that cannot be read
    double someStalled = 0;  ///< /proc/pressure/memory: percent of the last 10 s in which some process waited
                             ///< for memory,
    double allStalled = 0;   ///< and in which all did; 0 where the kernel does not tell
};
HostMemory readHostMemory();
HostMemory parseHostMemory(std::string_view meminfo, std::string_view pressure);

/// `neededMiB`: what the next VM may take.
MemoryPressure judge(const HostMemory& memory, std::int64_t neededMiB);

}  // namespace dogwatch::vmpool

// Memory the host has left.
#pragma once

#include <cstdint>

namespace dogwatch::vmpool {

/// MemAvailable of /proc/meminfo in MiB; a very large number where that cannot be read.
std::int64_t availableMemoryMiB();

}  // namespace dogwatch::vmpool

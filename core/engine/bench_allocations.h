// Counts what a program allocates: with it, operator new is one that counts. For benches and their tests
// alone.
#pragma once

#include <cstdint>

namespace dogwatch::engine {

/// How often this thread has called operator new.
std::int64_t allocationsSoFar();
/// Bytes that operator new has handed out to this thread and that were not given back by it, as malloc rounds
/// them.
std::int64_t liveBytes();

}  // namespace dogwatch::engine

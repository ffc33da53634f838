#include "core/engine/bench_allocations.h"

#include <malloc.h>

#include <cstdlib>
#include <new>

namespace {

thread_local std::int64_t allocations = 0;
thread_local std::int64_t bytes = 0;

void giveBack(void* memory) {
    if (memory == nullptr) return;
    bytes -= static_cast<std::int64_t>(malloc_usable_size(memory));
    std::free(memory);
}

}  // namespace

namespace dogwatch::engine {

std::int64_t allocationsSoFar() {
    return allocations;
}

std::int64_t liveBytes() {
    return bytes;
}

}  // namespace dogwatch::engine

// The other forms, but for those of over-aligned types, come down to these.
void* operator new(std::size_t size) {
    void* memory = std::malloc(size != 0 ? size : 1);
    if (memory == nullptr) throw std::bad_alloc();
    ++allocations;
    bytes += static_cast<std::int64_t>(malloc_usable_size(memory));
    return memory;
}

void operator delete(void* memory) noexcept {
    giveBack(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
    giveBack(memory);
}

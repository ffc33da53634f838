#include "core/engine/bench_allocations.h"

#include <malloc.h>

#include <cstdlib>
#include <new>

namespace {

thread_local std::int64_t allocations = 0;
thread_local std::int64_t bytes = 0;

void* counted(void* memory) {
    if (memory == nullptr) throw std::bad_alloc();
    ++allocations;
    bytes += static_cast<std::int64_t>(malloc_usable_size(memory));
    return memory;
}

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

// All forms: those left out come down to these in the standard library, but not under a sanitizer.
void* operator new(std::size_t size) {
    return counted(std::malloc(size != 0 ? size : 1));
}

void* operator new[](std::size_t size) {
    return operator new(size);
}

void* operator new(std::size_t size, std::align_val_t alignment) {
    const auto to = static_cast<std::size_t>(alignment);
    return counted(std::aligned_alloc(to, (size + to - 1) / to * to));
}

void* operator new[](std::size_t size, std::align_val_t alignment) {
    return operator new(size, alignment);
}

void operator delete(void* memory) noexcept {
    giveBack(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
    giveBack(memory);
}

void operator delete[](void* memory) noexcept {
    giveBack(memory);
}

void operator delete[](void* memory, std::size_t) noexcept {
    giveBack(memory);
}

void operator delete(void* memory, std::align_val_t) noexcept {
    giveBack(memory);
}

void operator delete(void* memory, std::size_t, std::align_val_t) noexcept {
    giveBack(memory);
}

void operator delete[](void* memory, std::align_val_t) noexcept {
    giveBack(memory);
}

void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept {
    giveBack(memory);
}

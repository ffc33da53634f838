// Makes QEMU's heap at its start, in one piece that is brought in at once, and lets nothing of it go until
// QEMU stands. QEMU takes 13 MiB to build its machine, half of it for a moment only: 2,500 page faults
// otherwise, where faults are dear a third of the time until it answers.
//
// Everything is done before main() by settings of the C library (mallopt(3)).
#include <dlfcn.h>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "vmpool/preload/start_request.h"

namespace {

constexpr std::size_t kMiB = 1U << 20U;
/// What QEMU 7.2 takes at most until its machine stands.
constexpr std::size_t kHeap = 14 * kMiB;
/// Blocks from this size on get memory of their own, which is fresh and faults: QEMU's largest stay below.
constexpr int kOwnMemory = 2 * kMiB;
constexpr int kGrowth = kMiB / 2;
constexpr std::uintptr_t kPage = 4096;
#ifndef MADV_POPULATE_WRITE  // Linux 5.14; an older one refuses it, which is no harm
constexpr int MADV_POPULATE_WRITE = 23;
#endif

/// QEMU asks for huge pages for whatever the guest sees as memory, such as its ACPI tables: 2 MiB for 12 KiB.
constexpr std::size_t kWorthHugePages = 4 * kMiB;

/// Until then QEMU builds and restores, and frees what it takes again at once.
constexpr std::int64_t kStartMs = 250;

std::int64_t nowMs() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1'000'000;
}

std::int64_t startMs = 0;

void makeHeap() {
    startMs = nowMs();
    mallopt(M_ARENA_MAX, 1);  // threads share it, too: QEMU holds a lock of its own anyway
    mallopt(M_TRIM_THRESHOLD, static_cast<int>(4 * kHeap));
    mallopt(M_MMAP_THRESHOLD, static_cast<int>(2 * kHeap));
    if (void* all = malloc(kHeap); all != nullptr) {
        const auto begin = reinterpret_cast<std::uintptr_t>(all) & ~(kPage - 1);
        madvise(reinterpret_cast<void*>(begin), kHeap, MADV_POPULATE_WRITE);
        free(all);
    }
    mallopt(M_MMAP_THRESHOLD, kOwnMemory);
    mallopt(M_TOP_PAD, kGrowth);
}

/// In a starter (starter.cpp) each process that it forks makes a heap of its own.
[[gnu::constructor]] void begin() {
    if (getenv(dogwatch::vmpool::kStarterSocket) == nullptr) makeHeap();
}

}  // namespace

extern "C" {

[[gnu::visibility("default")]] void dogwatchMakeHeap() {
    makeHeap();
}

/// In place of the C library's: QEMU gives back free memory whenever it has tidied up (util/rcu.c), even amid
/// its start; and then it keeps 4 MiB, of which it has no need.
[[gnu::visibility("default")]] int malloc_trim(std::size_t /*pad*/) {
    if (nowMs() - startMs < kStartMs) return 0;
    const auto trim = reinterpret_cast<int (*)(std::size_t)>(dlsym(RTLD_NEXT, "malloc_trim"));
    return trim != nullptr ? trim(kGrowth) : 0;
}

[[gnu::visibility("default")]] int madvise(void* address, std::size_t bytes, int advice) noexcept {
    if (advice == MADV_HUGEPAGE && bytes < kWorthHugePages) return 0;
    return static_cast<int>(syscall(SYS_madvise, address, bytes, advice));
}
}

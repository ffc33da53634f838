// Pages of another process: whose they are, and touching them from outside. For both sides, the host's
// (guest_memory.h) and the guest's (guest/own_pages.h): nothing but the C++ library is needed.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dogwatch {

constexpr std::uint64_t kPageBytes = 4096;

enum class PageState : char {
    Absent,
    OfFile,  ///< mapped, and shared with the file
    Own,     ///< a copy of its own, or anonymous; after a fork perhaps shared with a child
};

/// Of up to `count` pages from `address` on, by /proc/PID/pagemap; empty where that may not be read.
std::vector<PageState> pageStates(pid_t process, std::uint64_t address, std::size_t count);

/// Reads a byte of the page at each address. False: that is not permitted, or the process is gone.
bool readPages(pid_t process, std::span<const std::uint64_t> addresses);

/// Reads a byte of each page and writes it back, so that the kernel makes the page the process's own.
/// Precondition: nothing else writes these pages meanwhile. False as above.
bool writePages(pid_t process, std::span<const std::uint64_t> addresses);

}  // namespace dogwatch

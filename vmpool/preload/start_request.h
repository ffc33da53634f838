// What the control plane asks a starter for (starter.cpp): one packet a request, its descriptors attached,
// and one number in answer. Both ends are built together and run on one machine, so it is plain memory.
#pragma once

#include <cstddef>
#include <cstdint>

#include "vmpool/child_setup.h"

namespace dogwatch::vmpool {

struct StartRequest {
    static constexpr std::size_t kMostFds =
        64;                             ///< standard error, which is the first attached one, included
    static constexpr int kFirstFd = 4;  ///< the number that the second one gets; the others follow
    static constexpr std::size_t kMostArgumentBytes = 16384;

    child::Rights rights;
    std::int32_t owner = 0;           ///< process that is to be the parent
    std::uint32_t fdCount = 0;        ///< attached descriptors
    char groupFile[512] = {};         ///< `cgroup.procs` of the control group to enter; empty: none
    std::uint32_t argumentCount = 0;  ///< the program's name included
    std::uint32_t argumentBytes = 0;
    char arguments[kMostArgumentBytes] = {};  ///< each ended by a zero
};

/// The answer: the process that was begun, or an error number below zero. Sent once unasked, as 0, when the
/// starter is ready.
using StartAnswer = std::int32_t;

/// In the starter's environment: the number of its socket (SOCK_SEQPACKET). Whoever has it not, starts as
/// ever.
constexpr const char* kStarterSocket = "DOGWATCH_QEMU_STARTER";

}  // namespace dogwatch::vmpool

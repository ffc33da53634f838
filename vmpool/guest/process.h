// Starting a process of the function: confined, unprivileged, in a session of its own.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "vmpool/guest/confinement.h"
#include "vmpool/guest/result.h"
#include "vmpool/guest/unique_fd.h"

namespace dogwatch::guest {

constexpr int kRunnerFd = 3;  ///< where a runner finds its channel

struct SpawnOptions {
    std::vector<std::string> argv;         ///< argv[0] is a path
    std::vector<std::string> environment;  ///< NAME=VALUE
    std::string root;                      ///< chroot there first; empty: stay
    std::string workDir = "/";             ///< inside `root`
    uid_t user = 0;                        ///< and group of the same number; 0: keep
    int input = -1;                        ///< standard input; -1: /dev/null
    bool channel = false;                  ///< whether to give it a socket as kRunnerFd
    std::int64_t openFiles = 1024;
    const Confinement* confinement = nullptr;
};

struct Process {
    pid_t pid = -1;
    UniqueFd output;   ///< its standard output
    UniqueFd errors;   ///< its standard error
    UniqueFd channel;  ///< our end
};

/// Our ends do not block.
Result<Process> spawn(const SpawnOptions& options);

}  // namespace dogwatch::guest

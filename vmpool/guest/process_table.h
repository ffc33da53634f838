// Children that ended: the agent is init, so orphans end up with it as well.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <string>

#include "vmpool/guest/event_loop.h"
#include "vmpool/guest/result.h"
#include "vmpool/guest/unique_fd.h"

namespace dogwatch::guest {

struct ProcessExit {
    pid_t pid = -1;
    int status = 0;  ///< of wait()
    std::int64_t cpuUs = 0;
    std::int64_t memoryPeakBytes = 0;
};

/// "exited with status 3", "killed by signal 11 (SEGV)"
std::string describeExit(int status);
/// As a shell tells it: 128 + N for signal N.
int exitCode(int status);

/// Reaps every child and tells of each.
class ProcessTable {
 public:
    using Ended = std::function<void(const ProcessExit&)>;
    static Result<ProcessTable> create(EventLoop& loop, Ended ended);

 private:
    UniqueFd signals_;
    EventLoop::Watch watch_;
};

}  // namespace dogwatch::guest

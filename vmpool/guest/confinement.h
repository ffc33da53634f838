// What holds a function's processes: a cgroup (v2) of its own inside a VM. Where there is none (the agent run
// as a plain process for tests) all descendants of the agent stand in for it, and memory and process limits
// do not apply.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "vmpool/guest/result.h"
#include "vmpool/guest/unique_fd.h"

namespace dogwatch::guest {

class Confinement {
 public:
    /// A new cgroup `parent`/`name`; with an empty `parent`, the stand-in.
    static Result<std::unique_ptr<Confinement>> create(const std::string& parent, const std::string& name);
    /// Kills what is left inside and removes the cgroup.
    ~Confinement();
    Confinement(const Confinement&) = delete;
    Confinement& operator=(const Confinement&) = delete;

    [[nodiscard]] Result<void> setLimits(std::int64_t memoryBytes, std::int64_t processes) const;
    /// For the child, before it gives up its rights: moves the calling process inside.
    [[nodiscard]] bool enter() const;

    /// Kills everything inside and waits until it is gone, two seconds at most. False: something would not
    /// die.
    bool killAll();
    /// Kills everything inside but one process. False: new ones came as fast as they were killed.
    bool killOthers(pid_t keep);

    [[nodiscard]] std::int64_t cpuUs(pid_t main) const;  ///< of all processes so far (stand-in: of `main`)
    [[nodiscard]] std::int64_t memoryPeakBytes(pid_t main) const;
    [[nodiscard]] bool ranOutOfMemory() const;  ///< the kernel killed a process inside for memory

 private:
    Confinement() = default;
    [[nodiscard]] std::vector<pid_t> processes() const;
    [[nodiscard]] std::string read(const UniqueFd& file) const;

    std::string path_;  ///< empty: the stand-in
    UniqueFd procs_;
    UniqueFd kill_;
    UniqueFd cpuStat_;
    UniqueFd memoryPeak_;
    UniqueFd memoryEvents_;
    UniqueFd memoryMax_;
    UniqueFd pidsMax_;
};

}  // namespace dogwatch::guest

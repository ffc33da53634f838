// Where functions run: as whom, in which root, with which directories. Inside a VM a chroot over the runtime
// disks; as a plain process (tests) a folder of the host.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

#include "vmpool/guest/host_message.h"
#include "vmpool/guest/result.h"

namespace dogwatch::guest {

struct Sandbox {
    std::string root;     ///< of the function's processes; empty: the host's
    std::string cgroups;  ///< folder in which to make cgroups; empty: no cgroups
    std::string taskDir;  ///< with the code; inside `root`, as all below
    std::string tmpDir;
    std::string archive;  ///< where a zip waits to be unpacked
    std::string emitSocket;
    std::string runtimesDir;
    uid_t user = 0;           ///< 0: the agent's own
    bool ownMachine = false;  ///< the agent is init of a VM: clock, random pool, mounts are its to set
    bool untouched = false;   ///< nobody has written to taskDir and tmpDir since renew()

    /// Where a path inside the root lies for the agent.
    [[nodiscard]] std::string outside(const std::string& path) const { return root + path; }
    /// What every process of the function finds in its environment.
    [[nodiscard]] std::vector<std::string> environment() const;

    /// An empty working directory and /tmp, ahead of need: the dear part of prepare().
    [[nodiscard]] Result<void> renew();
    /// An empty working directory and /tmp, of the sizes in `limits`.
    [[nodiscard]] Result<void> prepare(const Limits& limits);
    /// Those of a function that asks for nothing else: what is made ready for, and rehearsed with.
    static Limits usualLimits();
    /// `name` lies below the working directory, whatever it holds.
    [[nodiscard]] Result<void> writeCode(const std::string& name, std::string_view code,
                                         bool executable) const;
    [[nodiscard]] Result<void> writeArchive(std::string_view zip) const;
    void removeArchive() const;

 private:
    [[nodiscard]] Result<void> makeDirectories() const;
    [[nodiscard]] Result<void> mountDirectories() const;
};

/// Whether `path` is relative and stays below where it starts.
bool isInside(std::string_view path);

}  // namespace dogwatch::guest

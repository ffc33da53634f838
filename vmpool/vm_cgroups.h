// VmCgroups: a control group (cgroup v2) of its own for each QEMU: a bound on its memory and processes, and
// an end that nothing escapes (cgroup.kill). Only where we may: as root, or in a subtree that was delegated
// to us; elsewhere VMs live without, and the reason is told.
#pragma once

#include <cstdint>
#include <string>

#include "core/model/result.h"

namespace dogwatch::vmpool {

class VmCgroups {
 public:
    VmCgroups() = default;
    /// Makes the group in which those of VMs are put, below the one given: the hierarchy's root, or the one
    /// that was delegated. `owner`: our process id. Groups of owners that are gone are removed.
    static Result<VmCgroups> open(const std::string& parent, std::int64_t owner);
    /// The same in the place that this process may use.
    static Result<VmCgroups> openOwn();
    VmCgroups(VmCgroups&& other) noexcept;
    VmCgroups& operator=(VmCgroups&& other) noexcept;
    VmCgroups(const VmCgroups&) = delete;
    VmCgroups& operator=(const VmCgroups&) = delete;
    ~VmCgroups();  ///< removes the group; those of VMs must be gone

    /// Makes a VM's group, bounded as far as the host's controllers permit; the folder.
    [[nodiscard]] Result<std::string> add(const std::string& vm, std::int64_t memoryMiB) const;
    /// Ends all that is left in a VM's group and removes it. Does nothing when there is none.
    static void remove(const std::string& folder);

    /// "memory pids", or what else there is; empty: groups bound nothing here.
    [[nodiscard]] const std::string& controllers() const { return controllers_; }

 private:
    void close();

    std::string folder_;
    std::string controllers_;
};

}  // namespace dogwatch::vmpool

// VmHost: what all VMs of a pool have in common.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "vmpool/guest_image.h"
#include "vmpool/guest_link.h"
#include "vmpool/qemu_command_line.h"
#include "vmpool/qemu_starter.h"
#include "vmpool/unique_fd.h"
#include "vmpool/vm_cgroups.h"
#include "vmpool/vm_shape.h"

namespace dogwatch::vmpool {

struct VmHost {
    std::shared_ptr<const GuestImage> image;
    std::string qemu;
    std::shared_ptr<const QemuPreloads> preloads;  ///< null: none
    std::shared_ptr<QemuStarter> starter;          ///< null, or not ready: QEMU is started in full each time
    std::string runDir;
    std::shared_ptr<const VmCgroups> groups;  ///< null: VMs have no control groups
    std::int64_t tscKiloHertz = 0;
    std::chrono::milliseconds bootDeadline{30'000};   ///< a boot that hangs is ended then
    std::chrono::milliseconds cloneDeadline{10'000};  ///< the same for a clone, and for one that goes on
    GuestLink::Watchdog watchdog;
};

/// A cold boot of a VM of this shape; the descriptors of its sockets are still to be put in.
VmSpec coldSpec(const VmHost& host, const std::string& name, const VmShape& shape, Accelerator accelerator);

}  // namespace dogwatch::vmpool

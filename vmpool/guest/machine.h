// What the agent does as init of a VM: mounts, modules, disks, the port, clock, random pool, power.
#pragma once

#include <string>

#include "vmpool/guest/host_message.h"
#include "vmpool/guest/result.h"
#include "vmpool/guest/sandbox.h"
#include "vmpool/guest/unique_fd.h"

namespace dogwatch::guest {

/// Brings the machine up and lays out where functions run: a read-only root over the runtime disks and the
/// base from the initramfs, with its own /proc, /dev, /tmp and /run.
Result<Sandbox> bringUpMachine();

/// The port to the host, once the driver has found it; ten seconds at most.
Result<UniqueFd> openPort();

/// Clock, random pool and host name. Two clones of a template are alike up to here.
Result<void> configureMachine(const Configure& configure);

std::string randomBytes(std::size_t size);

/// Resets the machine, which ends QEMU under -no-reboot.
[[noreturn]] void powerOff();

}  // namespace dogwatch::guest

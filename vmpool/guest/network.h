// The guest's end of QEMU's user-mode network, for functions that have one.
#pragma once

#include <string>

#include "vmpool/guest/result.h"

namespace dogwatch::guest {

/// Whether the machine has a network card (virtio).
bool hasNetworkCard();

void raiseLoopback();

/// Gives eth0 the address, the route and the name server that QEMU expects (its documentation, "Using the
/// user mode network stack"): all are fixed, so nobody need be asked for them. `etc`: where resolv.conf goes.
Result<void> configureNetwork(const std::string& etc);

}  // namespace dogwatch::guest

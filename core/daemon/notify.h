// Tells the service manager how the control plane fares, by the protocol of sd_notify(3): a datagram to
// $NOTIFY_SOCKET. Does nothing where there is none.
#pragma once

#include <string_view>

namespace dogwatch::daemon {

/// `state`: lines such as "READY=1" or "STOPPING=1".
void notifyServiceManager(std::string_view state);

}  // namespace dogwatch::daemon

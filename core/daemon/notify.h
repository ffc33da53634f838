// Tells the service manager how the control plane fares, by the protocol of sd_notify(3): a datagram to
// $NOTIFY_SOCKET. Does nothing where there is none.
#pragma once

#include <QTimer>
#include <string_view>

namespace dogwatch::daemon {

/// `state`: lines such as "READY=1" or "STOPPING=1".
void notifyServiceManager(std::string_view state);

/// Tells it, twice in each interval that it asks for ($WATCHDOG_USEC), that the event loop still turns: a
/// control plane that hangs is started anew (sd_watchdog_enabled(3)).
class Watchdog {
 public:
    Watchdog();

 private:
    QTimer timer_;
};

}  // namespace dogwatch::daemon

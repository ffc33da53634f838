#include "core/daemon/notify.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace dogwatch::daemon {

void notifyServiceManager(std::string_view state) {
    const char* name = std::getenv("NOTIFY_SOCKET");
    if (name == nullptr) return;
    const std::string_view path(name);
    sockaddr_un address{};
    if (path.size() < 2 || path.size() >= sizeof(address.sun_path)) return;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    if (path.front() == '@') address.sun_path[0] = '\0';  // the abstract name space

    const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket < 0) return;
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
    // Nobody listening is no reason to fail: the service manager will notice by itself.
    static_cast<void>(sendto(socket, state.data(), state.size(), MSG_NOSIGNAL,
                             reinterpret_cast<const sockaddr*>(&address), length));
    close(socket);
}

Watchdog::Watchdog() {
    const char* interval = std::getenv("WATCHDOG_USEC");
    const char* pid = std::getenv("WATCHDOG_PID");
    if (interval == nullptr || (pid != nullptr && std::strtoll(pid, nullptr, 10) != getpid())) return;
    const std::chrono::microseconds most{std::strtoll(interval, nullptr, 10)};
    const auto beat = std::chrono::duration_cast<std::chrono::milliseconds>(most / 2);
    if (beat.count() <= 0) return;
    QObject::connect(&timer_, &QTimer::timeout, &timer_, [] { notifyServiceManager("WATCHDOG=1"); });
    timer_.start(beat);
}

}  // namespace dogwatch::daemon

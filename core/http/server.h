// Server: HTTP/1.1 on Boost.Beast, on a thread of its own, so that nothing a peer does ever holds up the
// event loop. Everything a peer can make grow or last has a limit: head, body, bodies in flight, time,
// connections. It knows nothing of what it serves; see Service.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/http/message.h"
#include "core/model/result.h"

namespace dogwatch::http {

struct ServerLimits {
    std::size_t headBytes = 32U << 10U;
    std::size_t bodiesInFlight = 192U << 20U;  ///< bytes of all bodies that are being read or served
    std::size_t connections = 512;             ///< more are answered 503 and closed
    std::chrono::seconds headTime{10};         ///< from the first byte of a head to its last
    std::chrono::seconds idleTime{60};         ///< between requests of one connection
    std::chrono::seconds bodyTime{60};
    std::chrono::seconds writeTime{60};
};

struct Address {
    std::string host;  ///< a numeric IPv4 or IPv6 address, or "localhost"
    std::uint16_t port = 0;
};

/// "127.0.0.1:9000", "[::1]:9000", "localhost:9000"; port 0: any free one.
Result<Address> parseAddress(std::string_view text);

class Server {
 public:
    /// Listens, and serves `service` from then on; it must outlive the server.
    static Result<std::unique_ptr<Server>> listen(const Address& address, Service& service,
                                                  const ServerLimits& limits = {});
    /// Closes at once, whatever is under way.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// "http://127.0.0.1:9000"
    [[nodiscard]] const std::string& url() const;
    /// Accepts no more and closes the connections that have no request under way; the others close after
    /// their answer. Returns at once.
    void drain();
    /// Waits until all connections are closed, at most this long.
    void finish(std::chrono::milliseconds most);

 private:
    class Private;
    explicit Server(std::unique_ptr<Private> data);
    std::unique_ptr<Private> d;
};

}  // namespace dogwatch::http

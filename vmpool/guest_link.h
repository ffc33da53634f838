// GuestLink: the connection to the agent in one VM: sends requests, judges every message that comes, pings.
#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>
#include <cstdint>
#include <string>

#include "vmpool/fd_stream.h"
#include "vmpool/guest_protocol.h"
#include "vmpool/guest_session.h"

namespace dogwatch::vmpool {

class GuestLink : public QObject {
    Q_OBJECT
 public:
    /// Messages handled before others have their turn: a few milliseconds of work.
    static constexpr int kMessagesAtOnce = 256;

    /// How often the agent is pinged, and how long it may leave a ping unanswered: generous, because a busy
    /// host stalls every guest.
    struct Watchdog {
        std::chrono::milliseconds interval{5000};
        std::chrono::milliseconds deadline{20000};
    };

    /// `fd`: our end of the socket, which does not block. `session`: fresh, or that of a restored clone.
    GuestLink(UniqueFd fd, GuestSession session, Watchdog watchdog, QObject* parent = nullptr);

    [[nodiscard]] const GuestSession& session() const { return session_; }

    void configure(const Configure& configure);
    /// Only when the session is idle, and configured.
    void rehearse();
    /// The function with its code. Only when the session is idle.
    void load(const Function& function);
    /// Only when the session is ready.
    void run(const Invocation& invocation);
    void cancel(const std::string& execution);
    void ping();
    /// Pings from now on; until then the boot deadline watches. A stopped VM is not watched.
    void watch(bool on);
    void close();

 Q_SIGNALS:
    /// A message that the protocol allows now.
    void message(const dogwatch::vmpool::GuestMessage& message);
    /// The guest broke the protocol (Invalid), speaks another version or found fault with us, or stopped
    /// answering (Unavailable). The link is closed. Once.
    void failed(const dogwatch::Error& error);
    /// The port's other end is gone: QEMU has ended.
    void closed();

 private:
    void onReceived(std::string_view bytes);
    /// Judges the messages that have arrived, but not too many before the event loop turns.
    void drain();
    void onTick();
    void fail(const Error& error);

    FdStream stream_;
    FrameReader reader_;
    GuestSession session_;
    Watchdog limits_;
    QTimer tick_;
    std::int64_t nonce_ = 0;
    std::chrono::steady_clock::time_point pinged_;
};

}  // namespace dogwatch::vmpool

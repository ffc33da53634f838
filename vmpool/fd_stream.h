// FdStream: bytes in and out over a connected socket, on the event loop, without ever blocking it.
#pragma once

#include <QObject>
#include <QSocketNotifier>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

#include "vmpool/unique_fd.h"

namespace dogwatch::vmpool {

class FdStream : public QObject {
    Q_OBJECT
 public:
    /// `fd`: a stream socket that does not block.
    explicit FdStream(UniqueFd fd, QObject* parent = nullptr);

    /// Queues bytes, in order. `attached` travels along with them (SCM_RIGHTS) and is closed here once sent.
    void send(std::string bytes, UniqueFd attached = {});
    [[nodiscard]] std::size_t unsentBytes() const { return unsentBytes_; }
    [[nodiscard]] bool isOpen() const { return fd_.valid(); }
    /// Reads nothing for the time being: what the peer sends waits in the socket, then the peer waits.
    void setPaused(bool paused);
    /// No further signal follows.
    void close();

 Q_SIGNALS:
    /// At most 64 KiB at a time, and the loop turns between two: a flood starves nobody. The view is valid
    /// during the call. A receiver may close() the stream but not delete it.
    void received(std::string_view bytes);
    /// The peer is gone. Once, and not after close().
    void closed();

 private:
    void readSome();
    void writeSome();
    void fail();

    struct Chunk {
        std::string bytes;
        std::size_t sent = 0;
        UniqueFd attached;
    };
    /// Bytes of `chunk` written by one system call; -1 with errno.
    [[nodiscard]] ssize_t writeChunk(const Chunk& chunk) const;

    UniqueFd fd_;
    QSocketNotifier readable_;
    QSocketNotifier writable_;
    std::deque<Chunk> unsent_;
    std::size_t unsentBytes_ = 0;
};

}  // namespace dogwatch::vmpool

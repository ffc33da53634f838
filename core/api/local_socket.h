// LocalSocket: the client's end of a connection to the control plane. A plain Unix socket, because loading
// QtNetwork would cost every `dogwatchctl` two milliseconds.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "core/model/result.h"

namespace dogwatch::api {

class LocalSocket {
 public:
    LocalSocket() = default;
    ~LocalSocket() { close(); }
    LocalSocket(LocalSocket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    LocalSocket& operator=(LocalSocket&& other) noexcept {
        if (this != &other) {
            close();
            fd_ = std::exchange(other.fd_, -1);
        }
        return *this;
    }

    /// Connects to a socket of a process of the same user. `wait`: for room in a full backlog too; without it
    /// never blocks. Kind Unavailable when nobody answers there.
    static Result<LocalSocket> connect(const std::string& path, bool wait);
    /// Takes over a connected descriptor (tests); makes it non-blocking.
    static LocalSocket adopt(int fd);

    [[nodiscard]] int fd() const { return fd_; }
    [[nodiscard]] bool isOpen() const { return fd_ >= 0; }
    void close();

    /// Appends what has arrived, at most 1 MiB; 0: nothing now. An error when the other end has gone.
    Result<std::size_t> read(std::string& into);
    /// Sends what fits now; the number of bytes taken, maybe 0.
    Result<std::size_t> write(std::string_view bytes);

 private:
    int fd_ = -1;
};

}  // namespace dogwatch::api

// UniqueFd: owns one file descriptor.
#pragma once

#include <unistd.h>

#include <utility>

#include "core/model/result.h"

namespace dogwatch::vmpool {

class UniqueFd {
 public:
    UniqueFd() = default;
    explicit UniqueFd(int fd) : fd_(fd) {}
    UniqueFd(UniqueFd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    UniqueFd& operator=(UniqueFd&& other) noexcept {
        if (this != &other) {
            reset();
            fd_ = std::exchange(other.fd_, -1);
        }
        return *this;
    }
    UniqueFd(const UniqueFd&) = delete;
    UniqueFd& operator=(const UniqueFd&) = delete;
    ~UniqueFd() { reset(); }

    [[nodiscard]] int get() const { return fd_; }
    [[nodiscard]] bool valid() const { return fd_ >= 0; }
    void reset() {
        if (fd_ >= 0) ::close(std::exchange(fd_, -1));
    }

 private:
    int fd_ = -1;
};

/// Two connected stream sockets. `ours` does not block; both are closed on exec.
struct SocketPair {
    UniqueFd ours;
    UniqueFd theirs;
};
Result<SocketPair> makeSocketPair();

/// Opens a file for reading, closed on exec. The error names the file and why.
Result<UniqueFd> openForReading(const std::string& path);

}  // namespace dogwatch::vmpool

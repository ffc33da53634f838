#include "core/api/local_socket.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace dogwatch::api {
namespace {

tl::unexpected<Error> noAnswer(const std::string& path, const std::string& why) {
    return failure(Error::Kind::Unavailable, "No control plane answers at " + path + " (" + why + ").");
}

void makeNonBlocking(int fd) {
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) | O_NONBLOCK);
}

/// Where the path is one that others may write to (/tmp), a stranger could listen there.
bool isOwnPeer(int fd) {
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == ::geteuid();
}

}  // namespace

Result<LocalSocket> LocalSocket::connect(const std::string& path, bool wait) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path) {
        return failure(Error::Kind::Invalid, "\"" + path + "\" is too long for the path of a socket.");
    }
    std::copy(path.begin(), path.end(), address.sun_path);

    LocalSocket socket;
    socket.fd_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | (wait ? 0 : SOCK_NONBLOCK), 0);
    if (socket.fd_ < 0) {
        return failure(Error::Kind::Io, std::string{"Cannot make a socket: "} + std::strerror(errno) + ".");
    }
    int status = 0;
    do {
        status = ::connect(socket.fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    } while (status != 0 && errno == EINTR);
    if (status != 0) {
        if (errno == ENOENT) return noAnswer(path, "there is no such socket");
        return noAnswer(path, errno == EAGAIN ? "too many wait to connect" : std::strerror(errno));
    }
    if (!isOwnPeer(socket.fd_)) return noAnswer(path, "a process of another user listens there");
    makeNonBlocking(socket.fd_);
    return socket;
}

LocalSocket LocalSocket::adopt(int fd) {
    LocalSocket socket;
    socket.fd_ = fd;
    makeNonBlocking(fd);
    return socket;
}

void LocalSocket::close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
}

Result<std::size_t> LocalSocket::read(std::string& into) {
    constexpr std::size_t kChunk = 64U << 10U;
    constexpr std::size_t kAtOnce = 1U << 20U;
    std::size_t total = 0;
    while (total < kAtOnce) {
        const auto before = into.size();
        into.resize(before + kChunk);
        const auto got = ::recv(fd_, into.data() + before, kChunk, 0);
        into.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (got > 0) {
            total += static_cast<std::size_t>(got);
            continue;
        }
        if (got < 0 && errno == EINTR) continue;
        if (total > 0 || (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))) return total;
        return failure(Error::Kind::Unavailable,
                       got == 0 ? std::string{"The control plane closed the connection."}
                                : std::string{"The connection to the control plane broke: "} +
                                      std::strerror(errno) + ".");
    }
    return total;
}

Result<std::size_t> LocalSocket::write(std::string_view bytes) {
    std::size_t total = 0;
    while (total < bytes.size()) {
        const auto sent = ::send(fd_, bytes.data() + total, bytes.size() - total, MSG_NOSIGNAL);
        if (sent >= 0) {
            total += static_cast<std::size_t>(sent);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            break;
        } else if (errno != EINTR) {
            return failure(
                Error::Kind::Unavailable,
                std::string{"The connection to the control plane broke: "} + std::strerror(errno) + ".");
        }
    }
    return total;
}

}  // namespace dogwatch::api

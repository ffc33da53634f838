#include "vmpool/fd_stream.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace dogwatch::vmpool {
namespace {

constexpr std::size_t kReadAtOnce = 64U << 10U;

bool wouldBlock(int error) {
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

}  // namespace

FdStream::FdStream(UniqueFd fd, QObject* parent)
    : QObject(parent),
      fd_(std::move(fd)),
      readable_(fd_.get(), QSocketNotifier::Read),
      writable_(fd_.get(), QSocketNotifier::Write) {
    writable_.setEnabled(false);
    connect(&readable_, &QSocketNotifier::activated, this, &FdStream::readSome);
    connect(&writable_, &QSocketNotifier::activated, this, &FdStream::writeSome);
}

void FdStream::send(std::string bytes, UniqueFd attached) {
    if (!fd_.valid() || bytes.empty()) return;
    unsentBytes_ += bytes.size();
    unsent_.push_back({std::move(bytes), 0, std::move(attached)});
    if (unsent_.size() == 1) writeSome();
}

void FdStream::setPaused(bool paused) {
    if (fd_.valid()) readable_.setEnabled(!paused);
}

void FdStream::close() {
    readable_.setEnabled(false);
    writable_.setEnabled(false);
    fd_.reset();
    unsent_.clear();
    unsentBytes_ = 0;
}

void FdStream::readSome() {
    std::array<char, kReadAtOnce> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled by recv
    const ssize_t count = ::recv(fd_.get(), buffer.data(), buffer.size(), 0);
    if (count > 0) {
        Q_EMIT received(std::string_view(buffer.data(), static_cast<std::size_t>(count)));
    } else if (count == 0 || !wouldBlock(errno)) {
        fail();
    }
}

void FdStream::writeSome() {
    while (!unsent_.empty()) {
        Chunk& chunk = unsent_.front();
        const ssize_t count = writeChunk(chunk);
        if (count < 0) {
            if (!wouldBlock(errno)) {
                // The reading side tells of the end: what the peer sent before it went is still to be read.
                unsent_.clear();
                unsentBytes_ = 0;
                break;
            }
            writable_.setEnabled(true);
            return;
        }
        chunk.attached.reset();
        chunk.sent += static_cast<std::size_t>(count);
        unsentBytes_ -= static_cast<std::size_t>(count);
        if (chunk.sent == chunk.bytes.size()) unsent_.pop_front();
    }
    writable_.setEnabled(false);
}

ssize_t FdStream::writeChunk(const Chunk& chunk) const {
    iovec part{const_cast<char*>(chunk.bytes.data()) + chunk.sent, chunk.bytes.size() - chunk.sent};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    if (chunk.attached.valid()) {
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        cmsghdr* header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int));
        const int fd = chunk.attached.get();
        std::memcpy(CMSG_DATA(header), &fd, sizeof fd);
    }
    return ::sendmsg(fd_.get(), &message, MSG_NOSIGNAL);
}

void FdStream::fail() {
    close();
    Q_EMIT closed();
}

}  // namespace dogwatch::vmpool

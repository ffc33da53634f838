#include "vmpool/guest/frame_stream.h"

#include <array>

namespace dogwatch::guest {

FrameStream::FrameStream(EventLoop& loop, UniqueFd fd, Handlers handlers)
    : loop_(loop), fd_(std::move(fd)), handlers_(std::move(handlers)) {
    setNonBlocking(fd_.get());
    watch_ = loop.watch(fd_.get(), POLLIN, [this](short events) { ready(events); });
}

void FrameStream::send(std::string framed) {
    if (queue_.empty()) {
        queue_ = std::move(framed);
    } else {
        queue_.append(framed);
    }
    write();
}

void FrameStream::clear() {
    reader_.clear();
    queue_.clear();
    sent_ = 0;
    watch_.setEvents(POLLIN);
}

void FrameStream::flush(std::chrono::milliseconds patience) {
    const auto deadline = Clock::now() + patience;
    for (write(); queued() > 0 && Clock::now() < deadline; write()) {
        pollfd fd{fd_.get(), POLLOUT, 0};
        ::poll(&fd, 1, 10);
    }
}

void FrameStream::setPaused(bool paused) {
    if (paused_ == paused) return;
    paused_ = paused;
    write();  // sets what is waited for
    // Frames may have been read already. Not from here: the caller may stand inside a handler.
    if (!paused) resumed_.start(loop_, Clock::now(), [this] { handOut(); });
}

bool FrameStream::hungUp() const {
    pollfd fd{fd_.get(), 0, 0};
    return ::poll(&fd, 1, 0) > 0 && (fd.revents & POLLHUP) != 0;
}

void FrameStream::ready(short events) {
    if ((events & POLLOUT) != 0) write();
    if ((events & ~POLLOUT) != 0 && !paused_) receive();
}

void FrameStream::receive() {
    std::array<char, 64U << 10U> chunk;
    const auto size = ::read(fd_.get(), chunk.data(), chunk.size());
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (size <= 0) {
        handlers_.end();
        return;
    }
    reader_.feed({chunk.data(), static_cast<std::size_t>(size)});
    handOut();
}

void FrameStream::handOut() {
    const std::weak_ptr<bool> alive = alive_;
    while (!alive.expired() && !paused_) {
        auto body = reader_.next();
        if (!body) {
            watch_ = {};
            handlers_.broken(body.error());
            return;
        }
        if (!*body) return;
        handlers_.frame(std::move(**body));
    }
}

void FrameStream::write() {
    while (sent_ < queue_.size()) {
        const auto size = ::write(fd_.get(), queue_.data() + sent_, queue_.size() - sent_);
        if (size < 0 && (errno == EAGAIN || errno == EINTR)) break;
        // Nobody will ever read it otherwise: reading tells why.
        sent_ = size < 0 ? queue_.size() : sent_ + static_cast<std::size_t>(size);
    }
    if (sent_ == queue_.size()) {
        queue_.clear();
        sent_ = 0;
    }
    watch_.setPaused(paused_ && queue_.empty());
    watch_.setEvents(static_cast<short>((paused_ ? 0 : POLLIN) | (queue_.empty() ? 0 : POLLOUT)));
}

}  // namespace dogwatch::guest

// Frames over a non-blocking descriptor: the port to the host, the channel to a runner.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "vmpool/guest/event_loop.h"
#include "vmpool/guest/frames.h"
#include "vmpool/guest/unique_fd.h"

namespace dogwatch::guest {

class FrameStream {
 public:
    struct Handlers {
        std::function<void(std::string body)> frame;
        std::function<void()> end;                           ///< the other side closed
        std::function<void(const std::string& why)> broken;  ///< a length out of bounds; nothing more is read
    };

    FrameStream(EventLoop& loop, UniqueFd fd, Handlers handlers);
    /// The handlers may destroy the stream they are called from.
    ~FrameStream() = default;
    FrameStream(const FrameStream&) = delete;
    FrameStream& operator=(const FrameStream&) = delete;

    void send(std::string framed);
    [[nodiscard]] std::size_t queued() const { return queue_.size() - sent_; }
    /// Writes what is queued, waiting at most `patience`.
    void flush(std::chrono::milliseconds patience);
    /// Forgets half a frame and what is queued: the other side starts over.
    void clear();
    /// Whether nobody is at the other end now.
    [[nodiscard]] bool hungUp() const;
    /// While paused nothing is read or handed out.
    void setPaused(bool paused);

 private:
    void ready(short events);
    void receive();
    void handOut();
    void write();

    EventLoop& loop_;
    UniqueFd fd_;
    Handlers handlers_;
    FrameReader reader_;
    std::string queue_;
    std::size_t sent_ = 0;
    bool paused_ = false;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    EventLoop::Timer resumed_;
    EventLoop::Watch watch_;
};

}  // namespace dogwatch::guest

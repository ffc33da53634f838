// One thread's event loop: descriptors and deadlines. The agent does everything on it.
#pragma once

#include <poll.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>

namespace dogwatch::guest {

using Clock = std::chrono::steady_clock;

inline std::int64_t microseconds(Clock::duration duration) {
    return std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
}

class EventLoop {
    struct Source;
    struct Deadline;

 public:
    using Ready = std::function<void(short events)>;

    /// Calls back while it lives.
    class Watch {
     public:
        Watch() = default;
        /// What to wait for: POLLIN, POLLOUT, both, or 0. Hang-ups are told in any case, unless paused.
        void setEvents(short events);
        void setPaused(bool paused);
        explicit operator bool() const { return source_ != nullptr; }

     private:
        friend class EventLoop;
        std::shared_ptr<Source> source_;
    };

    /// Calls back once, unless it is stopped or destroyed before.
    class Timer {
     public:
        void start(EventLoop& loop, Clock::time_point when, std::function<void()> due);
        void stop() { deadline_.reset(); }
        [[nodiscard]] bool running() const { return deadline_ != nullptr; }

     private:
        std::shared_ptr<Deadline> deadline_;
    };

    [[nodiscard]] Watch watch(int fd, short events, Ready ready);

    /// Until quit(); returns its status.
    int run();
    void quit(int status);

 private:
    struct Source {
        int fd;
        short events;
        bool paused;
        Ready ready;
    };
    struct Deadline {
        std::function<void()> due;
    };

    void wait();
    void fireDeadlines();

    std::multimap<std::uint64_t, std::weak_ptr<Source>> sources_;
    std::multimap<Clock::time_point, std::weak_ptr<Deadline>> deadlines_;
    std::uint64_t watched_ = 0;
    bool stopped_ = false;
    int status_ = 0;
};

}  // namespace dogwatch::guest

#include "vmpool/guest/event_loop.h"

#include <ctime>
#include <utility>
#include <vector>

namespace dogwatch::guest {

void EventLoop::Watch::setEvents(short events) {
    if (source_) source_->events = events;
}

void EventLoop::Watch::setPaused(bool paused) {
    if (source_) source_->paused = paused;
}

void EventLoop::Timer::start(EventLoop& loop, Clock::time_point when, std::function<void()> due) {
    deadline_ = std::make_shared<Deadline>(Deadline{std::move(due)});
    loop.deadlines_.emplace(when, deadline_);
}

EventLoop::Watch EventLoop::watch(int fd, short events, Ready ready) {
    Watch watch;
    watch.source_ = std::make_shared<Source>(Source{fd, events, false, std::move(ready)});
    sources_.emplace(watched_++, watch.source_);
    return watch;
}

void EventLoop::quit(int status) {
    stopped_ = true;
    status_ = status;
}

int EventLoop::run() {
    while (!stopped_) {
        wait();
        fireDeadlines();
    }
    return status_;
}

void EventLoop::wait() {
    std::vector<pollfd> fds;
    std::vector<std::weak_ptr<Source>> polled;
    std::erase_if(sources_, [](const auto& entry) { return entry.second.expired(); });
    for (const auto& [order, weak] : sources_) {
        const auto source = weak.lock();
        if (!source || source->paused) continue;
        fds.push_back({source->fd, source->events, 0});
        polled.push_back(weak);
    }
    std::erase_if(deadlines_, [](const auto& entry) { return entry.second.expired(); });
    timespec timeout{};
    if (!deadlines_.empty()) {
        const auto left = std::chrono::nanoseconds(deadlines_.begin()->first - Clock::now()).count();
        if (left > 0) timeout = {left / 1'000'000'000, left % 1'000'000'000};
    }
    if (::ppoll(fds.data(), fds.size(), deadlines_.empty() ? nullptr : &timeout, nullptr) <= 0) return;
    for (std::size_t i = 0; i < fds.size() && !stopped_; ++i) {
        // A callback may have dropped or paused any of the others.
        const auto source = fds[i].revents != 0 ? polled[i].lock() : nullptr;
        if (source && !source->paused) source->ready(fds[i].revents);
    }
}

void EventLoop::fireDeadlines() {
    const auto now = Clock::now();
    while (!stopped_ && !deadlines_.empty() && deadlines_.begin()->first <= now) {
        const auto deadline = deadlines_.begin()->second.lock();
        deadlines_.erase(deadlines_.begin());
        if (deadline) deadline->due();
    }
}

}  // namespace dogwatch::guest

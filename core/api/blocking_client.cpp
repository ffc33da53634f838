#include "core/api/blocking_client.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>

namespace dogwatch::api {
namespace {

Time now() {
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

/// Whether the socket became ready before the deadline.
Result<bool> waitFor(int fd, short events, std::optional<Time> deadline, const Listening& listening = {}) {
    pollfd entry{fd, events, 0};
    for (;;) {
        int pause = -1;
        std::optional<Duration> left = listening.askEvery;
        if (deadline) left = std::min(left.value_or(Duration::max()), *deadline - now());
        if (left) {
            const auto rounded = std::chrono::ceil<std::chrono::milliseconds>(*left).count();
            pause = static_cast<int>(std::clamp<std::int64_t>(rounded, 0, 3'600'000));
        }
        const int ready = ::poll(&entry, 1, pause);
        if (ready > 0) return true;
        if (deadline && ready == 0 && now() >= *deadline) return false;
        if ((ready == 0 || errno == EINTR) && listening.interrupted && listening.interrupted()) {
            return failure(Error::Kind::Refused, "It was cancelled.");
        }
        if (ready < 0 && errno != EINTR) {
            return failure(Error::Kind::Io,
                           std::string{"Cannot wait for the control plane: "} + std::strerror(errno) + ".");
        }
    }
}

}  // namespace

Result<BlockingClient> BlockingClient::connect(const std::string& socketPath) {
    auto socket = LocalSocket::connect(socketPath, true);
    if (!socket) return tl::unexpected(socket.error());
    return BlockingClient{std::move(*socket)};
}

Result<void> BlockingClient::send(std::string_view line) {
    while (!line.empty()) {
        const auto taken = socket_.write(line);
        if (!taken) return tl::unexpected(taken.error());
        line.remove_prefix(*taken);
        if (line.empty()) break;
        if (const auto ready = waitFor(socket_.fd(), POLLOUT, std::nullopt); !ready) {
            return tl::unexpected(ready.error());
        }
    }
    return {};
}

Result<std::optional<std::variant<Response, Notification>>> BlockingClient::receive(
    std::optional<Time> deadline, const Listening& listening) {
    for (;;) {
        auto line = lines_.next();
        if (!line) return tl::unexpected(line.error());
        if (*line) {
            auto message = decodeMessage(**line);
            if (message) return std::move(*message);
            return failure(Error::Kind::Internal, "What the control plane sent is not understood: expected " +
                                                      message.error().text() + ".");
        }
        const auto ready = waitFor(socket_.fd(), POLLIN, deadline, listening);
        if (!ready) return tl::unexpected(ready.error());
        if (!*ready) return std::nullopt;
        std::string bytes;
        if (const auto got = socket_.read(bytes); !got) return tl::unexpected(got.error());
        lines_.feed(bytes);
    }
}

Result<json::value> BlockingClient::call(std::string_view method, const json::object& params,
                                         const Listening& listening) {
    const auto id = ++lastCall_;
    const auto line = requestLine(id, method, params);
    if (line.size() > kLargestLine) {
        return failure(Error::Kind::Refused, "The request is larger than the " +
                                                 std::to_string(kLargestLine >> 20U) +
                                                 " MiB that one may have.");
    }
    if (auto sent = send(line); !sent) return tl::unexpected(sent.error());
    for (;;) {
        auto message = receive(std::nullopt, listening);
        if (!message) return tl::unexpected(message.error());
        if (auto* notification = std::get_if<Notification>(&**message)) {
            if (listening.heard && notification->subscription() < 0) {
                listening.heard(*notification);
                continue;
            }
            waiting_.push_back(std::move(*notification));
            continue;
        }
        auto& response = std::get<Response>(**message);
        if (response.id == id) return outcomeOf(method, std::move(response));
    }
}

Result<std::optional<Notification>> BlockingClient::next(std::optional<Duration> timeout) {
    std::optional<Time> deadline;
    if (timeout) deadline = now() + *timeout;
    while (waiting_.empty()) {
        auto message = receive(deadline);
        if (!message) return tl::unexpected(message.error());
        if (!*message) return std::nullopt;
        if (auto* notification = std::get_if<Notification>(&**message))
            waiting_.push_back(std::move(*notification));
    }
    auto notification = std::move(waiting_.front());
    waiting_.pop_front();
    return notification;
}

}  // namespace dogwatch::api

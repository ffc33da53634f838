#include "vmpool/guest/runtime_api.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "vmpool/guest/machine.h"
#include "vmpool/guest/text.h"

namespace dogwatch::guest {
namespace {

constexpr std::size_t kMostConnections = 16;
constexpr std::string_view kPrefix = "/2018-06-01/runtime/";
constexpr std::string_view kAccepted = R"({"status":"OK"})";

std::string hex(std::string_view bytes) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += kDigits[byte >> 4U];
        text += kDigits[byte & 15U];
    }
    return text;
}

std::string traceId() {
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    std::string when(4, '\0');
    for (std::size_t i = 0; i < 4; ++i) when[i] = static_cast<char>(seconds >> (24U - 8U * i) & 0xFF);
    return "Root=1-" + hex(when) + '-' + hex(randomBytes(12)) + ";Parent=" + hex(randomBytes(8)) +
           ";Sampled=0";
}

std::string textOf(const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

RuntimeApi::Failure failureFrom(const HttpRequest& request) {
    RuntimeApi::Failure failure;
    std::string type;
    const auto body = request.body.size() <= (256U << 10U)
                          ? nlohmann::json::parse(request.body, nullptr, false)
                          : nlohmann::json();
    if (body.is_object()) {
        type = textOf(body, "errorType");
        failure.message = textOf(body, "errorMessage");
        const auto stack = body.find("stackTrace");
        for (const auto& line : stack != body.end() && stack->is_array() ? *stack : nlohmann::json::array()) {
            if (line.is_string()) failure.traceback += line.get<std::string>() + '\n';
        }
    }
    const auto header = request.headers.find("lambda-runtime-function-error-type");
    if (type.empty() && header != request.headers.end()) type = header->second;
    if (failure.message.empty() && !body.is_object()) failure.message = request.body;
    if (!type.empty()) failure.message = type + (failure.message.empty() ? "" : ": " + failure.message);
    if (failure.message.empty()) failure.message = "the function reported an error and did not say which";
    return failure;
}

Result<std::unique_ptr<RuntimeApi>> RuntimeApi::listen(EventLoop& loop, std::size_t largestResponse,
                                                       Listener& listener) {
    std::unique_ptr<RuntimeApi> api(new RuntimeApi(loop, largestResponse, listener));
    api->socket_.reset(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    if (!api->socket_ || ::bind(api->socket_.get(), generic, size) != 0 ||
        ::listen(api->socket_.get(), static_cast<int>(kMostConnections)) != 0 ||
        ::getsockname(api->socket_.get(), generic, &size) != 0) {
        return systemFailure("the runtime API cannot be served on the loopback");
    }
    api->address_ = "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
    api->watch_ = loop.watch(api->socket_.get(), POLLIN, [self = api.get()](short) { self->accept(); });
    return api;
}

void RuntimeApi::hangUp() {
    running_.clear();
    connections_.clear();
}

void RuntimeApi::accept() {
    UniqueFd fd(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!fd || connections_.size() == kMostConnections) return;
    const int on = 1;
    ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const auto connection = connections_.insert(
        connections_.end(),
        Connection{++accepted_, std::move(fd), HttpReader(largestResponse_), {}, false, false, {}});
    connection->watch = loop_.watch(connection->fd.get(), POLLIN,
                                    [this, connection](short events) { ready(connection, events); });
}

RuntimeApi::Position RuntimeApi::find(std::uint64_t number) {
    return std::find_if(connections_.begin(), connections_.end(),
                        [&](const Connection& each) { return each.number == number; });
}

void RuntimeApi::ready(Position connection, short events) {
    const auto number = connection->number;
    if ((events & POLLOUT) != 0) write(connection);
    if ((events & ~POLLOUT) != 0 && find(number) != connections_.end()) receive(connection);
}

void RuntimeApi::receive(Position connection) {
    std::array<char, 64U << 10U> chunk;
    const auto size = ::recv(connection->fd.get(), chunk.data(), chunk.size(), 0);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (size <= 0) {
        connections_.erase(connection);
        return;
    }
    if (connection->ends) return;  // refused; the rest of what it sends is not of interest
    connection->reader.feed({chunk.data(), static_cast<std::size_t>(size)});
    readRequests(connection->number);
}

void RuntimeApi::readRequests(std::uint64_t number) {
    const std::weak_ptr<bool> alive = alive_;
    while (!alive.expired()) {
        const auto connection = find(number);
        // One request at a time: who waits for an invocation is answered before anything else is read.
        if (connection == connections_.end() || connection->asks || connection->ends) return;
        auto request = connection->reader.next();
        if (!request) {
            const auto refusal = std::move(request.error());
            refuse(connection, refusal.status,
                   refusal.status == 413 ? "RequestEntityTooLarge" : "InvalidRequest", refusal.why, false);
            if (refusal.status == 413 && !running_.empty()) {
                running_.clear();
                listener_.tooLarge();
            }
            return;
        }
        if (!*request) {
            if (connection->reader.takeExpectation()) {
                connection->queue += "HTTP/1.1 100 Continue\r\n\r\n";
                write(connection);
            }
            return;
        }
        serve(connection, std::move(**request));
    }
}

void RuntimeApi::write(Position connection) {
    auto& queue = connection->queue;
    while (!queue.empty()) {
        const auto size = ::send(connection->fd.get(), queue.data(), queue.size(), MSG_NOSIGNAL);
        if (size < 0 && (errno == EAGAIN || errno == EINTR)) break;
        if (size < 0) {
            queue.clear();  // reading tells that it is gone
            break;
        }
        queue.erase(0, static_cast<std::size_t>(size));
    }
    connection->watch.setEvents(static_cast<short>(POLLIN | (queue.empty() ? 0 : POLLOUT)));
    if (queue.empty() && connection->ends) ::shutdown(connection->fd.get(), SHUT_WR);
}

void RuntimeApi::reply(Position connection, int status, std::string_view body, bool keepAlive) {
    connection->queue += httpResponse(status, body, {}, keepAlive);
    connection->ends = !keepAlive;
    write(connection);
}

void RuntimeApi::refuse(Position connection, int status, std::string_view type, const std::string& why,
                        bool keepAlive) {
    const nlohmann::json body{{"errorMessage", why}, {"errorType", type}};
    reply(connection, status, body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), keepAlive);
}

void RuntimeApi::serve(Position connection, HttpRequest request) {
    auto target = std::string_view(request.target);
    target = target.substr(0, target.find('?'));
    const bool keepAlive = request.keepAlive;
    if (!target.starts_with(kPrefix)) {
        return refuse(connection, 404, "NotFound", "there is no such resource: " + request.target, keepAlive);
    }
    target.remove_prefix(kPrefix.size());
    const bool isNext = target == "invocation/next";
    if (request.method != (isNext ? "GET" : "POST")) {
        return refuse(connection, 405, "MethodNotAllowed", "the method is not " + request.method, keepAlive);
    }
    if (isNext) {
        connection->asks = true;
        connection->ends = !keepAlive;
        return listener_.nextAsked();
    }
    if (target == "init/error") {
        reply(connection, 202, kAccepted, keepAlive);
        return listener_.initFailed(failureFrom(request));
    }
    constexpr std::string_view kInvocation = "invocation/";
    const auto slash = target.rfind('/');
    if (!target.starts_with(kInvocation) || slash < kInvocation.size()) {
        return refuse(connection, 404, "NotFound", "there is no such resource: " + request.target, keepAlive);
    }
    const std::string id(target.substr(kInvocation.size(), slash - kInvocation.size()));
    const std::string what(target.substr(slash + 1));
    serveOutcome(connection, id, what, std::move(request));
}

void RuntimeApi::serveOutcome(Position connection, std::string_view id, std::string_view what,
                              HttpRequest request) {
    if (what != "response" && what != "error") {
        return refuse(connection, 404, "NotFound", "there is no such resource: " + request.target,
                      request.keepAlive);
    }
    if (running_.empty() || id != running_) {
        return refuse(connection, 400, "InvalidRequestID", "no invocation with this id is running",
                      request.keepAlive);
    }
    running_.clear();
    reply(connection, 202, kAccepted, request.keepAlive);
    if (what == "response") return listener_.responded(std::move(request.body));
    listener_.failed(failureFrom(request));
}

bool RuntimeApi::isAsked() const {
    return std::any_of(connections_.begin(), connections_.end(), [](const auto& each) { return each.asks; });
}

void RuntimeApi::give(const Invocation& invocation) {
    const auto connection =
        std::find_if(connections_.begin(), connections_.end(), [](const auto& each) { return each.asks; });
    running_ = invocation.id;
    connection->asks = false;
    connection->queue += httpResponse(200, invocation.payload,
                                      {{"Lambda-Runtime-Aws-Request-Id", invocation.id},
                                       {"Lambda-Runtime-Deadline-Ms", std::to_string(invocation.deadlineMs)},
                                       {"Lambda-Runtime-Invoked-Function-Arn", invocation.functionArn},
                                       {"Lambda-Runtime-Trace-Id", traceId()}});
    write(connection);
}

}  // namespace dogwatch::guest

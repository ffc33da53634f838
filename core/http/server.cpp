#include "core/http/server.h"

#include <fmt/format.h>
#include <pthread.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "core/http/session.h"

namespace dogwatch::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr std::chrono::milliseconds kAfterAcceptFailed{100};  // out of descriptors: they come back

tl::unexpected<Error> cannotListen(const Address& address, const std::string& why) {
    return failure(Error::Kind::Io,
                   fmt::format("HTTP cannot be served at {}:{} ({}): choose another address or port.",
                               address.host, address.port, why));
}

}  // namespace

Result<Address> parseAddress(std::string_view text) {
    const auto fault = [&] {
        return failure(Error::Kind::Invalid,
                       fmt::format("expected an ADDRESS:PORT such as 127.0.0.1:9000, [::1]:9000 or "
                                   "localhost:9000, not \"{}\"",
                                   text));
    };
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return fault();
    auto host = text.substr(0, colon);
    const auto port = text.substr(colon + 1);
    Address address;
    const auto [end, code] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    if (code != std::errc{} || end != port.data() + port.size()) return fault();
    const bool bracketed = host.starts_with('[') && host.ends_with(']');
    if (bracketed) host = host.substr(1, host.size() - 2);
    address.host = host;
    if (host == "localhost") return address;
    boost::system::error_code error;
    const auto parsed = asio::ip::make_address(address.host, error);
    if (error || parsed.is_v6() != bracketed) return fault();
    return address;
}

class Server::Private {
 public:
    Private(Service& service, const ServerLimits& limits) : door(service, limits, io) {}
    ~Private() {
        io.stop();
        if (thread.joinable()) thread.join();
        door.close();
    }

    Result<void> open(const Address& address);
    void run();
    asio::awaitable<void> accept();

    Door door;  // before `io`, whose end is that of the sessions
    asio::io_context io{1};
    tcp::acceptor acceptor{io};
    std::string url;
    std::thread thread;
    std::mutex mutex;
    std::condition_variable ended;
    bool hasEnded = false;
};

Result<void> Server::Private::open(const Address& address) {
    boost::system::error_code error;
    const auto ip = asio::ip::make_address(address.host == "localhost" ? "127.0.0.1" : address.host, error);
    if (error) return cannotListen(address, error.message());
    const tcp::endpoint endpoint(ip, address.port);
    const auto step = [&](auto&& action) {
        if (!error) action();
    };
    step([&] { acceptor.open(endpoint.protocol(), error); });
    step([&] { acceptor.set_option(tcp::acceptor::reuse_address(true), error); });
    step([&] { acceptor.bind(endpoint, error); });
    step([&] { acceptor.listen(asio::socket_base::max_listen_connections, error); });
    if (error) return cannotListen(address, error.message());
    const auto port = acceptor.local_endpoint(error).port();
    url = ip.is_v6() ? fmt::format("http://[{}]:{}", address.host, port)
                     : fmt::format("http://{}:{}", address.host, port);
    return {};
}

void Server::Private::run() {
    pthread_setname_np(pthread_self(), "http");
    io.run();
    const std::lock_guard lock(mutex);
    hasEnded = true;
    ended.notify_all();
}

asio::awaitable<void> Server::Private::accept() {
    while (acceptor.is_open()) {
        boost::system::error_code error;
        tcp::socket socket = co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (!error) {
            door.enter(std::move(socket));
            continue;
        }
        if (error == asio::error::operation_aborted) co_return;
        asio::steady_timer pause(io, kAfterAcceptFailed);
        co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
    }
}

Server::Server(std::unique_ptr<Private> data) : d(std::move(data)) {}

Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::listen(const Address& address, Service& service,
                                               const ServerLimits& limits) {
    auto data = std::make_unique<Private>(service, limits);
    if (auto opened = data->open(address); !opened) return tl::unexpected(opened.error());
    asio::co_spawn(data->io, data->accept(), asio::detached);
    data->thread = std::thread([raw = data.get()] { raw->run(); });
    return std::unique_ptr<Server>(new Server(std::move(data)));
}

const std::string& Server::url() const {
    return d->url;
}

void Server::drain() {
    asio::post(d->io, [this] {
        boost::system::error_code ignored;
        d->acceptor.close(ignored);
        d->door.drain();
    });
}

void Server::finish(std::chrono::milliseconds most) {
    drain();
    std::unique_lock lock(d->mutex);
    d->ended.wait_for(lock, most, [this] { return d->hasEnded; });
}

}  // namespace dogwatch::http

#include "core/http/session.h"

#include <QLoggingCategory>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/none.hpp>
#include <exception>
#include <optional>
#include <utility>
#include <variant>

namespace dogwatch::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace wire = boost::beast::http;
using boost::system::error_code;

Q_LOGGING_CATEGORY(lcHttp, "dogwatch.http")

constexpr std::size_t kReadAhead = 64U << 10U;
constexpr std::size_t kDrained = 1U << 20U;  ///< bytes still read after a refusal, so that it arrives
constexpr std::chrono::seconds kDrainTime{2};
constexpr int kVersion = 11;

Response plain(int status, const char* text) {
    return {status, {{"Content-Type", "text/plain"}}, text};
}

/// What is said where the bytes were no request at all.
std::optional<Response> responseTo(const error_code& error) {
    if (error == wire::error::header_limit) return plain(431, "The head of the request is too large.\n");
    if (error == wire::error::body_limit) return plain(413, "The body of the request is too large.\n");
    if (error.category() == make_error_code(wire::error::bad_method).category() &&
        error != wire::error::end_of_stream && error != wire::error::partial_message) {
        return plain(400, "This is no HTTP request.\n");
    }
    return std::nullopt;
}

Request headOf(const wire::request<wire::string_body>& message, bool loopback) {
    Request request;
    request.method = std::string(message.method_string());
    request.target = std::string(message.target());
    for (const auto& field : message) {
        request.headers.emplace_back(std::string(field.name_string()), std::string(field.value()));
    }
    request.loopback = loopback;
    return request;
}

/// Bytes that a body may need, set aside while its request is under way.
class Share {
 public:
    Share(std::size_t& all, std::size_t bytes) : all_(all), bytes_(bytes) { all_ += bytes_; }
    ~Share() { all_ -= bytes_; }
    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;

 private:
    std::size_t& all_;
    std::size_t bytes_;
};

}  // namespace

/// One connection: reads a request, waits for its answer, writes it, and so on. It handles one request at a
/// time, so a peer that asks without pause waits for itself.
class Session : public std::enable_shared_from_this<Session> {
 public:
    Session(asio::ip::tcp::socket socket, Door& door) : stream_(std::move(socket)), door_(door) {
        error_code error;
        const auto peer = stream_.socket().remote_endpoint(error);
        loopback_ = !error && isLoopback(peer.address());
        door_.sessions_.insert(this);
    }
    ~Session() { door_.sessions_.erase(this); }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    asio::awaitable<void> run();
    asio::awaitable<void> turnAway();
    [[nodiscard]] bool isBusy() const { return busy_; }
    void cancel() { stream_.cancel(); }

 private:
    using Parser = wire::request_parser<wire::string_body>;

    static bool isLoopback(const asio::ip::address& address) {
        if (address.is_v6() && address.to_v6().is_v4_mapped()) {
            return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).is_loopback();
        }
        return address.is_loopback();
    }

    /// The next request is answered; whether the connection goes on.
    asio::awaitable<bool> exchange();
    asio::awaitable<bool> readHead(Parser& parser);
    asio::awaitable<bool> readBody(Parser& parser);
    asio::awaitable<Response> answerTo(Request request);
    asio::awaitable<bool> write(Response response, bool goOn);
    asio::awaitable<void> refuse(Response response);

    beast::tcp_stream stream_;
    Door& door_;
    beast::flat_buffer buffer_{kReadAhead};
    bool loopback_ = false;
    bool busy_ = false;
};

asio::awaitable<void> Session::run() {
    while (co_await exchange()) continue;
    error_code ignored;
    stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
}

asio::awaitable<bool> Session::exchange() {
    const auto& limits = door_.limits_;
    busy_ = false;
    if (door_.draining_) co_return false;
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(limits.headBytes));
    parser.body_limit(boost::none);  // until the head tells what may follow it
    if (!co_await readHead(parser)) co_return false;
    busy_ = true;

    Request head = headOf(parser.get(), loopback_);
    auto admitted = door_.service_.admit(head);
    if (auto* refusal = std::get_if<Response>(&admitted)) {
        // Without a body to skip the connection can go on.
        const bool bodiless = !parser.chunked() && parser.content_length().value_or(0) == 0;
        if (bodiless) co_return co_await write(std::move(*refusal), parser.get().keep_alive());
        co_await refuse(std::move(*refusal));
        co_return false;
    }
    const auto most = std::get<std::size_t>(admitted);
    const auto length = parser.content_length();
    if (length && *length > most) {
        co_await refuse(*responseTo(wire::error::body_limit));
        co_return false;
    }
    const std::size_t needed = length ? static_cast<std::size_t>(*length) : parser.chunked() ? most : 0;
    if (door_.bodies_ + needed > limits.bodiesInFlight) {
        co_await refuse(plain(503, "Too many large requests at once: try again in a moment.\n"));
        co_return false;
    }
    const Share share(door_.bodies_, needed);
    parser.body_limit(most);
    if (!co_await readBody(parser)) co_return false;
    head.body = std::move(parser.get().body());
    const bool keepAlive = parser.get().keep_alive();
    Response response = co_await answerTo(std::move(head));
    co_return co_await write(std::move(response), keepAlive);
}

asio::awaitable<bool> Session::readHead(Parser& parser) {
    const auto& limits = door_.limits_;
    error_code error;
    if (buffer_.size() == 0) {
        stream_.expires_after(limits.idleTime);
        const auto got = co_await stream_.async_read_some(buffer_.prepare(4096),
                                                          asio::redirect_error(asio::use_awaitable, error));
        if (error) co_return false;  // it closed, or said nothing for too long
        buffer_.commit(got);
    }
    stream_.expires_after(limits.headTime);
    co_await wire::async_read_header(stream_, buffer_, parser,
                                     asio::redirect_error(asio::use_awaitable, error));
    if (!error) co_return true;
    if (auto response = responseTo(error)) co_await refuse(std::move(*response));
    co_return false;
}

asio::awaitable<bool> Session::readBody(Parser& parser) {
    stream_.expires_after(door_.limits_.bodyTime);
    error_code error;
    if (!parser.is_done() && sameName(parser.get()[wire::field::expect], "100-continue")) {
        const wire::response<wire::empty_body> go(wire::status::continue_, kVersion);
        wire::response_serializer<wire::empty_body> serializer(go);
        co_await wire::async_write(stream_, serializer, asio::redirect_error(asio::use_awaitable, error));
        if (error) co_return false;
    }
    co_await wire::async_read(stream_, buffer_, parser, asio::redirect_error(asio::use_awaitable, error));
    if (!error) co_return true;
    if (auto response = responseTo(error)) co_await refuse(std::move(*response));
    co_return false;
}

asio::awaitable<Response> Session::answerTo(Request request) {
    struct Waiting {
        explicit Waiting(asio::io_context& io) : wake(io, asio::steady_timer::time_point::max()) {}
        asio::steady_timer wake;
        std::function<Response()> make;
    };
    stream_.expires_never();  // how long an execution may take is its function's to say
    const auto waiting = std::make_shared<Waiting>(door_.io_);
    door_.service_.serve(
        std::move(request),
        [mailbox = door_.mailbox_, asked = std::weak_ptr<Waiting>(waiting)](std::function<Response()> make) {
            mailbox->post([asked, make = std::move(make)]() mutable {
                const auto still = asked.lock();
                if (!still) return;
                still->make = std::move(make);
                still->wake.cancel();
            });
        });
    while (!waiting->make) {
        error_code woken;
        co_await waiting->wake.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    }
    co_return waiting->make();
}

asio::awaitable<bool> Session::write(Response response, bool goOn) {
    goOn = goOn && !door_.draining_;
    wire::response<wire::string_body> message(static_cast<wire::status>(response.status), kVersion);
    for (const auto& [name, value] : response.headers) message.insert(name, value);
    message.body() = std::move(response.body);
    message.keep_alive(goOn);
    if (response.status != 204) message.prepare_payload();
    wire::response_serializer<wire::string_body> serializer(message);
    stream_.expires_after(door_.limits_.writeTime);
    error_code error;
    co_await wire::async_write(stream_, serializer, asio::redirect_error(asio::use_awaitable, error));
    co_return !error && goOn;
}

/// Answers before the request was read to its end: what still comes is read for a moment, because closing
/// with unread bytes would take the answer away from the peer.
asio::awaitable<void> Session::refuse(Response response) {
    co_await write(std::move(response), false);
    error_code error;
    stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, error);
    stream_.expires_after(kDrainTime);
    std::size_t drained = 0;
    buffer_.clear();
    while (!error && drained < kDrained) {
        drained += co_await stream_.async_read_some(buffer_.prepare(kReadAhead),
                                                    asio::redirect_error(asio::use_awaitable, error));
    }
}

asio::awaitable<void> Session::turnAway() {
    busy_ = true;
    co_await refuse(plain(503, "There are too many connections: try again in a moment.\n"));
}

void Mailbox::post(std::function<void()> work) {
    const std::lock_guard lock(mutex_);
    if (io_ != nullptr) asio::post(*io_, std::move(work));
}

void Mailbox::close() {
    const std::lock_guard lock(mutex_);
    io_ = nullptr;
}

void Door::enter(asio::ip::tcp::socket socket) {
    const bool full = sessions_.size() >= limits_.connections;
    // Beyond the limit a few are told so; where even those are too many, the others are just closed.
    if (sessions_.size() >= limits_.connections + limits_.connections / 4 + 1) return;
    auto session = std::make_shared<Session>(std::move(socket), *this);
    asio::co_spawn(
        io_, [session, full] { return full ? session->turnAway() : session->run(); },
        [](const std::exception_ptr& thrown) {
            if (thrown) qCCritical(lcHttp, "A connection ended by an internal error");
        });
}

void Door::drain() {
    draining_ = true;
    for (auto* session : sessions_) {
        if (!session->isBusy()) session->cancel();
    }
}

}  // namespace dogwatch::http

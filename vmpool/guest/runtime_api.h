// The AWS Lambda runtime API (docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html), served to the
// function's own processes on the VM's loopback: they ask for the next invocation and post what became of it.
#pragma once

#include <chrono>
#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "vmpool/guest/event_loop.h"
#include "vmpool/guest/http_message.h"
#include "vmpool/guest/result.h"
#include "vmpool/guest/unique_fd.h"

namespace dogwatch::guest {

class RuntimeApi {
 public:
    struct Invocation {
        std::string id;
        std::int64_t deadlineMs = 0;  ///< since the epoch
        std::string functionArn;
        std::string payload;
    };
    /// What the code reports of a failure: its type, message and stack, as far as it tells.
    struct Failure {
        std::string message;
        std::string traceback;
    };
    /// Each may be the end of the API: it touches nothing of its own after a call.
    class Listener {
     public:
        virtual ~Listener() = default;
        virtual void nextAsked() = 0;  ///< the code waits for give()
        virtual void responded(std::string body) = 0;
        virtual void failed(Failure failure) = 0;
        virtual void tooLarge() = 0;  ///< it tried to respond with more than is taken
        virtual void initFailed(Failure failure) = 0;
    };

    /// `largestResponse`: bytes of a response's body.
    static Result<std::unique_ptr<RuntimeApi>> listen(EventLoop& loop, std::size_t largestResponse,
                                                      Listener& listener);
    RuntimeApi(const RuntimeApi&) = delete;
    RuntimeApi& operator=(const RuntimeApi&) = delete;
    ~RuntimeApi() = default;

    [[nodiscard]] const std::string& address() const { return address_; }  ///< 127.0.0.1:PORT
    /// Whether someone waits for an invocation.
    [[nodiscard]] bool isAsked() const;
    /// Hands it to who has waited the longest. Precondition: isAsked().
    void give(const Invocation& invocation);
    /// Ends every connection.
    void hangUp();

 private:
    struct Connection {
        std::uint64_t number = 0;
        UniqueFd fd;
        HttpReader reader;
        std::string queue;  ///< to be sent
        bool asks = false;  ///< waits for an invocation
        bool ends = false;  ///< once the queue is sent
        EventLoop::Watch watch;
    };
    using Position = std::list<Connection>::iterator;

    RuntimeApi(EventLoop& loop, std::size_t largestResponse, Listener& listener)
        : loop_(loop), largestResponse_(largestResponse), listener_(listener) {}
    void accept();
    void ready(Position connection, short events);
    void receive(Position connection);
    void readRequests(std::uint64_t number);
    void write(Position connection);
    void reply(Position connection, int status, std::string_view body, bool keepAlive);
    void refuse(Position connection, int status, std::string_view type, const std::string& why,
                bool keepAlive);
    void serve(Position connection, HttpRequest request);
    void serveOutcome(Position connection, std::string_view id, std::string_view what, HttpRequest request);
    [[nodiscard]] Position find(std::uint64_t number);

    EventLoop& loop_;
    std::size_t largestResponse_;
    Listener& listener_;
    UniqueFd socket_;
    std::string address_;
    std::string running_;  ///< id of the invocation that was given and is not answered
    std::list<Connection> connections_;
    std::uint64_t accepted_ = 0;
    EventLoop::Watch watch_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

/// What the body and headers of a posted error tell.
RuntimeApi::Failure failureFrom(const HttpRequest& request);

}  // namespace dogwatch::guest

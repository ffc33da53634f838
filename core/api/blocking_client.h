// BlockingClient: the same API for programs that ask, wait and print. Needs no event loop.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/api/local_socket.h"
#include "core/api/protocol.h"
#include "core/model/json.h"
#include "core/model/result.h"
#include "core/model/time.h"

namespace dogwatch::api {

/// What a call that takes long does meanwhile.
struct Listening {
    std::function<void(const Notification&)> heard;  ///< of those that belong to no subscription
    std::function<bool()> interrupted;  ///< asked when a signal came: true ends the wait, as Refused
    std::optional<Duration>
        askEvery{};  ///< asks `interrupted` that often besides, for threads without signals
};

class BlockingClient {
 public:
    /// Kind Unavailable when no control plane answers there.
    static Result<BlockingClient> connect(const std::string& socketPath);
    explicit BlockingClient(LocalSocket socket) : socket_(std::move(socket)) {}

    /// Asks and waits for the answer; notifications that come meanwhile wait for next().
    Result<json::value> call(std::string_view method, const json::object& params,
                             const Listening& listening = {});

    /// The next notification; none when `timeout` has passed. Without a timeout waits for ever.
    Result<std::optional<Notification>> next(std::optional<Duration> timeout = std::nullopt);

 private:
    Result<void> send(std::string_view line);
    /// One message, or none when nothing came in time.
    Result<std::optional<std::variant<Response, Notification>>> receive(std::optional<Time> deadline,
                                                                        const Listening& listening = {});

    LocalSocket socket_;
    LineReader lines_;
    std::deque<Notification> waiting_;
    std::int64_t lastCall_ = 0;
};

}  // namespace dogwatch::api

// The local API's wire form (docs/api.md): JSON-RPC 2.0, one JSON object a line. Encoding and strict, bounded
// decoding, shared by the server and the clients; no I/O here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "core/model/json.h"
#include "core/model/result.h"

namespace dogwatch::api {

constexpr int kProtocolVersion = 1;
/// Bytes of one line at most: a zip of the largest size allowed, as base64, and what stands around it.
constexpr std::size_t kLargestLine = 72U << 20U;
/// A payload may be nested as deeply as JSON may be anywhere (64), some levels down in a message.
constexpr JsonLimits kMessageLimits{kLargestLine, 80};

constexpr int kParseError = -32700;
constexpr int kInvalidRequest = -32600;
constexpr int kMethodNotFound = -32601;
constexpr int kInvalidParams = -32602;

/// Cuts a stream of bytes into lines.
class LineReader {
 public:
    explicit LineReader(std::size_t largest = kLargestLine) : largest_(largest) {}

    void feed(std::string_view bytes);
    /// The next whole line without its end; none: more bytes are needed. An error means that a line is longer
    /// than allowed: the connection is of no further use.
    Result<std::optional<std::string>> next();
    /// Bytes that are kept: of lines that were not handed out yet.
    [[nodiscard]] std::size_t kept() const { return buffer_.size() - begin_; }

 private:
    std::string buffer_;
    std::size_t begin_ = 0;     ///< where the first line not handed out begins
    std::size_t searched_ = 0;  ///< no line end before this
    std::size_t largest_;
};

/// What a client asks. `id` is an integer or a string; without one no answer is wanted.
struct Request {
    std::optional<json::value> id;
    std::string method;
    json::object params;
};

/// Why a line is no request; `id` is null where it could not be told.
struct Fault {
    json::value id;
    int code = kInvalidRequest;
    Error error;
};

/// The answer to request `id`.
struct Response {
    std::int64_t id = 0;
    Result<json::value> result;
    int code = 0;  ///< of the error; 0 for a result
};

/// What the control plane tells a subscriber.
struct Notification {
    std::string method;
    json::object params;
    [[nodiscard]] std::int64_t subscription() const { return intMember(params, "subscription", -1); }
};

// Each of these is one line, its end included.
std::string requestLine(std::int64_t id, std::string_view method, const json::object& params);
std::string notificationLine(std::string_view method, const json::object& params);
std::string resultLine(const json::value& id, const json::value& result);
/// `code` 0: the one of the error's kind.
std::string errorLine(const json::value& id, const Error& error, int code = 0);

/// The server's side.
tl::expected<Request, Fault> decodeRequest(std::string_view line);
/// The client's side.
Result<std::variant<Response, Notification>> decodeMessage(std::string_view line);

int errorCode(Error::Kind kind);
Error::Kind errorKind(int code);

/// {"code","message","data":{"kind","path"}}: the error of a response, and of `dogwatchctl --json`.
json::object errorToJson(const Error& error, int code = 0);

/// What an answer means to whoever called `method`: one sentence also where the control plane does not know
/// it.
Result<json::value> outcomeOf(std::string_view method, Response response);

}  // namespace dogwatch::api

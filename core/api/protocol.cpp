#include "core/api/protocol.h"

#include <utility>

namespace dogwatch::api {
namespace {

std::string line(const json::object& message) {
    std::string text = toJson(message);
    text += '\n';
    return text;
}

tl::unexpected<Fault> fault(json::value id, int code, std::string message, std::string path = {}) {
    return tl::unexpected(
        Fault{std::move(id), code, Error{Error::Kind::Invalid, std::move(message), std::move(path)}});
}

bool isVersion2(const json::object& message) {
    return stringMember(message, "jsonrpc") == "2.0";
}

Error errorFromJson(const json::object& object, int code) {
    Error error;
    error.kind = errorKind(code);
    error.message = stringMember(object, "message", "The control plane gave no reason.");
    if (const auto* data = object.if_contains("data"); data != nullptr && data->is_object()) {
        error.path = stringMember(data->get_object(), "path");
    }
    return error;
}

Result<Response> decodeResponse(json::object& message) {
    Response response;
    const auto* id = message.if_contains("id");
    if (id == nullptr) return malformed("id", "the number of a request");
    // An error without an id answers a line that the server could not read: a defect, told as such.
    if (!id->is_int64() && !id->is_null()) return malformed("id", "the number of a request");
    response.id = id->is_null() ? 0 : id->get_int64();
    if (auto* result = message.if_contains("result")) {
        response.result = std::move(*result);
        return response;
    }
    const auto* error = message.if_contains("error");
    if (error == nullptr || !error->is_object()) return malformed("$", "a result, or an error object");
    response.code = static_cast<int>(intMember(error->get_object(), "code", kInvalidRequest));
    response.result = tl::unexpected(errorFromJson(error->get_object(), response.code));
    return response;
}

}  // namespace

void LineReader::feed(std::string_view bytes) {
    if (begin_ == buffer_.size()) {
        buffer_.clear();
        begin_ = searched_ = 0;
    } else if (begin_ > 64U << 10U && begin_ > buffer_.size() / 2) {  // keeps moving bytes down rare
        buffer_.erase(0, begin_);
        searched_ -= begin_;
        begin_ = 0;
    }
    buffer_ += bytes;
}

Result<std::optional<std::string>> LineReader::next() {
    const auto end = buffer_.find('\n', searched_);
    const auto length = (end == std::string::npos ? buffer_.size() : end) - begin_;
    if (length > largest_) {
        return failure(Error::Kind::Refused, "A message is longer than the " + std::to_string(largest_) +
                                                 " bytes that are allowed.");
    }
    if (end == std::string::npos) {
        searched_ = buffer_.size();
        return std::nullopt;
    }
    std::string text = buffer_.substr(begin_, length);
    begin_ = searched_ = end + 1;
    if (begin_ == buffer_.size() &&
        buffer_.capacity() > 1U << 20U) {  // a large message came: give its memory back
        buffer_ = {};
        begin_ = searched_ = 0;
    }
    return text;
}

std::string requestLine(std::int64_t id, std::string_view method, const json::object& params) {
    return line({{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}});
}

std::string notificationLine(std::string_view method, const json::object& params) {
    return line({{"jsonrpc", "2.0"}, {"method", method}, {"params", params}});
}

std::string resultLine(const json::value& id, const json::value& result) {
    return line({{"jsonrpc", "2.0"}, {"id", id}, {"result", result}});
}

std::string errorLine(const json::value& id, const Error& error, int code) {
    return line({{"jsonrpc", "2.0"}, {"id", id}, {"error", errorToJson(error, code)}});
}

tl::expected<Request, Fault> decodeRequest(std::string_view line) {
    auto parsed = parseJson(line, kMessageLimits);
    if (!parsed)
        return fault(nullptr, kParseError,
                     "The request is no JSON: expected " + parsed.error().message + ".");
    auto* message = parsed->if_object();
    if (message == nullptr) return fault(nullptr, kInvalidRequest, "A request must be one JSON object.");

    Request request;
    if (const auto* id = message->if_contains("id"); id != nullptr && !id->is_null()) {
        if (!id->is_int64() && !id->is_string()) {
            return fault(nullptr, kInvalidRequest, "A request's id must be an integer or a string.", "id");
        }
        request.id = *id;
    }
    const json::value id = request.id.value_or(nullptr);
    if (!isVersion2(*message)) return fault(id, kInvalidRequest, "A request must say \"2.0\".", "jsonrpc");
    request.method = stringMember(*message, "method");
    if (request.method.empty())
        return fault(id, kInvalidRequest, "A request must name its method.", "method");
    if (auto* params = message->if_contains("params")) {
        if (!params->is_object())
            return fault(id, kInvalidParams, "Parameters must be a JSON object.", "params");
        request.params = std::move(params->get_object());
    }
    return request;
}

Result<std::variant<Response, Notification>> decodeMessage(std::string_view line) {
    auto parsed = parseJson(line, kMessageLimits);
    if (!parsed) return tl::unexpected(parsed.error());
    auto* message = parsed->if_object();
    if (message == nullptr || !isVersion2(*message)) return malformed("$", "a JSON-RPC 2.0 object");
    if (!message->contains("method")) {
        auto response = decodeResponse(*message);
        if (!response) return tl::unexpected(response.error());
        return std::move(*response);
    }
    Notification notification;
    notification.method = stringMember(*message, "method");
    auto* params = message->if_contains("params");
    if (notification.method.empty()) return malformed("method", "the name of a notification");
    if (params == nullptr || !params->is_object()) return malformed("params", "an object");
    notification.params = std::move(params->get_object());
    return notification;
}

int errorCode(Error::Kind kind) {
    switch (kind) {
        case Error::Kind::Invalid: return kInvalidParams;
        case Error::Kind::NotFound: return -32001;
        case Error::Kind::Conflict: return -32002;
        case Error::Kind::Refused: return -32003;
        case Error::Kind::Unavailable: return -32004;
        case Error::Kind::Io: return -32005;
        case Error::Kind::Internal: return -32603;
    }
    return -32603;
}

Error::Kind errorKind(int code) {
    switch (code) {
        case kParseError:
        case kInvalidRequest:
        case kMethodNotFound:
        case kInvalidParams: return Error::Kind::Invalid;
        case -32001: return Error::Kind::NotFound;
        case -32002: return Error::Kind::Conflict;
        case -32003: return Error::Kind::Refused;
        case -32004: return Error::Kind::Unavailable;
        case -32005: return Error::Kind::Io;
        default: return Error::Kind::Internal;
    }
}

json::object errorToJson(const Error& error, int code) {
    return {{"code", code != 0 ? code : errorCode(error.kind)},
            {"message", error.message},
            {"data", {{"kind", kindName(error.kind)}, {"path", error.path}}}};
}

Result<json::value> outcomeOf(std::string_view method, Response response) {
    if (response.code == kMethodNotFound) {
        return failure(Error::Kind::Refused,
                       "This control plane does not know \"" + std::string{method} +
                           "\": it is older than this program; stop it and start the new one.");
    }
    return std::move(response.result);
}

}  // namespace dogwatch::api

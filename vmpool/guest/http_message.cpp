#include "vmpool/guest/http_message.h"

#include <algorithm>
#include <charconv>

namespace dogwatch::guest {
namespace {

constexpr std::size_t kLargestHead = 16U << 10U;
constexpr std::size_t kLongestLine = 1U << 10U;  ///< of a chunk's size or a trailer
constexpr std::size_t kMostHeaders = 64;
constexpr std::size_t kMostTrailers = 16;

using Refusal = HttpReader::Refusal;

bool isTokenCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool isToken(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

bool isVisible(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte >= 0x20 && byte != 0x7F) || byte == '\t';
    });
}

std::string lowered(std::string_view text) {
    std::string out(text);
    for (auto& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::optional<std::size_t> toSize(std::string_view digits, int base) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return value;
}

Refusal tooLarge(std::size_t most) {
    return {413, "the body is larger than " + std::to_string(most) + " bytes"};
}

const char* reasonOf(int status) {
    switch (status) {
        case 200: return "OK";
        case 202: return "Accepted";
        case 400: return "Bad Request";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 413: return "Content Too Large";
        case 431: return "Request Header Fields Too Large";
        case 501: return "Not Implemented";
        case 505: return "HTTP Version Not Supported";
        default: return "Error";
    }
}

}  // namespace

HttpReader::Next HttpReader::next() {
    for (bool stuck = false; !stuck && !whole_;) {
        if (auto refusal = step(stuck)) return tl::unexpected(std::move(*refusal));
    }
    if (!whole_) return std::optional<HttpRequest>();
    whole_ = false;
    expected_ = false;
    state_ = State::Head;
    return std::optional(std::exchange(request_, {}));
}

/// One step forward; `stuck` when more bytes are needed for it.
std::optional<Refusal> HttpReader::step(bool& stuck) {
    switch (state_) {
        case State::Head: {
            const auto end = buffer_.find("\r\n\r\n");
            if (std::min(end, buffer_.size()) > kLargestHead) {
                return Refusal{431, "the request's head is larger than 16 KiB"};
            }
            if (end == std::string::npos) break;
            const auto head = buffer_.substr(0, end + 2);
            buffer_.erase(0, end + 4);
            return readHead(head);
        }
        case State::Length:
        case State::ChunkData: {
            if (buffer_.size() < left_) break;
            const bool inChunks = state_ == State::ChunkData;
            const auto size = inChunks ? left_ - 2 : left_;
            if (inChunks && std::string_view(buffer_).substr(size, 2) != "\r\n") {
                return Refusal{400, "a chunk is not as long as it says"};
            }
            request_.body.append(buffer_, 0, size);
            buffer_.erase(0, left_);
            state_ = inChunks ? State::ChunkSize : State::Head;
            whole_ = !inChunks;
            return std::nullopt;
        }
        case State::ChunkSize:
        case State::Trailers: {
            auto line = takeLine();
            if (!line) return line.error();
            if (!*line) break;
            if (state_ == State::ChunkSize) return readChunkSize(**line);
            whole_ = (*line)->empty();
            if (!whole_ && ++trailers_ > kMostTrailers) return Refusal{431, "too many trailers"};
            return std::nullopt;
        }
    }
    stuck = true;
    return std::nullopt;
}

tl::expected<std::optional<std::string>, Refusal> HttpReader::takeLine() {
    const auto end = buffer_.find("\r\n");
    if (std::min(end, buffer_.size()) > kLongestLine) {
        return tl::unexpected(Refusal{400, "a line of a chunked body is too long"});
    }
    if (end == std::string::npos) return std::optional<std::string>();
    auto line = buffer_.substr(0, end);
    buffer_.erase(0, end + 2);
    return std::optional(std::move(line));
}

std::optional<Refusal> HttpReader::readHead(std::string_view head) {
    request_ = {};
    trailers_ = 0;
    const auto line = head.substr(0, head.find("\r\n"));
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) return Refusal{400, "no request line"};
    request_.method = line.substr(0, first);
    request_.target = line.substr(first + 1, last - first - 1);
    const auto version = line.substr(last + 1);
    if (version != "HTTP/1.1" && version != "HTTP/1.0") return Refusal{505, "only HTTP/1.1 is spoken here"};
    if (!isToken(request_.method) || request_.target.empty() || request_.target.front() != '/' ||
        request_.target.find_first_of(" \t") != std::string::npos || !isVisible(request_.target)) {
        return Refusal{400, "no request line"};
    }
    request_.keepAlive = version == "HTTP/1.1";
    head.remove_prefix(line.size() + 2);
    while (!head.empty()) {
        const auto header = head.substr(0, head.find("\r\n"));
        head.remove_prefix(header.size() + 2);
        if (auto refusal = readHeader(header)) return refusal;
    }
    return chooseBody();
}

std::optional<Refusal> HttpReader::readHeader(std::string_view line) {
    const auto colon = line.find(':');
    const auto name = line.substr(0, colon);
    if (colon == std::string_view::npos || !isToken(name) || !isVisible(line)) {
        return Refusal{400, "a header that is none"};
    }
    const auto value = trimmed(line.substr(colon + 1));
    const auto [at, isNew] = request_.headers.emplace(lowered(name), value);
    if (!isNew && (at->first == "content-length" || at->first == "transfer-encoding") &&
        at->second != value) {
        return Refusal{400, "two lengths of one body"};
    }
    if (request_.headers.size() > kMostHeaders) return Refusal{431, "more than 64 headers"};
    return std::nullopt;
}

std::optional<Refusal> HttpReader::chooseBody() {
    const auto valueOf = [&](std::string_view name) -> const std::string* {
        const auto found = request_.headers.find(name);
        return found == request_.headers.end() ? nullptr : &found->second;
    };
    const auto* length = valueOf("content-length");
    const auto* encoding = valueOf("transfer-encoding");
    if (const auto* connection = valueOf("connection")) {
        if (lowered(*connection) == "close") request_.keepAlive = false;
        if (lowered(*connection) == "keep-alive") request_.keepAlive = true;
    }
    if (const auto* expect = valueOf("expect")) expected_ = lowered(*expect) == "100-continue";
    if (length != nullptr && encoding != nullptr) return Refusal{400, "two lengths of one body"};
    if (encoding != nullptr) {
        if (lowered(*encoding) != "chunked")
            return Refusal{501, "a body may be sent in chunks, not otherwise encoded"};
        state_ = State::ChunkSize;
        return std::nullopt;
    }
    const auto size = length != nullptr ? toSize(*length, 10) : 0;
    if (!size) return Refusal{400, "a length that is no number"};
    if (*size > largestBody_) return tooLarge(largestBody_);
    left_ = *size;
    state_ = State::Length;
    return std::nullopt;
}

std::optional<Refusal> HttpReader::readChunkSize(std::string_view line) {
    const auto size = toSize(trimmed(line.substr(0, line.find(';'))), 16);
    if (!size) return Refusal{400, "a chunk whose size is no number"};
    if (*size > largestBody_ - request_.body.size()) return tooLarge(largestBody_);
    left_ = *size + 2;
    state_ = *size == 0 ? State::Trailers : State::ChunkData;
    return std::nullopt;
}

std::string httpResponse(int status, std::string_view body,
                         const std::vector<std::pair<std::string, std::string>>& headers, bool keepAlive) {
    auto text = "HTTP/1.1 " + std::to_string(status) + ' ' + reasonOf(status) +
                "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\n";
    for (const auto& [name, value] : headers) text.append(name).append(": ").append(value).append("\r\n");
    if (!keepAlive) text += "Connection: close\r\n";
    return text.append("\r\n").append(body);
}

}  // namespace dogwatch::guest

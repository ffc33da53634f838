// HTTP/1.1 as the runtime API needs it (RFC 9112), strict and bounded: what does not fit is refused, not
// guessed at.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace dogwatch::guest {

struct HttpRequest {
    std::string method;
    std::string target;
    std::map<std::string, std::string, std::less<>> headers;  ///< by their names in small letters
    std::string body;
    bool keepAlive = true;  ///< whether the connection may serve another
};

/// Cuts a stream of bytes into requests. Bodies come with a length or in chunks.
class HttpReader {
 public:
    /// Why a request is refused: the status to answer with before the connection ends, and a sentence.
    struct Refusal {
        int status = 400;
        std::string why;
    };
    using Next = tl::expected<std::optional<HttpRequest>, Refusal>;

    explicit HttpReader(std::size_t largestBody) : largestBody_(largestBody) {}

    void feed(std::string_view bytes) { buffer_.append(bytes); }
    /// The next whole request, nothing yet, or a refusal. Nothing comes after a refusal.
    Next next();
    /// Whether the sender waits for "100 Continue" before it sends the body. True once for each request.
    bool takeExpectation() { return std::exchange(expected_, false); }

 private:
    enum class State { Head, Length, ChunkSize, ChunkData, Trailers };

    std::optional<Refusal> step(bool& stuck);
    std::optional<Refusal> readHead(std::string_view head);
    std::optional<Refusal> readHeader(std::string_view line);
    std::optional<Refusal> chooseBody();
    std::optional<Refusal> readChunkSize(std::string_view line);
    /// Up to the next end of a line, which is taken out; nothing: it has not come.
    tl::expected<std::optional<std::string>, Refusal> takeLine();

    std::size_t largestBody_;
    State state_ = State::Head;
    std::string buffer_;
    HttpRequest request_;
    std::size_t left_ = 0;  ///< bytes of the body, or of the chunk with its end of line
    std::size_t trailers_ = 0;
    bool whole_ = false;
    bool expected_ = false;
};

/// A response with a body of JSON; the headers come beside those that every one has.
std::string httpResponse(int status, std::string_view body,
                         const std::vector<std::pair<std::string, std::string>>& headers = {},
                         bool keepAlive = true);

}  // namespace dogwatch::guest

// HTTP requests and responses as values, and what a service behind the server must be. No I/O here.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace dogwatch::http {

/// Names and values in the order they came, names as they were written.
using Headers = std::vector<std::pair<std::string, std::string>>;

struct Request {
    std::string method;  ///< "GET", ...
    std::string target;  ///< path and query as on the wire: "/a%20b?c=d"
    Headers headers;
    std::string body;
    bool loopback = false;  ///< whether the peer is on this machine

    [[nodiscard]] std::string_view path() const;
    [[nodiscard]] std::string_view query() const;  ///< without the '?'
    /// The first header of this name, whatever its case; empty when there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const;
    /// The value of a parameter of the query, decoded; empty when there is none.
    [[nodiscard]] std::string parameter(std::string_view name) const;
};

struct Response {
    int status = 200;
    Headers headers;
    std::string body;
};

/// "%41" becomes 'A'; what is no escape stays as it is.
std::string percentDecoded(std::string_view text);
/// Whether both are the same but for ASCII case.
bool sameName(std::string_view a, std::string_view b);

/// Takes what makes the response, and runs it on the server's thread: encoding large answers delays nobody
/// else. May be called from any thread, once.
using Respond = std::function<void(std::function<Response()>)>;

/// What stands behind a Server. Both are called on the server's thread and must not block.
class Service {
 public:
    Service() = default;
    virtual ~Service() = default;
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    /// A head has come (`body` is empty): how many bytes its body may have, or why it is refused.
    virtual std::variant<std::size_t, Response> admit(const Request& head) = 0;
    /// The body has come too.
    virtual void serve(Request request, Respond respond) = 0;
};

}  // namespace dogwatch::http

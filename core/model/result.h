// Result<T>: a value, or the Error that stands in its way. Exceptions do not cross layers.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace dogwatch {

/// What went wrong, as one sentence a user can act on.
struct Error {
    /// Kinds that callers tell apart; everything else is in the text.
    enum class Kind {
        Invalid,      ///< malformed input; `path` names the place
        NotFound,     ///< no such function, execution, metaevent, ...
        Conflict,     ///< a name that exists, a state that forbids it
        Refused,      ///< a limit or a policy says no
        Unavailable,  ///< something that is needed does not answer
        Io,           ///< disk, socket, process
        Internal,     ///< a defect of ours
    };
    Kind kind = Kind::Invalid;
    std::string message;  ///< what, why, and the mend
    std::string path;     ///< JSON path, file or line of the fault; may be empty

    /// "path: message", or the message alone.
    [[nodiscard]] std::string text() const { return path.empty() ? message : path + ": " + message; }
    bool operator==(const Error&) const = default;
};

template <typename T>
using Result = tl::expected<T, Error>;

/// A fault at a place in the input: `expected` says what should stand there.
inline tl::unexpected<Error> malformed(std::string path, std::string expected) {
    return tl::unexpected(Error{Error::Kind::Invalid, std::move(expected), std::move(path)});
}

inline tl::unexpected<Error> failure(Error::Kind kind, std::string message) {
    return tl::unexpected(Error{kind, std::move(message), {}});
}

/// The name of a kind as the API spells it: "invalid", "not_found", ...
const char* kindName(Error::Kind kind);

}  // namespace dogwatch

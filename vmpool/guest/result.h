// Result<T> of the agent: a value, or one sentence that says why not. The agent links no layer of the host.
#pragma once

#include <cerrno>
#include <cstring>
#include <string>
#include <tl/expected.hpp>

namespace dogwatch::guest {

template <typename T>
using Result = tl::expected<T, std::string>;

inline tl::unexpected<std::string> failure(std::string why) {
    return tl::unexpected(std::move(why));
}

/// "WHAT: No such file or directory", from errno.
inline tl::unexpected<std::string> systemFailure(const std::string& what) {
    return failure(what + ": " + std::strerror(errno));
}

}  // namespace dogwatch::guest

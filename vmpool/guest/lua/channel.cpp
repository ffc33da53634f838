#include "vmpool/guest/lua/channel.h"

#include <unistd.h>

#include <cerrno>
#include <limits>
#include <string_view>

#include "vmpool/guest/frames.h"

namespace dogwatch::guest {

std::string Channel::read(std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t at = 0; at < size;) {
        const auto got = ::read(fd_, bytes.data() + at, size - at);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) ::_exit(0);
        at += static_cast<std::size_t>(got);
    }
    return bytes;
}

RunnerFrame Channel::receive() {
    auto frame = decodeRunnerFrame(read(getU32(read(4))), std::numeric_limits<std::size_t>::max());
    if (!frame) ::_exit(1);  // the agent makes no such mistakes
    return std::move(*frame);
}

void Channel::send(const RunnerFrame& frame) {
    const auto bytes = encodeRunnerFrame(frame);
    for (std::string_view rest = bytes; !rest.empty();) {
        const auto sent = ::write(fd_, rest.data(), rest.size());
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) ::_exit(0);
        rest.remove_prefix(static_cast<std::size_t>(sent));
    }
}

}  // namespace dogwatch::guest

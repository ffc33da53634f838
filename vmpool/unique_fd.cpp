#include "vmpool/unique_fd.h"

#include <fcntl.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace dogwatch::vmpool {

Result<SocketPair> makeSocketPair() {
    std::array<int, 2> fds{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds.data()) != 0) {
        return failure(Error::Kind::Io,
                       "cannot make a socket pair for a VM: " + std::generic_category().message(errno));
    }
    SocketPair pair{UniqueFd{fds[0]}, UniqueFd{fds[1]}};
    if (::fcntl(pair.ours.get(), F_SETFL, O_NONBLOCK) != 0) {
        return failure(Error::Kind::Io,
                       "cannot set up a VM's socket: " + std::generic_category().message(errno));
    }
    return pair;
}

Result<UniqueFd> openForReading(const std::string& path) {
    UniqueFd fd{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!fd.valid()) {
        return failure(Error::Kind::Unavailable,
                       "cannot open " + path + ": " + std::generic_category().message(errno));
    }
    return fd;
}

}  // namespace dogwatch::vmpool

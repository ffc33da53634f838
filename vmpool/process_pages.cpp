#include "vmpool/process_pages.h"

#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string>

namespace dogwatch {
namespace {

// Documentation/admin-guide/mm/pagemap.rst in Linux.
constexpr std::uint64_t kPresentBit = 1ULL << 63U;
constexpr std::uint64_t kOfFileBit = 1ULL << 61U;

PageState stateOf(std::uint64_t entry) {
    if ((entry & kPresentBit) == 0) return PageState::Absent;
    return (entry & kOfFileBit) != 0 ? PageState::OfFile : PageState::Own;
}

bool touchPages(pid_t process, std::span<const std::uint64_t> addresses, bool writeBack) {
    constexpr std::size_t kAtOnce = 1024;  // IOV_MAX
    std::array<iovec, kAtOnce> remote{};
    std::array<char, kAtOnce> bytes{};
    while (!addresses.empty()) {
        const std::size_t count = std::min(addresses.size(), kAtOnce);
        for (std::size_t i = 0; i < count; ++i) remote[i] = {reinterpret_cast<void*>(addresses[i]), 1};
        const iovec local{bytes.data(), count};
        const auto all = static_cast<ssize_t>(count);
        if (::process_vm_readv(process, &local, 1, remote.data(), count, 0) != all) return false;
        if (writeBack && ::process_vm_writev(process, &local, 1, remote.data(), count, 0) != all)
            return false;
        addresses = addresses.subspan(count);
    }
    return true;
}

}  // namespace

std::vector<PageState> pageStates(pid_t process, std::uint64_t address, std::size_t count) {
    const std::string path = "/proc/" + std::to_string(process) + "/pagemap";
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return {};
    std::vector<std::uint64_t> entries(count);
    const auto got = ::pread(fd, entries.data(), count * sizeof(std::uint64_t),
                             static_cast<off_t>(address / kPageBytes * sizeof(std::uint64_t)));
    ::close(fd);
    entries.resize(got > 0 ? static_cast<std::size_t>(got) / sizeof(std::uint64_t) : 0);
    std::vector<PageState> states(entries.size());
    std::transform(entries.begin(), entries.end(), states.begin(), stateOf);
    return states;
}

bool readPages(pid_t process, std::span<const std::uint64_t> addresses) {
    return touchPages(process, addresses, false);
}

bool writePages(pid_t process, std::span<const std::uint64_t> addresses) {
    return touchPages(process, addresses, true);
}

}  // namespace dogwatch

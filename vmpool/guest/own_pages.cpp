#include "vmpool/guest/own_pages.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vmpool/guest/unique_fd.h"

namespace dogwatch::guest {
namespace {

constexpr std::uint64_t kPage = 4096;
/// More than an interpreter that waits has; what is beyond is not worth the time.
constexpr std::size_t kMostPages = 32768;
// Of /proc/PID/pagemap (Documentation/admin-guide/mm/pagemap.rst in Linux).
constexpr std::uint64_t kPresent = 1ULL << 63U;
constexpr std::uint64_t kOfFile = 1ULL << 61U;

/// Holds the process still while it lives.
class Stopped {
 public:
    explicit Stopped(pid_t process) : process_(process) {
        siginfo_t state{};
        isStopped_ = ::kill(process, SIGSTOP) == 0 &&
                     ::waitid(P_PID, static_cast<id_t>(process), &state, WSTOPPED | WEXITED | WNOWAIT) == 0 &&
                     state.si_code == CLD_STOPPED;
    }
    Stopped(const Stopped&) = delete;
    Stopped& operator=(const Stopped&) = delete;
    ~Stopped() { ::kill(process_, SIGCONT); }
    explicit operator bool() const { return isStopped_; }

 private:
    pid_t process_;
    bool isStopped_ = false;
};

std::string contentOf(const std::string& path) {
    const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    std::string content;
    std::array<char, 4096> chunk{};
    for (ssize_t got = 1; file && got > 0;) {
        got = ::read(file.get(), chunk.data(), chunk.size());
        if (got > 0) content.append(chunk.data(), static_cast<std::size_t>(got));
    }
    return content;
}

struct Range {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

/// Of a line of /proc/PID/maps, "BEGIN-END RIGHTS ...": none where it is not private and writable.
std::optional<Range> writableRange(std::string_view line) {
    Range range;
    const char* const last = line.data() + line.size();
    const auto dash = std::from_chars(line.data(), last, range.begin, 16);
    if (dash.ec != std::errc() || dash.ptr == last) return std::nullopt;
    const auto blank = std::from_chars(dash.ptr + 1, last, range.end, 16);
    if (blank.ec != std::errc() || !std::string_view(blank.ptr, last).starts_with(" rw-p"))
        return std::nullopt;
    return range;
}

/// Adds the addresses of those pages that are there and not a file's.
void addPages(int pagemap, const Range& range, std::vector<std::uint64_t>& pages) {
    std::vector<std::uint64_t> state(std::min<std::size_t>((range.end - range.begin) / kPage, kMostPages));
    const auto got = ::pread(pagemap, state.data(), state.size() * sizeof(std::uint64_t),
                             static_cast<off_t>(range.begin / kPage * sizeof(std::uint64_t)));
    if (got <= 0) return;
    state.resize(static_cast<std::size_t>(got) / sizeof(std::uint64_t));
    for (std::size_t i = 0; i < state.size() && pages.size() < kMostPages; ++i) {
        if ((state[i] & kPresent) != 0 && (state[i] & kOfFile) == 0) pages.push_back(range.begin + i * kPage);
    }
}

std::vector<std::uint64_t> privatePages(const std::string& folder) {
    std::vector<std::uint64_t> pages;
    const UniqueFd pagemap(::open((folder + "/pagemap").c_str(), O_RDONLY | O_CLOEXEC));
    const std::string maps = contentOf(folder + "/maps");
    for (std::string_view rest(maps); pagemap && !rest.empty();) {
        const auto end = std::min(rest.find('\n'), rest.size() - 1);
        if (const auto range = writableRange(rest.substr(0, end))) addPages(pagemap.get(), *range, pages);
        rest.remove_prefix(end + 1);
    }
    return pages;
}

/// A byte of each page, read and written back: the kernel goes through a write.
void touch(pid_t process, std::span<const std::uint64_t> pages) {
    constexpr std::size_t kAtOnce = 1024;  // IOV_MAX
    std::array<iovec, kAtOnce> remote{};
    std::array<char, kAtOnce> bytes{};
    while (!pages.empty()) {
        const std::size_t count = std::min(pages.size(), kAtOnce);
        for (std::size_t i = 0; i < count; ++i) remote[i] = {reinterpret_cast<void*>(pages[i]), 1};
        const iovec local{bytes.data(), count};
        const auto all = static_cast<ssize_t>(count);
        if (::process_vm_readv(process, &local, 1, remote.data(), count, 0) != all ||
            ::process_vm_writev(process, &local, 1, remote.data(), count, 0) != all) {
            return;
        }
        pages = pages.subspan(count);
    }
}

}  // namespace

void ownPages(pid_t process) {
    const Stopped stopped(process);
    if (stopped) touch(process, privatePages("/proc/" + std::to_string(process)));
}

}  // namespace dogwatch::guest

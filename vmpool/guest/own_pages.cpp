#include "vmpool/guest/own_pages.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vmpool/guest/unique_fd.h"
#include "vmpool/process_pages.h"

namespace dogwatch::guest {
namespace {

/// More than an interpreter that waits has; what is beyond is not worth the time.
constexpr std::size_t kMostPages = 32768;

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
void addPages(pid_t process, const Range& range, std::vector<std::uint64_t>& pages) {
    const auto count =
        std::min<std::size_t>((range.end - range.begin) / kPageBytes, kMostPages - pages.size());
    const auto states = pageStates(process, range.begin, count);
    for (std::size_t i = 0; i < states.size(); ++i) {
        if (states[i] == PageState::Own) pages.push_back(range.begin + i * kPageBytes);
    }
}

std::vector<std::uint64_t> privatePages(pid_t process) {
    std::vector<std::uint64_t> pages;
    const std::string maps = contentOf("/proc/" + std::to_string(process) + "/maps");
    for (std::string_view rest(maps); !rest.empty();) {
        const auto end = std::min(rest.find('\n'), rest.size() - 1);
        if (const auto range = writableRange(rest.substr(0, end))) addPages(process, *range, pages);
        rest.remove_prefix(end + 1);
    }
    return pages;
}

}  // namespace

void ownPages(pid_t process) {
    const Stopped stopped(process);
    if (stopped) writePages(process, privatePages(process));
}

}  // namespace dogwatch::guest

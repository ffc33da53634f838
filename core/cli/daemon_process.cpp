#include "core/cli/daemon_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>

#include "core/cli/format.h"

namespace dogwatch::cli {
namespace {

constexpr std::string_view kSpeaker = "dogwatchd: ";

/// Both ends of a pipe.
class Pipe {
 public:
    Pipe() {
        if (::pipe2(ends_.data(), O_CLOEXEC) != 0) ends_ = {-1, -1};
    }
    ~Pipe() {
        for (const int end : ends_) {
            if (end >= 0) ::close(end);
        }
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    [[nodiscard]] int reading() const { return ends_[0]; }
    [[nodiscard]] int writing() const { return ends_[1]; }
    void closeWriting() {
        if (ends_[1] >= 0) ::close(ends_[1]);
        ends_[1] = -1;
    }

 private:
    std::array<int, 2> ends_{-1, -1};
};

std::string findDaemon() {
    std::error_code error;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
    const auto beside = self.parent_path() / "dogwatchd";
    return std::filesystem::exists(beside, error) ? beside.string() : "dogwatchd";
}

/// Its pid; none: it cannot be started.
Result<pid_t> start(std::vector<std::string>& words, const Pipe& out, const Pipe& err) {
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions{};
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, out.writing(), STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, err.writing(), STDERR_FILENO);
    pid_t pid = 0;
    const int failed =
        ::posix_spawnp(&pid, words.front().c_str(), &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (failed == 0) return pid;
    return failure(Error::Kind::Unavailable, std::string{"dogwatchd cannot be started ("} +
                                                 std::strerror(failed) +
                                                 "); install it beside this program.");
}

/// Reads what there is into `text`; false: the end.
bool readSome(int fd, std::string& text) {
    std::array<char, 4096> bytes{};
    const ssize_t got = ::read(fd, bytes.data(), bytes.size());
    if (got > 0) text.append(bytes.data(), static_cast<std::size_t>(got));
    return got > 0 || (got < 0 && errno == EINTR);
}

/// Hands over the whole lines of `text`, which keeps the rest. False: one was no JSON object.
bool takeLines(std::string& text, const std::function<void(json::object)>& take) {
    bool understood = true;
    for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n')) {
        auto value = parseJson(std::string_view{text}.substr(0, end));
        text.erase(0, end + 1);
        if (value && value->is_object()) {
            take(std::move(value->get_object()));
        } else {
            understood = false;
        }
    }
    return understood;
}

/// The last line of what it said, without its name.
std::string complaint(std::string text) {
    while (text.ends_with('\n')) text.pop_back();
    if (const auto last = text.rfind('\n'); last != std::string::npos) text.erase(0, last + 1);
    if (text.starts_with(kSpeaker)) text.erase(0, kSpeaker.size());
    return text.empty() ? "dogwatchd ended without a word." : printable(text);
}

}  // namespace

Result<void> runDaemon(std::vector<std::string> arguments, const std::function<void(json::object)>& take) {
    arguments.insert(arguments.begin(), findDaemon());
    Pipe out;
    Pipe err;
    const auto pid = start(arguments, out, err);
    if (!pid) return tl::unexpected(pid.error());
    out.closeWriting();
    err.closeWriting();
    std::string lines;
    std::string said;
    bool understood = true;
    std::array<pollfd, 2> fds{pollfd{out.reading(), POLLIN, 0}, pollfd{err.reading(), POLLIN, 0}};
    while (fds[0].fd >= 0 || fds[1].fd >= 0) {
        if (::poll(fds.data(), fds.size(), -1) < 0 && errno != EINTR) break;
        if (fds[0].fd >= 0 && fds[0].revents != 0 && !readSome(fds[0].fd, lines)) fds[0].fd = -1;
        if (fds[1].fd >= 0 && fds[1].revents != 0 && !readSome(fds[1].fd, said)) fds[1].fd = -1;
        understood = takeLines(lines, take) && understood;
    }
    int status = 0;
    while (::waitpid(*pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return failure(Error::Kind::Refused, complaint(said));
    if (!understood) return failure(Error::Kind::Internal, "dogwatchd printed what is no JSON object.");
    return {};
}

}  // namespace dogwatch::cli

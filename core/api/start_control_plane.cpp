#include "core/api/start_control_plane.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QSocketNotifier>
#include <QTimer>
#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>

#include "core/api/socket_path.h"

namespace dogwatch::api {
namespace {

constexpr std::size_t kLongestReadyLine = 4096;
constexpr std::uintmax_t kLargestLog = 4U << 20U;  // begun anew when it has grown beyond

class Descriptor {
 public:
    explicit Descriptor(int fd = -1) : fd_(fd) {}
    ~Descriptor() { reset(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        reset(std::exchange(other.fd_, -1));
        return *this;
    }
    [[nodiscard]] int get() const { return fd_; }
    void reset(int fd = -1) {
        if (fd_ >= 0) ::close(fd_);
        fd_ = fd;
    }

 private:
    int fd_;
};

/// A dogwatchd that was started and has not said `ready` yet.
class Launch {
 public:
    static Result<Launch> begin(const std::string& dataDir, const StartOptions& options);

    /// Readable when progress() has something to do.
    [[nodiscard]] int fd() const { return output_.get(); }
    /// None: not ready yet.
    Result<std::optional<StartedControlPlane>> progress();
    /// Why it is given up after `patience`; ends it when it is tied.
    Error tooSlow(Duration patience);

 private:
    Result<void> prepareLog();
    Result<void> spawn(const StartOptions& options);
    [[nodiscard]] Error whyNot();
    void reap();

    std::string dataDir_;
    std::string logPath_;
    std::uintmax_t logBefore_ = 0;
    Descriptor output_;
    Descriptor log_;
    std::string said_;
    pid_t pid_ = 0;
};

Result<Launch> Launch::begin(const std::string& dataDir, const StartOptions& options) {
    Launch launch;
    launch.dataDir_ = absoluteDataDir(dataDir);
    if (auto ready = launch.prepareLog(); !ready) return tl::unexpected(ready.error());
    if (auto spawned = launch.spawn(options); !spawned) return tl::unexpected(spawned.error());
    return launch;
}

Result<void> Launch::prepareLog() {
    std::error_code error;
    std::filesystem::create_directories(dataDir_, error);
    if (error) {
        return failure(Error::Kind::Io, "Cannot create the data directory " + dataDir_ + ": " +
                                            error.message() + "; give another one with --data.");
    }
    logPath_ = dataDir_ + "/dogwatchd.log";
    const auto size = std::filesystem::file_size(logPath_, error);
    const bool anew = !error && size > kLargestLog;
    logBefore_ = error || anew ? 0 : size;
    log_.reset(
        ::open(logPath_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | (anew ? O_TRUNC : 0), 0600));
    if (log_.get() < 0) {
        return failure(Error::Kind::Io, "Cannot write to " + logPath_ + ": " + std::strerror(errno) +
                                            "; give another data directory with --data.");
    }
    return {};
}

/// In the child, after fork(): only what is safe there. Never returns.
[[noreturn]] void becomeControlPlane(bool tied, pid_t parent, int output, int log, char* const* arguments) {
    if (tied) {
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        if (::getppid() != parent) ::_exit(1);  // it ended before the line above
        ::setpgid(0, 0);                        // Ctrl-C reaches the starter alone, who stops it in order
    } else {
        ::setsid();
        if (::fork() != 0) ::_exit(0);  // so that init reaps it
    }
    const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(log, STDERR_FILENO);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::execvp(arguments[0], arguments);
    constexpr std::string_view kText = "dogwatchd cannot be started; install it beside this program.\n";
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, kText.data(), kText.size());
    ::_exit(127);
}

Result<void> Launch::spawn(const StartOptions& options) {
    std::vector<std::string> words{options.program.empty() ? findControlPlane() : options.program, "--data",
                                   dataDir_};
    words.insert(words.end(), options.arguments.begin(), options.arguments.end());
    std::vector<char*> arguments;
    std::transform(words.begin(), words.end(), std::back_inserter(arguments),
                   [](auto& word) { return word.data(); });
    arguments.push_back(nullptr);

    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
        return failure(Error::Kind::Io, std::string{"Cannot make a pipe: "} + std::strerror(errno) + ".");
    }
    output_.reset(pipe[0]);
    const Descriptor childEnd{pipe[1]};
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child < 0)
        return failure(Error::Kind::Io, std::string{"Cannot start a process: "} + std::strerror(errno) + ".");
    if (child == 0) becomeControlPlane(options.tied, parent, childEnd.get(), log_.get(), arguments.data());
    if (options.tied) {
        pid_ = child;
    } else {
        ::waitpid(child, nullptr, 0);
    }
    ::fcntl(output_.get(), F_SETFL, O_NONBLOCK);
    return {};
}

Result<std::optional<StartedControlPlane>> Launch::progress() {
    std::array<char, 512> chunk{};
    const auto got = ::read(output_.get(), chunk.data(), chunk.size());
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return std::nullopt;
    if (got > 0) said_.append(chunk.data(), static_cast<std::size_t>(got));
    const auto end = said_.find('\n');
    if (end == std::string::npos && got > 0 && said_.size() < kLongestReadyLine) return std::nullopt;

    std::istringstream line{said_.substr(0, end)};
    std::string word;
    StartedControlPlane started;
    line >> word >> started.socket >> started.http;
    if (word != "ready" || started.socket.empty()) return tl::unexpected(whyNot());
    started.pid = pid_;
    return started;
}

Error Launch::whyNot() {
    reap();
    std::ifstream log{logPath_};
    log.seekg(static_cast<std::streamoff>(logBefore_));
    std::string last;
    for (std::string line; std::getline(log, line);) {
        if (!line.empty()) last = line;
    }
    if (last.empty()) last = "it ended without a word; see " + logPath_ + ".";
    return {Error::Kind::Unavailable, "The control plane did not start: " + last, {}};
}

Error Launch::tooSlow(Duration patience) {
    reap();
    return {Error::Kind::Unavailable,
            "The control plane was not ready within " + toWords(patience) + "; see " + logPath_ + ".",
            {}};
}

void Launch::reap() {
    if (pid_ == 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
}

}  // namespace

std::string findControlPlane() {
    std::error_code error;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
    if (!error) {
        const auto beside = self.parent_path() / "dogwatchd";
        if (::access(beside.c_str(), X_OK) == 0) return beside.string();
    }
    return "dogwatchd";
}

Result<StartedControlPlane> startControlPlane(const std::string& dataDir, const StartOptions& options) {
    auto launch = Launch::begin(dataDir, options);
    if (!launch) return tl::unexpected(launch.error());
    const auto deadline = std::chrono::steady_clock::now() + options.patience;
    for (;;) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) return tl::unexpected(launch->tooSlow(options.patience));
        pollfd entry{launch->fd(), POLLIN, 0};
        if (::poll(&entry, 1, static_cast<int>(left.count())) <= 0) continue;
        auto started = launch->progress();
        if (!started) return tl::unexpected(started.error());
        if (*started) return std::move(**started);
    }
}

void startControlPlane(const std::string& dataDir, const StartOptions& options, QObject* context,
                       std::function<void(Result<StartedControlPlane>)> done) {
    auto begun = Launch::begin(dataDir, options);
    // All that waits lives below this object: it goes with the context, or when the answer is there.
    auto* waiting = new QObject(context);
    const auto finish = [waiting, done = std::move(done)](Result<StartedControlPlane> result) {
        waiting->deleteLater();
        done(std::move(result));
    };
    if (!begun) {
        QTimer::singleShot(0, waiting, [finish, error = begun.error()] { finish(tl::unexpected(error)); });
        return;
    }
    const auto launch = std::make_shared<Launch>(std::move(*begun));
    auto* notifier = new QSocketNotifier(launch->fd(), QSocketNotifier::Read, waiting);
    QObject::connect(notifier, &QSocketNotifier::activated, waiting, [launch, notifier, finish] {
        auto started = launch->progress();
        if (started && !*started) return;
        notifier->setEnabled(false);
        finish(started ? Result<StartedControlPlane>{std::move(**started)} : tl::unexpected(started.error()));
    });
    const auto patience = std::chrono::ceil<std::chrono::milliseconds>(options.patience);
    QTimer::singleShot(patience, waiting, [launch, notifier, finish, patience = options.patience] {
        if (!notifier->isEnabled()) return;
        notifier->setEnabled(false);
        finish(tl::unexpected(launch->tooSlow(patience)));
    });
}

}  // namespace dogwatch::api

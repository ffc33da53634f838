#include "vmpool/guest/process.h"

#include <fcntl.h>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>

namespace dogwatch::guest {
namespace {

constexpr int kStatusFd = 4;  ///< of the child: closed by exec, or tells why there was none

struct Pipe {
    UniqueFd read;
    UniqueFd write;
};

Result<Pipe> makePipe() {
    int fds[2];
    if (::pipe2(fds, O_CLOEXEC) != 0) return systemFailure("pipe");
    return Pipe{UniqueFd(fds[0]), UniqueFd(fds[1])};
}

Result<Pipe> makeChannel() {
    int fds[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0) return systemFailure("socketpair");
    return Pipe{UniqueFd(fds[0]), UniqueFd(fds[1])};
}

std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (const auto& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
    pointers.push_back(nullptr);
    return pointers;
}

void limit(__rlimit_resource resource, std::int64_t most) {
    const rlimit value{static_cast<rlim_t>(most), static_cast<rlim_t>(most)};
    ::setrlimit(resource, &value);
}

/// Puts `fds` at 0, 1, 2, …, closes everything else. Each goes out of the way first, for the numbers may
/// overlap.
bool placeDescriptors(const std::vector<int>& fds) {
    constexpr int kAway = 64;
    std::vector<int> away;
    for (const int fd : fds) away.push_back(fd < 0 ? -1 : ::fcntl(fd, F_DUPFD_CLOEXEC, kAway));
    int target = 0;
    for (const int fd : away) {
        if (fd < 0) {
            ::close(target);
        } else if (::dup2(fd, target) < 0) {
            return false;
        }
        ++target;
    }
    return ::fcntl(kStatusFd, F_SETFD, FD_CLOEXEC) == 0 && ::close_range(kStatusFd + 1, ~0U, 0) == 0;
}

bool dropPrivileges(const SpawnOptions& options) {
    if (options.user != 0 &&
        (::setgroups(0, nullptr) != 0 || ::setresgid(options.user, options.user, options.user) != 0 ||
         ::setresuid(options.user, options.user, options.user) != 0)) {
        return false;
    }
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

/// In the child. Returns the step that failed, to be told on `status`; does not return when all went well.
const char* become(const SpawnOptions& options, const std::vector<int>& fds, char* const* argv,
                   char* const* env, int& status) {
    ::setsid();
    if (options.confinement != nullptr && !options.confinement->enter()) return "entering its cgroup";
    // The agent outlives whatever memory runs out for; and no process outlives the agent.
    if (const UniqueFd score(::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC)); score) {
        [[maybe_unused]] const auto written = ::write(score.get(), "500", 3);
    }
    if (!placeDescriptors(fds)) return "placing its descriptors";
    status = kStatusFd;
    if (!options.root.empty() && ::chroot(options.root.c_str()) != 0) return "entering its root";
    limit(RLIMIT_NOFILE, options.openFiles);
    limit(RLIMIT_CORE, 0);
    if (!dropPrivileges(options)) return "dropping privileges";
    if (::chdir(options.workDir.c_str()) != 0) return "entering its working directory";
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (int number = 1; number < NSIG; ++number) ::signal(number, SIG_DFL);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::umask(022);
    ::execve(argv[0], argv, env);
    return "executing it";
}

}  // namespace

Result<Process> spawn(const SpawnOptions& options) {
    auto output = makePipe();
    auto errors = makePipe();
    auto status = makePipe();
    auto channel = options.channel ? makeChannel() : Result<Pipe>(Pipe{UniqueFd(), UniqueFd()});
    const UniqueFd null(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    if (!output || !errors || !status || !channel || !null)
        return failure("no descriptors left for a process");

    const auto argv = pointers(options.argv);
    const auto environment = pointers(options.environment);
    const std::vector<int> fds{options.input >= 0 ? options.input : null.get(), output->write.get(),
                               errors->write.get(), channel->write.get(), status->write.get()};
    const pid_t pid = ::fork();
    if (pid < 0) return systemFailure("fork");
    if (pid == 0) {
        int told = status->write.get();
        const std::string_view step = become(options, fds, argv.data(), environment.data(), told);
        const auto why = std::string(step) + ": " + std::strerror(errno);
        [[maybe_unused]] const auto written = ::write(told, why.data(), why.size());
        ::_exit(127);
    }

    status->write.reset();
    char why[256];
    const auto size = ::read(status->read.get(), why, sizeof why);
    if (size > 0) {  // the exit of this child is reaped as any orphan's
        return failure("cannot start " + options.argv.front() + ", " +
                       std::string(why, static_cast<std::size_t>(size)));
    }
    setNonBlocking(output->read.get());
    setNonBlocking(errors->read.get());
    if (channel->read) setNonBlocking(channel->read.get());
    return Process{pid, std::move(output->read), std::move(errors->read), std::move(channel->read)};
}

}  // namespace dogwatch::guest

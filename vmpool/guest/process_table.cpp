#include "vmpool/guest/process_table.h"

#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>

#include <csignal>

namespace dogwatch::guest {
namespace {

std::int64_t microseconds(const timeval& time) {
    return std::int64_t{time.tv_sec} * 1'000'000 + time.tv_usec;
}

void reap(int signals, const ProcessTable::Ended& ended) {
    signalfd_siginfo ignored;
    while (::read(signals, &ignored, sizeof ignored) > 0) {
    }
    rusage use{};
    int status = 0;
    for (pid_t pid = 0; (pid = ::wait4(-1, &status, WNOHANG, &use)) > 0;) {
        ended({pid, status, microseconds(use.ru_utime) + microseconds(use.ru_stime), use.ru_maxrss * 1024});
    }
}

}  // namespace

std::string describeExit(int status) {
    if (!WIFSIGNALED(status)) return "exited with status " + std::to_string(WEXITSTATUS(status));
    const int number = WTERMSIG(status);
    const char* name = ::sigabbrev_np(number);
    return "killed by signal " + std::to_string(number) +
           (name != nullptr ? " (SIG" + std::string(name) + ")" : "");
}

int exitCode(int status) {
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

Result<ProcessTable> ProcessTable::create(EventLoop& loop, Ended ended) {
    sigset_t children;
    ::sigemptyset(&children);
    ::sigaddset(&children, SIGCHLD);
    if (::sigprocmask(SIG_BLOCK, &children, nullptr) != 0) return systemFailure("sigprocmask");
    ProcessTable table;
    table.signals_.reset(::signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK));
    if (!table.signals_) return systemFailure("signalfd");
    table.watch_ =
        loop.watch(table.signals_.get(), POLLIN,
                   [fd = table.signals_.get(), ended = std::move(ended)](short) { reap(fd, ended); });
    return table;
}

}  // namespace dogwatch::guest

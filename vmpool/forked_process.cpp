#include "vmpool/forked_process.h"

#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <utility>

namespace dogwatch::vmpool {

Result<std::unique_ptr<ForkedProcess>> ForkedProcess::adopt(pid_t pid, UniqueFd errors) {
    // Until we wait for it, its number is no other's.
    UniqueFd handle(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    if (!handle.valid()) {
        ::kill(pid, SIGKILL);
        ::waitpid(pid, nullptr, 0);
        return failure(Error::Kind::Unavailable, "the kernel gives no handle of a process");
    }
    return std::unique_ptr<ForkedProcess>(new ForkedProcess(pid, std::move(handle), std::move(errors)));
}

ForkedProcess::ForkedProcess(pid_t pid, UniqueFd handle, UniqueFd errors)
    : pid_(pid),
      handle_(std::move(handle)),
      errors_(std::move(errors)),
      endNotifier_(handle_.get(), QSocketNotifier::Read),
      errorNotifier_(errors_.get(), QSocketNotifier::Read) {
    connect(&endNotifier_, &QSocketNotifier::activated, this, &ForkedProcess::onEnd);
    connect(&errorNotifier_, &QSocketNotifier::activated, this, &ForkedProcess::readErrors);
}

ForkedProcess::~ForkedProcess() {
    if (pid_ <= 0) return;
    kill();
    ::waitpid(pid_, nullptr, 0);
}

void ForkedProcess::kill() {
    if (pid_ > 0) ::kill(pid_, SIGKILL);
}

void ForkedProcess::readErrors() {
    std::array<char, 4096> chunk{};
    const auto size = ::read(errors_.get(), chunk.data(), chunk.size());
    if (size > 0) {
        Q_EMIT wroteError(QByteArray(chunk.data(), size));
    } else if (size == 0) {
        errorNotifier_.setEnabled(false);
    }
}

void ForkedProcess::onEnd() {
    siginfo_t info{};
    if (::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG) != 0 || info.si_pid != pid_)
        return;
    endNotifier_.setEnabled(false);
    if (errorNotifier_.isEnabled()) readErrors();
    errorNotifier_.setEnabled(false);
    pid_ = 0;
    Q_EMIT finished(info.si_status, info.si_code != CLD_EXITED);
}

}  // namespace dogwatch::vmpool

// What the process of a QEMU gives up before QEMU runs in it. All of it happens between fork and the program:
// only system calls, no allocation, and no library, so that the starter's library (vmpool/preload) can share
// it.
#pragma once

#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

namespace dogwatch::vmpool::child {

/// What stays allowed. Plain data: it is sent to the starter as it is.
struct Rights {
    std::uint32_t user = 0;               ///< user and group to become; 0: stay who we are
    std::uint32_t group = 0;              ///< the only further group; of use with a user
    std::uint64_t addressSpaceBytes = 0;  ///< RLIMIT_AS; 0: unlimited
    std::uint64_t largestFileBytes = 0;   ///< RLIMIT_FSIZE
};

constexpr int kFailed = 126;  ///< exit status of a child that could not give something up

/// Enters the control group with this `cgroup.procs`; empty: none.
inline void enterGroup(const char* procsFile) {
    if (*procsFile == '\0') return;
    const int fd = ::open(procsFile, O_WRONLY | O_CLOEXEC);
    if (fd < 0 || ::write(fd, "0", 1) != 1) ::_exit(kFailed);
    ::close(fd);
}

/// Leaves terminal and folder: a Ctrl-C in our terminal is for us alone.
inline void leaveSession() {
    ::setsid();
    ::umask(077);
    if (::chdir("/") != 0) ::_exit(kFailed);
}

/// When memory runs out, a VM is to die rather than the control plane.
inline void preferAsVictim() {
    const int fd = ::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (fd < 0) return;
    [[maybe_unused]] const auto written = ::write(fd, "500", 3);
    ::close(fd);
}

/// Before exec: of our descriptors beyond the standard ones, only these stay open.
inline void inheritOnly(const int* fds, std::size_t count) {
    ::syscall(SYS_close_range, 3U, ~0U, CLOSE_RANGE_CLOEXEC);
    for (std::size_t i = 0; i < count; ++i) ::fcntl(fds[i], F_SETFD, 0);
}

inline void limit(int resource, rlim_t value) {
    const rlimit both{value, value};
    ::setrlimit(static_cast<__rlimit_resource_t>(resource), &both);
}

inline void limitResources(const Rights& rights) {
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, rights.largestFileBytes);
    if (rights.addressSpaceBytes > 0) limit(RLIMIT_AS, rights.addressSpaceBytes);
    if (rights.user != 0) limit(RLIMIT_NPROC, 64);  // counted by user, so only with a user of its own
}

inline void dropRights(const Rights& rights) {
    if (rights.user != 0) {
        const gid_t id = rights.user;
        const gid_t extra = rights.group;
        // The plain system calls: the library's own would speak to threads that a forked child has not.
        if (::syscall(SYS_setgroups, 1, &extra) != 0 || ::syscall(SYS_setresgid, id, id, id) != 0 ||
            ::syscall(SYS_setresuid, id, id, id) != 0) {
            ::_exit(kFailed);
        }
    }
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

/// Dies with the thread of `parent` that began us. After the change of user, which would clear it.
inline void dieWith(pid_t parent) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) ::_exit(kFailed);  // it died before that took effect
}

}  // namespace dogwatch::vmpool::child

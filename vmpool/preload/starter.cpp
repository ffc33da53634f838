// Makes a QEMU that has been loaded, but not begun, begin as often as it is asked to: each time in a forked
// process.
//
// Loading QEMU means 50 libraries and 240,000 relocations, half of the time from its start until it answers,
// and comes to the same result each time. The starter is a QEMU that has done that and stands before its
// main(). A forked process gives up what Confinement says and calls main() with arguments of its own. It is
// made the control plane's child rather than ours (CLONE_PARENT), so that it lives and dies as if it had been
// started from there.
#include <dlfcn.h>
#include <link.h>
#include <linux/sched.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "vmpool/preload/start_request.h"

namespace {

using dogwatch::vmpool::kStarterSocket;
using dogwatch::vmpool::StartAnswer;
using dogwatch::vmpool::StartRequest;
namespace child = dogwatch::vmpool::child;

using Main = int (*)(int, char**, char**);
using LibraryStart = int (*)(Main, int, char**, void (*)(), void (*)(), void (*)(), void*);

/// Attached descriptors get the lowest numbers that are free: from here on, as nothing else has one below
/// kSocket.
constexpr int kErrors = StartRequest::kFirstFd - 1;
constexpr int kSocket = 128;
static_assert(kErrors + StartRequest::kMostFds < kSocket);

StartRequest request;

/// The words that ps shows, in the room that the control plane made for them.
char* shownArguments = nullptr;
std::size_t shownBytes = 0;

/// The attached descriptors have the numbers that the arguments count on.
bool areInOrder(const msghdr& message) {
    const cmsghdr* part = CMSG_FIRSTHDR(&message);
    if (part == nullptr || part->cmsg_type != SCM_RIGHTS || request.fdCount == 0) return false;
    if (part->cmsg_len != CMSG_LEN(request.fdCount * sizeof(int))) return false;
    for (std::uint32_t i = 0; i < request.fdCount; ++i) {
        int fd = -1;
        std::memcpy(&fd, CMSG_DATA(part) + i * sizeof fd, sizeof fd);
        if (fd != kErrors + static_cast<int>(i)) return false;
    }
    return true;
}

/// False: the control plane is gone, or speaks another language.
bool receive() {
    alignas(cmsghdr) char control[CMSG_SPACE(StartRequest::kMostFds * sizeof(int))];
    iovec data{&request, sizeof request};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    ssize_t size = 0;
    do {
        size = recvmsg(kSocket, &message, 0);
    } while (size < 0 && errno == EINTR);
    return size == sizeof request && (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) == 0 &&
           areInOrder(message) && request.argumentBytes > 0 &&
           request.argumentBytes <= sizeof request.arguments &&
           request.arguments[request.argumentBytes - 1] == '\0';
}

void answer(StartAnswer number) {
    if (send(kSocket, &number, sizeof number, MSG_NOSIGNAL) != sizeof number) _exit(child::kFailed);
}

/// A child of the control plane. The C library's fork() cannot do that; what it would do besides is to tell
/// the new thread its number, which the kernel does as well, at the address that the library once told it.
long forkForParent(int* number) {
    const long process =
        syscall(SYS_clone, CLONE_PARENT | CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID | SIGCHLD, nullptr,
                nullptr, number, 0L);
    return process < 0 ? -errno : process;
}

void showArguments() {
    std::memset(shownArguments, 0, shownBytes);
    const std::size_t room = shownBytes - 1;
    std::memcpy(shownArguments, request.arguments,
                request.argumentBytes < room ? request.argumentBytes : room);
    prctl(PR_SET_NAME, "qemu-system-x86");
}

/// The program's code: it is in the page cache, and mapping it at once saves a fault for each sixteen pages.
int bringInCode(dl_phdr_info* program, std::size_t /*size*/, void* /*data*/) {
    for (int i = 0; i < program->dlpi_phnum; ++i) {
        const auto& segment = program->dlpi_phdr[i];
        if (segment.p_type != PT_LOAD || (segment.p_flags & PF_W) != 0) continue;
        constexpr std::uintptr_t kPage = 4096;
        const std::uintptr_t begin = (program->dlpi_addr + segment.p_vaddr) & ~(kPage - 1);
        const std::uintptr_t end = program->dlpi_addr + segment.p_vaddr + segment.p_memsz;
        syscall(SYS_madvise, begin, end - begin, MADV_POPULATE_READ);
    }
    return 1;  // the program is the first
}

void becomeOne() {
    answer(static_cast<StartAnswer>(getpid()));  // or ends, when nobody waits for it any more
    close(kSocket);
    if (dup2(kErrors, STDERR_FILENO) < 0) _exit(child::kFailed);
    close(kErrors);
    child::enterGroup(request.groupFile);
    child::leaveSession();
    child::preferAsVictim();
    child::limitResources(request.rights);
    child::dropRights(request.rights);
    child::dieWith(request.owner);
    showArguments();
    unsetenv(kStarterSocket);
    if (const auto makeHeap = reinterpret_cast<void (*)()>(dlsym(RTLD_DEFAULT, "dogwatchMakeHeap")))
        makeHeap();
    dl_iterate_phdr(bringInCode, nullptr);
}

/// As the kernel lays them out: arguments, environment, and no auxiliary vector.
char** layOut(char** environment) {
    std::size_t variables = 0;
    while (environment[variables] != nullptr) ++variables;
    const std::size_t words = request.argumentCount + variables + 4;
    auto** vector = static_cast<char**>(calloc(words, sizeof(char*)));
    if (vector == nullptr) _exit(child::kFailed);
    char* text = request.arguments;
    for (std::uint32_t i = 0; i < request.argumentCount; ++i) {
        vector[i] = text;
        text += std::strlen(text) + 1;
        if (text > request.arguments + request.argumentBytes) _exit(child::kFailed);
    }
    std::memcpy(vector + request.argumentCount + 1, environment, variables * sizeof(char*));
    return vector;
}

/// Returns in each process that is to become a QEMU.
void serve(int socket) {
    prctl(PR_SET_NAME, "qemu-starter");
    if (socket != kSocket && dup2(socket, kSocket) < 0) _exit(child::kFailed);
    const auto closeOthers = [] { syscall(SYS_close_range, kErrors, kSocket - 1, 0); };
    closeOthers();
    int* threadNumber =
        nullptr;  // Linux tells where it lies unless it was built without checkpoint and restore
    if (prctl(PR_GET_TID_ADDRESS, &threadNumber) != 0) _exit(child::kFailed);
    answer(0);
    while (receive()) {
        const long process = forkForParent(threadNumber);
        if (process == 0) return becomeOne();
        if (process < 0) answer(static_cast<StartAnswer>(process));
        closeOthers();
    }
    _exit(0);
}

}  // namespace

extern "C" {

/// In place of the C library's, which the program's first instructions call to have main() called.
// NOLINTNEXTLINE(readability-identifier-naming,bugprone-reserved-identifier)
[[gnu::visibility("default")]] int __libc_start_main(Main program, int argc, char** argv, void (*init)(),
                                                     void (*fini)(), void (*loaderFini)(), void* stackEnd) {
    const auto start = reinterpret_cast<LibraryStart>(dlsym(RTLD_NEXT, "__libc_start_main"));
    if (const char* socket = getenv(kStarterSocket); socket != nullptr) {
        shownArguments = argv[0];
        shownBytes = static_cast<std::size_t>(argv[argc - 1] + std::strlen(argv[argc - 1]) + 1 - argv[0]);
        serve(std::atoi(socket));
        argv = layOut(environ);
        argc = static_cast<int>(request.argumentCount);
    }
    return start(program, argc, argv, init, fini, loaderFini, stackEnd);
}
}

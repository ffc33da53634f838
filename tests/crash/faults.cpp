// A layer between a program and its files, loaded with LD_PRELOAD: at the n-th system call that changes the
// journal it kills the process, cuts the power, or reports an error, as DOGWATCH_FAULT says:
//
//   kill:N        SIGKILL just before the N-th call
//   torn:N        half of the N-th write, then SIGKILL
//   cut:N:SEED    a power cut at the N-th call: of all writes since their file was last synced some are
//   undone,
//                 as a disk may that had them in its cache; then SIGKILL
//   eio:N:M       calls N to N + M - 1 fail with EIO
//   full:N:M      the same for writes, with ENOSPC
//   rofs:N:M      the same for all calls, with EROFS: a disk that the system mounted read-only
//
// Calls count from 1: write, pwrite, fsync, fdatasync, ftruncate, rename, unlink and link of files whose path
// has "journal.db" in it. DOGWATCH_FAULT_LOG names a file that is told, once the fault has struck, at which
// call.
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <mutex>
#include <random>
#include <string>
#include <vector>

namespace {

template <typename Function>
Function* next(const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

enum class Fault { None, Kill, Torn, Cut, Io, Full, ReadOnly };

struct Plan {
    Fault fault = Fault::None;
    long at = 0;
    long more = 0;  ///< how many calls fail, or the seed
};

Plan readPlan() {
    const char* text = std::getenv("DOGWATCH_FAULT");
    if (text == nullptr) return {};
    std::array<char, 8> kind{};
    Plan plan;
    if (std::sscanf(text, "%7[a-z]:%ld:%ld", kind.data(), &plan.at, &plan.more) < 2) return {};
    const std::string name = kind.data();
    if (name == "kill") plan.fault = Fault::Kill;
    if (name == "torn") plan.fault = Fault::Torn;
    if (name == "cut") plan.fault = Fault::Cut;
    if (name == "eio") plan.fault = Fault::Io;
    if (name == "full") plan.fault = Fault::Full;
    if (name == "rofs") plan.fault = Fault::ReadOnly;
    return plan;
}

const Plan& plan() {
    static const Plan read = readPlan();
    return read;
}

/// What a write replaced: put back when the power is cut before its file was synced.
struct Undo {
    std::string path;
    off_t offset;
    std::string before;
    off_t size;  ///< of the file
};

std::mutex mutex;
long calls = 0;
std::vector<Undo> unsynced;

std::string pathOf(int fd) {
    std::array<char, 4096> target{};
    const std::string link = "/proc/self/fd/" + std::to_string(fd);
    const ssize_t length = ::readlink(link.c_str(), target.data(), target.size());
    return length > 0 ? std::string(target.data(), static_cast<std::size_t>(length)) : std::string();
}

/// The index of the write-ahead log is made anew after every end, and mapped into memory besides.
bool concerns(const std::string& path) {
    return path.find("journal.db") != std::string::npos && !path.ends_with("-shm");
}

void tell(const char* call, const std::string& path) {
    const char* log = std::getenv("DOGWATCH_FAULT_LOG");
    if (log == nullptr) return;
    const std::string line = std::string(call) + " " + path + "\n";
    const int fd = ::open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    static auto* const write = next<ssize_t(int, const void*, size_t)>("write");
    if (fd >= 0 && write(fd, line.data(), line.size()) >= 0) ::close(fd);
}

[[noreturn]] void die() {
    ::kill(::getpid(), SIGKILL);
    for (;;) ::pause();
}

void restore(const Undo& undo) {
    static auto* const pwrite = next<ssize_t(int, const void*, size_t, off_t)>("pwrite64");
    static auto* const truncate = next<int(int, off_t)>("ftruncate64");
    const int fd = ::open(undo.path.c_str(), O_WRONLY | O_CLOEXEC);
    if (fd < 0) return;
    if (!undo.before.empty()) pwrite(fd, undo.before.data(), undo.before.size(), undo.offset);
    struct stat now {};
    if (::fstat(fd, &now) == 0 && now.st_size > undo.size &&
        undo.offset + static_cast<off_t>(undo.before.size()) >= undo.size)
        truncate(fd, undo.size);
    ::close(fd);
}

/// Latest first; each write with its own chance of having reached the disk.
[[noreturn]] void cutPower() {
    std::mt19937 random(static_cast<unsigned>(plan().more));
    const bool all = random() % 2 == 0;  // half of the disks had written none of it
    for (auto undo = unsynced.rbegin(); undo != unsynced.rend(); ++undo) {
        if (all || random() % 2 == 0) restore(*undo);
    }
    die();
}

/// Counts the call. 0: let it happen; else the errno to fail with. May not return.
int strike(const char* call, const std::string& path, bool isWrite, const std::function<void()>& half = {}) {
    const std::lock_guard lock(mutex);
    ++calls;
    const Plan& p = plan();
    if (calls < p.at || p.fault == Fault::None) return 0;
    if (p.fault == Fault::Io || p.fault == Fault::Full || p.fault == Fault::ReadOnly) {
        if (calls >= p.at + p.more || (p.fault == Fault::Full && !isWrite)) return 0;
        if (calls == p.at) tell(call, path);
        return p.fault == Fault::Io ? EIO : p.fault == Fault::Full ? ENOSPC : EROFS;
    }
    tell(call, path);
    if (p.fault == Fault::Torn && half) half();
    if (p.fault == Fault::Cut) cutPower();
    die();
}

void remember(int fd, const std::string& path, size_t count, off_t offset) {
    if (plan().fault != Fault::Cut) return;
    struct stat before {};
    if (::fstat(fd, &before) != 0) return;
    Undo undo{path, offset, {}, before.st_size};
    if (offset < before.st_size) {
        undo.before.resize(std::min(count, static_cast<size_t>(before.st_size - offset)));
        const int reader = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (reader >= 0) {
            const ssize_t got = ::pread(reader, undo.before.data(), undo.before.size(), offset);
            undo.before.resize(got > 0 ? static_cast<size_t>(got) : 0);
            ::close(reader);
        }
    }
    const std::lock_guard lock(mutex);
    unsynced.push_back(std::move(undo));
}

void forget(const std::string& path) {
    if (plan().fault != Fault::Cut) return;
    const std::lock_guard lock(mutex);
    std::erase_if(unsynced, [&](const Undo& undo) { return undo.path == path; });
}

ssize_t writeAt(int fd, const void* bytes, size_t count, off_t offset, const char* name) {
    static auto* const real = next<ssize_t(int, const void*, size_t, off_t)>("pwrite64");
    const std::string path = pathOf(fd);
    if (!concerns(path)) return real(fd, bytes, count, offset);
    const int error = strike(name, path, true, [&] { real(fd, bytes, count / 2, offset); });
    if (error != 0) {
        errno = error;
        return -1;
    }
    remember(fd, path, count, offset);
    return real(fd, bytes, count, offset);
}

int sync(int fd, const char* name) {
    auto* const real = next<int(int)>(name);
    const std::string path = pathOf(fd);
    if (!concerns(path)) return real(fd);
    if (const int error = strike(name, path, false)) {
        errno = error;
        return -1;
    }
    const int result = real(fd);
    if (result == 0) forget(path);
    return result;
}

int truncateTo(int fd, off_t size, const char* name) {
    static auto* const real = next<int(int, off_t)>("ftruncate64");
    const std::string path = pathOf(fd);
    if (!concerns(path)) return real(fd, size);
    if (const int error = strike(name, path, true)) {
        errno = error;
        return -1;
    }
    return real(fd, size);
}

int named(const char* name, const char* path, const char* to, const std::function<int()>& real) {
    if (!concerns(path) && (to == nullptr || !concerns(to))) return real();
    if (const int error = strike(name, path, false)) {
        errno = error;
        return -1;
    }
    return real();
}

}  // namespace

extern "C" {

ssize_t write(int fd, const void* bytes, size_t count) {
    static auto* const real = next<ssize_t(int, const void*, size_t)>("write");
    const std::string path = fd > 2 && plan().fault != Fault::None ? pathOf(fd) : std::string();
    if (!concerns(path)) return real(fd, bytes, count);
    if (const int error = strike("write", path, true)) {
        errno = error;
        return -1;
    }
    return real(fd, bytes, count);
}
ssize_t pwrite(int fd, const void* bytes, size_t count, off_t offset) {
    return writeAt(fd, bytes, count, offset, "pwrite");
}
ssize_t pwrite64(int fd, const void* bytes, size_t count, off_t offset) {
    return writeAt(fd, bytes, count, offset, "pwrite64");
}
int fsync(int fd) {
    return sync(fd, "fsync");
}
int fdatasync(int fd) {
    return sync(fd, "fdatasync");
}
int ftruncate(int fd, off_t size) {
    return truncateTo(fd, size, "ftruncate");
}
int ftruncate64(int fd, off_t size) {
    return truncateTo(fd, size, "ftruncate64");
}
int rename(const char* from, const char* to) {
    static auto* const real = next<int(const char*, const char*)>("rename");
    return named("rename", from, to, [&] { return real(from, to); });
}
int link(const char* from, const char* to) {
    static auto* const real = next<int(const char*, const char*)>("link");
    return named("link", from, to, [&] { return real(from, to); });
}
int unlink(const char* path) {
    static auto* const real = next<int(const char*)>("unlink");
    return named("unlink", path, nullptr, [&] { return real(path); });
}

}  // extern "C"

#include "core/control/data_directory.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace dogwatch::control {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLockFile = "lock";

std::string reason(int error) {
    return std::generic_category().message(error);
}

tl::unexpected<Error> unusable(const fs::path& path, const std::string& why) {
    return failure(Error::Kind::Io,
                   fmt::format("The data directory {} cannot be used ({}): mend that, or name another one "
                               "with --data.",
                               path.string(), why));
}

/// What the holder wrote about itself: "pid 123 since 2026-03-01T12:00:00Z".
std::string holderOf(int lock) {
    std::array<char, 128> text{};
    const ssize_t length = pread(lock, text.data(), text.size(), 0);
    std::string holder(text.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
    while (!holder.empty() && holder.back() == '\n') holder.pop_back();
    return holder.empty() ? "of an unknown pid" : holder;
}

Result<void> writeHolder(int lock, Time now) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
    const std::string text = fmt::format("pid {} since {}\n", getpid(), toIso(seconds));
    if (ftruncate(lock, 0) != 0 ||
        pwrite(lock, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size())) {
        return failure(Error::Kind::Io, reason(errno));
    }
    return {};
}

}  // namespace

Result<DataDirectory> DataDirectory::open(const fs::path& path, Time now) {
    std::error_code error;
    const fs::path absolute = fs::absolute(path, error).lexically_normal();
    if (error) return unusable(path, error.message());
    if (absolute.has_parent_path()) fs::create_directories(absolute.parent_path(), error);
    if (error) return unusable(absolute, error.message());

    const bool created = mkdir(absolute.c_str(), S_IRWXU) == 0;
    if (!created && errno != EEXIST) return unusable(absolute, reason(errno));
    if (!fs::is_directory(absolute, error)) return unusable(absolute, "it is not a directory");
    if (access(absolute.c_str(), R_OK | W_OK | X_OK) != 0) return unusable(absolute, reason(errno));

    const fs::path lockFile = absolute / kLockFile;
    const int lock = ::open(lockFile.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (lock < 0) return unusable(absolute, reason(errno));
    DataDirectory directory(absolute, lock, created);
    if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
        return failure(Error::Kind::Conflict,
                       fmt::format("The data directory {} is held by dogwatchd {}: use that one, stop it, or "
                                   "name another directory with --data.",
                                   absolute.string(), holderOf(lock)));
    }
    struct stat found {};
    if (fstat(lock, &found) == 0 && found.st_size > 0) {  // empty: open() made it just now
        directory.lastAlive_ =
            timeFromUs(std::int64_t{found.st_mtim.tv_sec} * 1'000'000 + found.st_mtim.tv_nsec / 1000);
    }
    if (const auto written = writeHolder(lock, now); !written) {
        return unusable(absolute, written.error().message);
    }
    return directory;
}

DataDirectory::DataDirectory(fs::path path, int lock, bool created)
    : path_(std::move(path)), lock_(lock), created_(created) {}

DataDirectory::DataDirectory(DataDirectory&& other) noexcept
    : path_(std::move(other.path_)),
      lock_(std::exchange(other.lock_, -1)),
      created_(other.created_),
      lastAlive_(other.lastAlive_) {}

DataDirectory& DataDirectory::operator=(DataDirectory&& other) noexcept {
    if (this != &other) {
        release();
        path_ = std::move(other.path_);
        lock_ = std::exchange(other.lock_, -1);
        created_ = other.created_;
        lastAlive_ = other.lastAlive_;
    }
    return *this;
}

DataDirectory::~DataDirectory() {
    release();
}

void DataDirectory::release() noexcept {
    // Closing drops the lock. The file stays: removing it would let two processes lock two files of one name.
    if (lock_ >= 0) close(lock_);
    lock_ = -1;
}

void DataDirectory::signLife(Time now) const {
    // The time of the lock file: costs no write to the disk of its own, and needs no fsync, for after a loss
    // of power the journal's last record tells almost as much.
    const auto us = toUs(now);
    const timespec time{us / 1'000'000, us % 1'000'000 * 1000};
    const std::array<timespec, 2> times{time, time};
    futimens(lock_, times.data());
}

void DataDirectory::abandon() {
    if (!created_) return;
    std::error_code ignored;  // what is not empty by now is somebody's, and stays
    fs::remove(path_ / kLockFile, ignored);
    fs::remove(cacheDir(), ignored);
    fs::remove(runDir(), ignored);
    fs::remove(path_, ignored);
}

}  // namespace dogwatch::control

// DataDirectory: where everything persistent lies. One control plane at a time owns it, by a lock file that
// names the holder; the kernel drops the lock with the process, however that ends.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/model/result.h"
#include "core/model/time.h"

namespace dogwatch::control {

class DataDirectory {
 public:
    /// Creates the directory (mode 0700) when there is none, and takes its lock. Refuses, with the mend, a
    /// path that cannot be written or that another control plane holds.
    static Result<DataDirectory> open(const std::filesystem::path& path, Time now);

    DataDirectory(DataDirectory&& other) noexcept;
    DataDirectory& operator=(DataDirectory&& other) noexcept;
    DataDirectory(const DataDirectory&) = delete;
    DataDirectory& operator=(const DataDirectory&) = delete;
    ~DataDirectory();

    /// Absolute.
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::filesystem::path journalFile() const { return path_ / "journal.db"; }
    [[nodiscard]] std::filesystem::path runDir() const { return path_ / "run"; }
    [[nodiscard]] std::filesystem::path cacheDir() const { return path_ / "cache"; }

    /// When the control plane before this one last gave a sign of life; none: there was none before.
    [[nodiscard]] std::optional<Time> lastAlive() const { return lastAlive_; }
    /// A sign of life, to be given every few seconds and at the end.
    void signLife(Time now) const;

    /// Takes back what open() made, for a start that is refused for another reason: the lock file, and the
    /// directory when it was new and is empty.
    void abandon();

 private:
    DataDirectory(std::filesystem::path path, int lock, bool created);
    void release() noexcept;

    std::filesystem::path path_;
    int lock_ = -1;
    bool created_ = false;
    std::optional<Time> lastAlive_;
};

}  // namespace dogwatch::control

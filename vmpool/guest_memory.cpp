#include "vmpool/guest_memory.h"

#include <fcntl.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#include <QFile>
#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <span>

#include "vmpool/unique_fd.h"

namespace dogwatch::vmpool {
namespace {

constexpr std::uint64_t kPage = 4096;
constexpr std::uint32_t kNeighbours = 16;  // fault_around_bytes: 64 KiB
/// QEMU has some five hundred mappings; one that made more is not worth reading.
constexpr qint64 kLongestMaps = 1 << 20;
/// Of the kernel's /proc/PID/pagemap (Documentation/admin-guide/mm/pagemap.rst).
constexpr std::uint64_t kPresent = 1ULL << 63U;
constexpr std::uint64_t kOfFile = 1ULL << 61U;

std::vector<std::uint32_t> difference(const std::vector<std::uint32_t>& all,
                                      const std::vector<std::uint32_t>& known) {
    std::vector<std::uint32_t> rest;
    std::set_difference(all.begin(), all.end(), known.begin(), known.end(), std::back_inserter(rest));
    return rest;
}

/// The remote side of one system call: a byte of each page.
class PageBytes {
 public:
    PageBytes(std::int64_t pid, std::uint64_t address) : pid_(static_cast<pid_t>(pid)), address_(address) {}

    /// The first of the pages whose bytes are meant; at most kMost.
    void select(std::span<const std::uint32_t> pages) {
        count_ = std::min(pages.size(), kMost);
        for (std::size_t i = 0; i < count_; ++i) {
            remote_[i] = {reinterpret_cast<void*>(address_ + pages[i] * kPage), 1};
        }
    }
    [[nodiscard]] std::size_t count() const { return count_; }
    [[nodiscard]] bool read() {
        const iovec local{values_.data(), count_};
        return whole(::process_vm_readv(pid_, &local, 1, remote_.data(), count_, 0));
    }
    [[nodiscard]] bool writeBack() {
        const iovec local{values_.data(), count_};
        return whole(::process_vm_writev(pid_, &local, 1, remote_.data(), count_, 0));
    }

 private:
    static constexpr std::size_t kMost = 1024;  // IOV_MAX

    [[nodiscard]] bool whole(ssize_t result) const { return result == static_cast<ssize_t>(count_); }

    pid_t pid_;
    std::uint64_t address_;
    std::size_t count_ = 0;
    std::array<iovec, kMost> remote_{};
    std::array<char, kMost> values_{};
};

}  // namespace

WorkingSet without(const WorkingSet& all, const WorkingSet& known) {
    return {difference(all.written, known.written), difference(all.read, known.read)};
}

std::optional<GuestMemory> GuestMemory::find(std::int64_t pid, std::int64_t bytes) {
    QFile file(QStringLiteral("/proc/%1/maps").arg(pid));
    if (pid <= 0 || !file.open(QIODevice::ReadOnly)) return std::nullopt;
    for (const QByteArray& line : file.read(kLongestMaps).split('\n')) {
        if (!line.contains("/memfd:dogwatch-memory")) continue;
        const qsizetype dash = line.indexOf('-');
        const qsizetype blank = line.indexOf(' ');
        bool isNumber = false;
        const quint64 begin = line.left(dash).toULongLong(&isNumber, 16);
        const quint64 end = line.mid(dash + 1, blank - dash - 1).toULongLong(&isNumber, 16);
        if (isNumber && line.mid(blank + 1, 4) == "rw-p" && end - begin == static_cast<quint64>(bytes)) {
            return GuestMemory(pid, begin, (end - begin) / kPage);
        }
    }
    return std::nullopt;
}

std::optional<WorkingSet> GuestMemory::touched() const {
    const auto path = "/proc/" + std::to_string(pid_) + "/pagemap";
    const UniqueFd file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    std::vector<std::uint64_t> entries(pages_);
    const auto bytes = static_cast<ssize_t>(entries.size() * sizeof(std::uint64_t));
    const auto from = static_cast<off_t>(address_ / kPage * sizeof(std::uint64_t));
    if (!file.valid() ||
        ::pread(file.get(), entries.data(), static_cast<std::size_t>(bytes), from) != bytes) {
        return std::nullopt;
    }
    WorkingSet set;
    for (std::uint32_t page = 0; page < entries.size(); ++page) {
        if ((entries[page] & kPresent) == 0) continue;
        if ((entries[page] & kOfFile) == 0) {
            set.written.push_back(page);
        } else if (set.read.empty() || set.read.back() / kNeighbours != page / kNeighbours) {
            set.read.push_back(page);
        }
    }
    return set;
}

void GuestMemory::bringIn(const WorkingSet& pages) const {
    PageBytes bytes(pid_, address_);
    for (std::span<const std::uint32_t> rest(pages.read); !rest.empty(); rest = rest.subspan(bytes.count())) {
        bytes.select(rest);
        if (!bytes.read()) return;
    }
    for (std::span<const std::uint32_t> rest(pages.written); !rest.empty();
         rest = rest.subspan(bytes.count())) {
        bytes.select(rest);
        if (!bytes.read() || !bytes.writeBack()) return;
    }
}

}  // namespace dogwatch::vmpool

#include "vmpool/guest_memory.h"

#include <QFile>
#include <algorithm>
#include <iterator>

#include "vmpool/process_pages.h"

namespace dogwatch::vmpool {
namespace {

constexpr std::uint32_t kNeighbours = 16;  // fault_around_bytes: 64 KiB
/// QEMU has some five hundred mappings; one that made more is not worth reading.
constexpr qint64 kLongestMaps = 1 << 20;

std::vector<std::uint32_t> difference(const std::vector<std::uint32_t>& all,
                                      const std::vector<std::uint32_t>& known) {
    std::vector<std::uint32_t> rest;
    std::set_difference(all.begin(), all.end(), known.begin(), known.end(), std::back_inserter(rest));
    return rest;
}

std::vector<std::uint64_t> addressesOf(const std::vector<std::uint32_t>& pages, std::uint64_t base) {
    std::vector<std::uint64_t> addresses(pages.size());
    std::transform(pages.begin(), pages.end(), addresses.begin(),
                   [base](std::uint32_t page) { return base + page * kPageBytes; });
    return addresses;
}

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
            return GuestMemory(pid, begin, (end - begin) / kPageBytes);
        }
    }
    return std::nullopt;
}

std::optional<WorkingSet> GuestMemory::touched() const {
    const auto states = pageStates(static_cast<pid_t>(pid_), address_, pages_);
    if (states.size() != pages_) return std::nullopt;
    WorkingSet set;
    for (std::uint32_t page = 0; page < states.size(); ++page) {
        if (states[page] == PageState::Own) {
            set.written.push_back(page);
        } else if (states[page] == PageState::OfFile &&
                   (set.read.empty() || set.read.back() / kNeighbours != page / kNeighbours)) {
            set.read.push_back(page);
        }
    }
    return set;
}

void GuestMemory::bringIn(const WorkingSet& pages) const {
    const auto process = static_cast<pid_t>(pid_);
    if (readPages(process, addressesOf(pages.read, address_))) {
        writePages(process, addressesOf(pages.written, address_));
    }
}

}  // namespace dogwatch::vmpool

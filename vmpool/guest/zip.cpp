#include "vmpool/guest/zip.h"

#include <optional>
#include <string>

#include "vmpool/guest/sandbox.h"
#include "vmpool/guest/text.h"

namespace dogwatch::guest {
namespace {

constexpr std::string_view kEndMark = "PK\x05\x06";
constexpr std::string_view kEntryMark = "PK\x01\x02";
constexpr std::string_view kLocalMark = "PK\x03\x04";
constexpr std::size_t kEndSize = 22;
constexpr std::size_t kEntrySize = 46;
constexpr std::size_t kLocalSize = 30;
constexpr std::size_t kLongestComment = 0xFFFF;
constexpr std::size_t kMostEntries = 20'000;
constexpr std::uint64_t kFileType = 0170000;
constexpr std::uint64_t kRegular = 0100000;
constexpr std::uint64_t kDirectory = 0040000;
constexpr std::uint64_t kUnixHost = 3;

std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;) value = value << 8U | static_cast<std::uint8_t>(bytes[at + i]);
    return value;
}

tl::unexpected<std::string> broken(const std::string& what) {
    return failure("the zip archive is not usable: " + what);
}

/// The end record, which a comment may follow.
std::optional<std::string_view> findEnd(std::string_view archive) {
    if (archive.size() < kEndSize) return std::nullopt;
    const auto first = archive.size() - kEndSize;
    for (std::size_t back = 0; back <= std::min(first, kLongestComment); ++back) {
        const auto end = archive.substr(first - back);
        if (end.starts_with(kEndMark) && number(end, 20, 2) == back) return end;
    }
    return std::nullopt;
}

struct Entry {
    std::string_view name;
    std::uint64_t size = 0;
    std::uint64_t mode = 0;  ///< 0: the archive was not made on a Unix
    std::uint64_t offset = 0;
    bool encrypted = false;
};

/// Takes one entry off the directory.
std::optional<Entry> takeEntry(std::string_view& directory) {
    if (directory.size() < kEntrySize || !directory.starts_with(kEntryMark)) return std::nullopt;
    const auto nameSize = number(directory, 28, 2);
    const auto size = kEntrySize + nameSize + number(directory, 30, 2) + number(directory, 32, 2);
    if (directory.size() < size) return std::nullopt;
    Entry entry;
    entry.name = directory.substr(kEntrySize, nameSize);
    entry.size = number(directory, 24, 4);
    entry.mode = number(directory, 5, 1) == kUnixHost ? number(directory, 40, 2) : 0;
    entry.offset = number(directory, 42, 4);
    entry.encrypted = (number(directory, 8, 2) & 1U) != 0;
    directory.remove_prefix(size);
    return entry;
}

/// The header in front of the entry's content must tell the same name: programs that unpack may read either.
bool isToldTwice(std::string_view archive, const Entry& entry) {
    if (entry.offset > archive.size() || archive.size() - entry.offset < kLocalSize) return false;
    const auto local = archive.substr(entry.offset);
    return local.starts_with(kLocalMark) && number(local, 26, 2) == entry.name.size() &&
           local.substr(kLocalSize, entry.name.size()) == entry.name;
}

Result<void> check(std::string_view archive, const Entry& entry) {
    const auto quoted = '"' + toUtf8(entry.name, 256) + '"';
    auto path = entry.name;
    if (path.ends_with('/')) path.remove_suffix(1);
    if (!isInside(path) || path.find('\\') != std::string_view::npos) {
        return broken(quoted + " would lie outside of the folder that it is unpacked into");
    }
    if (entry.encrypted) return broken(quoted + " is encrypted");
    const auto type = entry.mode & kFileType;
    if (type != 0 && type != kRegular && type != kDirectory) {
        return broken(quoted + " is neither a file nor a folder; links are not unpacked");
    }
    if (!isToldTwice(archive, entry)) return broken("its directory and its content differ at " + quoted);
    return {};
}

}  // namespace

Result<void> checkZip(std::string_view archive, std::int64_t mostBytes) {
    const auto end = findEnd(archive);
    if (!end) return broken("it has no directory at its end");
    const auto entries = number(*end, 10, 2);
    const auto size = number(*end, 12, 4);
    const auto offset = number(*end, 16, 4);
    if (number(*end, 4, 2) != 0 || number(*end, 8, 2) != entries || entries == 0xFFFF) {
        return broken("archives in parts and of the zip64 format are not taken");
    }
    if (entries > kMostEntries)
        return broken("it has more than " + std::to_string(kMostEntries) + " entries");
    const auto before = archive.size() - end->size();
    if (offset > before || size != before - offset) return broken("its directory is not where it says");
    auto directory = archive.substr(offset, size);
    auto left = static_cast<std::uint64_t>(mostBytes);
    for (std::uint64_t i = 0; i < entries; ++i) {
        const auto entry = takeEntry(directory);
        if (!entry) return broken("its directory ends within an entry");
        if (auto checked = check(archive, *entry); !checked) return checked;
        if (entry->size > left) {
            return broken("unpacked it is larger than the " + std::to_string(mostBytes >> 20) +
                          " MiB of memory that the function has");
        }
        left -= entry->size;
    }
    if (!directory.empty()) return broken("its directory holds more than it says");
    return {};
}

}  // namespace dogwatch::guest

#include "core/cli/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QByteArray>
#include <QStringDecoder>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string_view>

namespace dogwatch::cli {
namespace {

tl::unexpected<Error> cannotRead(const std::string& path, int error) {
    return failure(Error::Kind::Io, "Cannot read " + path + ": " + std::strerror(error) + ".");
}

}  // namespace

Result<std::string> readFile(const std::string& path, std::size_t largest) {
    const int fd = path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return cannotRead(path, errno);
    std::string bytes;
    ssize_t got = 0;
    do {
        const auto before = bytes.size();
        constexpr std::size_t kChunk = 256U << 10U;
        bytes.resize(before + kChunk);
        got = ::read(fd, bytes.data() + before, kChunk);
        bytes.resize(before + (got > 0 ? static_cast<std::size_t>(got) : 0));
    } while ((got > 0 && bytes.size() <= largest) || (got < 0 && errno == EINTR));
    const int error = errno;
    ::close(fd);
    if (got < 0) return cannotRead(path, error);
    if (bytes.size() > largest) {
        return failure(Error::Kind::Refused, path + " is larger than the " + std::to_string(largest >> 20U) +
                                                 " MiB that are allowed.");
    }
    return bytes;
}

Result<void> writeFile(const std::string& path, const std::string& bytes) {
    const auto temporary = path + ".part";
    std::ofstream file{temporary, std::ios::binary | std::ios::trunc};
    file << bytes;
    file.close();
    if (!file || std::rename(temporary.c_str(), path.c_str()) != 0) {
        const int error = errno;
        ::unlink(temporary.c_str());
        return failure(Error::Kind::Io, "Cannot write " + path + ": " + std::strerror(error) + ".");
    }
    return {};
}

Result<json::value> readJsonFile(const std::string& path, std::size_t largest) {
    const auto text = readFile(path, largest);
    if (!text) return tl::unexpected(text.error());
    auto value = parseJson(*text);
    if (!value) return malformed(path, "no valid JSON " + jsonFault(value.error()));
    return value;
}

Result<std::vector<Record>> readRecords(const std::string& text) {
    std::vector<Record> records;
    std::size_t number = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        const auto line = std::string_view{text}.substr(begin, end - begin);
        begin = end + 1;
        ++number;
        const auto place = "line " + std::to_string(number);
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        const auto value = parseJson(line);
        if (!value) return malformed(place, value.error().message);
        auto record = recordFromJson(*value);
        if (!record) return malformed(place, record.error().text());
        if (!records.empty() && record->seq <= records.back().seq) {
            return malformed(place,
                             "seq greater than the " + std::to_string(records.back().seq) + " before it");
        }
        if (!records.empty() && record->time < records.back().time) {
            return malformed(place, "a time not before that of the record before it");
        }
        records.push_back(std::move(*record));
    }
    return records;
}

std::string jsonFault(const Error& error) {
    constexpr std::string_view kPrefix = "JSON, but ";
    return error.message.starts_with(kPrefix) ? error.message.substr(kPrefix.size())
                                              : "(expected " + error.message + ")";
}

bool isUtf8(const std::string& bytes) {
    QStringDecoder decoder{QStringDecoder::Utf8, QStringDecoder::Flag::Stateless};
    [[maybe_unused]] const QString text =
        decoder(QByteArrayView{bytes.data(), static_cast<qsizetype>(bytes.size())});
    return !decoder.hasError();
}

}  // namespace dogwatch::cli

#include "core/cli/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
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

Result<json::value> readJsonFile(const std::string& path, std::size_t largest) {
    const auto text = readFile(path, largest);
    if (!text) return tl::unexpected(text.error());
    auto value = parseJson(*text);
    if (!value) return malformed(path, "no valid JSON " + jsonFault(value.error()));
    return value;
}

std::string jsonFault(const Error& error) {
    constexpr std::string_view kPrefix = "JSON, but ";
    return error.message.starts_with(kPrefix) ? error.message.substr(kPrefix.size())
                                              : "(expected " + error.message + ")";
}

bool isUtf8(const std::string& bytes) {
    return parseJson(toJson(json::value(bytes))).has_value();  // JSON text must be UTF-8
}

NewFile::NewFile(std::string path)
    : path_(std::move(path)), part_(path_ + ".part"), stream_(part_, std::ios::binary | std::ios::trunc) {}

NewFile::~NewFile() {
    std::error_code error;
    if (!part_.empty()) std::filesystem::remove(part_, error);
}

Result<void> NewFile::finish() {
    stream_.close();
    std::error_code error;
    if (stream_) std::filesystem::rename(part_, path_, error);
    if (!stream_ || error)
        return failure(Error::Kind::Io, "Cannot write " + path_ + ": check its folder and its disk.");
    part_.clear();
    return {};
}

}  // namespace dogwatch::cli

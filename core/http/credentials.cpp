#include "core/http/credentials.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <system_error>

namespace dogwatch::http {
namespace {

constexpr std::size_t kLargestFile = 64U << 10U;
constexpr std::size_t kLongestValue = 256;

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r";
    const auto first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::string randomText(std::size_t length, std::string_view digits,
                       const std::function<std::uint64_t()>& random) {
    // A power of two of digits: every one of them is equally likely.
    std::string text(length, '\0');
    std::generate(text.begin(), text.end(), [&] { return digits[random() % digits.size()]; });
    return text;
}

tl::unexpected<Error> cannot(const char* what, const std::filesystem::path& file, int error) {
    return failure(Error::Kind::Io, fmt::format("The credentials file {} cannot be {} ({}).", file.string(),
                                                what, std::generic_category().message(error)));
}

Result<Credential> create(const std::filesystem::path& file, const std::function<std::uint64_t()>& random) {
    const Credential made{
        "AKIA" + randomText(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", random),
        randomText(40, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", random)};
    const std::string text = fmt::format(
        "# Made by dogwatchd: sign requests to its HTTP interface with this key.\n"
        "[default]\naws_access_key_id = {}\naws_secret_access_key = {}\n",
        made.accessKey, made.secret);
    // Under another name first, so that a crash leaves no half of it.
    const std::string temporary = file.string() + ".new";
    const int fd =
        ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (fd < 0) return cannot("made", file, errno);
    const bool written = ::fchmod(fd, S_IRUSR | S_IWUSR) == 0 &&
                         ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                         ::fsync(fd) == 0;
    const int error = errno;
    ::close(fd);
    if (!written || std::rename(temporary.c_str(), file.c_str()) != 0) {
        const int reason = written ? errno : error;
        ::unlink(temporary.c_str());
        return cannot("made", file, reason);
    }
    return made;
}

}  // namespace

Result<std::vector<Credential>> parseCredentials(std::string_view text) {
    std::vector<Credential> keys;
    const auto fault = [](int line, const char* expected) {
        return malformed(fmt::format("line {}", line), expected);
    };
    int number = 0;
    while (!text.empty()) {
        const auto line = trimmed(text.substr(0, text.find('\n')));
        text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
        ++number;
        if (line.empty() || line.front() == '#' || line.front() == ';') continue;
        if (line.front() == '[') {
            if (line.size() < 3 || line.back() != ']') return fault(number, "a profile such as [default]");
            keys.emplace_back();
            continue;
        }
        const auto equals = line.find('=');
        if (equals == std::string_view::npos || keys.empty()) {
            return fault(number, "a profile such as [default], then lines of NAME = VALUE");
        }
        const auto name = trimmed(line.substr(0, equals));
        const auto value = trimmed(line.substr(equals + 1));
        if (value.empty() || value.size() > kLongestValue) return fault(number, "a value of 1 to 256 bytes");
        if (name == "aws_access_key_id") keys.back().accessKey = value;
        if (name == "aws_secret_access_key") keys.back().secret = value;
    }
    std::erase_if(keys, [](const Credential& key) { return key.accessKey.empty() || key.secret.empty(); });
    if (keys.empty()) {
        return malformed("",
                         "a profile with aws_access_key_id and aws_secret_access_key; remove the file to "
                         "have a new key made");
    }
    return keys;
}

Result<std::vector<Credential>> loadCredentials(const std::filesystem::path& file,
                                                const std::function<std::uint64_t()>& random) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) {
        if (errno != ENOENT) return cannot("read", file, errno);
        auto made = create(file, random);
        if (!made) return tl::unexpected(made.error());
        return std::vector<Credential>{std::move(*made)};
    }
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return failure(
            Error::Kind::Refused,
            fmt::format("The credentials file {} can be read by others: chmod 600 it, and remove it "
                        "first if its key may be known.",
                        file.string()));
    }
    if (static_cast<std::size_t>(status.st_size) > kLargestFile) return cannot("read", file, EFBIG);
    std::ifstream stream(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream) return cannot("read", file, EIO);
    auto keys = parseCredentials(text);
    if (keys) return keys;
    return failure(Error::Kind::Invalid,
                   fmt::format("The credentials file {} is not understood: expected {}.", file.string(),
                               keys.error().text()));
}

}  // namespace dogwatch::http

#include "core/daemon/config_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>

namespace dogwatch::daemon {
namespace {

constexpr std::uintmax_t kLargestFile = 64U << 10U;
constexpr std::string_view kBlank = " \t\r";

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

bool isSettingName(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

}  // namespace

Result<std::vector<Setting>> parseConfig(std::string_view text) {
    std::vector<Setting> settings;
    for (int number = 1; !text.empty(); ++number) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty() || line.front() == '#') continue;
        const auto place = fmt::format("line {}", number);
        const auto equals = line.find('=');
        const auto name = trimmed(line.substr(0, equals));
        const auto value =
            equals != std::string_view::npos ? trimmed(line.substr(equals + 1)) : std::string_view{};
        if (equals == std::string_view::npos || !isSettingName(name) || value.empty()) {
            return malformed(place, "NAME = VALUE, such as \"max-vms = 4\", or a comment that begins with #");
        }
        const auto same = std::find_if(settings.begin(), settings.end(),
                                       [&](const Setting& each) { return each.name == name; });
        if (same != settings.end()) {
            return malformed(place,
                             fmt::format("each setting once; line {} sets {} already", same->line, name));
        }
        settings.push_back({std::string{name}, std::string{value}, number});
    }
    return settings;
}

Result<std::vector<Setting>> readConfig(const std::filesystem::path& file) {
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    // What is wrong with the way to it is told by whoever opens the data directory.
    if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory ||
        error == std::errc::permission_denied)
        return std::vector<Setting>{};
    std::ifstream stream(file, std::ios::binary);
    if (error || !stream || size > kLargestFile) {
        return failure(Error::Kind::Io,
                       fmt::format("The configuration {} cannot be read: it must be a file of at "
                                   "most 64 KiB that you may read.",
                                   file.string()));
    }
    return parseConfig(std::string{std::istreambuf_iterator<char>(stream), {}});
}

}  // namespace dogwatch::daemon

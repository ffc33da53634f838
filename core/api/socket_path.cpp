#include "core/api/socket_path.h"

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>

namespace dogwatch::api {
namespace {

constexpr std::size_t kLongestPath = 100;  // sun_path holds 108; some room for names beside it

std::string environment(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets it
    return value != nullptr ? value : "";
}

/// FNV-1a: stable between builds, and no secret is at stake.
std::string hashName(std::string_view text) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 1099511628211ULL;
    }
    std::array<char, 17> digits{};
    std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(hash));
    return digits.data();
}

}  // namespace

std::string defaultDataDir() {
    const auto data = environment("XDG_DATA_HOME");
    if (data.starts_with('/'))
        return data + "/dogwatch";  // a relative one is to be ignored (XDG base directories)
    const auto home = environment("HOME");
    return (home.empty() ? std::string{"/tmp"} : home) + "/.local/share/dogwatch";
}

std::string absoluteDataDir(const std::string& dataDir) {
    std::error_code error;
    auto path = std::filesystem::weakly_canonical(std::filesystem::absolute(dataDir, error), error);
    if (error) path = std::filesystem::path{dataDir}.lexically_normal();
    auto text = path.string();
    while (text.size() > 1 && text.ends_with('/')) text.pop_back();
    return text;
}

std::string socketPath(const std::string& dataDir) {
    const auto dir = absoluteDataDir(dataDir);
    auto path = dir + "/dogwatchd.sock";
    if (path.size() <= kLongestPath) return path;
    auto runtime = environment("XDG_RUNTIME_DIR");
    if (!runtime.starts_with('/')) runtime = "/tmp";
    return runtime + "/dogwatch-" + hashName(dir) + ".sock";
}

}  // namespace dogwatch::api

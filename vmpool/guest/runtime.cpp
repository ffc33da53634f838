#include "vmpool/guest/runtime.h"

#include <sys/sysinfo.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "vmpool/guest/sandbox.h"
#include "vmpool/guest/text.h"

namespace dogwatch::guest {
namespace {

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

constexpr std::int64_t kSmallestHeapMiB = 48;
/// Of a VM's memory; as much as the host gives it beyond the largest function that it is for.
constexpr std::int64_t kNotForHeapMiB = 128;

void replace(std::string& word, std::string_view place, const std::string& value) {
    if (const auto at = word.find(place); at != std::string::npos) word.replace(at, place.size(), value);
}

std::vector<std::string> words(const std::string& text, const RuntimePlaces& places) {
    std::vector<std::string> words;
    std::istringstream in(text);
    for (std::string word; in >> word;) {
        replace(word, "{dir}", places.dir);
        replace(word, "{heap_mib}", std::to_string(places.heapMiB));
        words.push_back(std::move(word));
    }
    return words;
}

std::int64_t heapMiB() {
    struct sysinfo system {};
    ::sysinfo(&system);
    const auto total = static_cast<std::int64_t>(system.totalram) * system.mem_unit >> 20;
    return std::max(kSmallestHeapMiB, total - kNotForHeapMiB);
}

}  // namespace

Result<std::string> Runtime::sourceFile(const std::string& named) const {
    if (kind == Kind::Api) return command.front();
    const auto& wanted = named.empty() ? handler : named;
    if (suffix.empty()) {
        if (!isInside(wanted))
            return failure("the handler of " + name + " must be a file name, not \"" + wanted + "\"");
        return wanted;
    }
    const auto dot = wanted.rfind('.');
    const auto module = wanted.substr(0, dot);
    if (dot == std::string::npos || dot + 1 == wanted.size() || !isName(module) ||
        module.find('.') != std::string::npos) {
        return failure("the handler of a single file must be MODULE.FUNCTION, not \"" + wanted + "\"");
    }
    return module + suffix;
}

Result<Runtime> parseRuntime(const std::string& name, std::string_view text, const RuntimePlaces& places) {
    Runtime runtime;
    runtime.name = name;
    std::istringstream in{std::string(text)};
    for (std::string line; std::getline(in, line);) {
        line = trimmed(line.substr(0, line.find('#')));
        if (line.empty()) continue;
        const auto equals = line.find('=');
        const auto key = trimmed(line.substr(0, equals));
        const auto value = equals == std::string::npos ? "" : trimmed(line.substr(equals + 1));
        if (key == "kind" && value == "resident") {
            runtime.kind = Runtime::Kind::Resident;
        } else if (key == "kind" && value == "call") {
            runtime.kind = Runtime::Kind::Call;
        } else if (key == "kind" && value == "api") {
            runtime.kind = Runtime::Kind::Api;
        } else if (key == "command") {
            runtime.command = words(value, places);
        } else if (key == "handler") {
            runtime.handler = value;
        } else if (key == "suffix") {
            runtime.suffix = value;
        } else if (key == "rehearsal") {
            runtime.rehearsal = value;
        } else if (key == "out_of_memory") {
            runtime.outOfMemory = value;
        } else {
            return failure(
                std::string("runtime.conf of ").append(name).append(" has an unknown line: ").append(line));
        }
    }
    if (runtime.command.empty() || runtime.handler.empty()) {
        return failure("runtime.conf of " + name + " lacks a command or a handler");
    }
    return runtime;
}

std::vector<Runtime> findRuntimes(const std::string& outside, const std::string& inside) {
    std::vector<Runtime> runtimes;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(outside, error)) {
        const auto name = entry.path().filename().string();
        std::ifstream file(entry.path() / "runtime.conf");
        if (!file || !isName(name)) continue;
        std::ostringstream text;
        text << file.rdbuf();
        auto runtime =
            parseRuntime(name, text.str(), {std::string(inside).append("/").append(name), heapMiB()});
        if (runtime) {
            runtimes.push_back(std::move(*runtime));
        } else {
            std::fprintf(stderr, "dogwatch-agent: %s\n", runtime.error().c_str());
        }
    }
    std::sort(runtimes.begin(), runtimes.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return runtimes;
}

}  // namespace dogwatch::guest

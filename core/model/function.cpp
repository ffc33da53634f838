#include "core/model/function.h"

#include <absl/strings/escaping.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "core/model/cron.h"
#include "core/model/runtimes.h"

namespace dogwatch {
namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::size_t kLongestHandler = 256;
constexpr std::size_t kLongestSchedule = 512;
constexpr std::size_t kMostTags = 64;
constexpr std::size_t kLongestTag = 256;
constexpr std::size_t kLargestEnvironment = 64U << 10U;
constexpr std::int64_t kLeastMemoryMiB = 16;
constexpr std::int64_t kMostMemoryMiB = 8192;
constexpr std::int64_t kMostConcurrency = 10'000;
constexpr std::int64_t kMostRate = 1'000'000;
constexpr std::int64_t kMostRetries = 100;
constexpr Duration kLongestTimeout = std::chrono::hours{24};

using Check = Result<void>;

template <typename List>
bool contains(const List& list, std::string_view item) {
    return std::find(list.begin(), list.end(), item) != list.end();
}

Result<std::string> readText(const json::value& value, const char* path, std::size_t longest) {
    const auto* text = value.if_string();
    if (text == nullptr || text->size() > longest || text->find('\0') != json::string::npos) {
        return malformed(path, "a string of at most " + std::to_string(longest) + " bytes without NUL");
    }
    return std::string{*text};
}

Check readInteger(const json::value& value, const char* path, std::int64_t least, std::int64_t most,
                  std::int64_t& out) {
    const auto* number = value.if_int64();
    if (number == nullptr || *number < least || *number > most) {
        return malformed(path,
                         "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    }
    out = *number;
    return {};
}

Check readDuration(const json::value& value, const char* path, Duration longest, Duration& out) {
    if (const auto* text = value.if_string()) {
        const auto duration = parseDuration(*text);
        if (duration && *duration <= longest) {
            out = *duration;
            return {};
        }
    }
    return malformed(path, "a duration such as \"30s\", from 1ms to " + toText(longest));
}

Check readTimeOf(const json::value& value, const char* path, Time& out) {
    const auto* number = value.if_int64();
    if (number == nullptr) return malformed(path, "a whole number of microseconds");
    out = timeFromUs(*number);
    return {};
}

/// "10/1s": a count, a slash and a duration. null or "" takes the limit away.
Check readRate(const json::value& value, std::optional<RateLimit>& out) {
    const auto fault = [] {
        return malformed("rate", "a count and a duration such as \"10/1s\", at most " +
                                     std::to_string(kMostRate) + " in at most 366d");
    };
    if (value.is_null()) {
        out.reset();
        return {};
    }
    const auto* string = value.if_string();
    if (string == nullptr) return fault();
    const std::string_view text{*string};
    if (text.empty()) {
        out.reset();
        return {};
    }
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) return fault();
    RateLimit rate;
    const auto [end, code] = std::from_chars(text.data(), text.data() + slash, rate.count);
    const auto window = parseDuration(text.substr(slash + 1));
    if (code != std::errc{} || end != text.data() + slash || rate.count < 1 || rate.count > kMostRate ||
        !window) {
        return fault();
    }
    rate.window = *window;
    out = rate;
    return {};
}

bool isEnvironmentName(std::string_view name) {
    const auto word = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    return !name.empty() && (name[0] < '0' || name[0] > '9') && std::all_of(name.begin(), name.end(), word);
}

Result<std::map<std::string, std::string>> readTexts(const json::value& value, const std::string& path) {
    const auto* object = value.if_object();
    if (object == nullptr) return malformed(path, "an object of strings");
    std::map<std::string, std::string> texts;
    for (const auto& member : *object) {
        const auto* text = member.value().if_string();
        if (text == nullptr || text->find('\0') != json::string::npos) {
            return malformed(path + "." + std::string{member.key()}, "a string without NUL");
        }
        texts.emplace(member.key(), *text);
    }
    return texts;
}

Check readEnvironment(const json::value& value, std::map<std::string, std::string>& out) {
    auto texts = readTexts(value, "env");
    if (!texts) return tl::unexpected(texts.error());
    std::size_t bytes = 0;
    for (const auto& [name, text] : *texts) {
        if (!isEnvironmentName(name)) {
            return malformed("env." + name, "a name of letters, digits and _ that starts with no digit");
        }
        if (name.starts_with("DOGWATCH_")) {
            return malformed("env." + name, "another name: DOGWATCH_ is reserved for Dogwatch itself");
        }
        bytes += name.size() + text.size() + 2;
    }
    if (bytes > kLargestEnvironment) {
        return malformed("env", "at most " + std::to_string(kLargestEnvironment) + " bytes in all");
    }
    out = std::move(*texts);
    return {};
}

Check readTags(const json::value& value, std::map<std::string, std::string>& out) {
    auto texts = readTexts(value, "tags");
    if (!texts) return tl::unexpected(texts.error());
    if (texts->size() > kMostTags) return malformed("tags", "at most " + std::to_string(kMostTags) + " tags");
    for (const auto& [name, text] : *texts) {
        if (name.empty() || name.size() > kLongestTag || text.size() > kLongestTag) {
            return malformed("tags." + name,
                             "a name and a value of at most " + std::to_string(kLongestTag) + " bytes");
        }
    }
    out = std::move(*texts);
    return {};
}

Check readRuntime(const json::value& value, std::string& out) {
    const auto* text = value.if_string();
    if (text != nullptr && contains(kRuntimes, *text)) {
        out = *text;
        return {};
    }
    return malformed("runtime", R"("python3", "sh", "lua", "node" or "provided")");
}

Check readCatchUp(const json::value& value, CatchUp& out) {
    const auto* text = value.if_string();
    if (text != nullptr && *text == "once") {
        out = CatchUp::Once;
    } else if (text != nullptr && *text == "skip") {
        out = CatchUp::Skip;
    } else if (text != nullptr && *text == "all") {
        out = CatchUp::All;
    } else {
        return malformed("catch_up", "\"once\", \"skip\" or \"all\"");
    }
    return {};
}

const char* catchUpName(CatchUp catchUp) {
    switch (catchUp) {
        case CatchUp::Once: return "once";
        case CatchUp::Skip: return "skip";
        case CatchUp::All: return "all";
    }
    return "once";
}

/// "code" is text, or base64 where "zip" is true; both are judged together, whatever their order.
Check readCode(const json::value& value, bool zip, std::string& out) {
    const auto* text = value.if_string();
    if (text == nullptr) return malformed("code", "a string: the source text, or base64 with \"zip\": true");
    if (zip) {
        std::string bytes;
        if (!absl::Base64Unescape({text->data(), text->size()}, &bytes)) {
            return malformed("code", "base64, because \"zip\" is true");
        }
        if (!bytes.starts_with("PK")) return malformed("code", "a zip archive in base64");
        out = std::move(bytes);
    } else {
        out.assign(text->data(), text->size());
    }
    if (out.empty()) return malformed("code", "not empty");
    if (out.size() > kLargestCode) {
        return malformed("code", "at most 50 MiB, not " + std::to_string(out.size()) + " bytes");
    }
    return {};
}

Check assign(Result<std::string> text, std::string& out) {
    if (!text) return tl::unexpected(std::move(text.error()));
    out = std::move(*text);
    return {};
}

Check readMember(std::string_view key, const json::value& value, Function& function) {
    if (key == "name") {
        const auto* text = value.if_string();
        if (text == nullptr || !isName(*text)) {
            return malformed("name", "1 to 64 characters of a-z, A-Z, 0-9, '-', '_' and '.'");
        }
        if (!function.name.empty() && function.name != std::string_view{*text}) {
            return malformed("name", "\"" + function.name + "\": a function cannot be renamed");
        }
        function.name = *text;
        return {};
    }
    if (key == "runtime") return readRuntime(value, function.runtime);
    if (key == "handler") return assign(readText(value, "handler", kLongestHandler), function.handler);
    if (key == "memory") {
        return readInteger(value, "memory", kLeastMemoryMiB, kMostMemoryMiB, function.memoryMiB);
    }
    if (key == "timeout") return readDuration(value, "timeout", kLongestTimeout, function.timeout);
    if (key == "concurrency") {
        return readInteger(value, "concurrency", 0, kMostConcurrency, function.concurrency);
    }
    if (key == "rate") return readRate(value, function.rate);
    if (key == "retries") return readInteger(value, "retries", 0, kMostRetries, function.retries);
    if (key == "max_age") return readDuration(value, "max_age", kLongestDuration, function.maxAge);
    if (key == "schedule") return assign(readText(value, "schedule", kLongestSchedule), function.schedule);
    if (key == "timezone") return assign(readText(value, "timezone", kLongestName), function.timezone);
    if (key == "catch_up") return readCatchUp(value, function.catchUp);
    if (key == "env") return readEnvironment(value, function.environment);
    if (key == "tags") return readTags(value, function.tags);
    if (key == "network") {
        const auto* text = value.if_string();
        if (text == nullptr || (*text != "none" && *text != "user")) {
            return malformed("network", "\"none\" or \"user\"");
        }
        function.network = *text == "user" ? Network::User : Network::None;
        return {};
    }
    if (key == "version") return readInteger(value, "version", 1, INT64_MAX, function.version);
    if (key == "created_at") return readTimeOf(value, "created_at", function.createdAt);
    if (key == "updated_at") return readTimeOf(value, "updated_at", function.updatedAt);
    return malformed(std::string{key}, "no such key: a function has none of this name");
}

Check checkSchedule(const Function& function) {
    if (!isTimezone(function.timezone)) {
        return malformed("timezone", "an IANA time zone such as \"Europe/Berlin\"");
    }
    if (function.schedule.empty()) return {};
    auto cron = Cron::parse(function.schedule, function.timezone);
    if (cron) return {};
    Error error = cron.error();
    if (error.path.empty()) error.path = "schedule";
    return tl::unexpected(std::move(error));
}

json::object textsToJson(const std::map<std::string, std::string>& texts) {
    json::object object;
    for (const auto& [name, text] : texts) object[name] = text;
    return object;
}

}  // namespace

bool isName(std::string_view text) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_' || c == '.';
    };
    return !text.empty() && text.size() <= kLongestName && std::all_of(text.begin(), text.end(), allowed);
}

json::object toJson(const Function& function, bool withCode) {
    json::object object;
    object["name"] = function.name;
    object["version"] = function.version;
    object["runtime"] = function.runtime;
    if (withCode) object["code"] = function.zip ? absl::Base64Escape(function.code) : function.code;
    object["zip"] = function.zip;
    object["handler"] = function.handler;
    object["memory"] = function.memoryMiB;
    object["timeout"] = toText(function.timeout);
    object["concurrency"] = function.concurrency;
    if (function.rate) {
        object["rate"] = std::to_string(function.rate->count) + "/" + toText(function.rate->window);
    } else {
        object["rate"] = nullptr;
    }
    object["retries"] = function.retries;
    object["max_age"] = toText(function.maxAge);
    object["schedule"] = function.schedule;
    object["timezone"] = function.timezone;
    object["catch_up"] = catchUpName(function.catchUp);
    object["env"] = textsToJson(function.environment);
    object["tags"] = textsToJson(function.tags);
    object["network"] = function.network == Network::User ? "user" : "none";
    object["created_at"] = toUs(function.createdAt);
    object["updated_at"] = toUs(function.updatedAt);
    return object;
}

Result<Function> functionFromJson(const json::value& value, const Function* base) {
    const auto* object = value.if_object();
    if (object == nullptr) return malformed("$", "a function: an object with name, runtime and code");
    Function function = base != nullptr ? *base : Function{};
    const auto* code = object->if_contains("code");
    if (const auto* zip = object->if_contains("zip")) {
        if (!zip->is_bool()) return malformed("zip", "true or false");
        if (code == nullptr && zip->get_bool() != function.zip) {
            return malformed("zip", "given together with the code that it describes");
        }
        function.zip = zip->get_bool();
    } else if (code != nullptr) {
        function.zip = false;
    }
    for (const auto& member : *object) {
        if (member.key() == "zip") continue;
        const auto read = member.key() == "code" ? readCode(member.value(), function.zip, function.code)
                                                 : readMember(member.key(), member.value(), function);
        if (!read) return tl::unexpected(read.error());
    }
    if (function.name.empty()) return malformed("name", "required");
    if (function.runtime.empty()) return malformed("runtime", "required");
    if (function.code.empty()) return malformed("code", "required");
    if (const auto schedule = checkSchedule(function); !schedule) return tl::unexpected(schedule.error());
    return function;
}

}  // namespace dogwatch

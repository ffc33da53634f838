#include "core/model/time.h"

#include <absl/time/time.h>
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

namespace dogwatch {
namespace {

using namespace std::chrono_literals;

struct Unit {
    std::string_view name;
    std::int64_t us;
};

// In the order in which sums are written, the largest first.
constexpr std::array kUnits{Unit{"d", 86'400'000'000}, Unit{"h", 3'600'000'000}, Unit{"m", 60'000'000},
                            Unit{"s", 1'000'000}, Unit{"ms", 1'000}};

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// The leading digits of `text` as a number, taken off it. None: no digit there, or too large.
std::optional<std::int64_t> takeNumber(std::string_view& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || !isDigit(text.front())) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

/// One term of a duration such as "30m", taken off `text`, in microseconds.
std::optional<std::int64_t> takeTerm(std::string_view& text) {
    if (text.empty()) return std::nullopt;
    const auto number = takeNumber(text);
    if (!number) return std::nullopt;
    // "ms" before "m": the longest name that fits.
    std::size_t length = 0;
    while (length < text.size() && !isDigit(text[length])) ++length;
    const auto name = text.substr(0, length);
    for (const auto& unit : kUnits) {
        if (unit.name != name) continue;
        text.remove_prefix(length);
        if (*number > std::numeric_limits<std::int64_t>::max() / unit.us) return std::nullopt;
        return *number * unit.us;
    }
    return std::nullopt;
}

constexpr const char* kDurationExpected = "a duration such as \"5s\" or \"1h30m\"";
constexpr const char* kDurationRange = "a duration from 1ms to 366d";

/// Whether the whole text is an integer, a leading '-' allowed.
std::optional<std::int64_t> wholeInteger(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// RFC 3339 wants "+01:00" and a 'T'; ISO 8601 has "+0100", "+01" and, as people write it, a space too.
std::string normalizedIso(std::string_view text) {
    std::string iso{text};
    if (iso.size() > 10 && (iso[10] == ' ' || iso[10] == 't')) iso[10] = 'T';
    if (!iso.empty() && iso.back() == 'z') iso.back() = 'Z';
    const auto sign = iso.find_first_of("+-", 10);
    if (sign == std::string::npos) return iso;
    const auto zone = iso.size() - sign - 1;
    if (zone == 2) iso += ":00";
    if (zone == 4) iso.insert(sign + 3, ":");
    return iso;
}

}  // namespace

std::string toIso(Time time) {
    const auto at = absl::FromUnixMicros(toUs(time));
    const char* format = toUs(time) % 1'000'000 == 0 ? "%Y-%m-%dT%H:%M:%SZ" : "%Y-%m-%dT%H:%M:%E6SZ";
    return absl::FormatTime(format, at, absl::UTCTimeZone());
}

Result<Time> parseAbsoluteTime(std::string_view text) {
    constexpr const char* kExpected = "a whole number of microseconds or an ISO 8601 time with a zone";
    if (const auto us = wholeInteger(text)) return timeFromUs(*us);
    const auto iso = normalizedIso(text);
    for (const char* format : {"%Y-%m-%dT%H:%M:%E*S%Ez", "%Y-%m-%dT%H:%M%Ez"}) {
        absl::Time at;
        std::string error;
        if (absl::ParseTime(format, iso, &at, &error) && at != absl::InfiniteFuture() &&
            at != absl::InfinitePast()) {
            return timeFromUs(absl::ToUnixMicros(at));
        }
    }
    return malformed({}, kExpected);
}

Result<Time> parseTime(std::string_view text, Time now) {
    if (text == "now") return now;
    if (auto absolute = parseAbsoluteTime(text)) return absolute;
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        if (const auto ago = parseDuration(text.substr(1))) {
            return text.front() == '-' ? now - *ago : now + *ago;
        }
    }
    return malformed(
        {}, "a time: microseconds since 1970, ISO 8601 with a zone, or relative such as -24h, not \"" +
                std::string{text} + "\"");
}

Result<Duration> parseDuration(std::string_view text) {
    std::int64_t total = 0;
    if (text.empty()) return malformed({}, kDurationExpected);
    while (!text.empty()) {
        const auto before = text;
        const auto term = takeTerm(text);
        if (!term) {
            // Digits that overflow are out of range rather than misspelt.
            const auto digits = before.find_first_not_of("0123456789");
            const bool huge = digits != 0 && digits != std::string_view::npos && digits > 9;
            return malformed({}, huge ? kDurationRange : kDurationExpected);
        }
        if (*term > toUs(Time{kLongestDuration}) - total) return malformed({}, kDurationRange);
        total += *term;
    }
    if (Duration{total} < kShortestDuration) return malformed({}, kDurationRange);
    return Duration{total};
}

std::string toText(Duration duration) {
    std::string text;
    auto rest = duration.count();
    for (const auto& unit : kUnits) {
        if (rest < unit.us) continue;
        text += fmt::format("{}{}", rest / unit.us, unit.name);
        rest %= unit.us;
    }
    return text.empty() ? "0s" : text;
}

std::string toWords(Duration duration) {
    const auto us = duration.count();
    if (us < 0) return "-" + toWords(-duration);
    const auto decimal = [](double value, const char* unit) {
        return value < 99.95 && value != std::floor(value) ? fmt::format("{:.1f} {}", value, unit)
                                                           : fmt::format("{:.0f} {}", value, unit);
    };
    const auto pair = [](std::int64_t major, const char* majorUnit, std::int64_t minor,
                         const char* minorUnit) {
        return minor == 0 ? fmt::format("{} {}", major, majorUnit)
                          : fmt::format("{} {} {} {}", major, majorUnit, minor, minorUnit);
    };
    if (us < 1'000) return fmt::format("{} µs", us);
    if (us < 999'500) return decimal(static_cast<double>(us) / 1e3, "ms");
    if (us < 59'500'000) return decimal(static_cast<double>(us) / 1e6, "s");
    const auto seconds = (us + 500'000) / 1'000'000;
    if (seconds < 3'600) return pair(seconds / 60, "min", seconds % 60, "s");
    const auto minutes = (seconds + 30) / 60;
    if (minutes < std::int64_t{24} * 60) return pair(minutes / 60, "h", minutes % 60, "min");
    const auto hours = (minutes + 30) / 60;
    return pair(hours / 24, "d", hours % 24, "h");
}

}  // namespace dogwatch

// Time as the journal keeps it: whole microseconds since the Unix epoch, UTC (spec section 1), and
// durations as definitions write them (spec section 4).
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/model/result.h"

namespace dogwatch {

using Duration = std::chrono::microseconds;
using Time = std::chrono::sys_time<Duration>;

/// The time `us` microseconds after the epoch.
constexpr Time timeFromUs(std::int64_t us) {
    return Time{Duration{us}};
}
constexpr std::int64_t toUs(Time time) {
    return time.time_since_epoch().count();
}

/// "2026-03-01T12:00:00.000123Z"; the fraction is left out when it is zero.
std::string toIso(Time time);

/// An integer number of microseconds, ISO 8601 with a zone, or relative to `now` such as "-24h" or "now".
Result<Time> parseTime(std::string_view text, Time now);

/// An integer number of microseconds or ISO 8601 with a zone ("Z", "+01:00", "+0100"): what records may hold.
Result<Time> parseAbsoluteTime(std::string_view text);

constexpr Duration kShortestDuration = std::chrono::milliseconds{1};
constexpr Duration kLongestDuration = std::chrono::days{366};

/// "250ms", "5s", "1h30m": one or more of a whole number and a unit (ms s m h d), added up; 1 ms to 366 d.
Result<Duration> parseDuration(std::string_view text);

/// The shortest form that parseDuration() reads back: "1h30m", "24h", "1d"; "0s" for zero. Microseconds below
/// a millisecond are dropped.
std::string toText(Duration duration);

/// For people, rounded to what matters: "420 µs", "17.5 ms", "1.2 s", "4 min 10 s", "3 h 5 min", "2 d 4 h".
std::string toWords(Duration duration);

}  // namespace dogwatch

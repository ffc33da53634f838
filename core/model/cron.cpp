#include "core/model/cron.h"

#include <absl/time/civil_time.h>
#include <absl/time/time.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <vector>

#include "core/model/grammar.h"

namespace dogwatch {
namespace {

using Bits = std::uint64_t;  ///< the values that a field allows, one bit each

constexpr int kSearchYears = 9;  // the rarest day there is, 29 February, comes within 8

struct Field {
    const char* name;
    int lowest;
    int highest;
    std::array<std::string_view, 12> names;  ///< of the values from firstNamed on; empty: no names
    int firstNamed;
};

constexpr std::array<Field, 6> kFields = {{
    {"second", 0, 59, {}, 0},
    {"minute", 0, 59, {}, 0},
    {"hour", 0, 23, {}, 0},
    {"day of month", 1, 31, {}, 0},
    {"month", 1, 12, {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}, 1},
    {"day of week", 0, 7, {"sun", "mon", "tue", "wed", "thu", "fri", "sat"}, 0},
}};

std::vector<std::string_view> split(std::string_view text, std::string_view separators, bool keepEmpty) {
    std::vector<std::string_view> parts;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find_first_of(separators, start), text.size());
        if (keepEmpty || end > start) parts.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    return parts;
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::optional<int> parseNumber(std::string_view text, int lowest, int highest) {
    int number = 0;
    const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
    if (!digits || std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc{}) {
        return std::nullopt;
    }
    return number >= lowest && number <= highest ? std::optional(number) : std::nullopt;
}

std::optional<int> parseValue(std::string_view text, const Field& field) {
    std::string name(text);
    std::transform(name.begin(), name.end(), name.begin(), lower);
    const auto* known = std::find(field.names.begin(), field.names.end(), name);
    if (!name.empty() && known != field.names.end()) {
        return field.firstNamed + static_cast<int>(known - field.names.begin());
    }
    return parseNumber(text, field.lowest, field.highest);
}

/// One item of a field's list: `*`, `*/n`, a, a-b, a-b/n.
std::optional<Bits> parseItem(std::string_view item, const Field& field) {
    const std::size_t slash = item.find('/');
    const std::string_view span = item.substr(0, slash);
    const std::size_t dash = span.find('-');
    std::optional<int> step = 1;
    if (slash != std::string_view::npos) step = parseNumber(item.substr(slash + 1), 1, field.highest);
    std::optional<int> first = field.lowest;
    std::optional<int> last = field.highest;
    if (span != "*") {
        if (slash != std::string_view::npos && dash == std::string_view::npos) return std::nullopt;  // a/n
        first = parseValue(span.substr(0, dash), field);
        last = dash == std::string_view::npos ? first : parseValue(span.substr(dash + 1), field);
    }
    if (!step || !first || !last || *last < *first) return std::nullopt;
    Bits bits = 0;
    for (int value = *first; value <= *last; value += *step) bits |= Bits{1} << static_cast<unsigned>(value);
    return bits;
}

Result<Bits> parseField(std::string_view text, const Field& field, const Grammar& grammar) {
    Bits bits = 0;
    for (const std::string_view item : split(text, ",", true)) {
        const auto allowed = parseItem(item, field);
        if (!allowed) {
            return malformed(
                {},
                grammar.say("a schedule whose {} is *, */n, a number, a-b, a-b/n or a list of these, from "
                            "{} to {}, not \"{}\"",
                            grammar.translated(field.name), field.lowest, field.highest, text));
        }
        bits |= *allowed;
    }
    return bits;
}

/// The lowest value from `from` on.
std::optional<int> next(Bits bits, int from) {
    const Bits left = from < 64 ? bits >> static_cast<unsigned>(from) : 0;
    return left != 0 ? std::optional(from + std::countr_zero(left)) : std::nullopt;
}

std::optional<Time> fromAbsl(absl::Time time) {
    const absl::Time latest = absl::FromUnixMicros(std::numeric_limits<std::int64_t>::max());
    return time < latest ? std::optional(timeFromUs(absl::ToUnixMicros(time))) : std::nullopt;
}

struct ClockTime {
    int hour = 0;
    int minute = 0;
    int second = 0;
};

}  // namespace

struct Cron::Schedule {
    std::string text;
    std::string timezone;
    absl::TimeZone zone;
    Bits seconds = 0;
    Bits minutes = 0;
    Bits hours = 0;
    Bits days = 0;
    Bits months = 0;
    Bits weekdays = 0;          ///< Sunday is 0
    bool eitherDay = false;     ///< both day fields are other than `*`: either may match
    bool followsClock = false;  ///< through clock changes; otherwise each instant happens once

    Result<void> parse(const Grammar& grammar);
    std::optional<Time> after(Time time) const;

 private:
    Bits daysOf(absl::CivilMonth month) const;
    std::optional<ClockTime> clockFrom(ClockTime from) const;
    std::optional<absl::CivilSecond> wallFrom(absl::CivilSecond from) const;
    std::optional<absl::Time> followingFrom(absl::Time from) const;
    std::optional<absl::Time> onceFrom(absl::Time from) const;
};

Result<void> Cron::Schedule::parse(const Grammar& grammar) {
    auto fields = split(text, " \t\n\v\f\r", false);
    if (fields.size() == 5) fields.insert(fields.begin(), "0");
    if (fields.size() != 6) {
        return malformed({}, grammar.say("a schedule of five fields, or six with seconds first"));
    }
    const std::array<Bits*, 6> targets = {&seconds, &minutes, &hours, &days, &months, &weekdays};
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto bits = parseField(fields[i], kFields[i], grammar);
        if (!bits) return tl::unexpected(bits.error());
        *targets[i] = *bits;
    }
    constexpr Bits kSunday = 1;
    if ((weekdays & (kSunday << 7U)) != 0) weekdays |= kSunday;
    eitherDay = fields[3] != "*" && fields[5] != "*";
    followsClock = fields[1].starts_with('*') || fields[2].starts_with('*');
    return {};
}

/// The days of a month on which it comes.
Bits Cron::Schedule::daysOf(absl::CivilMonth month) const {
    const absl::CivilDay first(month);
    const auto length = static_cast<unsigned>(absl::CivilDay(month + 1) - first);
    const int firstWeekday = (static_cast<int>(absl::GetWeekday(first)) + 1) % 7;  // absl's Monday is 0
    Bits byWeekday = 0;
    for (unsigned day = 1; day <= length; ++day) {
        const unsigned weekday = (static_cast<unsigned>(firstWeekday) + day - 1) % 7;
        byWeekday |= ((weekdays >> weekday) & 1U) << day;
    }
    const Bits inMonth = ((Bits{1} << length) - 1) << 1U;
    return (eitherDay ? days | byWeekday : days & byWeekday) & inMonth;
}

/// The first time of day that matches, from one on.
std::optional<ClockTime> Cron::Schedule::clockFrom(ClockTime from) const {
    const ClockTime lowest{*next(hours, 0), *next(minutes, 0), *next(seconds, 0)};
    for (auto hour = next(hours, from.hour); hour; hour = next(hours, *hour + 1)) {
        if (*hour > from.hour) return ClockTime{*hour, lowest.minute, lowest.second};
        for (auto minute = next(minutes, from.minute); minute; minute = next(minutes, *minute + 1)) {
            if (*minute > from.minute) return ClockTime{*hour, *minute, lowest.second};
            if (const auto second = next(seconds, from.second)) return ClockTime{*hour, *minute, *second};
        }
    }
    return std::nullopt;
}

/// The first reading of a wall clock that matches, from one on.
std::optional<absl::CivilSecond> Cron::Schedule::wallFrom(absl::CivilSecond from) const {
    const absl::CivilDay today(from);
    for (absl::CivilMonth month(from); month.year() <= from.year() + kSearchYears; ++month) {
        if (((months >> static_cast<unsigned>(month.month())) & 1U) == 0) continue;
        const Bits matching = daysOf(month);
        const int start = month == absl::CivilMonth(today) ? today.day() : 1;
        for (auto day = next(matching, start); day; day = next(matching, *day + 1)) {
            const absl::CivilDay date(month.year(), month.month(), *day);
            const ClockTime earliest =
                date == today ? ClockTime{from.hour(), from.minute(), from.second()} : ClockTime{};
            if (const auto clock = clockFrom(earliest)) {
                return absl::CivilSecond(date.year(), date.month(), date.day(), clock->hour, clock->minute,
                                         clock->second);
            }
        }
    }
    return std::nullopt;
}

/// The first instant from `from` on (a whole second) at which the clock shows a match, whichever way it is
/// set.
std::optional<absl::Time> Cron::Schedule::followingFrom(absl::Time from) const {
    using Kind = absl::TimeZone::TimeInfo;
    absl::CivilSecond reading = zone.At(from).cs;
    const auto here = zone.At(reading);
    bool again = false;  // in the second pass of an hour that the clock repeats
    if (here.kind == Kind::REPEATED) {
        again = from >= here.trans;
        if (!again) {
            const auto wall = wallFrom(reading);
            if (wall && zone.At(*wall).trans == here.trans && zone.At(*wall).kind == Kind::REPEATED) {
                return zone.At(*wall).pre;
            }
            reading = zone.At(here.trans).cs;
            again = true;
        }
    }
    while (const auto wall = wallFrom(reading)) {
        const auto info = zone.At(*wall);
        if (info.kind == Kind::UNIQUE) return info.pre;
        if (info.kind == Kind::REPEATED) return again && info.trans == here.trans ? info.post : info.pre;
        reading = zone.At(info.trans).cs;  // skipped: the clock goes on from the end of the gap
    }
    return std::nullopt;
}

/// The same for a schedule each of whose instants happens once.
std::optional<absl::Time> Cron::Schedule::onceFrom(absl::Time from) const {
    using Kind = absl::TimeZone::TimeInfo;
    // Behind the second before, so that what a gap that ends here has skipped is not passed over.
    absl::CivilSecond reading = zone.At(from - absl::Seconds(1)).cs + 1;
    while (const auto wall = wallFrom(reading)) {
        const auto info = zone.At(*wall);
        const absl::Time instant = info.kind == Kind::SKIPPED ? info.trans : info.pre;
        if (instant >= from) return instant;
        // A second pass: what it repeats has happened. Go on behind it.
        reading = std::max(*wall + 1, zone.At(info.trans).cs + absl::ToInt64Seconds(info.post - info.pre));
    }
    return std::nullopt;
}

std::optional<Time> Cron::Schedule::after(Time time) const {
    const auto second = std::chrono::floor<std::chrono::seconds>(time);
    const absl::Time from = absl::FromUnixSeconds(second.time_since_epoch().count() + 1);
    const auto instant = followsClock ? followingFrom(from) : onceFrom(from);
    return instant ? fromAbsl(*instant) : std::nullopt;
}

Cron::Cron(std::shared_ptr<const Schedule> schedule) : schedule_(std::move(schedule)) {}

Cron::Cron() : Cron(*parse("* * * * *")) {}

Result<Cron> Cron::parse(std::string_view text, std::string_view timezone) {
    return parse(text, timezone, Grammar::english());
}

Result<Cron> Cron::parse(std::string_view text, std::string_view timezone, const Grammar& grammar) {
    auto schedule = std::make_shared<Schedule>();
    schedule->text = text;
    schedule->timezone = timezone;
    schedule->zone = absl::UTCTimeZone();
    if (const auto parsed = schedule->parse(grammar); !parsed) return tl::unexpected(parsed.error());
    if (!schedule->after(Time{})) {
        return malformed({}, grammar.say("a schedule that comes some day; this one never does"));
    }
    if (!isTimezone(timezone) || !absl::LoadTimeZone(schedule->timezone, &schedule->zone)) {
        return malformed("timezone",
                         grammar.say("an IANA time zone such as \"Europe/Berlin\", not \"{}\"", timezone));
    }
    return Cron(std::move(schedule));
}

std::optional<Time> Cron::after(Time time) const {
    return schedule_->after(time);
}
const std::string& Cron::text() const {
    return schedule_->text;
}
const std::string& Cron::timezone() const {
    return schedule_->timezone;
}

bool Cron::operator==(const Cron& other) const {
    return text() == other.text() && timezone() == other.timezone();
}

bool isTimezone(std::string_view name) {
    // What is found beside the IANA names: files elsewhere, the machine's own zone, copies that count leap
    // seconds.
    static constexpr std::array<std::string_view, 5> kForeign = {"/", "right/", "posix/", "Fixed/",
                                                                 "localtime"};
    const auto foreign = [name](std::string_view prefix) { return name.starts_with(prefix); };
    if (name.empty() || std::any_of(kForeign.begin(), kForeign.end(), foreign)) return false;
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '-' || c == '+' || c == '/';
    };
    absl::TimeZone zone;
    return std::all_of(name.begin(), name.end(), allowed) && absl::LoadTimeZone(std::string(name), &zone);
}

}  // namespace dogwatch

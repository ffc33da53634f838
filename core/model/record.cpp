#include "core/model/record.h"

#include <cmath>
#include <optional>

namespace dogwatch {
namespace {

/// An exact whole number below 2^53 in magnitude, however it was written (1 and 1.0 are equal).
std::optional<std::int64_t> wholeNumber(const json::value& value) {
    constexpr std::int64_t kExact = 1LL << 53U;
    if (const auto* number = value.if_int64()) {
        if (*number > -kExact && *number < kExact) return *number;
    } else if (const auto* real = value.if_double()) {
        if (std::abs(*real) < static_cast<double>(kExact) && std::floor(*real) == *real) {
            return static_cast<std::int64_t>(*real);
        }
    }
    return std::nullopt;
}

Result<Time> readTime(const json::value& value) {
    if (const auto us = wholeNumber(value)) return timeFromUs(*us);
    if (const auto* text = value.if_string()) {
        // Where whole microseconds are exact: the years 1685 to 2255.
        if (const auto time = parseAbsoluteTime(*text); time && wholeNumber(toUs(*time))) return *time;
    }
    return malformed("time", "a whole number of microseconds or an ISO 8601 time with a zone");
}

}  // namespace

json::object toJson(const Record& record) {
    json::object object;
    object.reserve(record.fields.size() + 3);
    if (record.seq != 0) object["seq"] = record.seq;
    object["time"] = toUs(record.time);
    object["event"] = record.event;
    for (const auto& member : record.fields) object.insert_or_assign(member.key(), member.value());
    return object;
}

Result<Record> recordFromJson(const json::value& value, bool requireSeq) {
    const auto* object = value.if_object();
    if (object == nullptr) return malformed("$", "a record: an object with seq, time and event");
    Record record;
    for (const auto& member : *object) {
        if (member.key() == "seq") {
            const auto seq = wholeNumber(member.value());
            if (!seq || *seq < 0) return malformed("seq", "a whole number");
            record.seq = *seq;
        } else if (member.key() == "time") {
            auto time = readTime(member.value());
            if (!time) return tl::unexpected(time.error());
            record.time = *time;
        } else if (member.key() == "event") {
            const auto* event = member.value().if_string();
            if (event == nullptr || event->empty()) return malformed("event", "a non-empty string");
            record.event.assign(event->data(), event->size());
        } else {
            record.fields.insert_or_assign(member.key(), member.value());
        }
    }
    if (requireSeq && !object->contains("seq")) return malformed("seq", "required");
    if (!object->contains("time")) return malformed("time", "required");
    if (record.event.empty()) return malformed("event", "required");
    return record;
}

}  // namespace dogwatch

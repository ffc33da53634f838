#include "core/model/silence.h"

namespace dogwatch {
namespace {

/// Instants closer together than they last join into one time: looking this far ahead for its end is enough
/// for people, and bounded.
constexpr int kMostJoined = 1000;

}  // namespace

std::optional<Time> Silence::holdsUntil(Time time) const {
    if (time < since) return std::nullopt;
    if (until) return time < *until ? until : std::nullopt;
    auto instant = schedule.after(time - lasts);
    if (!instant || *instant > time) return std::nullopt;
    Time end = *instant + lasts;
    for (int i = 0; i < kMostJoined; ++i) {
        instant = schedule.after(*instant);
        if (!instant || *instant > end) break;
        end = *instant + lasts;
    }
    return end;
}

json::object toJson(const Silence& silence) {
    json::object object{{"since", toUs(silence.since)}};
    if (silence.until) {
        object["until"] = toUs(*silence.until);
    } else {
        object["schedule"] = silence.schedule.text();
        object["for"] = toText(silence.lasts);
        object["timezone"] = silence.schedule.timezone();
    }
    object["reason"] = silence.reason;
    object["by"] = silence.by;
    return object;
}

Result<Silence> silenceFromJson(const json::object& object) {
    Silence silence;
    silence.since = timeFromUs(intMember(object, "since"));
    silence.reason = stringMember(object, "reason");
    silence.by = stringMember(object, "by");
    if (object.contains("until")) {
        silence.until = timeFromUs(intMember(object, "until"));
        return silence;
    }
    const auto zone = stringMember(object, "timezone");
    auto schedule = Cron::parse(stringMember(object, "schedule"), zone.empty() ? "UTC" : zone);
    if (!schedule) {
        return malformed(schedule.error().path.empty() ? "schedule" : "timezone", schedule.error().message);
    }
    silence.schedule = std::move(*schedule);
    const auto lasts = parseDuration(stringMember(object, "for"));
    if (!lasts) return malformed("for", lasts.error().message);
    silence.lasts = *lasts;
    return silence;
}

}  // namespace dogwatch

// metaevents.silence | unsilence, firings.acknowledge: what people do about firings.
#include <pwd.h>
#include <unistd.h>

#include <fmt/format.h>

#include <chrono>

#include "core/api/encode.h"
#include "core/api/methods.h"

namespace dogwatch::api {
namespace {

constexpr std::size_t kLongestText = 1000;
constexpr std::size_t kMostFirings = 1000;

/// Who asks: as they say, else the user whose control plane it is, since it answers no other.
std::string askedBy(Params& params) {
    std::string by = params.textOr("by");
    if (!by.empty()) return by;
    const passwd* user = ::getpwuid(::getuid());
    return user != nullptr ? std::string{user->pw_name} : std::to_string(::getuid());
}

Result<void> checkLength(std::string_view key, const std::string& text) {
    if (text.size() <= kLongestText) return {};
    return malformed(std::string{key}, fmt::format("a text of at most {} bytes", kLongestText));
}

/// "until" a time, "for" a duration from now on, or "schedule" and "for": each time for so long.
Result<Silence> readSilence(Params& params, Time now) {
    Silence silence;
    silence.reason = params.textOr("reason");
    silence.by = askedBy(params);
    const auto until = params.time("until");
    const auto lasts = params.duration("for");
    const std::string schedule = params.textOr("schedule");
    const std::string zone = params.textOr("timezone", "UTC");
    if (const auto fine = params.check(); !fine) return tl::unexpected(fine.error());
    if (const auto fine = checkLength("reason", silence.reason); !fine) return tl::unexpected(fine.error());
    if (const auto fine = checkLength("by", silence.by); !fine) return tl::unexpected(fine.error());
    if (!schedule.empty()) {
        if (until) return malformed("until", "nothing beside \"schedule\": a silence ends once, or recurs");
        if (!lasts) return malformed("for", "how long each silence of the schedule lasts, such as \"2h\"");
        auto cron = Cron::parse(schedule, zone);
        if (!cron)
            return malformed(cron.error().path.empty() ? "schedule" : "timezone", cron.error().message);
        silence.schedule = std::move(*cron);
        silence.lasts = *lasts;
        return silence;
    }
    if (until.has_value() == lasts.has_value()) {
        return malformed("until", "a time, or \"for\": a duration; and with \"schedule\" it recurs");
    }
    silence.until = until ? *until : now + *lasts;
    if (*silence.until <= now) return malformed("until", "a time in the future");
    return silence;
}

/// Answers with the metaevent as it then stands.
control::Reply<std::string> shown(const Context& context, const Answer& answer) {
    return [&plane = context.plane, answer](const Result<std::string>& name) {
        if (!name) return answer(tl::unexpected(name.error()));
        const auto row = plane.metaevents().show(*name);
        if (!row) return answer(tl::unexpected(row.error()));
        answer(json::value(encodeMetaevent(*row)));
    };
}

void silence(const Context& context, Params& params, const Answer& answer) {
    const std::string name = params.text("name");
    auto asked = readSilence(params, context.plane.now());
    if (!asked) return answer(tl::unexpected(asked.error()));
    context.plane.metaevents().silence(name, std::move(*asked), shown(context, answer));
}

void unsilence(const Context& context, Params& params, const Answer& answer) {
    const std::string name = params.text("name");
    const std::string by = askedBy(params);
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    context.plane.metaevents().unsilence(name, by, shown(context, answer));
}

void acknowledge(const Context& context, Params& params, const Answer& answer) {
    const std::vector<std::string> firings = params.texts("firings");
    const std::string note = params.textOr("note");
    const std::string by = askedBy(params);
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    if (const auto fine = checkLength("note", note); !fine) return answer(tl::unexpected(fine.error()));
    if (const auto fine = checkLength("by", by); !fine) return answer(tl::unexpected(fine.error()));
    if (firings.size() > kMostFirings) {
        return answer(malformed("firings", fmt::format("at most {} firings", kMostFirings)));
    }
    context.plane.metaevents().acknowledge(
        firings, by, note, encoded<std::vector<Firing>>(answer, [](const std::vector<Firing>& acknowledged) {
            return json::object{
                {"firings", encodeList(acknowledged, [](const Firing& firing) { return toJson(firing); })}};
        }));
}

}  // namespace

std::vector<Method> actMethods() {
    return {{"metaevents.silence",
             {"name", "until?", "for?", "schedule?", "timezone?", "reason?", "by?"},
             silence},
            {"metaevents.unsilence", {"name", "by?"}, unsilence},
            {"firings.acknowledge", {"firings", "note?", "by?"}, acknowledge}};
}

}  // namespace dogwatch::api

// metaevents silence | unsilence, firings ack
#include "core/cli/act_commands.h"

#include "core/cli/commands.h"

namespace dogwatch::cli {
namespace {

void copyOption(const Arguments& arguments, std::string_view option, std::string_view key,
                json::object& params) {
    if (const auto value = arguments.value(option)) params[key] = *value;
}

std::string inBrackets(const json::object& object, std::string_view key) {
    const auto text = stringMember(object, key);
    return text.empty() ? std::string{} : " (" + printable(text) + ")";
}

}  // namespace

std::string actsCell(const json::object& firing) {
    std::string text;
    if (const auto* silenced = firing.if_contains("silenced"); silenced != nullptr && silenced->is_object())
        text = "silenced" + inBrackets(silenced->get_object(), "reason");
    if (const auto* seen = firing.if_contains("acknowledged"); seen != nullptr && seen->is_object()) {
        const auto& object = seen->get_object();
        if (!text.empty()) text += ", ";
        text += "seen by " + textCell(object, "by") + inBrackets(object, "note");
    }
    return text.empty() ? "-" : text;
}

std::string silencesText(const json::object& metaevent, Time now) {
    std::string text;
    const auto* silences = metaevent.if_contains("silences");
    if (silences == nullptr || !silences->is_array()) return text;
    for (const auto& value : silences->get_array()) {
        if (!value.is_object()) continue;
        const auto& silence = value.get_object();
        if (!text.empty()) text += ", ";
        text += silence.contains("until")
                    ? "until " + timeCell(silence, "until", now)
                    : "at " + textCell(silence, "schedule") + " " + textCell(silence, "timezone") + " for " +
                          textCell(silence, "for");
        text += inBrackets(silence, "reason");
    }
    return text;
}

int silenceMetaevent(Session& session, const Arguments& arguments) {
    json::object params{{"name", arguments.operand()}};
    const auto until = arguments.time("--until", session.now());
    if (!until) return session.misuse(until.error());
    const auto lasts = arguments.duration("--for");
    if (!lasts) return session.misuse(lasts.error());
    const bool recurs = arguments.has("--schedule");
    if (*until && (*lasts || recurs)) {
        return session.misuse({Error::Kind::Invalid, "--until stands alone: give --for D instead.", {}});
    }
    if (!*until && !*lasts) {
        return session.misuse({Error::Kind::Invalid,
                               recurs ? "--schedule needs --for D: how long each silence lasts."
                                      : "Say how long: --for D or --until T.",
                               {}});
    }
    if (*until) params["until"] = toUs(**until);
    for (const auto& [option, key] : {std::pair{"--for", "for"},
                                      {"--schedule", "schedule"},
                                      {"--timezone", "timezone"},
                                      {"--reason", "reason"},
                                      {"--by", "by"}}) {
        copyOption(arguments, option, key, params);
    }
    const auto answer = session.ask("metaevents.silence", params);
    if (!answer) return session.fail(answer.error());
    if (session.json()) {
        session.printLine(*answer);
    } else {
        session.out() << "metaevent " << arguments.operand() << " silenced "
                      << silencesText(*answer, session.now()) << '\n';
    }
    return kDone;
}

int unsilenceMetaevent(Session& session, const Arguments& arguments) {
    json::object params{{"name", arguments.operand()}};
    copyOption(arguments, "--by", "by", params);
    const auto answer = session.ask("metaevents.unsilence", params);
    if (!answer) return session.fail(answer.error());
    if (session.json()) {
        session.printLine(*answer);
    } else {
        session.out() << "metaevent " << arguments.operand() << " runs its jobs again\n";
    }
    return kDone;
}

int acknowledgeFirings(Session& session, const Arguments& arguments) {
    json::object params{{"firings", json::array(arguments.operands.begin(), arguments.operands.end())}};
    copyOption(arguments, "--note", "note", params);
    copyOption(arguments, "--by", "by", params);
    auto answer = session.ask("firings.acknowledge", params);
    if (!answer) return session.fail(answer.error());
    const auto firings = listMember(*answer, "firings");
    if (session.json()) {
        session.printLines(firings);
        return kDone;
    }
    for (const auto& value : firings) {
        const auto& firing = value.get_object();
        session.out() << "firing " << textCell(firing, "firing") << " of " << textCell(firing, "metaevent")
                      << ' ' << actsCell(firing) << '\n';
    }
    return kDone;
}

}  // namespace dogwatch::cli

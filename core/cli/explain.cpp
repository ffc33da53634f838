// metaevents explain, and the same for a firing.
#include "core/cli/explain.h"

#include <algorithm>

#include "core/cli/commands.h"
#include "core/cli/long_work.h"

namespace dogwatch::cli {
namespace {

/// "> false  there have been at least 5 failures of import within the last hour: it is 3, needed at least 5"
void printCondition(Session& session, const json::object& condition) {
    const bool holds = boolMember(condition, "holds");
    const bool decides = boolMember(condition, "decides");
    const auto level = std::clamp<std::int64_t>(intMember(condition, "level"), 0, 16);
    const Colour colour = !decides ? Colour::Dim : holds ? Colour::Good : Colour::Strong;
    session.out() << (decides ? "> " : "  ") << session.palette().paint(holds ? "true " : "false", colour)
                  << std::string(2 + 2 * static_cast<std::size_t>(level), ' ')
                  << printable(stringMember(condition, "clause"));
    const auto detail = stringMember(condition, "detail");
    if (!detail.empty()) session.out() << ": " << printable(detail);
    session.out() << '\n';
}

/// Further keys of a partition, which `--key` chooses.
void printKeys(Session& session, json::object& answer) {
    const auto keys = listMember(answer, "keys");
    const auto count = intMember(answer, "key_count");
    if (count < 2) return;
    constexpr std::size_t kShown = 10;
    session.out() << '\n'
                  << session.palette().paint("keys (--key chooses; * is true now)", Colour::Dim) << '\n';
    for (std::size_t i = 0; i < std::min(kShown, keys.size()); ++i) {
        const auto& key = keys[i].get_object();
        const auto* values = key.if_contains("key");
        session.out() << (boolMember(key, "holds") ? "* " : "  ")
                      << (values != nullptr ? printable(toJson(*values)) : "") << '\n';
    }
    if (static_cast<std::size_t>(count) > kShown) {
        session.out() << "  and " << count - static_cast<std::int64_t>(kShown) << " more\n";
    }
}

Result<json::object> askWhy(Session& session, json::object params) {
    const Interrupt interrupt;
    ProgressLine line(session.err(), !session.json());
    if (line.isShown()) params["progress"] = true;
    return session.ask("metaevents.explain", params, listening(line));
}

}  // namespace

int explainMetaevent(Session& session, const Arguments& arguments) {
    json::object params{{"name", arguments.operand()}};
    const auto at = arguments.time("--at", session.now());
    if (!at) return session.misuse(at.error());
    const auto firing = arguments.value("--firing");
    if (firing && *at) return session.misuse({Error::Kind::Invalid, "Give --at or --firing, not both.", {}});
    if (firing) {
        params["firing"] = *firing;
    } else {
        params["at"] = toUs(at->value_or(session.now()));
    }
    if (const auto key = arguments.value("--key")) {
        const auto value = parseJson(*key);
        if (!value || !value->is_array()) {
            return session.misuse({Error::Kind::Invalid,
                                   "--key wants a list of the partition's values as JSON, such as "
                                   "'[\"import\"]'.",
                                   {}});
        }
        params["key"] = *value;
    }
    auto answer = askWhy(session, params);
    if (!answer) return session.fail(answer.error());
    if (session.json()) {
        session.printLine(*answer);
        return kDone;
    }
    const auto sentence = stringMember(*answer, "sentence");
    if (!sentence.empty()) session.out() << arguments.operand() << ": " << printable(sentence) << "\n\n";
    session.out() << printable(stringMember(*answer, "summary")) << '\n';
    const auto conditions = listMember(*answer, "conditions");
    if (!conditions.empty()) {
        session.out() << '\n'
                      << session.palette().paint("conditions (those marked > make it what it is)",
                                                 Colour::Dim)
                      << '\n';
    }
    for (const auto& condition : conditions) printCondition(session, condition.get_object());
    printKeys(session, *answer);
    return kDone;
}

void printWhy(Session& session, const json::object& firing) {
    auto why = askWhy(
        session, {{"name", stringMember(firing, "metaevent")}, {"firing", stringMember(firing, "firing")}});
    session.out() << '\n' << session.palette().paint("why", Colour::Dim) << '\n';
    if (!why) {
        session.out() << printable(why.error().text()) << '\n';
        return;
    }
    for (const auto& condition : listMember(*why, "conditions")) {
        printCondition(session, condition.get_object());
    }
}

}  // namespace dogwatch::cli

#include <algorithm>
#include <utility>

#include "core/engine/account.h"
#include "core/model/json_lists.h"
#include "core/model/sentence.h"

namespace dogwatch::engine {
namespace {

/// [op, number], as definitions write it; null: it compares nothing.
json::value boundOf(const Condition& condition) {
    return std::visit(
        [](const auto& spec) -> json::value {
            if constexpr (requires { spec.is; }) {
                return json::array{operatorName(spec.is.op), spec.is.number};
            } else {
                return nullptr;
            }
        },
        condition.kind);
}

json::object encodeRun(const ConditionMoment::Run& run) {
    return {{"started", toUs(run.started)}, {"step", run.step}, {"ends", toUs(run.ends)}};
}

json::object encodeCondition(const ConditionMoment& moment, const Condition* condition, Time at,
                             const Account& account) {
    json::object object{{"path", moment.path},
                        {"condition", moment.op},
                        {"level", moment.level},
                        {"holds", moment.holds},
                        {"decides", moment.decides},
                        {"since", timeOrNull(moment.since)},
                        {"rises", moment.rises},
                        {"last_rise", timeOrNull(moment.lastRise)},
                        {"number", moment.number ? json::value(*moment.number) : json::value(nullptr)},
                        {"samples", moment.samples},
                        {"deadline", timeOrNull(moment.deadline)},
                        {"changes", timeOrNull(moment.changes)},
                        {"evidence", json::value_from(moment.evidence)}};
    if (moment.excused > Duration::zero()) object["excused_us"] = moment.excused.count();
    if (moment.op == "sequence") {
        object["runs"] = encodeList(moment.runs, encodeRun);
        object["run_count"] = moment.runCount;
    }
    if (condition == nullptr) return object;
    object["bound"] = boundOf(*condition);
    object["clause"] = clauseOf(*condition, account.grammar()).text();
    object["detail"] = account.detail(*condition, moment, at);
    object["needed"] = moment.holds ? std::string() : account.needed(*condition, moment);
    return object;
}

json::object encodeKey(const Moment::Key& key) {
    return {{"key", key.key}, {"holds", key.holds}, {"acted", toUs(key.acted)}};
}

/// `definition` null: it is not known.
json::object encodeMoment(const Moment& moment, const Metaevent* definition, const Account& account) {
    json::object object{{"metaevent", moment.metaevent},
                        {"at", toUs(moment.at)},
                        {"defined", moment.isDefined},
                        {"version", moment.version},
                        {"enabled", moment.isEnabled},
                        {"armed", timeOrNull(moment.armed)},
                        {"key", moment.key},
                        {"known", moment.isKnown},
                        {"holds", moment.holds},
                        {"cooldown_until", timeOrNull(moment.cooldownUntil)},
                        {"limit_until", timeOrNull(moment.limitUntil)},
                        {"next_try", timeOrNull(moment.nextTry)},
                        {"firings", moment.firings},
                        {"last_fired", timeOrNull(moment.lastFired)},
                        {"keys", encodeList(moment.keys, encodeKey)},
                        {"key_count", moment.keyCount},
                        {"next", nullptr}};
    if (moment.next) {
        object["next"] = json::object{{"time", toUs(moment.next->time)}, {"edge", moment.next->edge}};
        if (!moment.next->reason.empty()) {
            object["next"].as_object()["suppressed"] = moment.next->reason;
        }
    }
    const auto tree = definition != nullptr ? definition->when.tree() : std::vector<const Condition*>{};
    json::array conditions;
    for (const ConditionMoment& each : moment.conditions) {
        const auto found =
            std::find_if(tree.begin(), tree.end(), [&](const Condition* c) { return c->path == each.path; });
        conditions.push_back(
            encodeCondition(each, found != tree.end() ? *found : nullptr, moment.at, account));
    }
    object["conditions"] = std::move(conditions);
    return object;
}

}  // namespace

json::object toJson(const Explanation& explanation, const Account& account) {
    const Metaevent* definition = explanation.definition ? &*explanation.definition : nullptr;
    json::object object = encodeMoment(explanation.moment, definition, account);
    object["live"] = explanation.isLive;
    object["sentence"] =
        definition != nullptr ? sentenceOf(*definition, account.grammar()).text() : std::string();
    object["summary"] = account.summary(explanation);
    object["suppressed"] = nullptr;
    if (const auto& last = explanation.suppressed) {
        object["suppressed"] =
            json::object{{"time", toUs(last->time)}, {"edge", last->edge}, {"reason", last->reason}};
    }
    object["firing"] = nullptr;
    if (explanation.firing) object["firing"] = dogwatch::toJson(*explanation.firing, true);
    return object;
}

json::object toJson(const Explanation& explanation) {
    return toJson(explanation, Account::english());
}

}  // namespace dogwatch::engine

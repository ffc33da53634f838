#include "core/api/encode_history.h"

#include <algorithm>
#include <cmath>

#include "core/api/encode.h"
#include "core/control/explanation.h"
#include "core/model/sentence.h"

namespace dogwatch::api {
namespace {

using engine::ConditionMoment;
using engine::ConditionTrace;
using engine::Moment;
using engine::Span;

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

json::object encodeCondition(const ConditionMoment& moment, const Condition* condition, Time at) {
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
    object["clause"] = clauseOf(*condition).text();
    object["detail"] = control::detailOf(*condition, moment, at);
    object["needed"] = moment.holds ? std::string() : control::neededFor(*condition, moment);
    return object;
}

json::object encodeKey(const Moment::Key& key) {
    return {{"key", key.key}, {"holds", key.holds}, {"acted", toUs(key.acted)}};
}

/// `definition` null: it is not known.
json::object encodeMoment(const Moment& moment, const Metaevent* definition) {
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
        conditions.push_back(encodeCondition(each, found != tree.end() ? *found : nullptr, moment.at));
    }
    object["conditions"] = std::move(conditions);
    return object;
}

// ---- traces

json::object encodeSpan(const Span& span) {
    json::object object{{"from", span.from}, {"cause", span.cause}};
    object["until"] = span.until ? json::value(*span.until) : json::value(nullptr);
    if (span.until) object["until_cause"] = span.untilCause;
    if (span.fromGap) object["from_gap"] = true;
    if (span.untilGap) object["until_gap"] = true;
    if (span.count > 1) object["count"] = span.count;
    return object;
}

json::object encodePulse(const Span& span) {
    json::object object{{"time", span.from}, {"cause", span.cause}};
    if (span.count > 1) {
        object["until"] = span.until.value_or(span.from);
        object["count"] = span.count;
    }
    return object;
}

json::array encodeSample(const engine::Sample& sample) {
    return {sample.time, std::isnan(sample.value) ? json::value(nullptr) : json::value(sample.value)};
}

json::object encodeConditionTrace(const ConditionTrace& trace) {
    json::object object{{"path", trace.path},
                        {"condition", trace.op},
                        {"level", trace.level},
                        {"holds", trace.holds},
                        {"rises", trace.rises},
                        {"intervals", encodeList(trace.intervals, encodeSpan)},
                        {"pulses", encodeList(trace.pulses, encodePulse)},
                        {"samples", encodeList(trace.samples, encodeSample)},
                        {"line", trace.isTimeLeft ? "slope" : "step"},
                        {"resolution_us", trace.resolution}};
    object["bound"] =
        trace.bound ? json::value(json::array{trace.comparison, *trace.bound}) : json::value(nullptr);
    return object;
}

json::object encodeKeyTrace(const engine::KeyTrace& trace) {
    return {{"key", trace.key},
            {"armed", toUs(trace.armed)},
            {"gone", timeOrNull(trace.gone)},
            {"conditions", encodeList(trace.conditions, encodeConditionTrace)}};
}

json::object encodeKnownKey(const engine::MetaeventTrace::Key& key) {
    return {{"key", key.key}, {"armed", toUs(key.armed)}, {"rises", key.rises}};
}

json::object encodeTrace(const engine::MetaeventTrace& trace) {
    return {{"metaevent", trace.metaevent},
            {"traces", encodeList(trace.traces, encodeKeyTrace)},
            {"keys", encodeList(trace.keys, encodeKnownKey)},
            {"more_keys", trace.hasMoreKeys}};
}

json::object encodeFirings(const engine::FiringSet& set) {
    return {{"count", set.count},
            {"lines", set.lines},
            {"truncated", set.count > static_cast<std::int64_t>(set.lines.size())}};
}

}  // namespace

json::object encodeExplanation(const control::Explanation& explanation) {
    const Metaevent* definition = explanation.definition ? &*explanation.definition : nullptr;
    json::object object = encodeMoment(explanation.moment, definition);
    object["live"] = explanation.isLive;
    object["sentence"] = definition != nullptr ? sentenceOf(*definition).text() : std::string();
    object["summary"] = control::summaryOf(explanation);
    object["suppressed"] = nullptr;
    if (const auto& last = explanation.suppressed) {
        object["suppressed"] =
            json::object{{"time", toUs(last->time)}, {"edge", last->edge}, {"reason", last->reason}};
    }
    object["firing"] = nullptr;
    if (explanation.firing) object["firing"] = toJson(*explanation.firing, true);
    return object;
}

json::object encodeBacktest(const control::BacktestAnswer& answer, const control::BacktestQuery& query) {
    json::object object{{"lines", answer.lines},
                        {"total", answer.total},
                        {"truncated", answer.isTruncated},
                        {"records", answer.records}};
    if (!answer.added.empty()) object["added"] = json::value_from(answer.added);
    if (const auto& difference = answer.difference) {
        object["compare"] = json::object{{"gained", encodeFirings(difference->gained)},
                                         {"lost", encodeFirings(difference->lost)},
                                         {"kept", encodeFirings(difference->kept)}};
    }
    if (query.trace) object["traces"] = encodeList(answer.traces, encodeTrace);
    if (!query.at) return object;
    json::array moments;
    for (std::size_t i = 0; i < answer.moments.size(); ++i) {
        control::Explanation explanation;
        explanation.moment = answer.moments[i];
        explanation.definition = query.definitions[i];
        moments.push_back(encodeExplanation(explanation));
    }
    object["moments"] = std::move(moments);
    return object;
}

}  // namespace dogwatch::api

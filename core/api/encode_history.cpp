#include "core/api/encode_history.h"

#include <cmath>

#include "core/api/encode.h"
#include "core/engine/explanation.h"

namespace dogwatch::api {
namespace {

using engine::ConditionTrace;
using engine::Span;

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
        engine::Explanation explanation;
        explanation.moment = answer.moments[i];
        explanation.definition = query.definitions[i];
        moments.push_back(engine::toJson(explanation));
    }
    object["moments"] = std::move(moments);
    return object;
}

}  // namespace dogwatch::api

#include "core/api/encode.h"

namespace dogwatch::api {
namespace {

template <typename T>
json::value numberOrNull(const std::optional<T>& number) {
    if (!number) return nullptr;
    return *number;
}

json::value textOrNull(const std::string& text) {
    if (text.empty()) return nullptr;
    return json::value(text);
}

}  // namespace

json::object encodeStatus(const control::PlaneStatus& status) {
    return {{"accelerator", status.accelerator},
            {"accelerator_reason", status.acceleratorReason},
            {"vms",
             {{"booting", status.booting},
              {"ready", status.ready},
              {"assigned", status.assigned},
              {"running", status.running}}},
            {"max_vms", status.maxVms},
            {"queued", status.load.queued},
            {"running", status.load.running},
            {"records_per_s", status.recordsPerSecond},
            {"executions_per_s", status.executionsPerSecond},
            {"last_seq", status.lastSeq}};
}

json::object encodeFunctionRow(const control::FunctionRow& row) {
    json::object function = toJson(*row.function, false);
    if (row.last) {
        function["last"] = {{"execution", row.last->id},
                            {"state", stateName(row.last->state)},
                            {"finished_at", timeOrNull(row.last->finishedAt)}};
    }
    return function;
}

json::object encodeInvocation(const ExecutionDetail& detail) {
    const Execution& execution = detail.execution;
    auto result =
        detail.output.result.empty() ? Result<json::value>(nullptr) : parseJson(detail.output.result);
    return {{"execution", execution.id},
            {"status", stateName(execution.state)},
            {"result", result ? std::move(*result) : json::value(nullptr)},
            {"error", textOrNull(execution.error)},
            {"message", textOrNull(execution.message)},
            {"duration_us", numberOrNull(execution.durationUs)},
            {"queue_us", numberOrNull(execution.queueUs)},
            {"init_us", numberOrNull(execution.initUs)},
            {"start", textOrNull(execution.start)},
            {"output", detail.output.output}};
}

json::object encodeMetaevent(const control::MetaeventRow& row) {
    return {{"metaevent", row.definition.name},
            {"version", row.definition.version},
            {"enabled", row.definition.enabled},
            {"active", row.status.active},
            {"sentence", row.sentence},
            {"instances", row.status.instances},
            {"state_bytes", row.status.stateBytes},
            {"checks", row.status.checks},
            {"firings", row.status.firings},
            {"last_fired", timeOrNull(row.status.lastFired)},
            {"next_deadline", timeOrNull(row.status.nextDeadline)},
            {"silenced", row.silenced},
            {"silences", encodeList(row.silences, [](const Silence& silence) { return toJson(silence); })},
            {"definition", row.definition.source}};
}

json::object encodeChange(const control::AppliedChange& change) {
    const char* kind = "unchanged";
    if (change.kind == control::AppliedChange::Kind::Created) kind = "created";
    if (change.kind == control::AppliedChange::Kind::Updated) kind = "updated";
    return {{"metaevent", change.metaevent}, {"version", change.version}, {"change", kind}};
}

}  // namespace dogwatch::api

#include "core/dispatch/entry.h"

#include <array>

namespace dogwatch::dispatch {
namespace {

Record makeRecord(const Entry& entry, const char* event, Time now) {
    Record record;
    record.time = now;
    record.event = event;
    auto& fields = record.fields;
    fields["function"] = entry.row.function;
    fields["version"] = entry.row.version;
    fields["execution"] = entry.row.id;
    fields["attempt"] = entry.row.attempt;
    fields["trigger"] = entry.row.trigger;
    if (!entry.row.cause.empty()) fields["cause"] = entry.row.cause;
    fields["depth"] = entry.row.depth;
    if (!entry.function->tags.empty()) {
        json::object tags;
        for (const auto& [name, text] : entry.function->tags) tags[name] = text;
        fields["tags"] = std::move(tags);
    }
    if (!entry.row.vm.empty()) fields["vm"] = entry.row.vm;
    return record;
}

Change makeChange(const Entry& entry, Record record) {
    return {std::move(record), ExecutionChange{entry.row, entry.terms, std::nullopt, std::nullopt},
            std::nullopt};
}

ExecutionOutput outputOf(const Outcome& outcome) {
    return {outcome.result,      outcome.output, outcome.traceback,       outcome.resultBytes,
            outcome.outputBytes, outcome.cpuUs,  outcome.memoryPeakBytes, outcome.exitCode};
}

void addOutcome(json::object& fields, const Outcome& outcome) {
    fields["duration_us"] = outcome.durationUs;
    fields["cpu_us"] = outcome.cpuUs;
    fields["memory_peak_bytes"] = outcome.memoryPeakBytes;
    if (!outcome.result.empty()) {
        if (auto result = parseJson(outcome.result)) fields["result"] = std::move(*result);
    }
    fields["result_bytes"] = outcome.resultBytes;
    fields["output"] = outcome.output;
    fields["output_bytes"] = outcome.outputBytes;
}

}  // namespace

Invocation Entry::invocation() const {
    return {row.id, row.attempt, function, payload, terms.timeout};
}

std::string makeExecutionId(Time now, const std::function<std::uint64_t()>& random) {
    constexpr std::string_view kDigits =
        "0123456789abcdefghjkmnpqrstvwxyz";  // Crockford's: none looks like another
    constexpr std::size_t kHalf = 10;
    constexpr unsigned kBits = 5;
    std::string id(2 * kHalf, '0');
    auto time = static_cast<std::uint64_t>(toUs(now) / 1000);
    auto bits = random();
    for (std::size_t i = kHalf; i-- > 0;) {
        id[i] = kDigits[time % kDigits.size()];
        id[kHalf + i] = kDigits[bits % kDigits.size()];
        time >>= kBits;
        bits >>= kBits;
    }
    return id;
}

Change queuedChange(const Entry& entry, std::int64_t queueDepth, Time now) {
    auto record = makeRecord(entry, "execution.queued", now);
    record.fields["payload_bytes"] = static_cast<std::int64_t>(entry.payload.size());
    record.fields["queue_depth"] = queueDepth;
    auto change = makeChange(entry, std::move(record));
    change.execution->payload = entry.payload;
    return change;
}

Change refusedChange(std::shared_ptr<const Function> function, const Request& request,
                     std::int64_t queueDepth, Time now) {
    Entry refused;
    refused.row.function = function->name;
    refused.row.version = function->version;
    refused.row.trigger = request.trigger;
    refused.row.cause = request.cause;
    refused.row.depth = request.depth;
    refused.function = std::move(function);
    auto record = makeRecord(refused, "execution.throttled", now);
    record.fields.erase("execution");
    record.fields.erase("attempt");
    record.fields["reason"] = "queue_full";
    record.fields["queue_depth"] = queueDepth;
    return {std::move(record), std::nullopt, std::nullopt};
}

Change throttledChange(const Entry& entry, const char* reason, Time now) {
    auto record = makeRecord(entry, "execution.throttled", now);
    record.fields["reason"] = reason;
    return {std::move(record), std::nullopt, std::nullopt};
}

Change startedChange(const Entry& entry, Time now) {
    auto record = makeRecord(entry, "execution.started", now);
    record.fields["queue_us"] = entry.row.queueUs.value_or(0);
    record.fields["init_us"] = entry.row.initUs.value_or(0);
    record.fields["start"] = entry.row.start;
    return makeChange(entry, std::move(record));
}

Change succeededChange(const Entry& entry, const Outcome& outcome, Time now) {
    auto record = makeRecord(entry, "execution.succeeded", now);
    addOutcome(record.fields, outcome);
    auto change = makeChange(entry, std::move(record));
    change.execution->output = outputOf(outcome);
    return change;
}

Change failedChange(const Entry& entry, const Outcome& outcome, bool final, Time now) {
    auto record = makeRecord(entry, "execution.failed", now);
    addOutcome(record.fields, outcome);
    record.fields["error"] = causeName(outcome.cause);
    record.fields["message"] = outcome.message;
    if (outcome.exitCode) record.fields["exit_code"] = *outcome.exitCode;
    if (!final) return {std::move(record), std::nullopt, std::nullopt};
    auto change = makeChange(entry, std::move(record));
    change.execution->output = outputOf(outcome);
    return change;
}

Change retryingChange(const Entry& entry, Duration delay, const Outcome* outcome, Time now) {
    auto record = makeRecord(entry, "execution.retrying", now);
    record.fields["delay_us"] = delay.count();
    auto change = makeChange(entry, std::move(record));
    if (outcome != nullptr) change.execution->output = outputOf(*outcome);
    return change;
}

Change droppedChange(const Entry& entry, const char* reason, const Outcome* outcome, Time now) {
    auto record = makeRecord(entry, "execution.dropped", now);
    record.fields["reason"] = reason;
    auto change = makeChange(entry, std::move(record));
    if (outcome != nullptr) change.execution->output = outputOf(*outcome);
    return change;
}

Change customChange(const Entry& entry, std::string_view name, json::value data, Time now) {
    auto record = makeRecord(entry, "", now);
    record.event = "custom." + std::string{name};
    record.fields["data"] = std::move(data);
    return {std::move(record), std::nullopt, std::nullopt};
}

}  // namespace dogwatch::dispatch

#include "core/model/execution.h"

#include <array>

#include "core/model/json_lists.h"

namespace dogwatch {
namespace {

constexpr std::array kStates = {"queued", "running", "succeeded", "failed", "dropped"};
constexpr std::array kCauses = {"", "exception", "exit", "timeout", "out_of_memory", "vm_lost", "protocol"};
constexpr std::array kStarts = {"warm", "clone", "cold"};

json::value textOrNull(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

template <typename T>
json::value numberOrNull(const std::optional<T>& number) {
    return number ? json::value(std::int64_t{*number}) : json::value(nullptr);
}

/// Payload and result are JSON texts of our own making or checked at the door; text that is none shows as
/// null.
json::value parsed(const std::string& text) {
    if (text.empty()) return nullptr;
    auto value = parseJson(text);
    return value ? std::move(*value) : json::value(nullptr);
}

std::optional<std::int64_t> numberOf(const json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    if (value == nullptr || !value->is_int64()) return std::nullopt;
    return value->get_int64();
}

std::optional<Time> timeOf(const json::object& object, std::string_view key) {
    const auto us = numberOf(object, key);
    if (!us) return std::nullopt;
    return timeFromUs(*us);
}

}  // namespace

const char* stateName(ExecutionState state) {
    return kStates.at(static_cast<std::size_t>(state));
}

Result<ExecutionState> stateFromName(std::string_view name) {
    for (std::size_t i = 0; i < kStates.size(); ++i) {
        if (name == kStates.at(i)) return static_cast<ExecutionState>(i);
    }
    return malformed("state", "\"queued\", \"running\", \"succeeded\", \"failed\" or \"dropped\"");
}

const char* causeName(FailureCause cause) {
    return kCauses.at(static_cast<std::size_t>(cause));
}

Result<FailureCause> causeFromName(std::string_view name) {
    for (std::size_t i = 0; i < kCauses.size(); ++i) {
        if (name == kCauses.at(i)) return static_cast<FailureCause>(i);
    }
    return malformed("error",
                     "\"exception\", \"exit\", \"timeout\", \"out_of_memory\", \"vm_lost\" or \"protocol\"");
}

const char* startName(StartKind start) {
    return kStarts.at(static_cast<std::size_t>(start));
}

json::object toJson(const Execution& execution) {
    json::object object;
    object["execution"] = execution.id;
    object["function"] = execution.function;
    object["version"] = execution.version;
    object["state"] = stateName(execution.state);
    object["trigger"] = execution.trigger;
    object["cause"] = textOrNull(execution.cause);
    object["attempt"] = execution.attempt;
    object["queued_at"] = timeOrNull(execution.queuedAt);
    object["started_at"] = timeOrNull(execution.startedAt);
    object["finished_at"] = timeOrNull(execution.finishedAt);
    object["duration_us"] = numberOrNull(execution.durationUs);
    object["error"] = textOrNull(execution.error);
    object["vm"] = textOrNull(execution.vm);
    return object;
}

json::object toJson(const ExecutionDetail& detail) {
    const auto& execution = detail.execution;
    const auto& output = detail.output;
    json::object object = toJson(execution);
    object["depth"] = execution.depth;
    object["payload"] = parsed(detail.payload);
    object["result"] = parsed(output.result);
    object["result_bytes"] = output.resultBytes;
    object["output"] = output.output;
    object["output_bytes"] = output.outputBytes;
    object["message"] = execution.message;
    object["traceback"] = output.traceback;
    object["exit_code"] = numberOrNull(output.exitCode);
    object["start"] = textOrNull(execution.start);
    object["phases"] = {{"queue_us", numberOrNull(execution.queueUs)},
                        {"init_us", numberOrNull(execution.initUs)},
                        {"duration_us", numberOrNull(execution.durationUs)}};
    object["cpu_us"] = output.cpuUs;
    object["memory_peak_bytes"] = output.memoryPeakBytes;
    object["dead_letter"] = detail.terms.deadLetter;
    return object;
}

Result<Execution> executionFromJson(const json::value& value) {
    const auto* object = value.if_object();
    if (object == nullptr) return malformed("$", "an execution: an object");
    Execution execution;
    execution.id = stringMember(*object, "execution");
    if (execution.id.empty()) return malformed("execution", "required");
    execution.function = stringMember(*object, "function");
    if (execution.function.empty()) return malformed("function", "required");
    const auto state = stateFromName(stringMember(*object, "state"));
    if (!state) return tl::unexpected(state.error());
    execution.state = *state;
    execution.version = intMember(*object, "version");
    execution.trigger = stringMember(*object, "trigger");
    execution.cause = stringMember(*object, "cause");
    execution.attempt = intMember(*object, "attempt", 1);
    execution.depth = intMember(*object, "depth");
    execution.queuedAt = timeOf(*object, "queued_at");
    execution.startedAt = timeOf(*object, "started_at");
    execution.finishedAt = timeOf(*object, "finished_at");
    execution.durationUs = numberOf(*object, "duration_us");
    execution.error = stringMember(*object, "error");
    execution.message = stringMember(*object, "message");
    execution.vm = stringMember(*object, "vm");
    execution.start = stringMember(*object, "start");
    if (const auto* phases = object->if_contains("phases"); phases != nullptr && phases->is_object()) {
        execution.queueUs = numberOf(phases->get_object(), "queue_us");
        execution.initUs = numberOf(phases->get_object(), "init_us");
    }
    return execution;
}

}  // namespace dogwatch

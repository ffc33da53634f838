// Execution: one run of a function inside a VM. What the dispatcher asks of a backend (Invocation), what
// comes back (Outcome), and what lists show of it (Execution).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/model/function.h"
#include "core/model/json.h"
#include "core/model/time.h"

namespace dogwatch {

enum class ExecutionState { Queued, Running, Succeeded, Failed, Dropped };
const char* stateName(ExecutionState state);  ///< "queued", "running", ...
Result<ExecutionState> stateFromName(std::string_view name);

/// Why an execution failed (spec section 2, execution.failed).
enum class FailureCause { None, Exception, Exit, Timeout, OutOfMemory, VmLost, Protocol };
const char* causeName(FailureCause cause);  ///< "exception", "exit", ...; "" for None
Result<FailureCause> causeFromName(std::string_view name);

/// Where the VM came from that an execution began in.
enum class StartKind { Warm, Clone, Cold };
const char* startName(StartKind start);  ///< "warm", "clone", "cold"

/// One attempt, handed to a backend.
struct Invocation {
    std::string execution;
    std::int64_t attempt = 1;
    std::shared_ptr<const Function> function;  ///< the version that was current when the request was accepted
    std::string payload = "null";              ///< JSON text
    Duration timeout{};                        ///< wall time allowed from when its code begins to run
};

/// How an attempt ended. Sizes in bytes, times in microseconds.
struct Outcome {
    bool succeeded = false;
    FailureCause cause = FailureCause::None;
    std::string message;    ///< for people: exception text, "killed by signal 9", ...
    std::string traceback;  ///< of an exception; may be empty
    std::optional<int> exitCode;
    std::string result;            ///< JSON text; empty: none, or larger than kLargestResult
    std::int64_t resultBytes = 0;  ///< full size of the result
    std::string output;            ///< the last kOutputKept bytes of what it printed, valid UTF-8
    std::int64_t outputBytes = 0;  ///< all that it printed
    std::int64_t durationUs = 0;   ///< wall time of the user's code
    std::int64_t cpuUs = 0;
    std::int64_t memoryPeakBytes = 0;
    std::string vm;
};

/// One row of the list of executions, and with `show` all there is (spec: interfaces, dogwatchctl).
struct Execution {
    std::string id;
    std::string function;
    std::int64_t version = 0;
    ExecutionState state = ExecutionState::Queued;
    std::string trigger;
    std::string cause;
    std::int64_t attempt = 1;
    std::int64_t depth = 0;
    std::optional<Time> queuedAt;
    std::optional<Time> startedAt;
    std::optional<Time> finishedAt;
    std::optional<std::int64_t> durationUs;
    std::optional<std::int64_t> queueUs;
    std::optional<std::int64_t> initUs;
    std::string start;  ///< "warm", "clone", "cold"; empty before it started
    std::string error;  ///< causeName(); empty when none
    std::string message;
    std::string vm;
};

/// What an execution left behind when it ended; kept apart from Execution because lists never show it.
struct ExecutionOutput {
    std::string result;  ///< JSON text; empty: none, or larger than kLargestResult
    std::string output;
    std::string traceback;
    std::int64_t resultBytes = 0;
    std::int64_t outputBytes = 0;
    std::int64_t cpuUs = 0;
    std::int64_t memoryPeakBytes = 0;
    std::optional<int> exitCode;
};

/// What the dispatcher must know, besides Execution, to go on with it after a restart.
struct ExecutionTerms {
    std::int64_t failures = 0;  ///< attempts that failed by their own doing; interrupted ones do not count
    std::int64_t retries = 0;   ///< how many failures are tried again
    Duration timeout{};         ///< of one attempt
    std::optional<Time> notBefore;  ///< a retry waits until then
    std::string idempotencyKey;     ///< empty: none
    bool cancelRequested = false;   ///< it was running when somebody cancelled it
    bool deadLetter = false;        ///< given up, and nobody has retried or dropped the request since
};

/// One change of an execution, as the dispatcher decides it and the journal keeps it: the whole row, with the
/// bulky parts only where they are new.
struct ExecutionChange {
    Execution execution;
    ExecutionTerms terms;
    std::optional<std::string> payload;     ///< JSON text; set when the request is accepted, never again
    std::optional<ExecutionOutput> output;  ///< set when an attempt ended
};

/// All there is of one execution: what `executions show` prints, and what a restart resumes.
struct ExecutionDetail {
    Execution execution;
    ExecutionTerms terms;
    std::string payload = "null";
    ExecutionOutput output;
};

/// {"execution", "function", "version", "state", …}: exactly the keys of the contract, null where unknown.
json::object toJson(const Execution& execution);
/// The same with "payload", "result", "output", "output_bytes", "message", "traceback", "phases"
/// ({"queue_us", "init_us", "duration_us"}) and the rest that `executions show` adds, but for "records".
json::object toJson(const ExecutionDetail& detail);
Result<Execution> executionFromJson(const json::value& value);

}  // namespace dogwatch

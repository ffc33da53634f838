// What the journal stores. A Batch is what one turn of the sequencer decided, and commits whole or not at
// all.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/model/execution.h"
#include "core/model/firing.h"
#include "core/model/function.h"
#include "core/model/record.h"

namespace dogwatch::journal {

/// A new version of a function, or its removal (older versions stay: executions under way keep theirs).
struct FunctionChange {
    std::shared_ptr<const Function> function;  ///< never null; for a removal, the last version
    bool removed = false;
};

/// The definition of a metaevent as it stands now.
struct Definition {
    std::string name;
    std::int64_t version = 1;
    bool enabled = true;
    json::object source;        ///< as it was written
    std::int64_t position = 0;  ///< order among all: the seq of the record by which it was first defined
    Time updatedAt{};
    json::array silences;  ///< the times at which its jobs do not run, as core/model/silence.h writes them
};

struct DefinitionChange {
    Definition definition;
    bool removed = false;
};

/// Somebody has seen to a firing; of several the last stands.
struct Acknowledgement {
    std::string firing;
    json::object what;  ///< {"time", "by", "note"}
};

/// How far the schedule of a function has been worked off: `instant` needs no run any more.
struct ScheduleMark {
    std::string function;
    Time instant{};
};

/// The engine's state after the record `seq` and all that it derived; recovery folds only what came after.
struct Checkpoint {
    std::int64_t seq = 0;
    Time time{};
    std::string engine;  ///< Engine::checkpoint()
};

/// What is old enough to go. Whatever may still run, be retried or be asked for by its idempotency key stays,
/// however old.
struct Sweep {
    std::int64_t before = 0;         ///< records and firings with a smaller seq, ...
    std::vector<std::int64_t> keep;  ///< ... but for these (ascending): live conditions refer to them
    Time time{};                     ///< executions that ended earlier
    Time keysSince{};                ///< idempotency keys of requests from then on are remembered
};

/// What a sweep removed.
struct Swept {
    std::int64_t records = 0;
    std::int64_t executions = 0;
    std::int64_t firings = 0;
    std::int64_t versions = 0;  ///< of functions
};

struct Batch {
    std::vector<Record> records;  ///< seq set and increasing, time not decreasing, over all batches
    std::vector<ExecutionChange> executions;  ///< in order; the last one of an execution wins
    std::vector<Firing> firings;              ///< one that is in the journal already is left as it is
    std::vector<FunctionChange> functions;
    std::vector<DefinitionChange> definitions;
    std::vector<Acknowledgement> acknowledgements;
    std::vector<ScheduleMark> schedules;
    std::vector<std::string> deadLettersTaken;  ///< executions that leave the dead-letter list
    std::map<std::string, std::string> meta;    ///< small facts of the control plane, by name; "" removes
    std::optional<Checkpoint> checkpoint;

    [[nodiscard]] bool empty() const;
};

}  // namespace dogwatch::journal

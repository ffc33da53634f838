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
};

struct DefinitionChange {
    Definition definition;
    bool removed = false;
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

struct Batch {
    std::vector<Record> records;  ///< seq set and increasing, time not decreasing, over all batches
    std::vector<ExecutionChange> executions;  ///< in order; the last one of an execution wins
    std::vector<Firing> firings;              ///< one that is in the journal already is left as it is
    std::vector<FunctionChange> functions;
    std::vector<DefinitionChange> definitions;
    std::vector<ScheduleMark> schedules;
    std::vector<std::string> deadLettersTaken;  ///< executions that leave the dead-letter list
    std::map<std::string, std::string> meta;    ///< small facts of the control plane, by name; "" removes
    std::optional<Checkpoint> checkpoint;

    [[nodiscard]] bool empty() const;
};

}  // namespace dogwatch::journal

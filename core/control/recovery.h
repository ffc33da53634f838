// Recovery: what a start finds in the journal, brought up to its end.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/dispatch/dispatcher.h"
#include "core/engine/engine.h"
#include "core/journal/reader.h"

namespace dogwatch::control {

/// An execution that had not ended, with the version of the function that it was accepted for (null: gone).
struct Unfinished {
    ExecutionDetail detail;
    std::shared_ptr<const Function> function;
};

struct Recovered {
    engine::Engine engine;
    std::int64_t lastSeq = 0;
    Time lastTime{};
    std::int64_t folded = 0;  ///< records after the checkpoint
    std::vector<std::shared_ptr<const Function>> functions;
    std::vector<journal::ScheduleMark> schedules;
    std::vector<journal::Definition> definitions;
    std::vector<Unfinished> unfinished;
    std::vector<std::pair<std::string, std::string>> idempotencyKeys;
    std::vector<std::string> vms;  ///< those that stood when the journal ends
};

/// `keysSince`: idempotency keys of requests from before it are forgotten.
Result<Recovered> recover(journal::Reader& reader, Time keysSince);

/// The name of the journal's note of the VMs that stand, and its value.
inline constexpr const char* kVmsNote = "vms";
std::string vmsNote(const std::vector<std::string>& vms);

}  // namespace dogwatch::control

// What `dogwatchctl bench journal` compares with, and journals of any size for it
// (core/control/bench_journal.h).
#pragma once

#include <cstdint>
#include <string>

#include "core/model/record.h"
#include "core/model/result.h"

namespace dogwatch::journal {

/// A record such as an execution leaves behind: of 20 functions, three records to each execution.
Record benchRecord(std::int64_t seq);

/// Records a second that a bare SQLite loop inserts durably: the same rows into the same tables, one thread,
/// one prepared statement, a transaction for each thousand rows. Takes about `seconds`.
Result<double> benchBareLoop(const std::string& directory, double seconds);

/// Makes a journal of `records` records, with a checkpoint after the one with seq `checkpointAt`, as a
/// process leaves it that was killed.
Result<void> makeBenchJournal(const std::string& directory, std::int64_t records, std::int64_t checkpointAt,
                              const std::string& engine);

/// Makes a journal of `count` executions of 20 functions that ended in the week before `until`, one in 40 of
/// them badly, with the records of the latest: what a console's figures are measured on.
Result<void> makeExecutionJournal(const std::string& directory, std::int64_t count, Time until);

}  // namespace dogwatch::journal

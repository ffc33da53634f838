// The journal: the durable truth of a workspace, one SQLite file, DIR/journal.db.
//
//   sequencer ──Batch──► Writer (own thread, group commit) ──► journal.db ──► Reader (one for each thread
//   that reads)
//
// Values are in batch.h. Times come in with them: nothing here reads a clock.
#pragma once

#include <vector>

#include "core/journal/batch.h"
#include "core/journal/reader.h"
#include "core/journal/writer.h"
#include "core/model/figure.h"

namespace dogwatch::journal {

/// `dogwatchctl bench journal`: durable appends through Writer against a bare SQLite loop that inserts the
/// same rows into the same tables, in a scratch file under `directory`; each measured for about `seconds`
/// / 2.
Result<std::vector<Figure>> benchJournal(double seconds, const std::string& directory);

}  // namespace dogwatch::journal

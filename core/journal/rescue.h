// Backups of a journal, and putting one right: checking a file, restoring a backup, and salvaging what can
// still be read of a damaged one. Restoring and salvaging are for a data directory that nobody else uses
// meanwhile (the caller holds its lock). What is replaced is kept under another name, never removed.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/model/result.h"
#include "core/model/time.h"

namespace dogwatch::journal {

/// What a restored or salvaged journal holds, and where the one before it is.
struct Restored {
    std::int64_t records = 0;
    std::int64_t lastSeq = 0;
    Time lastTime{};
    std::string replaced;  ///< the file that was there before; empty: there was none
};

/// Records that could not be read: from seq to seq, both included.
struct Hole {
    std::int64_t first = 0;
    std::int64_t last = 0;
};

struct Salvaged {
    Restored journal;
    std::int64_t lost = 0;            ///< records
    std::vector<Hole> holes;          ///< the first of them, 100 at most
    std::vector<std::string> tables;  ///< other tables of which something could not be read
};

/// Writes a copy of all that is durable to `path`, consistent in itself, while work goes on; the file is
/// there whole, or not at all. Takes a while: not for a thread with an event loop. `cancelled` is asked now
/// and then. Refuses a path that exists.
Result<void> backupJournal(const std::string& directory, const std::string& path,
                           const std::function<bool()>& cancelled = {});

/// Makes a copy of the file `backup` the journal of `directory`. Refused when it is no whole journal.
Result<Restored> restoreJournal(const std::string& directory, const std::string& backup, Time now);

/// Makes a new journal of all that can be read of the one in `directory`, which stays beside it under another
/// name. What cannot go on without something that is lost is ended: an execution without its payload, a
/// function without its code.
Result<Salvaged> salvageJournal(const std::string& directory, Time now);

/// Reads every page and compares every index with its table (PRAGMA integrity_check).
Result<void> checkJournal(const std::string& path);

/// The newest file of DIR/backups that may be restored; empty: there is none.
std::string newestBackup(const std::string& directory);

}  // namespace dogwatch::journal

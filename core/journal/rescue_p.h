// What restoring and salvaging share. Private to core/journal.
#pragma once

#include <string>

#include "core/journal/rescue.h"
#include "core/journal/sqlite.h"

namespace dogwatch::journal {

/// Copies a journal with its write-ahead log, which may hold what the file does not.
Result<void> copyJournal(const std::string& from, const std::string& to);
/// Removes a file that was not put in place, with its log.
void removeJournal(const std::string& path);
/// Makes a new journal complete in one file, and tells what it holds.
Result<Restored> finishRestored(const Database& database);
/// Makes `fresh` the journal of the directory; the name under which the one before it is kept.
Result<std::string> putInPlace(const std::string& directory, const std::string& fresh, Time now);

}  // namespace dogwatch::journal

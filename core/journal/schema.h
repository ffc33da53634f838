// The tables of journal.db and how older files are brought up to date. Private to core/journal.
#pragma once

#include <span>
#include <string>

#include "core/journal/sqlite.h"
#include "core/journal/writer.h"

namespace dogwatch::journal {

constexpr int kApplicationId = 0x446f6757;  ///< "DogW"
constexpr const char* kFileName = "journal.db";

/// What leads from schema version - 1 to `version`.
struct Migration {
    int version;
    const char* sql;
};

/// All of them, in order; the last one's version is the current schema's.
std::span<const Migration> migrations();

/// Applies those beyond the file's user_version, one transaction each. Returns the version found. Refuses a
/// file of a newer version.
Result<int> migrate(const Database& database, std::span<const Migration> migrations);

/// Opens DIR/journal.db for writing, or makes it; checks that it is ours and whole, and migrates it.
Result<Database> openJournal(const Options& options, Opened& opened);

/// PRAGMA quick_check; the error tells what is damaged and the mend.
Result<void> quickCheck(const Database& database);

}  // namespace dogwatch::journal

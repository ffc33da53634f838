// The tables of journal.db and how older files are brought up to date. Private to core/journal.
#pragma once

#include <span>
#include <string>

#include "core/journal/sqlite.h"
#include "core/journal/writer.h"

namespace dogwatch::journal {

constexpr int kApplicationId = 0x446f6757;  ///< "DogW"
constexpr const char* kFileName = "journal.db";

/// Adds ?1 to the number of records that the journal does not hold any more.
constexpr const char* kCountRemoved =
    "INSERT INTO meta (name, value) VALUES ('records.removed', ?1) "
    "ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + ?1";

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

/// Makes a new, empty journal at `path`, complete in one file.
Result<void> createFile(const std::string& path);

/// Tells our own files from everything else.
Result<void> recognizeJournal(const Database& database);

/// PRAGMA quick_check, or integrity_check, which compares the indexes with their tables too; the error tells
/// what is damaged and the mend.
Result<void> quickCheck(const Database& database);
Result<void> integrityCheck(const Database& database);

/// Make the names in a folder, or a file's bytes, outlive a power cut.
Result<void> syncFolder(const std::string& folder);
Result<void> syncFile(const std::string& path);

}  // namespace dogwatch::journal

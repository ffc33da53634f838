#include "core/journal/schema.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <filesystem>

#include "core/journal/rescue.h"

namespace dogwatch::journal {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kSmallFile = 64LL
                                    << 20U;  // checked after every unclean end: it takes well under a second

// Version 1. `event`, `function`, `metaevent` columns are ids of names; 0: none. What only `show` prints, and
// bulky payloads, are in tables of their own, so that changing a state rewrites a small row.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE records (
    seq INTEGER PRIMARY KEY,
    time INTEGER NOT NULL,
    event INTEGER NOT NULL,
    function INTEGER NOT NULL,
    execution TEXT,
    body TEXT NOT NULL
);
CREATE INDEX records_by_event ON records (event);
CREATE INDEX records_by_function ON records (function, event) WHERE function <> 0;
CREATE INDEX records_by_execution ON records (execution) WHERE execution IS NOT NULL;

CREATE TABLE executions (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    function INTEGER NOT NULL,
    version INTEGER NOT NULL,
    state INTEGER NOT NULL,
    "trigger" TEXT NOT NULL,
    cause TEXT,
    attempt INTEGER NOT NULL,
    depth INTEGER NOT NULL,
    queued_at INTEGER, started_at INTEGER, finished_at INTEGER,
    duration_us INTEGER, queue_us INTEGER, init_us INTEGER,
    start TEXT, error TEXT, message TEXT, vm TEXT,
    failures INTEGER NOT NULL,
    retries INTEGER NOT NULL,
    timeout_us INTEGER NOT NULL,
    not_before INTEGER,
    idempotency_key TEXT,
    cancel_requested INTEGER NOT NULL,
    dead_letter INTEGER NOT NULL
);
CREATE INDEX executions_by_function ON executions (function, state);
CREATE INDEX executions_by_state ON executions (state);
CREATE INDEX executions_dead ON executions (number) WHERE dead_letter = 1;
CREATE INDEX executions_by_key ON executions (number) WHERE idempotency_key IS NOT NULL;
CREATE TABLE payloads (number INTEGER PRIMARY KEY, payload TEXT NOT NULL);
CREATE TABLE outputs (
    number INTEGER PRIMARY KEY,
    result TEXT, output TEXT, traceback TEXT,
    result_bytes INTEGER NOT NULL, output_bytes INTEGER NOT NULL,
    cpu_us INTEGER NOT NULL, memory_peak_bytes INTEGER NOT NULL,
    exit_code INTEGER
);

CREATE TABLE firings (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    metaevent INTEGER NOT NULL,
    version INTEGER NOT NULL,
    time INTEGER NOT NULL,
    key TEXT NOT NULL,
    cause INTEGER NOT NULL,
    edge TEXT NOT NULL,
    depth INTEGER NOT NULL,
    late INTEGER NOT NULL,
    executions TEXT NOT NULL,
    evidence TEXT NOT NULL,
    jobs TEXT NOT NULL
);
CREATE INDEX firings_by_metaevent ON firings (metaevent);

CREATE TABLE code (id INTEGER PRIMARY KEY, code BLOB NOT NULL);
CREATE TABLE functions (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    settings TEXT NOT NULL,
    zip INTEGER NOT NULL,
    code INTEGER NOT NULL REFERENCES code (id),
    PRIMARY KEY (name, version)
) WITHOUT ROWID;
CREATE TABLE current_functions (name TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE schedules (function TEXT PRIMARY KEY, instant INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE definitions (
    name TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    enabled INTEGER NOT NULL,
    source TEXT NOT NULL,
    position INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE checkpoints (seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, engine BLOB NOT NULL);
)sql";

// Version 2. Firings that were silenced or acknowledged say so, and definitions keep their silences: as JSON,
// NULL where there is nothing to say.
constexpr const char* kVersion2 = R"sql(
ALTER TABLE firings ADD COLUMN silenced TEXT;
ALTER TABLE firings ADD COLUMN acknowledged TEXT;
ALTER TABLE definitions ADD COLUMN silences TEXT;
)sql";

constexpr std::array kMigrations = {Migration{1, kVersion1}, Migration{2, kVersion2}};

Result<void> syncPath(const std::string& path, int flags) {
    const int fd = ::open(path.c_str(), flags | O_CLOEXEC);
    const bool synced = fd >= 0 && ::fsync(fd) == 0;
    if (fd >= 0) ::close(fd);
    if (!synced) return failure(Error::Kind::Io, path + " cannot be made durable; check its disk.");
    return {};
}

Result<void> initialize(const Database& database) {
    const auto head = "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA application_id = " +
                      std::to_string(kApplicationId);
    if (auto set = database.execute(head); !set) return set;
    if (auto found = migrate(database, migrations()); !found) return tl::unexpected(found.error());
    return database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

/// Makes the file complete under another name first: a journal.db is never half a journal.
Result<void> create(const std::string& folder, const std::string& path) {
    const std::string fresh = path + ".new";
    if (auto made = createFile(fresh); !made) return made;
    std::error_code error;
    fs::rename(fresh, path, error);
    if (error) {
        return failure(Error::Kind::Io, path + " cannot be created (" + error.message() +
                                            "); check the rights of its folder.");
    }
    return syncFolder(folder);
}

Result<bool> closedCleanly(const Database& database, const std::string& bootId, bool& sameBoot) {
    auto query = database.prepare(
        "SELECT (SELECT value FROM meta WHERE name = 'journal.closed'), "
        "(SELECT value FROM meta WHERE name = 'journal.boot')");
    if (!query) return tl::unexpected(query.error());
    const auto row = query->step();
    if (!row) return tl::unexpected(row.error());
    sameBoot = !bootId.empty() && query->text(1) == bootId;
    return query->text(0) != "0";
}

Result<void> checkIfDoubtful(const Database& database, const Options& options, Opened& opened) {
    bool sameBoot = false;
    const auto closed = closedCleanly(database, options.bootId, sameBoot);
    if (!closed) return tl::unexpected(closed.error());
    opened.unclean = !*closed;
    if (*closed) return {};
    std::error_code error;
    const auto bytes = fs::file_size(database.path(), error);
    const bool small = !error && static_cast<std::int64_t>(bytes) <= kSmallFile;
    if (sameBoot && !small) return {};
    return quickCheck(database);
}

Result<void> markOpen(const Database& database, const std::string& bootId) {
    auto mark = database.prepare(
        "INSERT INTO meta (name, value) VALUES ('journal.closed', '0'), ('journal.boot', ?1) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value");
    if (!mark) return tl::unexpected(mark.error());
    return mark->bind(1, std::string_view{bootId}).run();
}

Result<void> readEnd(const Database& database, Opened& opened) {
    auto last = database.prepare("SELECT seq, time FROM records ORDER BY seq DESC LIMIT 1");
    if (!last) return tl::unexpected(last.error());
    const auto row = last->step();
    if (!row) return tl::unexpected(row.error());
    if (*row) {
        opened.lastSeq = last->integer(0);
        opened.lastTime = timeFromUs(last->integer(1));
    }
    return {};
}

}  // namespace

std::span<const Migration> migrations() {
    return kMigrations;
}

Result<int> migrate(const Database& database, std::span<const Migration> migrations) {
    const auto found = database.queryInteger("PRAGMA user_version");
    if (!found) return tl::unexpected(found.error());
    const auto version = static_cast<int>(*found);
    if (version > migrations.back().version) {
        return failure(Error::Kind::Io, database.path() + " was written by a newer Dogwatch (schema " +
                                            std::to_string(version) + ", this one knows " +
                                            std::to_string(migrations.back().version) + "); use that one.");
    }
    for (const auto& migration : migrations) {
        if (migration.version <= version) continue;
        const auto sql = "BEGIN IMMEDIATE;" + std::string{migration.sql} +
                         ";PRAGMA user_version = " + std::to_string(migration.version) + ";COMMIT";
        if (auto done = database.execute(sql); !done) {
            auto error = done.error();
            if (database.inTransaction()) (void)database.execute("ROLLBACK");
            return tl::unexpected(std::move(error));
        }
    }
    return version;
}

Result<void> createFile(const std::string& path) {
    std::error_code error;
    for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(path + suffix, error);
    {
        auto database = Database::open(path, Database::Mode::Create);
        if (!database) return tl::unexpected(database.error());
        if (auto made = initialize(*database); !made) return made;
    }
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write, error);
    if (error)
        return failure(Error::Kind::Io, path + " cannot be kept from others (" + error.message() + ").");
    return {};
}

Result<void> recognizeJournal(const Database& database) {
    const auto id = database.queryInteger("PRAGMA application_id");
    if (!id) return tl::unexpected(id.error());
    if (*id != kApplicationId) {
        return failure(
            Error::Kind::Io,
            database.path() + " is no Dogwatch journal; move it away, or choose another data directory.");
    }
    return {};
}

namespace {

Result<void> check(const Database& database, const char* pragma) {
    auto check = database.prepare(pragma);
    if (!check) return tl::unexpected(check.error());
    const auto row = check->step();
    if (!row) return tl::unexpected(row.error());
    if (!*row || check->text(0) == "ok") return {};
    return tl::unexpected(sqliteError(SQLITE_CORRUPT, database.path(), check->text(0)));
}

/// What to do about a journal that is missing in part or whole.
std::string mend(const std::string& directory, const std::string& otherwise) {
    const std::string backup = newestBackup(directory);
    return "; restore a backup with `dogwatchctl journal restore " + (backup.empty() ? "FILE" : backup) +
           "`, or " + otherwise;
}

/// The newest backup in place of FILE in a mend.
Error namingBackup(Error error, const std::string& directory) {
    constexpr std::string_view kFile = "journal restore FILE";
    const auto place = error.message.find(kFile);
    const std::string backup = place != std::string::npos ? newestBackup(directory) : std::string{};
    if (!backup.empty()) error.message.replace(place, kFile.size(), "journal restore " + backup);
    return error;
}

}  // namespace

Result<void> quickCheck(const Database& database) {
    return check(database, "PRAGMA quick_check(1)");
}

Result<void> integrityCheck(const Database& database) {
    return check(database, "PRAGMA integrity_check(1)");
}

Result<void> syncFolder(const std::string& folder) {
    return syncPath(folder, O_RDONLY | O_DIRECTORY);
}

Result<void> syncFile(const std::string& path) {
    return syncPath(path, O_RDONLY);
}

Result<Database> openJournal(const Options& options, Opened& opened) {
    const std::string path = options.directory + "/" + kFileName;
    std::error_code error;
    const auto bytes = fs::file_size(path, error);
    if (error == std::errc::no_such_file_or_directory) {
        if (fs::exists(path + "-wal", error)) {
            return failure(Error::Kind::Io,
                           path + " is missing, but its write-ahead log is there" +
                               mend(options.directory, "move that away to begin a new journal."));
        }
        if (auto made = create(options.directory, path); !made) return tl::unexpected(made.error());
        opened.created = true;
    } else if (error) {
        return failure(Error::Kind::Io,
                       path + " cannot be read (" + error.message() + "); check its rights.");
    } else if (bytes == 0) {
        return failure(Error::Kind::Io, path + " is empty, so it was damaged" +
                                            mend(options.directory, "move it away to begin a new journal."));
    }

    auto database = Database::open(path, Database::Mode::Write);
    if (!database) return database;
    const auto prepare = [&]() -> Result<void> {
        if (auto ours = recognizeJournal(*database); !ours) return ours;
        // FULL: a commit outlives a power cut. Checkpoints are the writer's business.
        if (auto set = database->execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
                                         "PRAGMA wal_autocheckpoint = 0; PRAGMA temp_store = MEMORY; "
                                         "PRAGMA cache_size = -32768; PRAGMA journal_size_limit = 67108864; "
                                         "PRAGMA secure_delete = FAST");
            !set) {
            return set;
        }
        if (!opened.created) {
            const auto found = migrate(*database, migrations());
            if (!found) return tl::unexpected(found.error());
            if (*found != migrations().back().version) opened.migratedFrom = *found;
            if (auto whole = checkIfDoubtful(*database, options, opened); !whole) return whole;
        }
        if (auto end = readEnd(*database, opened); !end) return end;
        return markOpen(*database, options.bootId);
    };
    if (auto ready = prepare(); !ready) return tl::unexpected(namingBackup(ready.error(), options.directory));
    return database;
}

}  // namespace dogwatch::journal

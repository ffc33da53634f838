#include "core/journal/rescue.h"

#include <unistd.h>

#include <filesystem>

#include "core/journal/rescue_p.h"
#include "core/journal/schema.h"

namespace dogwatch::journal {
namespace {

namespace fs = std::filesystem;

Result<void> keepFromOthers(const std::string& path) {
    std::error_code error;
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write, error);
    if (!error) return {};
    return failure(Error::Kind::Io, path + " cannot be kept from others (" + error.message() + ").");
}

Result<void> copyFile(const std::string& from, const std::string& to) {
    std::error_code error;
    fs::copy_file(from, to, fs::copy_options::overwrite_existing, error);
    if (!error) return keepFromOthers(to);
    return failure(Error::Kind::Io, from + " cannot be copied to " + to + " (" + error.message() +
                                        "); check that it is there and that the disk has room for it.");
}

Result<void> wholeAndOurs(const Database& database) {
    if (auto ours = recognizeJournal(database); !ours) return ours;
    if (auto migrated = migrate(database, migrations()); !migrated) return tl::unexpected(migrated.error());
    return integrityCheck(database);
}

/// "20260301T120000Z"
std::string stampOf(Time now) {
    std::string text = toIso(std::chrono::floor<std::chrono::seconds>(now));
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

}  // namespace

Result<void> copyJournal(const std::string& from, const std::string& to) {
    removeJournal(to);
    if (auto copied = copyFile(from, to); !copied) return copied;
    std::error_code error;
    if (fs::exists(from + "-wal", error)) return copyFile(from + "-wal", to + "-wal");
    return {};
}

void removeJournal(const std::string& path) {
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm"}) fs::remove(path + suffix, ignored);
}

Result<Restored> finishRestored(const Database& database) {
    auto query = database.prepare(
        "SELECT count(*), max(seq), (SELECT time FROM records ORDER BY seq DESC LIMIT 1) FROM records");
    if (!query) return tl::unexpected(query.error());
    if (const auto row = query->step(); !row) return tl::unexpected(row.error());
    Restored restored;
    restored.records = query->integer(0);
    restored.lastSeq = query->integer(1);
    restored.lastTime = timeFromUs(query->integer(2));
    query->reset();
    // It was checked just now, whatever the process did that wrote it last.
    if (auto closed = database.execute("UPDATE meta SET value = '1' WHERE name = 'journal.closed'"); !closed)
        return tl::unexpected(closed.error());
    if (auto folded = database.execute("PRAGMA wal_checkpoint(TRUNCATE)"); !folded)
        return tl::unexpected(folded.error());
    return restored;
}

Result<std::string> putInPlace(const std::string& directory, const std::string& fresh, Time now) {
    const std::string path = directory + "/" + kFileName;
    std::string replaced;
    std::error_code error;
    if (fs::exists(path, error) || fs::exists(path + "-wal", error)) {
        replaced = path + ".replaced-" + stampOf(now);
        for (int n = 2; fs::exists(replaced, error) || fs::exists(replaced + "-wal", error); ++n)
            replaced = path + ".replaced-" + stampOf(now) + "-" + std::to_string(n);
        // The log first: left beside another file, it would be read into that one.
        if (fs::exists(path + "-wal", error)) fs::rename(path + "-wal", replaced + "-wal", error);
        if (!error && fs::exists(path, error)) fs::create_hard_link(path, replaced, error);
        if (error)
            return failure(Error::Kind::Io,
                           path + " cannot be kept as " + replaced + " (" + error.message() + ").");
        fs::remove(path + "-shm", error);
    }
    fs::rename(fresh, path, error);
    if (error)
        return failure(Error::Kind::Io,
                       fresh + " cannot be renamed to " + path + " (" + error.message() + ").");
    if (auto synced = syncFolder(directory); !synced) return tl::unexpected(synced.error());
    return replaced;
}

Result<void> backupJournal(const std::string& directory, const std::string& path,
                           const std::function<bool()>& cancelled) {
    std::error_code error;
    const fs::path folder = fs::path(path).parent_path();
    if (fs::exists(path, error)) {
        return failure(Error::Kind::Conflict, path + " exists already; choose another name.");
    }
    const auto itWasCancelled = [] { return failure(Error::Kind::Refused, "It was cancelled."); };
    if (cancelled && cancelled()) return itWasCancelled();  // a small journal is copied before SQLite asks
    fs::create_directories(folder, error);
    const std::string part = path + ".part";
    removeJournal(part);
    const auto database = Database::open(directory + "/" + kFileName, Database::Mode::Write);
    if (!database) return tl::unexpected(database.error());
    constexpr int kSteps = 100'000;  // of SQLite's virtual machine, between two questions
    if (cancelled) {
        sqlite3_progress_handler(
            database->handle(), kSteps,
            [](void* ask) { return (*static_cast<const std::function<bool()>*>(ask))() ? 1 : 0; },
            const_cast<std::function<bool()>*>(&cancelled));
    }
    auto copy = database->prepare("VACUUM INTO ?1");
    if (!copy) return tl::unexpected(copy.error());
    auto done = copy->bind(1, std::string_view{part}).run();
    if (done) done = keepFromOthers(part).and_then([&] { return syncFile(part); });
    if (done) {
        fs::rename(part, path, error);
        if (error)
            done = failure(Error::Kind::Io,
                           part + " cannot be renamed to " + path + " (" + error.message() + ").");
    }
    if (!done) {
        removeJournal(part);
        if (database->lastCode() == SQLITE_INTERRUPT) return itWasCancelled();
        return failure(done.error().kind, "The backup " + path + " was not made: " + done.error().message);
    }
    return syncFolder(folder.empty() ? "." : folder.string());
}

Result<Restored> restoreJournal(const std::string& directory, const std::string& backup, Time now) {
    const std::string fresh = directory + "/" + kFileName + ".new";
    if (auto copied = copyJournal(backup, fresh); !copied) return tl::unexpected(copied.error());
    const auto prepare = [&]() -> Result<Restored> {
        const auto database = Database::open(fresh, Database::Mode::Write);
        if (!database) return tl::unexpected(database.error());
        if (auto fine = wholeAndOurs(*database); !fine) return tl::unexpected(fine.error());
        return finishRestored(*database);
    };
    auto restored = prepare();
    if (!restored) {
        removeJournal(fresh);
        return failure(restored.error().kind, backup + " cannot be restored: " + restored.error().message);
    }
    if (auto synced = syncFile(fresh); !synced) return tl::unexpected(synced.error());
    auto replaced = putInPlace(directory, fresh, now);
    if (!replaced) return tl::unexpected(replaced.error());
    restored->replaced = std::move(*replaced);
    return restored;
}

Result<void> checkJournal(const std::string& path) {
    const auto database = Database::open(path, Database::Mode::Read);
    if (!database) return tl::unexpected(database.error());
    if (auto ours = recognizeJournal(*database); !ours) return ours;
    return integrityCheck(*database);
}

std::string newestBackup(const std::string& directory) {
    std::error_code error;
    std::string newest;
    fs::file_time_type newestTime{};
    for (const auto& entry : fs::directory_iterator(directory + "/backups", error)) {
        if (entry.path().extension() != ".db") continue;
        const auto time = entry.last_write_time(error);
        if (error || (!newest.empty() && time <= newestTime)) continue;
        newest = entry.path().string();
        newestTime = time;
    }
    return newest;
}

}  // namespace dogwatch::journal

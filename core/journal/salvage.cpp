// Salvaging: a new journal is made beside the damaged one, and what can be read is copied into it row by row.
// A table is read in order of its key; behind a page that cannot be read, the next key that can is searched
// for.
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <limits>

#include "core/journal/rescue_p.h"
#include "core/journal/schema.h"

namespace dogwatch::journal {
namespace {

constexpr std::size_t kMostHoles = 100;  // that are told one by one
constexpr std::int64_t kNone = std::numeric_limits<std::int64_t>::max();

/// A table and what its rows are keyed by: a number, or (WITHOUT ROWID) something else.
struct Table {
    const char* name;
    const char* key;
    bool numbered;
};
constexpr std::array kTables{
    Table{"names", "id", true},
    Table{"records", "seq", true},
    Table{"executions", "number", true},
    Table{"payloads", "number", true},
    Table{"outputs", "number", true},
    Table{"firings", "seq", true},
    Table{"code", "id", true},
    Table{"checkpoints", "seq", true},
    Table{"meta", "name", false},
    Table{"functions", "name, version", false},
    Table{"schedules", "function", false},
    Table{"current_functions", "name", false},
    Table{"definitions", "name", false},
};

/// Copies tables from one connection to another.
class Copier {
 public:
    Copier(const Database& from, const Database& to) : from_(from), to_(to) {}

    /// Whether the whole table could be read. An error: the new file cannot be written.
    Result<bool> copy(const Table& table) {
        auto columns = columnsOf(table);
        if (!columns) return tl::unexpected(columns.error());
        auto put =
            to_.prepare("INSERT OR IGNORE INTO " + std::string{table.name} + " VALUES (" + *columns + ")");
        if (!put) return tl::unexpected(put.error());
        put_ = std::move(*put);
        return table.numbered ? copyNumbered(table) : copyOther(table);
    }

 private:
    /// "?1, ?2, ..." for each of its columns, of the schema that the new file has.
    Result<std::string> columnsOf(const Table& table) {
        const auto count =
            to_.queryInteger("SELECT count(*) FROM pragma_table_info('" + std::string{table.name} + "')");
        if (!count) return tl::unexpected(count.error());
        std::string list;
        for (std::int64_t i = 1; i <= *count; ++i) list += (i > 1 ? ", ?" : "?") + std::to_string(i);
        columns_ = static_cast<int>(*count);
        return list;
    }

    /// Puts the row at hand into the new file; one that its constraints refuse is left out.
    Result<void> put(const Statement& row) {
        for (int i = 0; i < columns_; ++i) put_.bindFrom(i + 1, row, i);
        auto done = put_.run();
        const int code = to_.lastCode() & 0xff;
        if (!done && code != SQLITE_CONSTRAINT && code != SQLITE_MISMATCH) return done;
        return {};
    }

    Result<bool> copyNumbered(const Table& table) {
        auto rows = from_.prepare("SELECT * FROM " + std::string{table.name} + " NOT INDEXED WHERE " +
                                  table.key + " >= ?1 ORDER BY " + table.key);
        if (!rows) return false;
        bool whole = true;
        for (std::int64_t next = 0; next != kNone;) {
            rows->bind(1, next);
            Result<bool> more = rows->step();
            for (; more && *more; more = rows->step()) {
                if (auto done = put(*rows); !done) return tl::unexpected(done.error());
                next = rows->integer(0) + 1;  // the key is the first column everywhere
            }
            rows->reset();
            if (more) break;
            whole = false;
            next = readableAfter(*rows, next);
        }
        return whole;
    }

    /// Whether the row that comes at or behind `key` can be read, or there is none.
    static bool readable(Statement& rows, std::int64_t key) {
        const auto row = rows.bind(1, key).step();
        rows.reset();
        return row.has_value();
    }

    /// The first key behind `key` from which on there is something to read; kNone: nothing more.
    static std::int64_t readableAfter(Statement& rows, std::int64_t key) {
        constexpr std::int64_t kLargest = std::int64_t{1} << 60U;
        std::int64_t bad = key;
        std::int64_t good = key;
        for (std::int64_t step = 1;; step *= 2) {
            good = key + step;
            if (good > kLargest) return kNone;
            if (readable(rows, good)) break;
            bad = good;
        }
        while (good - bad > 1) {
            const std::int64_t middle = bad + (good - bad) / 2;
            (readable(rows, middle) ? good : bad) = middle;
        }
        return good;
    }

    /// From both ends, as far as each goes.
    Result<bool> copyOther(const Table& table) {
        const std::string select = "SELECT * FROM " + std::string{table.name} + " ORDER BY " + table.key;
        for (const char* order : {"", " DESC"}) {
            std::string sql = select;
            if (*order != '\0') {
                sql += order;
                if (const auto comma = sql.rfind(',');
                    comma != std::string::npos && comma > select.find(" BY "))
                    sql.insert(comma, order);
            }
            auto rows = from_.prepare(sql);
            if (!rows) return false;
            Result<bool> more = rows->step();
            for (; more && *more; more = rows->step()) {
                if (auto done = put(*rows); !done) return tl::unexpected(done.error());
            }
            if (more) return *order == '\0';
        }
        return false;
    }

    const Database& from_;
    const Database& to_;
    Statement put_;
    int columns_ = 0;
};

/// Opens what there is, however damaged, for reading.
Result<Database> openDamaged(const std::string& path) {
    auto database = Database::open(path, Database::Mode::Write);
    if (!database) return database;
    // Else a file that lost its end is refused as a whole.
    if (auto set = database->execute("PRAGMA writable_schema = ON"); !set) return tl::unexpected(set.error());
    const auto tables = database->queryInteger("SELECT count(*) FROM sqlite_schema WHERE name = 'records'");
    if (!tables) return tl::unexpected(tables.error());
    if (*tables == 0) {
        return failure(Error::Kind::Io, path + " holds no table of records.");
    }
    return database;
}

/// Puts the first page of a new journal in place of a damaged one: the tables of a journal that was not
/// restored lie where those of a new one do.
Result<void> replaceHead(const std::string& path, const std::string& fresh) {
    constexpr std::streamsize kPage = 8192;
    std::array<char, kPage> page{};
    constexpr std::size_t kPageCount =
        28;  // and behind it the list of free pages; 0: as the file's size says
    constexpr std::size_t kPageCountEnd = 40;
    std::ifstream in(fresh, std::ios::binary);
    const bool read = in.read(page.data(), kPage).good();
    std::fill(page.begin() + kPageCount, page.begin() + kPageCountEnd, '\0');
    std::fstream out(path, std::ios::binary | std::ios::in | std::ios::out);
    if (!read || !out.write(page.data(), kPage) || !out.flush()) {
        return failure(Error::Kind::Io, path + " cannot be read at all, not even with another first page.");
    }
    return {};
}

/// What cannot be kept without something that is lost, and the notes that a start goes by.
constexpr const char* kMend = R"sql(
INSERT OR IGNORE INTO names (id, name) SELECT DISTINCT event, 'lost.' || event FROM records
    WHERE event NOT IN (SELECT id FROM names);
INSERT OR IGNORE INTO names (id, name) SELECT DISTINCT function, 'lost.' || function FROM records
    WHERE function <> 0 AND function NOT IN (SELECT id FROM names);
INSERT OR IGNORE INTO names (id, name) SELECT DISTINCT function, 'lost.' || function FROM executions
    WHERE function NOT IN (SELECT id FROM names);
INSERT OR IGNORE INTO names (id, name) SELECT DISTINCT metaevent, 'lost.' || metaevent FROM firings
    WHERE metaevent NOT IN (SELECT id FROM names);
DELETE FROM functions WHERE code NOT IN (SELECT id FROM code);
DELETE FROM current_functions WHERE NOT EXISTS
    (SELECT 1 FROM functions f WHERE f.name = current_functions.name AND f.version = current_functions.version);
UPDATE executions SET state = 4, finished_at = coalesce(finished_at, queued_at), dead_letter = 0,
    message = 'its payload was lost with a damaged part of the journal'
    WHERE (state < 2 OR dead_letter = 1) AND number NOT IN (SELECT number FROM payloads);
DELETE FROM checkpoints WHERE seq > (SELECT coalesce(max(seq), 0) FROM records);
INSERT OR REPLACE INTO meta (name, value) SELECT 'records.removed', coalesce(max(seq), 0) - count(*) FROM records;
INSERT OR REPLACE INTO meta (name, value) VALUES ('journal.closed', '1');
)sql";

/// `before`: records that were missing on purpose.
Result<void> findHoles(const Database& database, std::int64_t before, Salvaged& salvaged) {
    const auto missing = database.queryInteger("SELECT max(seq) - count(*) FROM records");
    if (!missing) return tl::unexpected(missing.error());
    salvaged.lost = std::max<std::int64_t>(*missing - before, 0);
    auto gaps = database.prepare(
        "SELECT seq + 1, next - 1 FROM (SELECT seq, lead(seq) OVER (ORDER BY seq) AS next FROM records) "
        "WHERE next > seq + 1");
    if (!gaps) return tl::unexpected(gaps.error());
    Result<bool> more = gaps->step();
    for (; more && *more && salvaged.holes.size() < kMostHoles; more = gaps->step())
        salvaged.holes.push_back({gaps->integer(0), gaps->integer(1)});
    return more ? Result<void>{} : tl::unexpected(more.error());
}

Result<Salvaged> copyAll(const Database& from, const Database& to) {
    Salvaged salvaged;
    if (auto begun = to.execute("BEGIN; DELETE FROM meta"); !begun) return tl::unexpected(begun.error());
    Copier copier(from, to);
    for (const Table& table : kTables) {
        const auto whole = copier.copy(table);
        if (!whole) return tl::unexpected(whole.error());
        if (!*whole && table.name != std::string_view{"records"}) salvaged.tables.emplace_back(table.name);
    }
    const auto removed =
        to.queryInteger("SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'records.removed'");
    if (!removed) return tl::unexpected(removed.error());
    if (auto mended = to.execute(std::string{kMend} + "COMMIT"); !mended)
        return tl::unexpected(mended.error());
    if (auto found = findHoles(to, *removed, salvaged); !found) return tl::unexpected(found.error());
    if (auto whole = integrityCheck(to); !whole) return tl::unexpected(whole.error());
    auto finished = finishRestored(to);
    if (!finished) return tl::unexpected(finished.error());
    salvaged.journal = std::move(*finished);
    return salvaged;
}

}  // namespace

Result<Salvaged> salvageJournal(const std::string& directory, Time now) {
    const std::string path = directory + "/" + kFileName;
    const std::string fresh = path + ".new";
    const std::string copy = path + ".salvage";  // opening may change it
    const auto tidy = [&] {
        removeJournal(copy);
        removeJournal(fresh);
    };
    const auto work = [&]() -> Result<Salvaged> {
        if (auto copied = copyJournal(path, copy); !copied) return tl::unexpected(copied.error());
        if (auto made = createFile(fresh); !made) return tl::unexpected(made.error());
        auto from = openDamaged(copy);
        if (!from) {
            if (auto replaced = replaceHead(copy, fresh); !replaced) return tl::unexpected(replaced.error());
            from = openDamaged(copy);
        }
        if (!from) return tl::unexpected(from.error());
        auto to = Database::open(fresh, Database::Mode::Write);
        if (!to) return tl::unexpected(to.error());
        return copyAll(*from, *to);
    };
    auto salvaged = work();
    if (!salvaged) {
        tidy();
        return salvaged;
    }
    if (auto synced = syncFile(fresh); !synced) return tl::unexpected(synced.error());
    auto replaced = putInPlace(directory, fresh, now);
    tidy();
    if (!replaced) return tl::unexpected(replaced.error());
    salvaged->journal.replaced = std::move(*replaced);
    return salvaged;
}

}  // namespace dogwatch::journal

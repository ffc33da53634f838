#include "core/journal/sweeper.h"

#include <algorithm>
#include <vector>

#include "core/journal/schema.h"

namespace dogwatch::journal {
namespace {

constexpr std::int64_t kRowsInStep = 256;

// Records of an execution stay for as long as it may still run: until it has ended, or left the dead letters.
constexpr const char* kRecordsEnd =
    "SELECT max(seq) FROM (SELECT seq FROM records WHERE seq >= ?1 AND seq < ?2 ORDER BY seq LIMIT ?3)";
constexpr const char* kRemoveRecords =
    "DELETE FROM records WHERE seq BETWEEN ?1 AND ?2 AND seq NOT IN (SELECT value FROM json_each(?3)) "
    "AND (execution IS NULL OR NOT EXISTS (SELECT 1 FROM executions e WHERE e.id = records.execution "
    "AND (e.state < 2 OR e.dead_letter = 1)))";
// Those that a repeated request may still ask for by its key stay too.
constexpr const char* kExecutionsEnd =
    "SELECT max(number), min(coalesce(queued_at, 0)) FROM "
    "(SELECT number, queued_at FROM executions WHERE number >= ?1 ORDER BY number LIMIT ?2)";
constexpr const char* kFindExecutions =
    "SELECT number FROM executions WHERE number BETWEEN ?1 AND ?2 AND state >= 2 AND dead_letter = 0 "
    "AND coalesce(finished_at, queued_at) < ?3 AND (idempotency_key IS NULL OR queued_at < ?4)";

// The latest firing of each metaevent stays: it is the one that may stand uncleared.
constexpr const char* kFiringsEnd =
    "SELECT max(seq) FROM (SELECT seq FROM firings WHERE seq >= ?1 AND seq < ?2 ORDER BY seq LIMIT ?3)";
constexpr const char* kRemoveFirings =
    "DELETE FROM firings WHERE seq BETWEEN ?1 AND ?2 AND seq NOT IN (SELECT value FROM json_each(?3)) "
    "AND EXISTS (SELECT 1 FROM firings n WHERE n.metaevent = firings.metaevent AND n.seq > firings.seq)";

// Versions that were replaced long ago and that nothing which may still run was accepted for. The highest
// version of a name stays: numbers are never used twice.
constexpr const char* kRemoveVersions =
    "DELETE FROM functions AS f WHERE EXISTS (SELECT 1 FROM functions n WHERE n.name = f.name "
    "AND n.version = f.version + 1 AND json_extract(n.settings, '$.updated_at') < ?1) "
    "AND NOT EXISTS (SELECT 1 FROM current_functions c WHERE c.name = f.name AND c.version = f.version) "
    "AND NOT EXISTS (SELECT 1 FROM executions e WHERE e.function = (SELECT id FROM names WHERE name = "
    "f.name) "
    "AND e.version = f.version AND e.state IN (0, 1)) "
    "AND NOT EXISTS (SELECT 1 FROM executions e WHERE e.dead_letter = 1 AND e.version = f.version "
    "AND e.function = (SELECT id FROM names WHERE name = f.name))";
constexpr const char* kRemoveCode = "DELETE FROM code WHERE id NOT IN (SELECT code FROM functions)";

/// Of ascending seqs those between two, both included, as a JSON list.
std::string listBetween(const std::vector<std::int64_t>& seqs, std::int64_t first, std::int64_t last) {
    std::string list = "[";
    for (auto seq = std::lower_bound(seqs.begin(), seqs.end(), first); seq != seqs.end() && *seq <= last;
         ++seq)
        list += (list.size() > 1 ? "," : "") + std::to_string(*seq);
    return list + "]";
}

/// The first row's first column, 0 for none or NULL. Resets it.
Result<std::int64_t> first(Statement& statement) {
    const auto row = statement.step();
    const std::int64_t value = row && *row ? statement.integer(0) : 0;
    statement.reset();
    if (!row) return tl::unexpected(row.error());
    return value;
}

}  // namespace

Sweeper::Sweeper(const Database& database, Sweep sweep) : database_(database), sweep_(std::move(sweep)) {}

Result<void> Sweeper::prepare() {
    if (std::exchange(prepared_, true)) return {};
    const std::pair<Statement*, const char*> all[] = {
        {&recordsEnd_, kRecordsEnd},
        {&removeRecords_, kRemoveRecords},
        {&countRemoved_, kCountRemoved},
        {&executionsEnd_, kExecutionsEnd},
        {&findExecutions_, kFindExecutions},
        {&removeExecution_, "DELETE FROM executions WHERE number = ?1"},
        {&removePayload_, "DELETE FROM payloads WHERE number = ?1"},
        {&removeOutput_, "DELETE FROM outputs WHERE number = ?1"},
        {&firingsEnd_, kFiringsEnd},
        {&removeFirings_, kRemoveFirings},
    };
    for (const auto& [statement, sql] : all) {
        auto prepared = database_.prepare(sql);
        if (!prepared) return tl::unexpected(prepared.error());
        *statement = std::move(*prepared);
    }
    return {};
}

Result<bool> Sweeper::step() {
    if (phase_ == Phase::Done) return false;
    if (auto ready = prepare(); !ready) return tl::unexpected(ready.error());
    // What a power cut undoes of it is removed again.
    if (auto begun = database_.execute("PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE"); !begun) {
        (void)database_.execute("PRAGMA synchronous = FULL");
        return tl::unexpected(begun.error());
    }
    auto done = work().and_then([this] { return database_.execute("COMMIT"); });
    if (!done && database_.inTransaction()) (void)database_.execute("ROLLBACK");
    if (auto full = database_.execute("PRAGMA synchronous = FULL"); done && !full) done = std::move(full);
    if (!done) return tl::unexpected(done.error());
    return phase_ != Phase::Done;
}

Result<void> Sweeper::work() {
    switch (phase_) {
        case Phase::Records: return records();
        case Phase::Executions: return executions();
        case Phase::Firings: return firings();
        case Phase::Functions: return functions();
        case Phase::Done: break;
    }
    return {};
}

Result<void> Sweeper::records() {
    const auto last = first(recordsEnd_.bind(1, position_).bind(2, sweep_.before).bind(3, kRowsInStep));
    if (!last) return tl::unexpected(last.error());
    if (*last == 0) {
        phase_ = Phase::Executions;
        position_ = 0;
        return {};
    }
    const auto keep = listBetween(sweep_.keep, position_, *last);
    const auto removed =
        change(removeRecords_.bind(1, position_).bind(2, *last).bind(3, std::string_view{keep}));
    if (!removed) return tl::unexpected(removed.error());
    swept_.records += *removed;
    position_ = *last + 1;
    return countRemoved_.bind(1, *removed).run();
}

Result<void> Sweeper::executions() {
    executionsEnd_.bind(1, position_).bind(2, kRowsInStep);
    const auto row = executionsEnd_.step();
    const std::int64_t last = row && *row ? executionsEnd_.integer(0) : 0;
    const bool reached = row && *row && executionsEnd_.integer(1) >= toUs(sweep_.time);
    executionsEnd_.reset();
    if (!row) return tl::unexpected(row.error());
    if (last == 0 || reached) {  // the rest was accepted later
        phase_ = Phase::Firings;
        position_ = 0;
        return {};
    }
    findExecutions_.bind(1, position_).bind(2, last).bind(3, sweep_.time).bind(4, sweep_.keysSince);
    std::vector<std::int64_t> numbers;
    auto more = findExecutions_.step();
    for (; more && *more; more = findExecutions_.step()) numbers.push_back(findExecutions_.integer(0));
    findExecutions_.reset();
    if (!more) return tl::unexpected(more.error());
    for (const std::int64_t number : numbers) {
        for (Statement* remove : {&removeExecution_, &removePayload_, &removeOutput_}) {
            if (auto done = remove->bind(1, number).run(); !done) return done;
        }
    }
    swept_.executions += static_cast<std::int64_t>(numbers.size());
    position_ = last + 1;
    return {};
}

Result<void> Sweeper::firings() {
    const auto last = first(firingsEnd_.bind(1, position_).bind(2, sweep_.before).bind(3, kRowsInStep));
    if (!last) return tl::unexpected(last.error());
    if (*last == 0) {
        phase_ = Phase::Functions;
        return {};
    }
    const auto keep = listBetween(sweep_.keep, position_, *last);
    const auto removed =
        change(removeFirings_.bind(1, position_).bind(2, *last).bind(3, std::string_view{keep}));
    if (!removed) return tl::unexpected(removed.error());
    swept_.firings += *removed;
    position_ = *last + 1;
    return {};
}

Result<void> Sweeper::functions() {
    phase_ = Phase::Done;
    auto versions = database_.prepare(kRemoveVersions);
    if (!versions) return tl::unexpected(versions.error());
    const auto removed = change(versions->bind(1, sweep_.time));
    if (!removed) return tl::unexpected(removed.error());
    swept_.versions = *removed;
    return *removed > 0 ? database_.execute(kRemoveCode) : Result<void>{};
}

Result<std::int64_t> Sweeper::change(Statement& statement) {
    if (auto done = statement.run(); !done) return tl::unexpected(done.error());
    return sqlite3_changes64(database_.handle());
}

}  // namespace dogwatch::journal

// The inside of Reader: one connection, its prepared statements, the names it has met. Private to
// core/journal.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/journal/reader.h"
#include "core/journal/sqlite.h"

namespace dogwatch::journal {

class Reader::Private {
 public:
    explicit Private(Database database) : database_(std::move(database)) {}

    [[nodiscard]] const Database& database() const { return database_; }
    /// The text of an id of the table names; "" for 0.
    Result<std::string_view> name(std::int64_t id);
    /// The ids of the names that match one of the patterns ('*' stands for any characters).
    Result<std::vector<std::int64_t>> idsOf(const std::vector<std::string>& patterns);

    /// The smallest key of `table` whose time is at least `time`, or one past the last key. Keys and times
    /// grow together, so this bisects.
    Result<std::int64_t> firstAt(const char* table, const char* key, const char* timeColumn, Time time);

    /// Runs `work` in one read transaction, so that all it asks comes from one state of the journal.
    template <typename T>
    Result<T> snapshot(const std::function<Result<T>()>& work) {
        if (auto begun = database_.execute("BEGIN"); !begun) return tl::unexpected(begun.error());
        auto result = work();
        (void)database_.execute("COMMIT");  // it only read
        return result;
    }

    /// The records of these rows (seq, time, event, function, execution, body), `limit` at most.
    Result<RecordPage> pageOf(Statement& rows, std::size_t limit);

    /// The numbers of the executions accepted in a time range, both ends included.
    struct Range {
        std::int64_t first = 1;
        std::int64_t last = std::numeric_limits<std::int64_t>::max();
    };
    Result<Range> numbersIn(std::optional<Time> since, std::optional<Time> until);

    /// Calls `row` for each row.
    Result<void> each(Statement& statement, const std::function<Result<void>()>& row);

 private:
    Database database_;
    std::unordered_map<std::int64_t, std::string> names_;  ///< a cache, bounded
};

/// A query for the first `limit` keys between two bounds (exclusive) that meet one of several conditions,
/// each of which an index answers in order of the key: a merge, whose cost does not grow with the table.
/// `conditions`: SQL over constants, such as "event = 3"; empty: every row.
std::string mergedKeys(const char* table, const char* key, const std::vector<std::string>& conditions,
                       std::int64_t after, std::int64_t before, std::int64_t limit, bool descending);

constexpr const char* kExecutionListColumns =
    "SELECT e.id, e.function, e.version, e.state, e.\"trigger\", e.cause, e.attempt, e.depth, e.queued_at, "
    "e.started_at, e.finished_at, e.duration_us, e.queue_us, e.init_us, e.start, e.error, e.message, e.vm "
    "FROM executions e ";
/// The same, and the number after them.
constexpr const char* kNumberedExecutionColumns =
    "SELECT e.id, e.function, e.version, e.state, e.\"trigger\", e.cause, e.attempt, e.depth, e.queued_at, "
    "e.started_at, e.finished_at, e.duration_us, e.queue_us, e.init_us, e.start, e.error, e.message, e.vm, "
    "e.number FROM executions e ";
/// One row of these columns.
Execution executionOf(const Statement& row, std::string_view function);
constexpr const char* kFiringColumns =
    "SELECT seq, id, metaevent, version, time, key, cause, edge, depth, late, executions, evidence, jobs, "
    "silenced, acknowledged FROM firings ";

/// One row of these columns.
Result<Firing> firingOf(const Statement& row, std::string_view metaevent);

/// More conditions than these are filtered row by row instead of merged.
constexpr std::size_t kMostMerged = 128;

}  // namespace dogwatch::journal

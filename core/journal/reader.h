// Reader: queries of the journal on a connection of its own, so that none ever waits for the writer or stalls
// it.
//
// It sees what is durable. One Reader, one thread at a time; open as many as there are threads that read.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/journal/batch.h"
#include "core/model/filter.h"
#include "core/model/number_runs.h"
#include "core/model/result.h"

namespace dogwatch::journal {

/// Which records (docs/api.md, records.list). What is left out does not restrict.
struct RecordQuery {
    std::vector<std::string> events;     ///< kinds; '*' stands for any characters
    std::vector<std::string> functions;  ///< names; '*' as above
    std::string execution;
    std::optional<Time> since;   ///< time >= since
    std::optional<Time> until;   ///< time <= until
    std::int64_t afterSeq = 0;   ///< seq > afterSeq
    std::int64_t beforeSeq = 0;  ///< seq < beforeSeq; 0: no bound
    std::int64_t limit = 1000;
    bool newest = false;  ///< the latest `limit` instead of the earliest; ascending all the same
};

struct RecordPage {
    std::vector<Record> records;  ///< ascending by seq
    bool more = false;            ///< further ones match
};

/// Which executions (docs/api.md, executions.list), latest accepted first.
struct ExecutionQuery {
    std::string function;  ///< a name, '*' allowed; empty: any
    std::optional<ExecutionState> state;
    std::optional<Time> since;  ///< queued at or after
    std::string before;         ///< an execution id: only those accepted before it
    bool deadLetters = false;   ///< only those in the dead-letter list
    std::int64_t limit = 100;
};

/// Which executions a console shows: those that a display filter matches, accepted in a time range.
struct ExecutionFilter {
    Filter filter;              ///< over executionFilterFields()
    std::optional<Time> since;  ///< queued at or after
    std::optional<Time> until;  ///< queued at or before
};

/// The journal numbers executions in the order in which they were accepted.
struct ExecutionNumbers {
    NumberRuns runs;
    std::int64_t floor = 1;  ///< all before it have ended: they do not change any more
};

struct NumberedExecution {
    std::int64_t number = 0;
    Execution execution;
};

/// What went on in a stretch of time, lane by lane: each execution where they are few, and else counts.
struct LaneQuery {
    ExecutionFilter filter;
    Time since{};  ///< executions that were accepted or ran in [since, until]
    Time until{};
    bool byVm = false;  ///< a lane for each VM, else for each function
    std::int64_t mostBars = 4000;
    std::int64_t bins = 600;
};

struct LaneBar {
    std::int64_t lane = 0;  ///< into LaneView::lanes
    std::string execution;
    ExecutionState state = ExecutionState::Queued;
    Time queuedAt{};
    std::optional<Time> startedAt;
    std::optional<Time> finishedAt;
};

struct LaneBin {
    std::int64_t lane = 0;
    std::int64_t bin = 0;
    std::int64_t succeeded = 0;
    std::int64_t failed = 0;  ///< dropped ones too
    std::int64_t other = 0;   ///< not over
};

struct LaneView {
    std::vector<std::string> lanes;
    std::int64_t total = 0;
    std::vector<LaneBar> bars;  ///< by time accepted; empty where there are more than asked for
    std::vector<LaneBin> bins;  ///< only then
};

/// Figures over executions.
struct ExecutionSummary {
    std::int64_t total = 0;
    std::int64_t byState[5] = {};  ///< by ExecutionState
    std::int64_t busyUs = 0;       ///< the sum of durations
    std::optional<std::int64_t> durationP50, durationP95, durationP99, durationMax;
    std::optional<std::int64_t> waitP50, waitP95;
};

/// Which firings, latest first.
struct FiringQuery {
    std::string metaevent;  ///< empty: any
    std::optional<Time> since;
    std::int64_t limit = 100;
};

struct JournalInfo {
    std::int64_t records = 0;
    std::int64_t bytes = 0;  ///< of the file and its write-ahead log
    std::int64_t lastSeq = 0;
    Time lastTime{};
};

/// What retention goes by.
struct JournalExtent {
    std::int64_t firstSeq = 0;  ///< of the oldest record; 0: there is none
    std::int64_t lastSeq = 0;
    std::int64_t usedBytes = 0;  ///< of the file, without what is free in it
    /// Recovery needs the records from this seq on: what follows the older of the checkpoints that are kept.
    /// 0: it needs all.
    std::int64_t neededFrom = 0;
};

/// Streams records in order of seq with the columns that an engine filters by, so that JSON is decoded only
/// of those it wants. It reads one snapshot: what is appended meanwhile is not seen. Keep its Reader alive.
class RecordCursor {
 public:
    RecordCursor(RecordCursor&&) noexcept;
    RecordCursor& operator=(RecordCursor&&) noexcept;
    ~RecordCursor();

    /// Steps to the next record; false at the end. The views below hold until the next call.
    Result<bool> next();

    [[nodiscard]] std::int64_t seq() const;
    [[nodiscard]] Time time() const;
    [[nodiscard]] std::string_view event() const;
    [[nodiscard]] std::string_view function() const;   ///< "" when it has none
    [[nodiscard]] std::string_view execution() const;  ///< "" when it has none
    /// The whole record, decoded.
    [[nodiscard]] Result<Record> record() const;

 private:
    friend class Reader;
    class Private;
    explicit RecordCursor(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

class Reader {
 public:
    /// Opens DIR/journal.db for reading. NotFound when there is none.
    static Result<Reader> open(const std::string& directory);
    ~Reader();
    Reader(Reader&&) noexcept;
    Reader& operator=(Reader&&) noexcept;

    [[nodiscard]] Result<JournalInfo> info();
    [[nodiscard]] Result<JournalExtent> extent();
    /// The seq of the first record at or after `time`; one past the last where there is none.
    [[nodiscard]] Result<std::int64_t> seqAt(Time time);

    [[nodiscard]] Result<RecordPage> records(const RecordQuery& query);
    /// All records with seq > afterSeq, time >= since and time <= until; '*' patterns of `events` as above.
    [[nodiscard]] Result<RecordCursor> stream(std::int64_t afterSeq, std::optional<Time> since = {},
                                              std::optional<Time> until = {},
                                              const std::vector<std::string>& events = {});

    [[nodiscard]] Result<std::vector<Execution>> executions(const ExecutionQuery& query);
    [[nodiscard]] Result<ExecutionDetail> execution(const std::string& id);
    /// Those queued or running, oldest first: what a restart resumes.
    [[nodiscard]] Result<std::vector<ExecutionDetail>> unfinished();
    /// (function + '\0' + idempotency key, execution) of requests queued at or after `since`, oldest first.
    [[nodiscard]] Result<std::vector<std::pair<std::string, std::string>>> idempotencyKeys(Time since);

    // What a console shows of executions, however many there are.

    /// The numbers of those that match, from the number `from` on.
    [[nodiscard]] Result<ExecutionNumbers> executionNumbers(const ExecutionFilter& filter,
                                                            std::int64_t from = 0);
    /// The rows with these numbers that are there, ascending.
    [[nodiscard]] Result<std::vector<NumberedExecution>> executionRows(
        const std::vector<std::int64_t>& numbers);
    /// NotFound where there is none.
    [[nodiscard]] Result<std::int64_t> executionNumber(const std::string& id);
    [[nodiscard]] Result<LaneView> lanes(const LaneQuery& query);
    [[nodiscard]] Result<ExecutionSummary> summary(const ExecutionFilter& filter);

    [[nodiscard]] Result<std::vector<Firing>> firings(const FiringQuery& query);
    /// Those after `afterSeq` that go back to one of these records or have a record of this execution among
    /// their evidence; looks at the next `window` firings, earliest first.
    [[nodiscard]] Result<std::vector<Firing>> firingsFrom(const std::vector<std::int64_t>& causes,
                                                          const std::string& execution, std::int64_t afterSeq,
                                                          std::int64_t window = 2000);
    /// Executions that name this one as their cause (its dead letter was retried).
    [[nodiscard]] Result<std::vector<std::string>> executionsCausedBy(const std::string& id);
    [[nodiscard]] Result<Firing> firing(const std::string& id);
    [[nodiscard]] Result<bool> hasFiring(const std::string& id);

    /// The current version of every function that was not removed, by name. `withCode` false leaves code
    /// empty.
    [[nodiscard]] Result<std::vector<Function>> functions(bool withCode = true);
    /// One version; 0: the current one, NotFound when it was removed.
    [[nodiscard]] Result<Function> function(const std::string& name, std::int64_t version = 0);
    /// Every version there is, the latest first, without code.
    [[nodiscard]] Result<std::vector<Function>> functionVersions(const std::string& name);
    /// The highest version that a function of this name ever had, removed ones included; 0: there was none.
    [[nodiscard]] Result<std::int64_t> latestVersion(const std::string& name);
    /// In the order in which they were first defined.
    [[nodiscard]] Result<std::vector<Definition>> definitions();
    [[nodiscard]] Result<std::vector<ScheduleMark>> schedules();
    [[nodiscard]] Result<std::vector<Checkpoint>> checkpoints();      ///< newest first, two at most
    [[nodiscard]] Result<std::string> meta(const std::string& name);  ///< "" when it is not there

    /// Reads every page and compares every index entry. The error tells what is damaged and the mend.
    [[nodiscard]] Result<void> check();

 private:
    friend class RecordCursor;
    class Private;
    explicit Reader(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

}  // namespace dogwatch::journal

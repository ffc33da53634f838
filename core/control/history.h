// History: what the engine makes of records when it is asked about the past, or about what might have been.
// Runs on a thread that reads, with engines of its own.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/compare.h"
#include "core/engine/explanation.h"
#include "core/engine/moment.h"
#include "core/engine/trace.h"
#include "core/journal/reader.h"
#include "core/model/firing.h"
#include "core/model/metaevent.h"

namespace dogwatch::control {

/// Set by whoever does not want the answer any more; long work looks at it now and then.
using Cancelled = std::shared_ptr<std::atomic<bool>>;
/// Told now and then how many records of how many were read. Called on the thread that reads.
using Progress = std::function<void(std::int64_t done, std::int64_t total)>;

constexpr std::int64_t kMostLines = 250'000;  ///< that one answer holds

struct BacktestQuery {
    std::vector<Metaevent> definitions;
    std::optional<Time> from;   ///< none: the first record's
    std::optional<Time> until;  ///< none: the last record's
    bool all = false;           ///< the other derived records too
    std::int64_t skip = 0;      ///< lines to leave out first, for paging
    std::int64_t limit = kMostLines;

    // ---- what if
    std::optional<std::vector<Record>> records;  ///< these instead of the journal's; in order of seq
    std::vector<Record> added;                   ///< further ones, which come after those of the same time
    std::vector<std::int64_t> removed;           ///< seqs

    // ---- what else is wanted
    std::optional<std::vector<Metaevent>> compare;  ///< what the firings are compared with
    std::optional<engine::TraceOptions> trace;
    std::optional<Time> at;  ///< how the definitions stood then
    std::optional<json::value> key;
};

struct BacktestAnswer {
    json::array lines;       ///< as section 7 of the metaevent spec prints them
    std::int64_t total = 0;  ///< lines there are, those left out included
    bool isTruncated = false;
    std::int64_t records = 0;         ///< that were read
    std::vector<std::int64_t> added;  ///< the seqs given to the records that were added
    std::optional<engine::FiringDifference> difference;
    std::vector<engine::MetaeventTrace> traces;
    std::vector<engine::Moment> moments;  ///< of `at`, in the order of the definitions
};

/// `reader` null: the query has records of its own.
Result<BacktestAnswer> backtest(journal::Reader* reader, const BacktestQuery& query,
                                const Cancelled& cancelled, const Progress& progress = {});

struct ExplainQuery {
    std::string metaevent;
    Time at{};
    std::optional<json::value> key;
    std::optional<Firing> firing;  ///< explain this one rather than a time
};

using engine::Explanation;

/// Plays the journal, with the definitions as they were, up to the moment asked for. Everything is folded as
/// it was then, so that what it says is what happened.
Result<Explanation> explain(journal::Reader& reader, const ExplainQuery& query, const Cancelled& cancelled,
                            const Progress& progress = {});

/// The same of an engine's excerpt, at `at`, which does not lie before its last step.
Result<Explanation> explainLive(const std::string& excerpt, const ExplainQuery& query);

}  // namespace dogwatch::control

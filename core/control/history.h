// History: what the engine makes of the journal when it is asked about the past. Runs on a thread that reads,
// with an engine of its own.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

#include "core/journal/reader.h"
#include "core/model/metaevent.h"

namespace dogwatch::control {

/// Set by whoever does not want the answer any more; long work looks at it now and then.
using Cancelled = std::shared_ptr<std::atomic<bool>>;

struct BacktestQuery {
    std::vector<Metaevent> definitions;
    std::optional<Time> from;   ///< none: the first record's
    std::optional<Time> until;  ///< none: the last record's
    bool all = false;           ///< the other derived records too
};

/// Section 7 of the metaevent spec: one line a firing.
Result<json::array> backtest(journal::Reader& reader, const BacktestQuery& query, const Cancelled& cancelled);

/// How one condition of a tree stood.
struct ConditionState {
    std::string path;  ///< "when.all.1"
    std::string op;    ///< "absent"
    std::int64_t depth = 0;
    bool holds = false;      ///< some key's is true
    std::int64_t rises = 0;  ///< since the metaevent was armed
    std::optional<Time> lastRise;
    std::optional<Time> nextDeadline;  ///< when something of it falls due
};

/// How the conditions of a metaevent stood at a time: each is watched as a metaevent of its own from `armed`
/// on.
Result<std::vector<ConditionState>> explain(journal::Reader& reader, const Metaevent& metaevent, Time armed,
                                            Time at, const Cancelled& cancelled);

}  // namespace dogwatch::control

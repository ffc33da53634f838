// Backtest: when definitions would have fired over recorded history (spec section 7).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "core/engine/engine.h"

namespace dogwatch::engine {

/// The next record in the order of seq; none at the end. An error ends the backtest.
using RecordReader = std::function<Result<std::optional<Record>>()>;

struct BacktestOptions {
    std::optional<Time> from;         ///< default: the time of the first record
    std::optional<Time> until;        ///< default: the time of the last record
    std::function<bool()> cancelled;  ///< asked now and then; true ends the backtest
    std::function<void(std::int64_t records, Time at)> progress;  ///< told now and then
    EngineOptions engine{.gauges = true, .evidence = false};
};

/// Arms all definitions at `from`, whether enabled or not, folds the records up to `until`, and advances to
/// it. An error of the reader, a cycle of `active`, or Refused "cancelled".
Result<void> backtest(const std::vector<Metaevent>& definitions, const RecordReader& reader,
                      const BacktestOptions& options, const Sink& sink);

/// A reader over records in memory, which must outlive it.
RecordReader readerOf(const std::vector<Record>& records);

}  // namespace dogwatch::engine

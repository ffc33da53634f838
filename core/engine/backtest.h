// Backtest: when definitions would have fired over recorded history (spec section 7).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/engine/engine.h"
#include "core/engine/interest.h"

namespace dogwatch::engine {

/// The next record in the order of seq; none at the end. An error ends the backtest.
using RecordReader = std::function<Result<std::optional<Record>>()>;
/// The same in its fast form, valid until the next call; null at the end. Records of kind metaevent.* are
/// passed over.
using InputReader = std::function<Result<const Input*>(Symbols&)>;

struct BacktestOptions {
    std::optional<Time> from;         ///< default: the time of the first record
    std::optional<Time> until;        ///< default: the time of the last record
    std::function<bool()> cancelled;  ///< asked now and then; true ends the backtest
    std::function<void(std::int64_t records, Time at)> progress;  ///< told now and then
    EngineOptions engine{.gauges = true, .evidence = false};
};

/// A backtest that is given its records one after the other: several may run over one reading of a history,
/// and be looked at meanwhile.
class Backtest {
 public:
    /// `options`: from, until and engine. The definitions are armed whether enabled or not.
    Backtest(std::vector<Metaevent> definitions, const BacktestOptions& options);

    /// For tracers and witnesses; it stays where it is as long as the backtest does.
    [[nodiscard]] Engine& engine() { return *engine_; }

    /// In the order of seq. An error: the definitions form a cycle of `active`.
    Result<void> add(const Record& record, const Sink& sink);
    /// The same for one that is none of metaevent.*, its names in the engine's symbols.
    Result<void> add(const Input& input, const Sink& sink);
    /// Advances to `until`.
    Result<void> finish(const Sink& sink);
    /// To when it was advanced at last; none: there was nothing to begin or end with.
    [[nodiscard]] std::optional<Time> end() const { return until_ ? until_ : last_; }

 private:
    Result<void> arm(Time at);

    std::vector<Metaevent> definitions_;
    EventInterest interest_;
    std::optional<Time> from_;
    std::optional<Time> until_;
    std::unique_ptr<Engine> engine_;
    std::optional<Time> last_;
    bool armed_ = false;
};

/// Arms all definitions at `from`, whether enabled or not, folds the records up to `until`, and advances to
/// it. An error of the reader, a cycle of `active`, or Refused "cancelled".
Result<void> backtest(const std::vector<Metaevent>& definitions, const RecordReader& reader,
                      const BacktestOptions& options, const Sink& sink);
Result<void> backtest(const std::vector<Metaevent>& definitions, const InputReader& reader,
                      const BacktestOptions& options, const Sink& sink);

/// Readers over records in memory, which must outlive them; so must the definitions. The second one copies
/// nothing, and reads of a record what the definitions need.
RecordReader readerOf(const std::vector<Record>& records);
InputReader inputsOf(const std::vector<Record>& records, const std::vector<Metaevent>& definitions);

}  // namespace dogwatch::engine

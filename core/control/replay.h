// Replay: brings an engine up to the end of the journal. External records are folded, changes of definitions
// applied; recorded derived records are passed over and derived afresh, and what comes out must be what was
// recorded, so that a firing whose jobs were enqueued before a crash never enqueues them again.
#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "core/engine/engine.h"
#include "core/model/record.h"

namespace dogwatch::control {

/// Whether the engine derived the record: fired, cleared, suppressed, degraded.
bool isDerived(const Record& record);

/// Applies metaevent.defined, .enabled, .disabled or .removed.
Result<void> applyDefinition(engine::Engine& engine, const Record& record);

class Replay {
 public:
    /// Borrows the engine until finish().
    explicit Replay(engine::Engine& engine);

    /// The next record of the journal, in order of seq. An error: it cannot be part of a journal of ours,
    /// such as a definition that is malformed.
    Result<void> add(const Record& record);
    /// After the last record: runs the timer steps whose firings stand at the journal's end.
    void finish();

    /// Derived records that were recorded and not derived again, or the other way round. 0 unless the engine
    /// changed its ways since; the first is described.
    [[nodiscard]] std::int64_t divergences() const { return divergences_; }
    [[nodiscard]] const std::string& firstDivergence() const { return firstDivergence_; }

 private:
    /// What identifies a derived record: its time, kind, metaevent, key, firing and reason.
    static std::string identity(const Record& record);
    void approach(Time time);
    void derived(const Record& record);
    void settle();
    void diverged(const std::string& what);

    engine::Engine& engine_;
    engine::Sink sink_;
    std::deque<std::string> recorded_;   ///< not derived yet
    std::deque<std::string> rederived_;  ///< not seen in the journal yet
    Time lastDerived_{};
    std::int64_t divergences_ = 0;
    std::string firstDivergence_;
};

}  // namespace dogwatch::control

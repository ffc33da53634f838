// NodeState: what one node of a tree remembers in one instance.
#pragma once

#include <variant>

#include "core/engine/detectors/history.h"
#include "core/engine/detectors/hold.h"
#include "core/engine/detectors/sequence.h"
#include "core/engine/detectors/silence.h"
#include "core/engine/detectors/window.h"

namespace dogwatch::engine {

/// Monostate: nothing; it follows from its children alone (all, any, not, at_least), or is shared.
using NodeState = std::variant<std::monostate, OccursDetector, AbsentDetector, MissedDetector, CountDetector,
                               MeasureDetector, RatioDetector, StreakDetector, ChangedDetector,
                               SequenceDetector, HeldDetector, RecentDetector>;

NodeState makeNodeState(const Condition& condition);

template <typename T>
concept LeafDetector = requires(T detector, const Scope& scope, Hits hits) {
    detector.onRecord(scope, hits);
    detector.onTimer(scope);
    detector.arm(scope, std::int64_t{});
};

}  // namespace dogwatch::engine

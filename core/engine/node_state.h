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

/// Calls `work` with the detector of a leaf; not at all for any other node.
template <typename Work>
void withLeaf(NodeState& state, Work work) {
    switch (state.index()) {
        case 1: return work(*std::get_if<1>(&state));
        case 2: return work(*std::get_if<2>(&state));
        case 3: return work(*std::get_if<3>(&state));
        case 4: return work(*std::get_if<4>(&state));
        case 5: return work(*std::get_if<5>(&state));
        case 6: return work(*std::get_if<6>(&state));
        case 7: return work(*std::get_if<7>(&state));
        case 8: return work(*std::get_if<8>(&state));
        case 9: return work(*std::get_if<9>(&state));
        default: return;
    }
}
static_assert(std::is_same_v<std::variant_alternative_t<9, NodeState>, SequenceDetector>);

}  // namespace dogwatch::engine

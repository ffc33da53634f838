// NodeState: what one node of a tree remembers in one instance.
#pragma once

#include <type_traits>
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

/// The detector of a leaf, found without a look at its memory.
struct LeafRef {
    void* detector = nullptr;  ///< null: the node is no leaf
    std::size_t kind = 0;      ///< the alternative of NodeState that it is
};
LeafRef leafOf(NodeState& state);

/// Calls `work` with the detector; not at all where there is none.
template <typename Work>
void withLeaf(const LeafRef& leaf, Work work) {
    const auto call = [&]<std::size_t Kind>(std::integral_constant<std::size_t, Kind>) {
        work(*static_cast<std::variant_alternative_t<Kind, NodeState>*>(leaf.detector));
    };
    switch (leaf.kind) {
        case 1: return call(std::integral_constant<std::size_t, 1>{});
        case 2: return call(std::integral_constant<std::size_t, 2>{});
        case 3: return call(std::integral_constant<std::size_t, 3>{});
        case 4: return call(std::integral_constant<std::size_t, 4>{});
        case 5: return call(std::integral_constant<std::size_t, 5>{});
        case 6: return call(std::integral_constant<std::size_t, 6>{});
        case 7: return call(std::integral_constant<std::size_t, 7>{});
        case 8: return call(std::integral_constant<std::size_t, 8>{});
        case 9: return call(std::integral_constant<std::size_t, 9>{});
        default: return;
    }
}
static_assert(std::is_same_v<std::variant_alternative_t<9, NodeState>, SequenceDetector>);

template <typename Work>
void withLeaf(NodeState& state, Work work) {
    withLeaf(leafOf(state), work);
}

}  // namespace dogwatch::engine

#include "core/engine/node_state.h"

namespace dogwatch::engine {

namespace {

struct Maker {
    NodeState operator()(const condition::Occurs&) const { return OccursDetector{}; }
    NodeState operator()(const condition::Absent& spec) const { return AbsentDetector{spec}; }
    NodeState operator()(const condition::Missed&) const { return MissedDetector{}; }
    NodeState operator()(const condition::Count& spec) const { return CountDetector{spec}; }
    NodeState operator()(const condition::Measure& spec) const { return MeasureDetector{spec}; }
    NodeState operator()(const condition::Ratio& spec) const { return RatioDetector{spec}; }
    NodeState operator()(const condition::Streak&) const { return StreakDetector{}; }
    NodeState operator()(const condition::Changed&) const { return ChangedDetector{}; }
    NodeState operator()(const condition::Sequence&) const { return SequenceDetector{}; }
    NodeState operator()(const condition::Held&) const { return HeldDetector{}; }
    NodeState operator()(const condition::Recent&) const { return RecentDetector{}; }
    template <typename Other>
    NodeState operator()(const Other&) const {
        return std::monostate{};
    }
};

}  // namespace

NodeState makeNodeState(const Condition& condition) {
    return std::visit(Maker{}, condition.kind);
}

LeafRef leafOf(NodeState& state) {
    return std::visit(
        [&state]<typename T>(T& detector) {
            return LeafDetector<T> ? LeafRef{&detector, state.index()} : LeafRef{};
        },
        state);
}

}  // namespace dogwatch::engine

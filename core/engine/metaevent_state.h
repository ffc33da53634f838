// MetaeventState: a definition, compiled, and all that the fold knows of it.
#pragma once

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/gauges.h"
#include "core/engine/instance.h"
#include "core/engine/program.h"
#include "core/engine/text_map.h"
#include "core/model/metaevent.h"

namespace dogwatch::engine {

constexpr std::size_t kMostInstances = 10'000;

/// Timers that belong to no node of the tree.
enum TimerNode : NodeIndex { kArmTimer = 64, kRepeatTimer = 65, kExpireTimer = 66 };

/// A node that is the same in all instances: at, during, fired, active, gauge.
struct SharedNode {
    TimerSlot timer = kNoTimer;
    Gauges::Watch watch = 0;         ///< of gauge
    TextMap<EvidenceRef> standing;   ///< of active: the keys that stand, and their firings
    EvidenceRef last = kNoEvidence;  ///< of fired
};

class MetaeventState {
 public:
    explicit MetaeventState(Metaevent given, std::int64_t givenVersion)
        : definition(std::make_unique<Metaevent>(std::move(given))), version(givenVersion) {}

    std::unique_ptr<Metaevent> definition;  ///< the program points into it
    std::int64_t version = 0;
    std::uint64_t order = 0;         ///< in which metaevents were defined
    std::optional<Program> program;  ///< while it is armed

    std::int64_t armed = 0;
    NodeMask sharedAt = 0;  ///< values of the shared nodes at the step
    NodeMask sharedGap = 0;
    std::vector<SharedNode> shared;                        ///< by node
    std::vector<std::unique_ptr<SequencePool>> sequences;  ///< by node
    std::unique_ptr<Instance> sole;                        ///< without a partition
    TextMap<std::unique_ptr<Instance>> instances;          ///< by canonical key
    std::uint64_t nextOrdinal = 0;
    TimerSlot armTimer = kNoTimer;

    std::deque<std::int64_t> firings;  ///< times, as many as the limit looks at
    std::int64_t totalFirings = 0;
    std::int64_t checks =
        0;  ///< records its selectors looked at, in this process (SelectorIndex::countChecks)
    std::optional<std::int64_t> lastFired;
    std::uint8_t boundsReached = 0;  ///< set of Bound
    std::uint8_t boundsTold = 0;

    [[nodiscard]] const std::string& name() const { return definition->name; }
    [[nodiscard]] bool isArmed() const { return program.has_value(); }
    [[nodiscard]] bool isPartitioned() const { return !definition->partition.empty(); }

    template <typename Function>
    void forEachInstance(Function function) const {
        if (sole != nullptr) function(*sole);
        for (const auto& [key, instance] : instances) function(*instance);
    }

    [[nodiscard]] std::int64_t stateBytes() const;
};

}  // namespace dogwatch::engine

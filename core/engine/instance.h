// Instance: one metaevent for one key (spec section 6, Partition), or for all records where there is none.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/engine/node_state.h"

namespace dogwatch::engine {

constexpr std::int64_t kLongAgo = std::numeric_limits<std::int64_t>::min();

struct Instance {
    // What a record looks at lies in one line of the cache.
    MetaeventState* metaevent = nullptr;
    std::uint64_t touched = 0;  ///< the last step that evaluates it
    NodeMask at = 0;            ///< values at the step, of nodes that are not shared
    NodeMask gap = 0;           ///< and in the gap after it
    std::vector<NodeState> nodes;
    std::int64_t acted = 0;  ///< when a record of its key last acted on it

    std::uint64_t ordinal = 0;  ///< in the order of arming
    std::int64_t armed = 0;
    std::string keyText;  ///< canonical
    json::value key;      ///< null, or the array of the partition's values

    bool holds = false;  ///< the root in the gap after the step
    bool fired = false;  ///< it fired on its last rise, and the root has not fallen since
    std::int64_t nextTry = kNever;
    std::int64_t lastRise = kLongAgo;  ///< firings, for the cooldown; repeats count as rises
    std::int64_t lastFall = kLongAgo;
    std::string firing;  ///< id of the latest
    TimerSlot repeatTimer = kNoTimer;
    TimerSlot expireTimer = kNoTimer;
};

}  // namespace dogwatch::engine

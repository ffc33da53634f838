// What detectors share. A detector follows one condition in one instance: it is told of the records that its
// selectors match and of the times it asked for, and answers with the condition's truth.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/engine/program.h"
#include "core/engine/step.h"
#include "core/engine/timer_queue.h"

namespace dogwatch::engine {

/// The value of a condition at a step and in the gap after it (spec section 1).
struct Truth {
    bool at = false;
    bool gap = false;

    static Truth state(bool value) { return {value, value}; }
    static Truth pulse(bool value) { return {value, false}; }
};

/// Bounds of section 6 that were reached; each is told once.
enum Bound : std::uint8_t { kPartitionsBound = 1, kRunsBound = 2, kWindowBound = 4 };

/// What all detectors of conditions without children have: the value that their instance was last told of, so
/// that a look which changes nothing leaves the instance alone.
struct Leaf {
    bool told = false;
};

class SequencePool;

/// A detector's own timer, and the moment for which it is armed: that tells at once whether it has to move.
struct Timer {
    TimerSlot slot = kNoTimer;
    std::int64_t pending = kNever;  ///< as TimerQueue::key() has it

    [[nodiscard]] bool isArmed() const { return pending != kNever; }
    void cameDue() { pending = kNever; }
    void close(TimerQueue& timers) {
        timers.close(slot);
        pending = kNever;
    }
};

/// What a detector may see and use at a step.
struct Scope {
    const Step& step;
    const FieldCache& fields;
    const Node& node;
    TimerQueue& timers;
    TimerOwner owner;
    std::uint8_t& bounds;              ///< set of Bound: those reached
    SequencePool* sequence = nullptr;  ///< of a sequence condition

    template <typename Kind>
    [[nodiscard]] const Kind& spec() const {
        return *node.condition->as<Kind>();
    }

    void arm(TimerSlot& slot, std::int64_t time, TimerQueue::Phase phase) const {
        if (slot == kNoTimer) slot = timers.open(owner);
        timers.arm(slot, time, phase);
    }

    void arm(Timer& timer, std::int64_t time, TimerQueue::Phase phase) const {
        const std::int64_t key = TimerQueue::key(time, phase);
        if (timer.pending <= key) return;
        timer.pending = key;
        arm(timer.slot, time, phase);
    }
};

/// Which selectors of the node the record matched, ascending.
using Hits = std::span<const std::uint16_t>;

using EvidenceList = std::vector<EvidenceRef>;

}  // namespace dogwatch::engine

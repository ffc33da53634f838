// TimerQueue: everything that falls due, in one heap.
//
// Timers are re-armed lazily: moving a timer later costs nothing. Whoever owns it looks at its own deadline
// when the timer comes due and arms it again, so that a silence which every record postpones costs one heap
// operation a period and not one a record.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace dogwatch::engine {

class MetaeventState;
struct Instance;

/// What a timer belongs to: a node of an instance, or with a null instance one that all instances share.
struct TimerOwner {
    MetaeventState* metaevent = nullptr;
    Instance* instance = nullptr;
    std::uint16_t node = 0;
};

using TimerSlot = std::uint32_t;
constexpr TimerSlot kNoTimer = std::numeric_limits<TimerSlot>::max();
constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

class TimerQueue {
 public:
    /// At which step of its time a timer comes due (spec section 5, Windows): the first step of any kind, or
    /// the timer step, which comes after all record steps.
    enum class Phase : std::uint8_t { AnyStep = 0, TimerStep = 1 };

    /// Orders moments: all record steps of a time, then its timer step.
    static constexpr std::int64_t key(std::int64_t time, Phase phase) {
        return time * 2 + static_cast<std::int64_t>(phase);
    }

    TimerSlot open(const TimerOwner& owner);
    void close(TimerSlot& slot);

    /// Makes sure that the slot comes due at that moment or earlier.
    void arm(TimerSlot slot, std::int64_t time, Phase phase) { armKey(slot, key(time, phase)); }
    void armKey(TimerSlot slot, std::int64_t key) {
        if (slots_[slot].pending > key) push(slot, key);
    }
    /// The moment for which the slot is armed; kNever: it is not.
    [[nodiscard]] std::int64_t pending(TimerSlot slot) const { return slots_[slot].pending; }

    /// The earliest moment for which a slot is armed; kNever: none is.
    [[nodiscard]] std::int64_t nextKey() const { return heap_.empty() ? kNever : heap_.front().key; }
    /// The earliest moment of all slots of a metaevent. O(slots): for people.
    [[nodiscard]] std::int64_t earliest(const MetaeventState* metaevent) const;
    /// Takes one slot that is due at `limit` or earlier; it is no longer armed then.
    std::optional<TimerOwner> pop(std::int64_t limit);

 private:
    struct Entry {
        std::int64_t key;
        TimerSlot slot;
    };
    struct Slot {
        TimerOwner owner;
        std::int64_t pending = kNever;
        std::uint32_t entries = 0;  ///< in the heap, superseded ones included
        bool open = false;
    };

    void push(TimerSlot slot, std::int64_t key);
    Entry takeTop();
    void dropSuperseded();

    std::vector<Entry> heap_;  ///< its top is never a superseded entry
    std::vector<Slot> slots_;
    std::vector<TimerSlot> free_;
};

}  // namespace dogwatch::engine

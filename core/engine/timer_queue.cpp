#include "core/engine/timer_queue.h"

#include <algorithm>

namespace dogwatch::engine {
namespace {

constexpr auto kLater = [](const auto& a, const auto& b) { return a.key > b.key; };

}  // namespace

TimerSlot TimerQueue::open(const TimerOwner& owner) {
    if (free_.empty()) {
        free_.push_back(static_cast<TimerSlot>(slots_.size()));
        slots_.emplace_back();
    }
    const TimerSlot slot = free_.back();
    free_.pop_back();
    slots_[slot].owner = owner;
    slots_[slot].open = true;
    return slot;
}

void TimerQueue::close(TimerSlot& slot) {
    if (slot == kNoTimer) return;
    Slot& closed = slots_[slot];
    closed.open = false;
    closed.pending = kNever;
    if (closed.entries == 0) free_.push_back(slot);
    slot = kNoTimer;
    dropSuperseded();
}

void TimerQueue::push(TimerSlot slot, std::int64_t key) {
    slots_[slot].pending = key;
    ++slots_[slot].entries;
    heap_.push_back({key, slot});
    std::push_heap(heap_.begin(), heap_.end(), kLater);
    dropSuperseded();
}

TimerQueue::Entry TimerQueue::takeTop() {
    std::pop_heap(heap_.begin(), heap_.end(), kLater);
    const Entry entry = heap_.back();
    heap_.pop_back();
    Slot& slot = slots_[entry.slot];
    --slot.entries;
    if (slot.entries == 0 && !slot.open) free_.push_back(entry.slot);
    return entry;
}

void TimerQueue::dropSuperseded() {
    while (!heap_.empty() && slots_[heap_.front().slot].pending != heap_.front().key) takeTop();
}

std::optional<TimerOwner> TimerQueue::pop(std::int64_t limit) {
    if (heap_.empty() || heap_.front().key > limit) return std::nullopt;
    const Entry entry = takeTop();
    slots_[entry.slot].pending = kNever;
    dropSuperseded();
    return slots_[entry.slot].owner;
}

std::int64_t TimerQueue::earliest(const MetaeventState* metaevent) const {
    std::int64_t earliest = kNever;
    for (const Slot& slot : slots_) {
        if (slot.open && slot.owner.metaevent == metaevent) earliest = std::min(earliest, slot.pending);
    }
    return earliest;
}

}  // namespace dogwatch::engine

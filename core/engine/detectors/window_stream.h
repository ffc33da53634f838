// WindowStream: the values at one path of the records that one selector matches, in their order. All windows
// over them look at the same stream, each from its own first entry on, so that a value lies in memory once.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/engine/detectors/newest.h"
#include "core/engine/ring.h"

namespace dogwatch::engine {

constexpr std::size_t kLargestWindow = 1'000'000;  ///< records in one window (spec section 6, Bounds)

class WindowStream {
 public:
    struct Entry {
        std::int64_t time;
        double value;
    };
    /// Entries are numbered in their order; the number after the last one.
    [[nodiscard]] std::uint64_t end() const { return end_; }
    [[nodiscard]] const Entry& operator[](std::uint64_t number) const {
        return entries_[static_cast<std::size_t>(number - (end_ - entries_.size()))];
    }
    [[nodiscard]] std::size_t bytes() const { return entries_.bytes() + newest_.bytes(); }
    [[nodiscard]] Newest& newest() { return newest_; }

    /// A window of this length looks at the stream from now on.
    void widen(std::int64_t within) { longest_ = std::max(longest_, within); }

    /// Enters the value of a step, for the first window that asks: what the others enter at the same step is
    /// the same. Every window looks at every entry at its step, so that what had left all of them at the last
    /// one is needed no more.
    void enter(const Step& step, double value) {
        if (step.number == step_) return;
        while (!entries_.empty() &&
               (entries_.front().time + longest_ <= last_ || entries_.size() > kLargestWindow)) {
            entries_.pop();
        }
        entries_.push({step.time, value});
        newest_.push(step.ref);
        ++end_;
        step_ = step.number;
        last_ = step.time;
    }

    /// What was entered at a step; null: nothing yet.
    [[nodiscard]] const Entry* enteredAt(const Step& step) const {
        return step.number == step_ ? &entries_[entries_.size() - 1] : nullptr;
    }

    /// Takes over the entries of a window, from a checkpoint: those of every window end with the stream.
    void absorb(const std::vector<Entry>& entries, Newest newest) {
        if (entries.size() <= entries_.size()) return;
        entries_.clear();
        for (const Entry& entry : entries) entries_.push(entry);
        newest_ = std::move(newest);
    }

 private:
    std::uint64_t end_ = std::uint64_t{1} << 40U;  ///< there are numbers before it for what absorb() brings
    std::uint64_t step_ = 0;
    std::int64_t last_ = std::numeric_limits<std::int64_t>::min();
    std::int64_t longest_ = 0;
    Ring<Entry> entries_;
    Newest newest_;
};

}  // namespace dogwatch::engine

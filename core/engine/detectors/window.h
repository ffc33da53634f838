// count, measure and ratio: what a sliding window of records holds.
//
// A record costs O(1): entries lie in a ring, sums run along, and order statistics are decided by how many
// values lie below the bound and at it. A window asks for a timer only where a leaving record may change the
// truth: how far the value is from its bound tells how many records must leave first.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <absl/container/flat_hash_map.h>

#include "core/engine/detectors/detector.h"
#include "core/engine/detectors/running_sum.h"
#include "core/engine/ring.h"
#include "core/engine/text_map.h"

namespace dogwatch::engine {

constexpr std::size_t kLargestWindow = 1'000'000;  ///< records in one window (spec section 6, Bounds)

/// Of a number that only falls while records leave: the first smaller one at which a comparison changes.
std::optional<std::int64_t> nextFlipBelow(const Comparison& is, std::int64_t number);

class CountDetector {
 public:
    struct Entry {
        std::int64_t time;
        EvidenceRef ref;
    };

    Truth arm(const Scope& scope, std::int64_t) { return onTimer(scope); }
    Truth onRecord(const Scope& scope, Hits);
    Truth onTimer(const Scope& scope);
    void evidence(EvidenceList& out) const;
    [[nodiscard]] std::size_t bytes() const { return entries_.bytes(); }
    void close(TimerQueue& timers) { timers.close(timer_); }

    /// How many matches lie in the window at a time not before the last step's.
    [[nodiscard]] std::int64_t number(const condition::Count& spec, std::int64_t time) const;
    /// When the next match leaves after `after`, if none comes; kNever: none will. Likewise below.
    [[nodiscard]] std::int64_t nextLeave(const condition::Count& spec, std::int64_t after) const;

    template <typename Archive>
    void archive(Archive& a) {
        a.ring(entries_, [&a](Entry& entry) {
            a.field(entry.time);
            a.field(entry.ref);
        });
        a.timer(timer_);
    }

 private:
    Truth evaluate(const Scope& scope);

    Ring<Entry> entries_;
    TimerSlot timer_ = kNoTimer;
};

class RatioDetector {
 public:
    struct Entry {
        std::int64_t timeAndBoth;  ///< time * 2, + 1 where both selectors matched
        EvidenceRef ref;
    };

    Truth arm(const Scope& scope, std::int64_t) { return onTimer(scope); }
    Truth onRecord(const Scope& scope, Hits);
    Truth onTimer(const Scope& scope);
    void evidence(EvidenceList& out) const;
    [[nodiscard]] std::size_t bytes() const { return entries_.bytes(); }
    void close(TimerQueue& timers) { timers.close(timer_); }

    /// The ratio and out of how many, at a time not before the last step's.
    [[nodiscard]] std::pair<std::int64_t, std::int64_t> number(const condition::Ratio& spec,
                                                               std::int64_t time) const;
    [[nodiscard]] std::int64_t nextLeave(const condition::Ratio& spec, std::int64_t after) const;
    [[nodiscard]] std::size_t size() const { return entries_.size(); }

    template <typename Archive>
    void archive(Archive& a) {
        a.ring(entries_, [&a](Entry& entry) {
            a.field(entry.timeAndBoth);
            a.field(entry.ref);
        });
        a.field(both_);
        a.timer(timer_);
    }

 private:
    Truth evaluate(const Scope& scope);

    Ring<Entry> entries_;
    std::int64_t both_ = 0;
    TimerSlot timer_ = kNoTimer;
};

class MeasureDetector {
 public:
    struct Entry {
        std::int64_t time;
        EvidenceRef ref;
        double value;  ///< of distinct: the number of the value in its table
    };

    Truth arm(const Scope& scope, std::int64_t) { return onTimer(scope); }
    Truth onRecord(const Scope& scope, Hits);
    Truth onTimer(const Scope& scope);
    void evidence(EvidenceList& out) const;
    [[nodiscard]] std::size_t bytes() const;
    void close(TimerQueue& timers) { timers.close(timer_); }

    struct Number {
        std::optional<double> value;  ///< none: the window is empty
        std::int64_t samples = 0;
    };
    /// The measure at a time not before the last step's. O(n): for people.
    [[nodiscard]] Number number(const condition::Measure& spec, std::int64_t time) const;
    [[nodiscard]] std::int64_t nextLeave(const condition::Measure& spec, std::int64_t after) const;
    [[nodiscard]] std::size_t size() const { return entries_.size(); }

    template <typename Archive>
    void archive(Archive& a) {
        a.ring(entries_, [&a](Entry& entry) {
            a.field(entry.time);
            a.field(entry.ref);
            a.field(entry.value);
        });
        sum_.archive(a);
        a.field(below_);
        a.field(equal_);
        a.field(largest_);
        a.field(evictions_);
        a.optional(distinct_, [&a](Distinct& distinct) {
            a.map(distinct.ids, [&a](std::uint32_t& id) { a.field(id); });
            a.list(distinct.counts, [&a](std::uint32_t& count) { a.field(count); });
            a.list(distinct.keys, [&a](std::string& key) { a.field(key); });
            a.list(distinct.free, [&a](std::uint32_t& id) { a.field(id); });
        });
        a.timer(timer_);
    }

 private:
    /// The different values in the window, and how often each is there.
    struct Distinct {
        TextMap<std::uint32_t> ids;  ///< by canonical form
        std::vector<std::uint32_t> counts;
        std::vector<std::string> keys;
        std::vector<std::uint32_t> free;

        std::uint32_t add(const json::value& value);
        void remove(std::uint32_t id);
    };

    void enter(const condition::Measure& spec, std::int64_t time, EvidenceRef ref, double value);
    void leave(const condition::Measure& spec);
    Truth evaluate(const Scope& scope);
    [[nodiscard]] bool holds(const condition::Measure& spec) const;
    [[nodiscard]] std::int64_t leavesUntilFlip(const condition::Measure& spec) const;
    void measureLargest(const condition::Measure& spec);

    Ring<Entry> entries_;
    RunningSum sum_;              ///< of sum and avg
    std::int64_t below_ = 0;      ///< of min, max and percentiles: values less than the bound
    std::int64_t equal_ = 0;      ///< and those equal to it
    double largest_ = 0;          ///< of sum and avg: no entry moves the value further than this
    std::int64_t evictions_ = 0;  ///< since largest_ was taken anew
    std::unique_ptr<Distinct> distinct_;
    TimerSlot timer_ = kNoTimer;
};

}  // namespace dogwatch::engine

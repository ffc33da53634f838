// count, measure and ratio: what a sliding window of records holds.
//
// A record costs O(1): entries lie in a ring, sums run along, and order statistics are decided by how many
// values lie below the bound and at it. A window asks for a timer only where a leaving record may change the
// truth: how far the value is from its bound tells how many records must leave first.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include <absl/container/flat_hash_map.h>

#include "core/engine/detectors/detector.h"
#include "core/engine/detectors/newest.h"
#include "core/engine/detectors/running_sum.h"
#include "core/engine/detectors/window_stream.h"
#include "core/engine/ring.h"
#include "core/engine/text_map.h"

namespace dogwatch::engine {

/// A comparison of a count: with whole numbers, and with the count at which its truth changes.
class CountBound {
 public:
    explicit CountBound(const Comparison& is);

    [[nodiscard]] bool holds(std::int64_t number) const {
        switch (op_) {
            case Comparison::Operator::Less:
            case Comparison::Operator::LessEqual: return number <= last_;
            case Comparison::Operator::GreaterEqual:
            case Comparison::Operator::Greater: return number > last_;
            case Comparison::Operator::Equal: return number == last_;
            case Comparison::Operator::NotEqual: return number != last_;
        }
        return false;
    }
    /// Of a number that only falls while records leave: the first smaller one with another truth; -1: none.
    [[nodiscard]] std::int64_t nextFlip(std::int64_t number) const {
        const std::int64_t flip = number == last_ && exact_ ? number - 1 : last_;
        return flip < number ? flip : -1;
    }

 private:
    Comparison::Operator op_;
    bool exact_;  ///< == or !=
    /// Of == and != the number itself, -1 where no count can be it; else the largest one on the lower side.
    std::int64_t last_ = -1;
};

/// When a window looks at itself next. The entry whose leaving may change the truth is remembered, so that a
/// record asks the window's memory for it only where the answer may be another.
class LeaveTimer {
 public:
    /// The truth cannot change before this many entries have left; none: it need not be looked at.
    [[nodiscard]] std::optional<std::int64_t> covers(std::uint64_t gone) const {
        if (!timer_.isArmed() || entry_ < gone) return std::nullopt;
        return static_cast<std::int64_t>(entry_ - gone) + 1;
    }
    /// Asks for a look when the `leaves`-th entry from now leaves, at `time`.
    void await(const Scope& scope, std::uint64_t gone, std::int64_t leaves, std::int64_t time) {
        const std::int64_t before = timer_.pending;
        scope.arm(timer_, time, TimerQueue::Phase::AnyStep);
        if (timer_.pending != before) entry_ = gone + static_cast<std::uint64_t>(leaves) - 1;
    }
    void cameDue() { timer_.cameDue(); }
    void close(TimerQueue& timers) { timer_.close(timers); }

    template <typename Archive>
    void archive(Archive& a, std::uint64_t gone) {
        auto ahead = static_cast<std::int64_t>(entry_ - gone);
        a.field(ahead);
        entry_ = gone + static_cast<std::uint64_t>(ahead);
        a.timer(timer_);
    }

 private:
    Timer timer_;
    std::uint64_t entry_ = 0;  ///< for whose leaving it is armed, counted from the first there ever was
};

class CountDetector : public Leaf {
 public:
    explicit CountDetector(const condition::Count& spec) : within_(spec.within.count()), bound_(spec.is) {}

    Truth arm(const Scope& scope, std::int64_t) { return evaluate(scope); }
    Truth onRecord(const Scope& scope, Hits);
    Truth onTimer(const Scope& scope);
    void evidence(EvidenceList& out) const { newest_.evidence(times_.size(), out); }
    [[nodiscard]] std::size_t bytes() const { return times_.bytes() + newest_.bytes(); }
    void close(TimerQueue& timers) { timer_.close(timers); }

    /// How many matches lie in the window at a time not before the last step's.
    [[nodiscard]] std::int64_t number(const condition::Count& spec, std::int64_t time) const;
    /// When the next match leaves after `after`, if none comes; kNever: none will. Likewise below.
    [[nodiscard]] std::int64_t nextLeave(const condition::Count& spec, std::int64_t after) const;

    template <typename Archive>
    void archive(Archive& a) {
        a.ring(times_, [&a](std::int64_t& time) { a.field(time); });
        newest_.archive(a);
        a.field(gone_);
        timer_.archive(a, gone_);
    }

 private:
    Truth evaluate(const Scope& scope);

    std::int64_t within_;
    CountBound bound_;
    LeaveTimer timer_;
    std::uint64_t gone_ = 0;  ///< entries that have left
    Ring<std::int64_t> times_;
    Newest newest_;
};

class RatioDetector : public Leaf {
 public:
    explicit RatioDetector(const condition::Ratio& spec);

    Truth arm(const Scope& scope, std::int64_t) { return evaluate(scope); }
    Truth onRecord(const Scope& scope, Hits);
    Truth onTimer(const Scope& scope);
    void evidence(EvidenceList& out) const { newest_.evidence(static_cast<std::size_t>(both_), out); }
    [[nodiscard]] std::size_t bytes() const { return entries_.bytes() + newest_.bytes(); }
    void close(TimerQueue& timers) { timer_.close(timers); }

    /// The ratio and out of how many, at a time not before the last step's.
    [[nodiscard]] std::pair<std::int64_t, std::int64_t> number(const condition::Ratio& spec,
                                                               std::int64_t time) const;
    [[nodiscard]] std::int64_t nextLeave(const condition::Ratio& spec, std::int64_t after) const;
    [[nodiscard]] std::size_t size() const { return entries_.size(); }

    template <typename Archive>
    void archive(Archive& a) {
        a.ring(entries_, [&a](std::int64_t& entry) { a.field(entry); });
        newest_.archive(a);
        a.field(both_);
        a.field(gone_);
        timer_.archive(a, gone_);
    }

 private:
    Truth evaluate(const Scope& scope);
    void leave();

    std::int64_t within_;
    Comparison is_;
    std::int64_t samples_;
    LeaveTimer timer_;
    std::uint64_t gone_ = 0;
    std::int64_t both_ = 0;
    Ring<std::int64_t> entries_;  ///< time * 2, + 1 where both selectors matched
    Newest newest_;               ///< of those
};

class MeasureDetector : public Leaf {
 public:
    using Entry = WindowStream::Entry;  ///< of distinct, the value is its number in a table

    explicit MeasureDetector(const condition::Measure& spec);

    /// The stream that it looks at, if it is not to have one of its own; called before anything else.
    void share(std::shared_ptr<WindowStream> stream);
    /// Where its values stand; called before anything else.
    void read(PathId path) { path_ = path; }
    /// Whether it can look at a stream that others enter values into.
    [[nodiscard]] bool canShare() const { return kind_ != Kind::Distinct; }

    Truth arm(const Scope& scope, std::int64_t) { return evaluate(scope); }
    Truth onRecord(const Scope& scope, Hits);
    Truth onTimer(const Scope& scope);
    void evidence(EvidenceList& out) const {
        if (stream_ != nullptr) stream_->newest().evidence(size(), out);
    }
    [[nodiscard]] std::size_t bytes() const;
    void close(TimerQueue& timers) { timer_.close(timers); }

    struct Number {
        std::optional<double> value;  ///< none: the window is empty
        std::int64_t samples = 0;
    };
    /// The measure at a time not before the last step's. O(n): for people.
    [[nodiscard]] Number number(const condition::Measure& spec, std::int64_t time) const;
    [[nodiscard]] std::int64_t nextLeave(const condition::Measure& spec, std::int64_t after) const;
    [[nodiscard]] std::size_t size() const { return tail_ - head_; }

    template <typename Archive>
    void archive(Archive& a) {
        std::vector<Entry> entries;
        for (std::uint64_t i = head_; i != tail_; ++i) entries.push_back((*stream_)[i]);
        a.list(entries, [&a](Entry& entry) {
            a.field(entry.time);
            a.field(entry.value);
        });
        if (!entries.empty()) {
            if constexpr (Archive::kReads) {
                Newest newest;
                newest.archive(a);
                stream().absorb(entries, std::move(newest));
                tail_ = stream_->end();
                head_ = tail_ - entries.size();
            } else {
                stream_->newest().archive(a);
            }
        }
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
        timer_.archive(a, head_);
    }

 private:
    using Kind = condition::Measure::Kind;

    /// The different values in the window, and how often each is there.
    struct Distinct {
        TextMap<std::uint32_t> ids;  ///< by canonical form
        std::vector<std::uint32_t> counts;
        std::vector<std::string> keys;
        std::vector<std::uint32_t> free;

        std::uint32_t add(const json::value& value);
        void remove(std::uint32_t id);
    };

    WindowStream& stream();
    [[nodiscard]] std::optional<double> valueAt(const Scope& scope);
    [[nodiscard]] std::int64_t count() const { return static_cast<std::int64_t>(tail_ - head_); }
    void enter(const Scope& scope, double value);
    void leave();
    void leaveBy(std::int64_t time);
    Truth evaluate(const Scope& scope);
    Truth judge(const Scope& scope);
    [[nodiscard]] bool holds() const;
    [[nodiscard]] std::int64_t leavesUntilFlip() const;
    [[nodiscard]] std::int64_t ranksUntilFlip() const;
    [[nodiscard]] bool holdsFor(std::int64_t leaves) const;
    [[nodiscard]] double distance() const;
    void measureLargest();

    // What a record looks at comes first.
    Kind kind_;
    PathId path_ = 0;
    Comparison is_;
    std::int64_t within_;
    std::int64_t samples_;
    LeaveTimer timer_;
    std::uint64_t head_ = 0;  ///< its first entry in the stream
    std::uint64_t tail_ = 0;  ///< and the one after its last
    std::shared_ptr<WindowStream> stream_;
    double largest_ = 0;          ///< of sum and avg: no entry moves the value further than this
    std::int64_t evictions_ = 0;  ///< since largest_ was taken anew
    RunningSum sum_;              ///< of sum and avg
    std::int64_t below_ = 0;      ///< of min, max and percentiles: values less than the bound
    std::int64_t equal_ = 0;      ///< and those equal to it
    std::unique_ptr<Distinct> distinct_;
};

}  // namespace dogwatch::engine

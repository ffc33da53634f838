// RunGroups: the runs of a sequence of any shape, in all instances of its metaevent.
//
// Within a group (an instance and the values at
// `by`) runs that wait for the same step are treated alike, and those that wait for a later step are older: a
// record moves or ends whole lists, and each run moves at most once a step of its sequence.
#pragma once

#include <absl/container/flat_hash_map.h>
#include <absl/container/inlined_vector.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/engine/detectors/sequence_detector.h"

namespace dogwatch::engine {

class RunGroups {
 public:
    explicit RunGroups(const condition::Sequence& spec) { setSpec(spec); }
    void setSpec(const condition::Sequence& spec);

    [[nodiscard]] bool hasKeys() const { return hasKeys_; }
    /// Whether a record that starts no run has nothing to act on.
    [[nodiscard]] bool isIdle() const { return live_ == 0; }
    /// A record acts on the runs of its group, then may start one. True: a run completed.
    bool onRecord(const Scope& scope, SequenceDetector& detector, Hits hits);

    /// Ends what ends at this timer step; `completed` gets the instances in which a run completed, with the
    /// evidence of the oldest first.
    void onTimer(const Scope& scope, std::vector<std::pair<Instance*, EvidenceList>>& completed);

    /// Forgets all runs of an instance.
    void leave(SequenceDetector& detector);
    void close(TimerQueue& timers) { timer_.close(timers); }

    [[nodiscard]] std::size_t bytes() const;
    /// What all runs refer to.
    void evidence(EvidenceList& out) const {
        for (const Run& run : runs_) out.insert(out.end(), run.evidence.begin(), run.evidence.end());
    }
    /// The oldest `most` runs of an instance that are not over at `step`, and how many there are. O(runs).
    [[nodiscard]] std::vector<WaitingRun> waiting(const SequenceDetector& detector, const Step& step,
                                                  std::size_t most, std::size_t& all) const;
    /// How many of an instance's runs are not over at `step`. O(groups and runs that are over).
    [[nodiscard]] std::size_t liveRuns(const SequenceDetector& detector, const Step& step) const;
    /// When the next of its runs ends after `after`, if no record comes; kNever: none will.
    [[nodiscard]] std::int64_t nextEnd(const SequenceDetector& detector, std::int64_t after) const;

    /// `owner(a, instance, detector)` reads or writes whose group one is.
    template <typename Archive, typename Owner>
    void archive(Archive& a, Owner owner) {
        a.list(runs_, [&a](Run& run) {
            a.field(run.start);
            a.field(run.matched);
            a.field(run.group);
            a.field(run.position);
            a.field(run.next);
            a.field(run.older);
            a.field(run.newer);
            a.list(run.evidence, [&a](EvidenceRef& ref) { a.field(ref); });
        });
        a.list(groups_, [&](Group& group) {
            owner(a, group.instance, group.detector);
            a.field(group.key);
            a.field(group.live);
            a.list(group.waiting, [&a](List& list) {
                a.field(list.head);
                a.field(list.tail);
            });
        });
        a.field(freeRun_);
        a.list(freeGroups_, [&a](std::uint32_t& id) { a.field(id); });
        for (Ages* ages : {&open_, &closing_}) {
            a.field(ages->oldest);
            a.field(ages->newest);
        }
        a.field(live_);
        a.timer(timer_);
    }

 private:
    static constexpr std::uint32_t kNone = ~0U;

    struct Run {
        std::int64_t start = 0;    ///< time of its first step
        std::int64_t matched = 0;  ///< and of its latest
        std::uint32_t group = 0;
        std::uint32_t position = 0;   ///< the step that it waits for, or behind
        std::uint32_t next = kNone;   ///< the next younger that waits likewise, or the next that is free
        std::uint32_t older = kNone;  ///< in the list of all runs by age
        std::uint32_t newer = kNone;
        absl::InlinedVector<EvidenceRef, 2> evidence;
    };
    struct List {
        std::uint32_t head = kNone;  ///< the oldest
        std::uint32_t tail = kNone;
    };
    struct Group {
        Instance* instance = nullptr;
        SequenceDetector* detector = nullptr;
        std::string key;
        absl::InlinedVector<List, 4> waiting;  ///< by position
        std::uint32_t live = 0;
    };
    /// Runs by age, those that `within` bounds, or those behind a last `not` with `for`.
    struct Ages {
        std::uint32_t oldest = kNone;
        std::uint32_t newest = kNone;
    };

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool isNot(std::size_t step) const {
        return step < 64 ? ((nots_ >> step) & 1U) != 0 : spec_->steps[step].isNot;
    }
    [[nodiscard]] bool isClosing(const Run& run) const {
        return run.position + 1 == size_ && lastFor_ != kNever;
    }
    [[nodiscard]] std::int64_t endOf(const Run& run) const {
        return isClosing(run) ? run.matched + lastFor_ : run.start + within_;
    }

    template <typename Visit>
    void forEachGroup(const SequenceDetector& detector, Visit visit) const {
        if (detector.sole_ != SequenceDetector::kNone) visit(groups_[detector.sole_]);
        for (const auto& [key, group] : detector.groups_) visit(groups_[group]);
    }

    std::uint32_t openGroup(Instance* instance, SequenceDetector& detector, std::string key);
    bool onRecord(const Scope& scope, SequenceDetector& detector, std::uint32_t group, Hits hits);
    void start(const Scope& scope, std::uint32_t group);
    /// Moves or completes all runs that wait at `from`. True: one completed.
    bool advance(const Scope& scope, SequenceDetector& detector, std::uint32_t group, std::size_t from,
                 std::size_t to, bool isFirst);
    void kill(std::uint32_t group, std::size_t position);
    bool livesIn(std::uint32_t group, const Step& step);
    void dropPassed(const Step& step);
    void dropOldest();
    void end(std::uint32_t run);
    void close(std::uint32_t group);
    void wait(const Scope& scope, std::uint32_t run, std::uint32_t group, std::size_t position);
    void armTimer(const Scope& scope);

    std::uint32_t takeHead(List& list);
    void free(std::uint32_t run);
    void link(Ages& ages, std::uint32_t run);
    void unlink(Ages& ages, std::uint32_t run);

    std::uint64_t live_ = 0;
    const condition::Sequence* spec_ = nullptr;
    std::size_t size_ = 0;  ///< steps
    std::int64_t within_ = 0;
    std::int64_t lastFor_ = kNever;  ///< `for` of a last `not`; kNever: it has none
    bool endsInNot_ = false;
    bool overlaps_ = true;
    bool hasKeys_ = false;    ///< `by`
    std::uint64_t nots_ = 0;  ///< which of the first 64 steps are `not`
    Timer timer_;             ///< one for all instances
    Ages open_;
    Ages closing_;
    absl::InlinedVector<Group, 1> groups_;
    absl::InlinedVector<Run, 2> runs_;
    std::uint32_t freeRun_ = kNone;
    std::vector<std::uint32_t> freeGroups_;
    std::string scratch_;
};

}  // namespace dogwatch::engine

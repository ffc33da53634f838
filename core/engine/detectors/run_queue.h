// RunQueue: the runs of a sequence of two steps, without `by` and in a metaevent without a partition. All
// wait for the same step and end in the order in which they started, so that a queue holds all there is to
// know.
#pragma once

#include <cstdint>
#include <vector>

#include "core/engine/detectors/sequence_detector.h"
#include "core/engine/ring.h"

namespace dogwatch::engine {

class RunQueue {
 public:
    /// Whether the runs of a sequence fit into a queue.
    static bool fits(const condition::Sequence& spec, bool isPartitioned) {
        return spec.steps.size() == 2 && !spec.steps.front().isNot && spec.by.empty() && !isPartitioned;
    }
    void setSpec(const condition::Sequence& spec);

    [[nodiscard]] bool isIdle() const { return runs_.empty(); }
    /// A record acts on the runs, then may start one. True: a run completed, of which `completed` gets the
    /// evidence.
    bool onRecord(const Scope& scope, Hits hits, EvidenceList& completed);
    /// Ends what ends at this timer step. True: as above.
    bool onTimer(const Scope& scope, EvidenceList& completed);

    void leave() { runs_.forget(); }
    void close(TimerQueue& timers) { timer_.close(timers); }

    [[nodiscard]] std::size_t bytes() const { return runs_.bytes(); }
    void evidence(EvidenceList& out) const {
        for (std::size_t i = 0; i < runs_.size(); ++i) out.push_back(runs_[i].ref);
    }
    /// The oldest `most` runs that are not over at `step`, and how many there are. O(runs).
    [[nodiscard]] std::vector<WaitingRun> waiting(const Step& step, std::size_t most, std::size_t& all) const;
    /// How many runs are not over at `step`. O(runs that are over).
    [[nodiscard]] std::size_t liveRuns(const Step& step) const { return runs_.size() - passed(step); }
    /// When the next run ends after `after`, if no record comes; kNever: none will.
    [[nodiscard]] std::int64_t nextEnd(std::int64_t after) const;

    template <typename Archive>
    void archive(Archive& a) {
        a.ring(runs_, [&a](Run& run) {
            a.field(run.start);
            a.field(run.ref);
        });
        a.timer(timer_);
    }

 private:
    struct Run {
        std::int64_t start = 0;
        EvidenceRef ref = kNoEvidence;  ///< the record that started it
    };

    [[nodiscard]] std::int64_t endOf(const Run& run) const { return run.start + period_; }
    [[nodiscard]] std::size_t passed(const Step& step) const;
    void dropPassed(const Step& step) {
        while (!runs_.empty() && step.passed(endOf(runs_.front()))) runs_.pop();
    }
    void start(const Scope& scope);
    void armTimer(const Scope& scope);

    Ring<Run> runs_;
    std::int64_t period_ = 0;      ///< how long a run lives
    Timer timer_;                  ///< only where runs complete at their end; else the next record tidies up
    bool completesAtEnd_ = false;  ///< the second step is a `not`
    bool overlaps_ = true;
};

}  // namespace dogwatch::engine

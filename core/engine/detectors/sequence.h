// sequence: runs that wait for their next step (spec section 5.1). All runs of one condition, in all
// instances of its metaevent, lie in one pool: a plain queue where their shape allows one, else groups of
// lists.
#pragma once

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "core/engine/detectors/run_groups.h"
#include "core/engine/detectors/run_queue.h"

namespace dogwatch::engine {

/// What a record looks at of a queue lies in one line of the cache.
class alignas(64) SequencePool {
 public:
    SequencePool(const condition::Sequence& spec, bool isPartitioned);
    void setSpec(const condition::Sequence& spec);

    /// The queue, if it is one.
    [[nodiscard]] RunQueue* queue() { return groups_ == nullptr ? &queue_ : nullptr; }
    /// Whether a record that starts no run has nothing to act on.
    [[nodiscard]] bool isIdle() const { return groups_ == nullptr ? queue_.isIdle() : groups_->isIdle(); }
    /// A record acts on runs, then may start one. True: a run completed.
    bool onRecord(const Scope& scope, SequenceDetector& detector, Hits hits);
    /// Ends what ends at this timer step; `completed` gets the instances in which a run completed, with the
    /// evidence of the oldest first. `sole`: the instance, where there is no partition.
    void onTimer(const Scope& scope, Instance* sole,
                 std::vector<std::pair<Instance*, EvidenceList>>& completed);

    /// Forgets all runs of an instance.
    void leave(SequenceDetector& detector);
    void close(TimerQueue& timers);

    [[nodiscard]] std::size_t bytes() const;
    /// What all runs refer to.
    void evidence(EvidenceList& out) const;
    /// As in RunQueue and RunGroups, of one instance.
    [[nodiscard]] std::vector<WaitingRun> waiting(const SequenceDetector& detector, const Step& step,
                                                  std::size_t most, std::size_t& all) const;
    [[nodiscard]] std::size_t liveRuns(const SequenceDetector& detector, const Step& step) const;
    [[nodiscard]] std::int64_t nextEnd(const SequenceDetector& detector, std::int64_t after) const;

    /// `owner(a, instance, detector)` reads or writes whose group one is.
    template <typename Archive, typename Owner>
    void archive(Archive& a, Owner owner) {
        if (groups_ == nullptr) {
            queue_.archive(a);
        } else {
            groups_->archive(a, owner);
        }
    }

 private:
    RunQueue queue_;
    std::unique_ptr<RunGroups> groups_;
};

}  // namespace dogwatch::engine

// SequenceDetector: a sequence condition in one instance. Its runs lie in the pool of its condition.
#pragma once

#include <cstdint>
#include <string>

#include "core/engine/detectors/detector.h"
#include "core/engine/text_map.h"

namespace dogwatch::engine {

constexpr std::size_t kMostRuns = 100'000;  ///< live runs in one sequence (spec section 6, Bounds)

/// A run as people see it.
struct WaitingRun {
    std::int64_t started = 0;    ///< time of its first step
    std::size_t step = 0;        ///< the one it waits for, or behind where that is a `not`
    std::int64_t ends = kNever;  ///< when it dies, or completes where its last step is a `not`
};

class SequenceDetector : public Leaf {
 public:
    Truth arm(const Scope&, std::int64_t) { return {}; }
    Truth onRecord(const Scope& scope, Hits hits);  // sequence.cpp
    Truth onTimer(const Scope&) { return {}; }
    void evidence(EvidenceList& out) const { out.insert(out.end(), completed_.begin(), completed_.end()); }
    [[nodiscard]] std::size_t bytes() const { return groups_.capacity() * (sizeof(std::string) + 5); }
    void close(TimerQueue&) {}  ///< see SequencePool::leave
    void setCompleted(EvidenceList evidence) { completed_ = std::move(evidence); }

    template <typename Archive>
    void archive(Archive& a) {
        a.list(completed_, [&a](EvidenceRef& ref) { a.field(ref); });
        a.field(sole_);
        a.map(groups_, [&a](std::uint32_t& group) { a.field(group); });
    }

 private:
    friend class RunGroups;
    static constexpr std::uint32_t kNone = ~0U;

    EvidenceList completed_;         ///< of the run that completed last
    std::uint32_t sole_ = kNone;     ///< the group where there is no `by`
    TextMap<std::uint32_t> groups_;  ///< by canonical values at `by`
};

}  // namespace dogwatch::engine

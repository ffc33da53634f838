// Numbers: what stands behind the truth of a condition in one instance: the count, the ratio, the streak, the
// time left to a deadline.
#pragma once

#include <cstdint>
#include <optional>

#include "core/engine/fold.h"

namespace dogwatch::engine {

/// Of absent, missed, held and recent: µs left until time alone changes the truth (none: it is not waiting).
/// Of count, measure, ratio, streak and gauge: what is compared. Of sequence: the runs that wait. Of active:
/// the keys that stand. Of at_least: how many of its conditions are true. Of others: none.
struct Number {
    std::optional<double> value;
    std::int64_t samples = 0;  ///< measure and ratio: how many records it is of
};

/// At a step not before the last one that the detector saw; `values`: of all nodes, for at_least. O(records
/// in the window) for measure and ratio.
Number numberOf(const Fold& fold, const Instance& instance, NodeIndex node, const Step& step,
                NodeMask values);

/// How many records numberOf() looks at.
std::size_t costOfNumber(const Instance& instance, NodeIndex node);

/// When the next record leaves the window of a count, measure or ratio, or the next run of a sequence ends,
/// after `after`; kNever: none will.
std::int64_t nextLeave(const Instance& instance, NodeIndex node, std::int64_t after);

/// Whether the number falls by itself as time passes (a time left), so that a line between two samples is
/// right; others stay until they jump.
bool isTimeLeft(const Condition& condition);

/// How many conditions it stands below, by its path.
int levelOf(const Condition& condition);

/// A step at which only time passes: everything due at `time` has happened, or nothing yet.
inline Step timeStep(std::int64_t time, bool isOver) {
    return {time, 0, nullptr, isOver, false, kNoEvidence};
}

}  // namespace dogwatch::engine

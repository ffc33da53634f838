// Explanation in words: why a metaevent fired or did not, condition by condition.
#pragma once

#include <string>

#include "core/control/history.h"

namespace dogwatch::control {

/// How one condition stood, without a full stop: "3 of at least 5, last true at …", "comes true in 4 min 10 s
/// unless backup succeeds". Empty: its truth says all there is to say.
std::string detailOf(const Condition& condition, const engine::ConditionMoment& moment, Time at);

/// What must come for a false condition to become true: "2 more failures of import". Empty: nothing that can
/// be told in a few words, or time alone.
std::string neededFor(const Condition& condition, const engine::ConditionMoment& moment);

/// Why it fired, or why it does not, and what comes next. Full sentences.
std::string summaryOf(const Explanation& explanation);

}  // namespace dogwatch::control

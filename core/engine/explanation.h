// Explanation in words: why a metaevent fired or did not, condition by condition, and what comes next.
#pragma once

#include <optional>
#include <string>

#include "core/engine/moment.h"
#include "core/model/firing.h"
#include "core/model/metaevent.h"

namespace dogwatch::engine {

/// How a metaevent stood.
struct Explanation {
    /// A suppression of the metaevent (and key) that came last before then.
    struct Suppressed {
        Time time{};
        std::string edge;
        std::string reason;
    };
    Moment moment;
    std::optional<Metaevent> definition;  ///< in force then; none: there was none
    std::optional<Suppressed> suppressed;
    std::optional<Firing> firing;
    bool isLive = false;  ///< from the running engine: nothing is known of since when
};

/// How one condition stood, without a full stop: "3 of at least 5, last true at …", "comes true in 4 min 10 s
/// unless backup succeeds". Empty: its truth says all there is to say.
std::string detailOf(const Condition& condition, const ConditionMoment& moment, Time at);

/// What must come for a false condition to become true: "2 more failures of import". Empty: nothing that can
/// be told in a few words, or time alone.
std::string neededFor(const Condition& condition, const ConditionMoment& moment);

/// Why it fired, or why it does not, and what comes next. Full sentences.
std::string summaryOf(const Explanation& explanation);

/// EXPLANATION of docs/api.md.
json::object toJson(const Explanation& explanation);

}  // namespace dogwatch::engine

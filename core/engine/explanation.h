// Explanation: why a metaevent fired or did not, condition by condition, and what comes next.
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

class Account;

/// EXPLANATION of docs/api.md, its sentences in the account's language.
json::object toJson(const Explanation& explanation, const Account& account);
/// In English.
json::object toJson(const Explanation& explanation);

}  // namespace dogwatch::engine

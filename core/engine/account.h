// Account: one language's way to tell how a metaevent stood (explanation.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/engine/explanation.h"
#include "core/model/grammar.h"

namespace dogwatch::engine {

class Account {
 public:
    Account() = default;
    Account(const Account&) = delete;
    Account& operator=(const Account&) = delete;
    virtual ~Account() = default;

    static const Account& english();
    static const Account& german();
    /// By its code, "en" or "de"; null: there is none in that language.
    static const Account* in(std::string_view language);

    /// How definitions are said in the same language.
    [[nodiscard]] virtual const Grammar& grammar() const = 0;
    /// How one condition stood, without a full stop: "3 of at least 5, last true at …", "comes true in 4 min
    /// 10 s unless backup succeeds". Empty: its truth says all there is to say.
    [[nodiscard]] virtual std::string detail(const Condition& condition, const ConditionMoment& moment,
                                             Time at) const = 0;
    /// What must come for a false condition to become true: "2 more failures of import". Empty: nothing that
    /// can be told in a few words, or time alone.
    [[nodiscard]] virtual std::string needed(const Condition& condition,
                                             const ConditionMoment& moment) const = 0;
    /// Why it fired, or why it does not, and what comes next. Full sentences.
    [[nodiscard]] virtual std::string summary(const Explanation& explanation) const = 0;
};

}  // namespace dogwatch::engine

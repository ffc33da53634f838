// Grammar: one language's way to say definitions (sentence.h). What is said, and in which order, is the
// renderer's; how, word order inside a clause included, is the grammar's: no language is glued together of
// another's words. Faults and warnings are said by say(), as gettext does: the English text names the
// message.
#pragma once

#include <fmt/core.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/model/condition.h"

namespace dogwatch {

class Grammar {
 public:
    /// Where a clause stands: German puts the verb of one behind "when" at its end.
    enum class Order { Main, Subordinate };
    /// What a length of time stands behind: "for 7 days", "within 7 days". German declines.
    enum class Case { Accusative, Dative };

    Grammar() = default;
    Grammar(const Grammar&) = delete;
    Grammar& operator=(const Grammar&) = delete;
    virtual ~Grammar() = default;

    static const Grammar& english();
    static const Grammar& german();
    /// By its code, "en" or "de"; null: there is none in that language.
    static const Grammar* in(std::string_view language);

    // ---- messages
    /// A message with its arguments filled in. Arguments that are words, too, must have been said by the same
    /// grammar: duration(), list(), translated().
    template <typename... Args>
    [[nodiscard]] std::string say(fmt::format_string<const Args&...> english, const Args&... args) const {
        const fmt::string_view key = english;
        return fmt::vformat(fmt::string_view(translated({key.data(), key.size()})),
                            fmt::make_format_args(args...));
    }
    /// The message that the English one names, its arguments not filled in; itself where there is none.
    [[nodiscard]] virtual std::string_view translated(std::string_view english) const { return english; }

    // ---- words
    /// "failures of import"
    [[nodiscard]] virtual std::string things(const Selector& selector) const = 0;
    /// Exactly, never rounded: "24 hours", "1 hour 30 minutes".
    [[nodiscard]] virtual std::string duration(Duration duration, Case way) const = 0;
    /// "a, b and c"
    [[nodiscard]] virtual std::string list(const std::vector<std::string>& words) const = 0;
    /// The shortest that say "a record of kind …" for a kind that is not chosen yet: what a view may leave
    /// out.
    [[nodiscard]] virtual std::vector<std::string_view> recordWords() const = 0;

    // ---- clauses
    /// A condition that has none below it.
    [[nodiscard]] virtual std::string clause(const Condition& leaf, Order order) const = 0;
    [[nodiscard]] virtual std::string notActive(const std::string& metaevent, Order order) const = 0;
    /// Before the condition that is not true; that one stands subordinate.
    [[nodiscard]] virtual std::string notTrueThat(Order order) const = 0;
    /// Before the conditions, of which each stands as a main clause.
    [[nodiscard]] virtual std::string atLeastOf(std::int64_t count, std::size_t of, Order order) const = 0;
    /// Behind the condition that lasted.
    [[nodiscard]] virtual std::string held(Duration duration) const = 0;
    [[nodiscard]] virtual std::string recent(Duration within) const = 0;
    /// " and ", " or "
    [[nodiscard]] virtual std::string_view conjunction(bool all) const = 0;

    // ---- the definition around them
    [[nodiscard]] virtual std::string partition(const std::vector<std::string>& paths) const = 0;
    [[nodiscard]] virtual std::string expire(Duration duration) const = 0;
    [[nodiscard]] virtual std::string onRise() const = 0;
    [[nodiscard]] virtual std::string onFall() const = 0;
    [[nodiscard]] virtual std::string onBoth() const = 0;
    [[nodiscard]] virtual std::string atMostOnce(Duration cooldown) const = 0;
    [[nodiscard]] virtual std::string repeat(Duration every) const = 0;
    [[nodiscard]] virtual std::string limit(std::int64_t count, Duration within, bool inAll) const = 0;
    [[nodiscard]] virtual std::string chains(std::int64_t depth) const = 0;
    [[nodiscard]] virtual std::string downtimeExcluded() const = 0;
    /// Behind the function of a job: the payload that it gets.
    [[nodiscard]] virtual std::string with(const std::string& payload) const = 0;
    /// Around the names of functions; `noted` stands where there are none.
    [[nodiscard]] virtual std::string_view beforeJobs() const = 0;
    [[nodiscard]] virtual std::string_view afterJobs() const = 0;
    [[nodiscard]] virtual std::string_view noted() const = 0;
    [[nodiscard]] virtual std::string_view disabled() const = 0;
};

}  // namespace dogwatch

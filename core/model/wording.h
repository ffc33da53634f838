// The words for selectors, comparisons and numbers, of which sentence.h makes sentences.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/condition.h"

namespace dogwatch::wording {

enum class Form { One, Many };

/// Successes and failures together.
inline constexpr std::string_view kFinished = "execution.succeeded, execution.failed";

/// What a selector is about, as languages have words for it: the one kind that it takes, such as
/// "execution.failed", or kFinished. Empty: it is neither, such as "execution.*".
std::string_view subjectOf(const Selector& selector);

/// The row of a language's table for what a selector is about; null: it is "a record of kind …".
template <typename Table>
const typename Table::value_type* wordsOf(const Selector& selector, const Table& table) {
    const auto found =
        std::find_if(table.begin(), table.end(),
                     [subject = subjectOf(selector)](const auto& words) { return words.subject == subject; });
    return found != table.end() ? &*found : nullptr;
}

/// "a failure of import whose error is \"timeout\"" or "failures of import …".
std::string noun(const Selector& selector, Form form);
/// The same without the article: "no failure of import".
std::string bareNoun(const Selector& selector);

/// How to tell what one function does: "backup" + "succeeds" / "has not succeeded". None where the selector
/// is about more than one function or kind, or has a `where`.
struct Verb {
    std::string subject;
    std::string present;
    std::string notYet;
};
std::optional<Verb> verb(const Selector& selector);

/// "at least 5 failures of import": a number of what the selector matches.
std::string howMany(const Comparison& is, const std::string& one, const std::string& many);
/// "is at least 5", "is 20%".
std::string compared(const Comparison& is, bool percent = false);
/// Whether a number of things so compared takes "is" rather than "are".
bool isSingular(const Comparison& is);

/// `the schedule "0 2 * * *" (UTC)`.
std::string schedule(const Cron& cron);

}  // namespace dogwatch::wording

// What accounts in all languages are made of (account.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/account.h"

namespace dogwatch::engine::account {

/// With a point: a whole number exactly, another with the six digits that matter beside a bound.
std::string numberText(double number);
/// A share as a number of percent, with four digits.
std::string percentText(double share);

/// True at single steps only.
bool isPulse(const Condition& condition);

/// How many more of something make the comparison hold; none: no number of them does, or it holds.
std::optional<std::int64_t> howManyMore(const Comparison& is, std::optional<double> number);

/// What would keep the root from its next change, which is foreseen.
struct Hindrance {
    enum class By { Match, AnyChange, AnyRecord };
    By by = By::AnyRecord;
    const Selector* selector = nullptr;  ///< of a match
};
Hindrance hindranceOf(const Explanation& explanation);

/// Of each false condition that decides, what it needs.
std::vector<std::string> allNeeded(const Explanation& explanation, const Account& account);

}  // namespace dogwatch::engine::account

// Which numbers a comparison admits, and which conditions exclude one another; for static_checks.h.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/model/condition.h"

namespace dogwatch {

constexpr std::int64_t kLargestWindow = 1'000'000;  ///< records in one window (spec section 6)

/// The numbers that a quantity can be.
struct Domain {
    double lowest = 0;
    double highest = 0;
    bool whole = true;
};

/// The number that a condition compares.
struct Quantity {
    Domain domain;
    Comparison is;
    bool needsSamples = false;  ///< false where there are too few
    std::int64_t samples = 0;
};

/// None for what compares no number.
std::optional<Quantity> quantityOf(const Condition& condition);

/// Whether some number of the domain compares as all of these say.
bool satisfiable(const Domain& domain, const std::vector<Comparison>& comparisons);
/// Whether every number of the domain does.
bool universal(const Domain& domain, const Comparison& comparison);

/// Two children of an `all` that compare the same quantity and admit no common number.
std::optional<std::pair<const Condition*, const Condition*>> contradiction(const Condition& all);

/// Two pulses below an `all` that never come at the same step, such as a record's and a timer's.
std::optional<std::pair<const Condition*, const Condition*>> pulsesExcludeEachOther(const Condition& all);

}  // namespace dogwatch

// Selectors that no record can match; for static_checks.h.
#pragma once

#include <optional>
#include <string>

#include "core/model/grammar.h"

namespace dogwatch {

/// Why no record can match, as the rest of a sentence; none: one may.
std::optional<std::string> neverMatches(const Selector& selector,
                                        const Grammar& grammar = Grammar::english());

}  // namespace dogwatch

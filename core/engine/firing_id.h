// The identity of a firing (spec section 6): the same journal yields the same ids, however often it is read.
#pragma once

#include <cstdint>
#include <string>

#include "core/engine/engine.h"

namespace dogwatch::engine {

/// A name-based UUID (version 5) of metaevent, version, key, time, cause, edge and `ordinal`, the firing's
/// number among those that go back to the same cause.
std::string firingId(const Derived& firing, std::int64_t ordinal);

}  // namespace dogwatch::engine

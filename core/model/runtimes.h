// The runtimes that functions may have (spec: interfaces, Functions). Whether a guest image has one is its
// own matter.
#pragma once

#include <array>

namespace dogwatch {

inline constexpr std::array kRuntimes = {"python3", "sh", "lua", "node", "provided"};

}  // namespace dogwatch

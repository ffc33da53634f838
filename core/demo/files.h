// The files of resources/demo, embedded at build time so that every program finds them wherever it runs.
#pragma once

#include <string_view>

namespace dogwatch::demo {

/// Empty when there is no such file.
std::string_view file(std::string_view name);

}  // namespace dogwatch::demo

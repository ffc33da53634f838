// Where in a JSON text a path stands, so that a fault can be marked there.
#pragma once

#include <string_view>

namespace dogwatch::gui {

/// The line (from 1) of the value at a dotted path such as `when.all.1.for`; of the innermost part of it that
/// is there; 1 for `$`. The text must be well-formed.
int lineOfPath(std::string_view text, std::string_view path);

}  // namespace dogwatch::gui

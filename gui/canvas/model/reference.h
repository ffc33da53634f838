// The reference of conditions (docs/conditions.md) as Markdown, made from the table of kinds that the palette
// shows.
#pragma once

#include <string>

namespace dogwatch::gui::canvas {

std::string conditionsReference();

}  // namespace dogwatch::gui::canvas

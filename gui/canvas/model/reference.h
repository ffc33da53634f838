// The reference of conditions (docs/conditions.md) as Markdown, made from the table of kinds that the palette
// shows.
#pragma once

#include <string>

#include "core/model/json.h"
#include "gui/canvas/model/node_kinds.h"

namespace dogwatch::gui::canvas {

/// The kind's example as a whole definition: what the page's pictures show, docs/images/conditions/KEY.png.
json::object exampleDefinition(const NodeKind& kind);

std::string conditionsReference();

}  // namespace dogwatch::gui::canvas

// What the control plane tells of the conditions (metaevents.explain), for the nodes of a drawing.
#pragma once

#include <map>

#include "core/model/time.h"
#include "gui/canvas/model/graph.h"
#include "gui/canvas/view/node_look.h"

namespace dogwatch::gui::canvas {

/// Conditions that the drawing has as they are applied, by their paths; others are left out. `now`: for ages
/// and countdowns.
std::map<NodeId, Live> liveOf(const json::object& explained, const Graph& graph, const json::object& applied,
                              Time now);

}  // namespace dogwatch::gui::canvas

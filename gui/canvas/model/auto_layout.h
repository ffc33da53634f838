// Layered layout, left to right: sources, conditions, combinators, firing, jobs. Nodes that someone placed
// stay; the others find a place beside what they are put into.
#pragma once

#include <QPointF>
#include <QSizeF>
#include <functional>
#include <map>

#include "gui/canvas/model/graph.h"

namespace dogwatch::gui::canvas {

/// Top left corners of all nodes. `sizeOf`: how large each is drawn.
std::map<NodeId, QPointF> layOut(const Graph& graph, const std::function<QSizeF(NodeId)>& sizeOf);

}  // namespace dogwatch::gui::canvas

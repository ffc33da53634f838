// Nodes as text: what copying puts on the clipboard is the JSON of the metaevent spec, which can be pasted
// into another window, a file or a mail, and from there.
#pragma once

#include <QString>
#include <optional>
#include <set>
#include <vector>

#include "gui/canvas/model/graph.h"

namespace dogwatch::gui::canvas {

/// One piece of a pasted text; no flow: a whole definition.
struct Part {
    std::optional<Flow> flow;
    json::value value;
};

/// The JSON of the nodes with what is put into them: one value, or a list of several. The firing stands for
/// the whole definition.
QString textOf(const Graph& graph, const std::set<NodeId>& ids);

/// What a text holds: a definition, conditions, selectors, jobs. The error says what was expected.
Result<std::vector<Part>> partsOfText(const QString& text);

/// The layout of a definition, to be kept beside it: places by path and kind, comments, frames, and the loose
/// nodes with their JSON.
json::object layoutOf(const Graph& graph);
/// Applies what of a layout still fits the definition.
void applyLayout(Graph& graph, const json::object& layout);

}  // namespace dogwatch::gui::canvas

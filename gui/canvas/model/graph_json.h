// How nodes stand in JSON: reading it into a Graph, and the members and holes of a node's own JSON.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gui/canvas/model/graph.h"

namespace dogwatch::gui::canvas {

/// Adds the node that a piece of JSON is, with all that is put into it, loose; its id.
NodeId readNode(Graph& graph, const json::value& value, Flow flow);

/// What a new node of a kind says.
json::value initialBody(const NodeKind& kind);

/// Puts JSON into the holes of a socket. A list that is none, or a member that is not there, stays so while
/// there is nothing to put in.
void fill(json::value& body, const Socket& socket, std::vector<json::value> parts);
/// Makes the member that a socket fills, where it is not there yet.
void prepare(json::value& body, const Socket& socket);
/// Path of what is put in, within the node's JSON: "all.1", "sequence.2.not".
std::string socketPath(const Node& node, std::size_t socket, std::size_t index);

/// The steps of a sequence's JSON; null: it has none.
json::array* stepsOf(json::value& body);
const json::array* stepsOf(const json::value& body);
bool isNotStep(const json::value& step);
void appendStep(json::value& body);

/// Keeps the order of the others.
void eraseMember(json::object& object, std::string_view key);
/// By a dotted key; none: left out, and objects that it leaves empty as well.
void setMember(json::object& object, std::string_view key, const std::optional<json::value>& value);
/// The same of a source, which stays a bare string while one can say it.
void setSourceMember(json::value& body, std::string_view key, const std::optional<json::value>& value);

}  // namespace dogwatch::gui::canvas

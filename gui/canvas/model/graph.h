// Graph: a definition of spec/metaevents as nodes and connections, and back. A value; every node keeps its
// own JSON as it was written, with holes where other nodes are put in, so that reading a definition and
// writing it again changes nothing: neither order, nor shorthand, nor what is malformed.
#pragma once

#include <QPointF>
#include <QString>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/json.h"
#include "core/model/result.h"
#include "gui/canvas/model/node_kinds.h"

namespace dogwatch::gui::canvas {

using NodeId = int;  ///< 0: none

struct Node {
    NodeId id = 0;
    const NodeKind* kind = nullptr;
    json::value body;                          ///< its JSON; null where nodes are put in
    std::vector<std::vector<NodeId>> sockets;  ///< what is put in, one list a socket of its kind; 0: nothing
    std::optional<QPointF> place;              ///< where someone put it; none: the layout may choose

    [[nodiscard]] bool isStepNot(std::size_t index) const;  ///< of a sequence's step
    bool operator==(const Node&) const = default;
};

/// One end of a connection: what takes the other node in.
struct Plug {
    NodeId node = 0;
    std::size_t socket = 0;
    std::size_t index = 0;
    auto operator<=>(const Plug&) const = default;
};

struct Connection {
    NodeId from = 0;  ///< the node that is put in
    Plug to;
    auto operator<=>(const Connection&) const = default;
};

/// A remark on the canvas; no part of the definition.
struct Comment {
    int id = 0;
    QString text;
    QPointF place;
    bool operator==(const Comment&) const = default;
};

/// A frame around nodes that belong together; no part of the definition.
struct Cluster {
    int id = 0;
    QString title;
    std::set<NodeId> members;
    bool operator==(const Cluster&) const = default;
};

/// A node and where in it: of a path in the definition.
struct Place {
    NodeId node = 0;
    std::string inside;  ///< dotted, within the node's own JSON; empty: the whole
};

class Graph {
 public:
    /// An empty definition: a firing that nothing leads to.
    Graph();
    /// Any object; what is not understood is kept in nodes of unknownKind(). `like`: nodes at the same place
    /// and of the same kind keep their ids and places; what it has besides the definition is kept.
    static Graph fromDefinition(const json::object& definition, const Graph* like = nullptr);

    [[nodiscard]] json::object definition() const;
    /// A node with all that is put into it.
    [[nodiscard]] json::value toJson(NodeId id) const;

    [[nodiscard]] const std::map<NodeId, Node>& nodes() const { return nodes_; }
    [[nodiscard]] const Node* find(NodeId id) const;
    [[nodiscard]] const Node& root() const { return nodes_.at(root_); }
    [[nodiscard]] const std::vector<Comment>& comments() const { return comments_; }
    [[nodiscard]] const std::vector<Cluster>& clusters() const { return clusters_; }

    /// All connections, those of each node in the order of its sockets.
    [[nodiscard]] std::vector<Connection> connections() const;
    /// Where a node is put in; of a source perhaps at several places.
    [[nodiscard]] std::vector<Plug> plugsOf(NodeId id) const;
    /// Nodes other than the root that are put in nowhere, by id.
    [[nodiscard]] std::vector<NodeId> loose() const;
    /// Whether the definition has it: not a loose node, nor something below one.
    [[nodiscard]] bool isPart(NodeId id) const;
    /// JSON paths at which a node of the definition stands: "when.all.1"; "" of the root.
    [[nodiscard]] std::vector<std::string> pathsOf(NodeId id) const;
    /// Each node of the definition with its paths.
    [[nodiscard]] std::map<std::string, NodeId> paths() const;
    /// Which node a path of the definition leads to, and where in it; "$" is the root.
    [[nodiscard]] Place locate(std::string_view path) const;
    /// The same within one node and what is put into it, for paths that begin there.
    [[nodiscard]] Place locateBelow(NodeId top, std::string_view path) const;

    // ---- edits

    /// A loose node. `body`: its JSON, what is put in included; null: the kind's beginnings.
    NodeId add(const NodeKind& kind, const json::value& body = nullptr);
    /// Whether `from` may be put in there: flows agree and nothing would contain itself.
    [[nodiscard]] bool fits(NodeId from, const Plug& to) const;
    /// The first place of a node where `from` fits; an empty one rather than a taken one.
    [[nodiscard]] std::optional<Plug> plugFor(NodeId from, NodeId to) const;
    /// Puts a node in; what stood there becomes loose. Sources may be put in at several places, all others
    /// leave the place where they were.
    bool connect(NodeId from, const Plug& to);
    void disconnect(const Plug& to);
    /// Puts `around` in where `id` is, and `id` into it.
    bool wrap(NodeId id, NodeId around);
    /// Sources that only they used go as well, and a chain closes where one link is taken out of it.
    void remove(const std::set<NodeId>& ids);
    /// Copies with what is put into them, loose; the new ids.
    std::vector<NodeId> duplicate(const std::set<NodeId>& ids);
    /// Moves what is put in at one position of a list to another.
    void reorder(const Plug& from, std::size_t to);
    /// A member of a node's JSON by its dotted key; none: it is left out.
    void setField(NodeId id, std::string_view key, const std::optional<json::value>& value);
    /// Of a step of a sequence: whether it must not happen, and for how long (a last `not` only; none: left
    /// out).
    void setStep(NodeId id, std::size_t index, bool isNot, const std::optional<std::string>& lasts);
    void addStep(NodeId id);
    void removeStep(NodeId id, std::size_t index);
    void setPlace(NodeId id, std::optional<QPointF> place);

    int addComment(const QString& text, QPointF place);
    void setComment(int id, const QString& text);
    void moveComment(int id, QPointF place);
    void removeComment(int id);
    int addCluster(const QString& title, const std::set<NodeId>& members);
    void setClusterTitle(int id, const QString& title);
    void removeCluster(int id);

    bool operator==(const Graph&) const = default;

 private:
    friend class GraphReader;
    NodeId make(const NodeKind& kind, json::value body);
    [[nodiscard]] bool contains(NodeId outer, NodeId inner) const;
    std::vector<NodeId>& slots(const Plug& plug) { return nodes_.at(plug.node).sockets[plug.socket]; }
    NodeId copy(NodeId id);
    void detach(NodeId id);
    void sweepClusters();

    std::map<NodeId, Node> nodes_;
    NodeId root_ = 0;
    int next_ = 1;
    std::vector<Comment> comments_;
    std::vector<Cluster> clusters_;
};

/// The member of a node's JSON that a field shows; null: it is left out. A source that is a bare string shows
/// the members that it is short for.
std::optional<json::value> fieldValue(const Node& node, std::string_view key);

/// What kind of node a piece of JSON is, where one of this flow is expected.
const NodeKind& kindOf(const json::value& value, Flow flow);

}  // namespace dogwatch::gui::canvas

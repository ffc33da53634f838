#include "gui/canvas/model/graph_json.h"

#include <algorithm>

namespace dogwatch::gui::canvas {

/// Reads a definition into the nodes of a graph; sources that are written alike become one node.
class GraphReader {
 public:
    /// `like`: whose ids and places are taken over, by path and kind.
    GraphReader(Graph& graph, const Graph* like) : graph_(graph), like_(like) {
        if (like != nullptr) known_ = like->paths();
    }

    NodeId read(const json::value& value, Flow flow, const std::string& path);
    NodeId readRoot(const json::object& definition);

 private:
    NodeId make(const NodeKind& kind, json::value body, const std::string& path);
    void readSockets(NodeId id, const std::string& path);
    std::vector<NodeId> readParts(json::value& member, const Socket& socket, const std::string& path);
    NodeId readHole(json::value& hole, Flow flow, const std::string& path);

    Graph& graph_;
    const Graph* like_;
    std::map<std::string, NodeId> known_;
    std::map<std::string, NodeId> sources_;  ///< by their JSON
};

NodeId GraphReader::make(const NodeKind& kind, json::value body, const std::string& path) {
    const NodeId made = graph_.make(kind, std::move(body));
    const auto found = known_.find(path);
    const Node* old = found != known_.end() ? like_->find(found->second) : nullptr;
    if (old == nullptr || old->kind != &kind || graph_.find(old->id) != nullptr) return made;
    auto node = graph_.nodes_.extract(made);
    node.key() = old->id;
    node.mapped().id = old->id;
    node.mapped().place = old->place;
    graph_.nodes_.insert(std::move(node));
    return old->id;
}

NodeId GraphReader::read(const json::value& value, Flow flow, const std::string& path) {
    const NodeKind& kind = kindOf(value, flow);
    const bool shared = kind.role == Role::Source;
    const std::string text = shared ? toJson(value) : std::string();
    if (const auto found = sources_.find(text); shared && found != sources_.end()) return found->second;
    const NodeId id = make(kind, value, path);
    if (shared) sources_.emplace(text, id);
    readSockets(id, path);
    return id;
}

NodeId GraphReader::readRoot(const json::object& definition) {
    const NodeId id = make(firingKind(), definition, {});
    readSockets(id, {});
    return id;
}

void GraphReader::readSockets(NodeId id, const std::string& path) {
    const NodeKind& kind = *graph_.find(id)->kind;
    for (std::size_t s = 0; s < kind.sockets.size(); ++s) {
        const Socket& socket = kind.sockets[s];
        json::value body = graph_.find(id)->body;  // reading below may move the node
        json::value* member = body.is_object() ? body.get_object().if_contains(socket.key) : nullptr;
        if (member == nullptr) continue;
        const std::string at = path.empty() ? std::string(socket.key) : path + '.' + std::string(socket.key);
        if (socket.many) {
            auto parts = readParts(*member, socket, at);
            graph_.nodes_.at(id).sockets[s] = std::move(parts);
        } else {
            graph_.nodes_.at(id).sockets[s][0] = readHole(*member, socket.flow, at);
        }
        graph_.nodes_.at(id).body = std::move(body);
    }
}

std::vector<NodeId> GraphReader::readParts(json::value& member, const Socket& socket,
                                           const std::string& path) {
    std::vector<NodeId> parts;
    if (!member.is_array()) return parts;
    json::array& list = member.get_array();
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string at = path + '.' + std::to_string(i);
        if (socket.steps) {
            const bool isNot = isNotStep(list[i]);
            json::value& hole = isNot ? list[i].get_object()["not"] : list[i];
            parts.push_back(readHole(hole, socket.flow, isNot ? at + ".not" : at));
        } else {
            parts.push_back(read(list[i], socket.flow, at));
        }
    }
    if (!socket.steps) list.clear();
    return parts;
}

NodeId GraphReader::readHole(json::value& hole, Flow flow, const std::string& path) {
    if (hole.is_null()) return 0;
    const NodeId id = read(hole, flow, path);
    hole = nullptr;
    return id;
}

Graph Graph::fromDefinition(const json::object& definition, const Graph* like) {
    Graph graph;
    graph.nodes_.clear();
    if (like != nullptr) {
        graph.next_ = like->next_;
        graph.comments_ = like->comments_;
        graph.clusters_ = like->clusters_;
        for (const auto& [id, node] : like->nodes_)
            if (!like->isPart(id)) graph.nodes_.emplace(id, node);
    }
    graph.root_ = GraphReader(graph, like).readRoot(definition);
    // Loose nodes may have shared a source with the definition.
    for (auto& [id, node] : graph.nodes_)
        for (auto& parts : node.sockets)
            for (NodeId& part : parts)
                if (part != 0 && graph.find(part) == nullptr) part = 0;
    graph.sweepClusters();
    return graph;
}

NodeId readNode(Graph& graph, const json::value& value, Flow flow) {
    return GraphReader(graph, nullptr).read(value, flow, {});
}

const NodeKind& kindOf(const json::value& value, Flow flow) {
    const json::object* object = value.if_object();
    switch (flow) {
        case Flow::Records: return value.is_string() || object != nullptr ? sourceKind() : unknownKind(flow);
        case Flow::Firing: return object != nullptr ? jobKind() : unknownKind(flow);
        case Flow::Truth: break;
    }
    const NodeKind* found = nullptr;
    for (const NodeKind& kind : nodeKinds()) {
        if (!kind.isOperator() || object == nullptr || object->if_contains(kind.key) == nullptr) continue;
        if (found != nullptr) return unknownKind(flow);
        found = &kind;
    }
    return found != nullptr ? *found : unknownKind(flow);
}

json::value initialBody(const NodeKind& kind) {
    json::object body;
    const auto put = [&body](std::string_view key, const json::value& value) { body[key] = value; };
    // The operator's key first, as people write it.
    const auto isFirst = [&kind](std::string_view key) { return key == kind.key; };
    for (const bool first : {true, false}) {
        for (const Socket& socket : kind.sockets) {
            if (isFirst(socket.key) != first) continue;
            put(socket.key, socket.many ? json::value(json::array{}) : json::value{});
            if (socket.steps) body[socket.key] = json::array{nullptr, nullptr};
        }
        for (const Field& field : kind.fields) {
            if (isFirst(field.key) != first || field.initial.empty()) continue;
            if (auto value = parseJson(field.initial)) put(field.key, *value);
        }
    }
    return body;
}

void prepare(json::value& body, const Socket& socket) {
    if (!body.is_object()) return;
    json::value* member = body.get_object().if_contains(socket.key);
    if (socket.many && (member == nullptr || !member->is_array())) {
        body.get_object()[socket.key] = json::array{};
    } else if (member == nullptr) {
        body.get_object()[socket.key] = nullptr;
    }
}

void fill(json::value& body, const Socket& socket, std::vector<json::value> parts) {
    json::value* member = body.is_object() ? body.get_object().if_contains(socket.key) : nullptr;
    if (member == nullptr) return;
    if (!socket.many) {
        if (member->is_null()) *member = std::move(parts.front());
        return;
    }
    if (!member->is_array()) return;
    json::array& list = member->get_array();
    if (!socket.steps) {
        list = json::array(std::make_move_iterator(parts.begin()), std::make_move_iterator(parts.end()));
        return;
    }
    for (std::size_t i = 0; i < list.size() && i < parts.size(); ++i) {
        json::value& hole = isNotStep(list[i]) ? list[i].get_object()["not"] : list[i];
        if (hole.is_null()) hole = std::move(parts[i]);
    }
}

std::string socketPath(const Node& node, std::size_t socket, std::size_t index) {
    const Socket& into = node.kind->sockets[socket];
    std::string path(into.key);
    if (into.many) path += '.' + std::to_string(index);
    if (into.steps && node.isStepNot(index)) path += ".not";
    return path;
}

json::array* stepsOf(json::value& body) {
    json::value* steps = body.is_object() ? body.get_object().if_contains("sequence") : nullptr;
    return steps != nullptr ? steps->if_array() : nullptr;
}

const json::array* stepsOf(const json::value& body) {
    const json::value* steps = body.is_object() ? body.get_object().if_contains("sequence") : nullptr;
    return steps != nullptr ? steps->if_array() : nullptr;
}

bool isNotStep(const json::value& step) {
    return step.is_object() && step.get_object().contains("not");
}

void appendStep(json::value& body) {
    if (!body.is_object()) return;
    if (stepsOf(body) == nullptr) body.get_object()["sequence"] = json::array{};
    stepsOf(body)->push_back(nullptr);
}

void eraseMember(json::object& object, std::string_view key) {
    if (const auto found = object.find(key); found != object.end()) object.stable_erase(found);
}

void setMember(json::object& object, std::string_view key, const std::optional<json::value>& value) {
    const std::size_t dot = key.find('.');
    if (dot == std::string_view::npos) {
        if (value) {
            object[key] = *value;
        } else {
            eraseMember(object, key);
        }
        return;
    }
    const std::string_view head = key.substr(0, dot);
    json::value* inner = object.if_contains(head);
    if (inner == nullptr && !value) return;
    if (inner == nullptr || !inner->is_object()) {
        object[head] = json::object{};
        inner = object.if_contains(head);
    }
    setMember(inner->get_object(), key.substr(dot + 1), value);
    if (!value && inner->get_object().empty()) eraseMember(object, head);
}

namespace {

json::object writtenOut(const json::string& function) {
    return {{"event", {"execution.succeeded", "execution.failed"}}, {"function", function}};
}

}  // namespace

void setSourceMember(json::value& body, std::string_view key, const std::optional<json::value>& value) {
    const bool brief = body.is_string();
    if (brief && key == "function" && value && value->is_string()) {
        body = *value;
        return;
    }
    if (brief) body = writtenOut(body.get_string());
    if (body.is_object()) setMember(body.get_object(), key, value);
}

std::optional<json::value> fieldValue(const Node& node, std::string_view key) {
    json::value written;
    const json::value* at = &node.body;
    if (node.kind->role == Role::Source && node.body.is_string()) {
        written = writtenOut(node.body.get_string());
        at = &written;
    }
    while (!key.empty()) {
        const std::size_t dot = key.find('.');
        const std::string_view head = key.substr(0, dot);
        key = dot == std::string_view::npos ? std::string_view{} : key.substr(dot + 1);
        at = at->is_object() ? at->get_object().if_contains(head) : nullptr;
        if (at == nullptr) return std::nullopt;
    }
    return *at;
}

}  // namespace dogwatch::gui::canvas

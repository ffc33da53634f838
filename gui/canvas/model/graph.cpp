#include "gui/canvas/model/graph.h"

#include <algorithm>

#include "gui/canvas/model/graph_json.h"

namespace dogwatch::gui::canvas {
namespace {

std::string pathOf(std::string_view parent, std::string_view part) {
    if (parent.empty() || part.empty()) return std::string(parent) + std::string(part);
    return std::string(parent) + '.' + std::string(part);
}

}  // namespace

bool Node::isStepNot(std::size_t index) const {
    const json::array* steps = stepsOf(body);
    return steps != nullptr && index < steps->size() && isNotStep((*steps)[index]);
}

Graph::Graph() {
    root_ = make(firingKind(), json::object{{"metaevent", ""}, {"when", nullptr}});
}

NodeId Graph::make(const NodeKind& kind, json::value body) {
    Node node{.id = next_++, .kind = &kind, .body = std::move(body), .sockets = {}, .place = {}};
    for (const Socket& socket : kind.sockets) node.sockets.emplace_back(socket.many ? 0U : 1U, NodeId{0});
    const NodeId id = node.id;
    nodes_.emplace(id, std::move(node));
    return id;
}

const Node* Graph::find(NodeId id) const {
    const auto found = nodes_.find(id);
    return found != nodes_.end() ? &found->second : nullptr;
}

json::object Graph::definition() const {
    json::value whole = toJson(root_);
    return whole.is_object() ? std::move(whole.get_object()) : json::object{};
}

json::value Graph::toJson(NodeId id) const {
    const Node& node = nodes_.at(id);
    json::value body = node.body;
    for (std::size_t s = 0; s < node.sockets.size(); ++s) {
        std::vector<json::value> parts;
        for (const NodeId part : node.sockets[s]) parts.push_back(part == 0 ? json::value{} : toJson(part));
        fill(body, node.kind->sockets[s], std::move(parts));
    }
    return body;
}

std::vector<Connection> Graph::connections() const {
    std::vector<Connection> all;
    for (const auto& [id, node] : nodes_)
        for (std::size_t s = 0; s < node.sockets.size(); ++s)
            for (std::size_t i = 0; i < node.sockets[s].size(); ++i)
                if (node.sockets[s][i] != 0) all.push_back({node.sockets[s][i], {id, s, i}});
    return all;
}

std::vector<Plug> Graph::plugsOf(NodeId id) const {
    std::vector<Plug> plugs;
    for (const Connection& connection : connections())
        if (connection.from == id) plugs.push_back(connection.to);
    return plugs;
}

std::vector<NodeId> Graph::loose() const {
    std::set<NodeId> used{root_};
    for (const Connection& connection : connections()) used.insert(connection.from);
    std::vector<NodeId> loose;
    for (const auto& [id, node] : nodes_)
        if (!used.contains(id)) loose.push_back(id);
    return loose;
}

bool Graph::contains(NodeId outer, NodeId inner) const {
    if (outer == inner) return true;
    for (const auto& parts : nodes_.at(outer).sockets)
        for (const NodeId part : parts)
            if (part != 0 && contains(part, inner)) return true;
    return false;
}

bool Graph::isPart(NodeId id) const {
    return contains(root_, id);
}

namespace {

void walk(const Graph& graph, NodeId id, const std::string& path,
          const std::function<void(const std::string&, NodeId)>& visit) {
    visit(path, id);
    const Node& node = *graph.find(id);
    for (std::size_t s = 0; s < node.sockets.size(); ++s)
        for (std::size_t i = 0; i < node.sockets[s].size(); ++i)
            if (node.sockets[s][i] != 0)
                walk(graph, node.sockets[s][i], pathOf(path, socketPath(node, s, i)), visit);
}

}  // namespace

std::map<std::string, NodeId> Graph::paths() const {
    std::map<std::string, NodeId> paths;
    walk(*this, root_, {}, [&paths](const std::string& path, NodeId id) { paths.emplace(path, id); });
    return paths;
}

std::vector<std::string> Graph::pathsOf(NodeId id) const {
    std::vector<std::string> paths;
    walk(*this, root_, {}, [&](const std::string& path, NodeId node) {
        if (node == id) paths.push_back(path);
    });
    return paths;
}

Place Graph::locate(std::string_view path) const {
    return locateBelow(root_, path == "$" ? std::string_view{} : path);
}

Place Graph::locateBelow(NodeId top, std::string_view path) const {
    Place best{top, std::string(path)};
    std::size_t longest = 0;
    walk(*this, top, {}, [&](const std::string& at, NodeId id) {
        const bool leads = path == at || (path.starts_with(at) && path[at.size()] == '.');
        if (at.empty() || !leads || at.size() < longest) return;
        longest = at.size();
        best = {id, path.size() > at.size() ? std::string(path.substr(at.size() + 1)) : std::string()};
    });
    return best;
}

// ---- edits

NodeId Graph::add(const NodeKind& kind, const json::value& body) {
    if (!body.is_null()) return readNode(*this, body, kind.output);
    return readNode(*this, initialBody(kind), kind.output);
}

bool Graph::fits(NodeId from, const Plug& to) const {
    const Node* source = find(from);
    const Node* target = find(to.node);
    if (source == nullptr || target == nullptr || from == root_ || to.socket >= target->sockets.size())
        return false;
    const Socket& socket = target->kind->sockets[to.socket];
    if (socket.flow != source->kind->output || contains(from, to.node)) return false;
    const auto& parts = target->sockets[to.socket];
    return to.index < parts.size() || (socket.many && to.index == parts.size());
}

std::optional<Plug> Graph::plugFor(NodeId from, NodeId to) const {
    const Node* target = find(to);
    if (target == nullptr) return std::nullopt;
    std::optional<Plug> taken;
    for (std::size_t s = 0; s < target->sockets.size(); ++s) {
        const auto& parts = target->sockets[s];
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const Plug plug{to, s, i};
            if (!fits(from, plug)) continue;
            if (parts[i] == 0) return plug;
            if (!taken && !target->kind->sockets[s].many) taken = plug;
        }
        const Plug further{to, s, parts.size()};
        if (target->kind->sockets[s].many && fits(from, further)) return further;
    }
    return taken;
}

void Graph::detach(NodeId id) {
    // From the last to the first, so that positions in lists stay what they are.
    auto plugs = plugsOf(id);
    for (auto plug = plugs.rbegin(); plug != plugs.rend(); ++plug) disconnect(*plug);
}

bool Graph::connect(NodeId from, const Plug& to) {
    if (!fits(from, to)) return false;
    Plug target = to;
    if (nodes_.at(from).kind->output != Flow::Records) {
        for (const Plug& plug : plugsOf(from)) {
            const bool sameList = plug.node == to.node && plug.socket == to.socket;
            if (sameList && plug.index < to.index) --target.index;
        }
        detach(from);
    }
    auto& parts = slots(target);
    const Node& node = nodes_.at(target.node);
    const Socket& socket = node.kind->sockets[target.socket];
    if (target.index >= parts.size()) {
        parts.push_back(from);
        if (socket.steps) appendStep(nodes_.at(target.node).body);
    } else {
        parts[target.index] = from;
    }
    prepare(nodes_.at(target.node).body, socket);
    return true;
}

void Graph::disconnect(const Plug& to) {
    if (find(to.node) == nullptr) return;
    Node& node = nodes_.at(to.node);
    const Socket& socket = node.kind->sockets[to.socket];
    auto& parts = node.sockets[to.socket];
    if (to.index >= parts.size()) return;
    if (socket.many && !socket.steps) {
        parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(to.index));
        if (parts.empty() && socket.flow == Flow::Firing && node.body.is_object())
            eraseMember(node.body.get_object(), socket.key);
    } else {
        parts[to.index] = 0;
    }
}

bool Graph::wrap(NodeId id, NodeId around) {
    const auto plugs = plugsOf(id);
    const auto inner = plugFor(id, around);
    if (!inner || contains(id, around)) return false;
    if (!plugs.empty() && !fits(around, plugs.front())) return false;
    if (!plugs.empty()) {
        detach(around);
        slots(plugs.front())[plugs.front().index] = around;
    }
    return connect(id, *inner);
}

void Graph::remove(const std::set<NodeId>& ids) {
    for (const NodeId id : ids) {
        const Node* node = find(id);
        if (node == nullptr || id == root_) continue;
        const auto plugs = plugsOf(id);
        std::vector<NodeId> parts;
        for (const auto& list : node->sockets)
            for (const NodeId part : list)
                if (part != 0 && !ids.contains(part)) parts.push_back(part);
        const bool link = plugs.size() == 1 && parts.size() == 1 && node->kind->output == Flow::Truth &&
                          find(parts.front())->kind->output == Flow::Truth;
        if (link) {
            slots(plugs.front())[plugs.front().index] = parts.front();
        } else {
            detach(id);
        }
        nodes_.erase(id);
        for (const NodeId part : parts)
            if (find(part)->kind->output == Flow::Records && plugsOf(part).empty()) nodes_.erase(part);
    }
    sweepClusters();
}

void Graph::sweepClusters() {
    for (Cluster& cluster : clusters_)
        std::erase_if(cluster.members, [this](NodeId id) { return find(id) == nullptr; });
    std::erase_if(clusters_, [](const Cluster& cluster) { return cluster.members.empty(); });
}

NodeId Graph::copy(NodeId id) {
    const Node original = nodes_.at(id);
    const NodeId made = make(*original.kind, original.body);
    auto sockets = original.sockets;
    for (auto& parts : sockets)
        for (NodeId& part : parts)
            if (part != 0) part = copy(part);
    nodes_.at(made).sockets = std::move(sockets);
    return made;
}

std::vector<NodeId> Graph::duplicate(const std::set<NodeId>& ids) {
    std::vector<NodeId> made;
    for (const NodeId id : ids) {
        const auto inside = [&](NodeId outer) { return outer != id && contains(outer, id); };
        if (id == root_ || find(id) == nullptr || std::any_of(ids.begin(), ids.end(), inside)) continue;
        made.push_back(copy(id));
    }
    return made;
}

void Graph::reorder(const Plug& from, std::size_t to) {
    Node& node = nodes_.at(from.node);
    auto& parts = node.sockets[from.socket];
    if (from.index >= parts.size() || to >= parts.size()) return;
    const auto shift = [&](auto& list) {
        auto moved = std::move(list[from.index]);
        list.erase(list.begin() + static_cast<std::ptrdiff_t>(from.index));
        list.insert(list.begin() + static_cast<std::ptrdiff_t>(to), std::move(moved));
    };
    shift(parts);
    if (!node.kind->sockets[from.socket].steps) return;
    if (json::array* steps = stepsOf(node.body)) shift(*steps);
}

void Graph::setField(NodeId id, std::string_view key, const std::optional<json::value>& value) {
    Node& node = nodes_.at(id);
    if (node.kind->role == Role::Source) return setSourceMember(node.body, key, value);
    if (node.body.is_object()) setMember(node.body.get_object(), key, value);
}

void Graph::setStep(NodeId id, std::size_t index, bool isNot, const std::optional<std::string>& lasts) {
    json::array* steps = stepsOf(nodes_.at(id).body);
    if (steps == nullptr || index >= steps->size()) return;
    json::value& step = (*steps)[index];
    if (!isNot) {
        step = nullptr;
        return;
    }
    if (!isNotStep(step)) step = json::object{{"not", nullptr}};
    if (lasts) {
        step.get_object()["for"] = *lasts;
    } else {
        eraseMember(step.get_object(), "for");
    }
}

void Graph::addStep(NodeId id) {
    Node& node = nodes_.at(id);
    appendStep(node.body);
    node.sockets[0].push_back(0);
}

void Graph::removeStep(NodeId id, std::size_t index) {
    Node& node = nodes_.at(id);
    json::array* steps = stepsOf(node.body);
    if (steps == nullptr || index >= steps->size()) return;
    const NodeId part = node.sockets[0][index];
    steps->erase(steps->begin() + static_cast<std::ptrdiff_t>(index));
    node.sockets[0].erase(node.sockets[0].begin() + static_cast<std::ptrdiff_t>(index));
    if (part != 0 && plugsOf(part).empty()) nodes_.erase(part);
    sweepClusters();
}

void Graph::setPlace(NodeId id, std::optional<QPointF> place) {
    nodes_.at(id).place = place;
}

// ---- comments and clusters

int Graph::addComment(const QString& text, QPointF place) {
    comments_.push_back({next_++, text, place});
    return comments_.back().id;
}

void Graph::setComment(int id, const QString& text) {
    for (Comment& comment : comments_)
        if (comment.id == id) comment.text = text;
}

void Graph::moveComment(int id, QPointF place) {
    for (Comment& comment : comments_)
        if (comment.id == id) comment.place = place;
}

void Graph::removeComment(int id) {
    std::erase_if(comments_, [id](const Comment& comment) { return comment.id == id; });
}

int Graph::addCluster(const QString& title, const std::set<NodeId>& members) {
    clusters_.push_back({next_++, title, members});
    return clusters_.back().id;
}

void Graph::setClusterTitle(int id, const QString& title) {
    for (Cluster& cluster : clusters_)
        if (cluster.id == id) cluster.title = title;
}

void Graph::removeCluster(int id) {
    std::erase_if(clusters_, [id](const Cluster& cluster) { return cluster.id == id; });
}

}  // namespace dogwatch::gui::canvas

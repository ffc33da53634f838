#include "gui/canvas/model/graph_model.h"

#include <QUndoCommand>
#include <algorithm>

#include "gui/canvas/model/graph_text.h"
#include "gui/models/language.h"
#include "gui/models/text.h"

namespace dogwatch::gui::canvas {
namespace {

/// Graphs compare without regard to the order of members, which is one of the things that JSON says.
bool same(const Graph& a, const Graph& b) {
    return a == b && toJson(json::value(a.definition())) == toJson(json::value(b.definition()));
}

int mergeKey(NodeId id, std::string_view key) {
    const auto hash = std::hash<std::string_view>{}(key) ^ (static_cast<std::size_t>(id) * 1'000'003U);
    return static_cast<int>(hash & 0x7fff'ffffU);
}

}  // namespace

/// One edit: the graph before and after. Graphs are small, so each command keeps both.
class GraphModel::Command final : public QUndoCommand {
 public:
    Command(GraphModel& model, const QString& name, Graph before, Graph after, int merge)
        : QUndoCommand(name),
          model_(model),
          before_(std::move(before)),
          after_(std::move(after)),
          merge_(merge) {}
    void undo() override { model_.take(before_); }
    void redo() override { model_.take(after_); }
    [[nodiscard]] int id() const override { return merge_; }
    bool mergeWith(const QUndoCommand* other) override {
        after_ = static_cast<const Command*>(other)->after_;  // of the same id, so one of these
        return true;
    }

 private:
    GraphModel& model_;
    Graph before_;
    Graph after_;
    int merge_;
};

GraphModel::GraphModel(QObject* parent) : QObject(parent) {
    diagnosis_ = diagnose(graph_);
}

std::vector<Issue> GraphModel::issues() const {
    std::vector<Issue> all = diagnosis_.issues;
    all.insert(all.end(), warnings_.begin(), warnings_.end());
    std::stable_sort(all.begin(), all.end(), [](const Issue& a, const Issue& b) { return a.kind < b.kind; });
    return all;
}

void GraphModel::take(const Graph& graph) {
    graph_ = graph;
    diagnosis_ = diagnose(graph_);
    std::erase_if(warnings_, [this](const Issue& issue) { return graph_.find(issue.node) == nullptr; });
    Q_EMIT changed();
    Q_EMIT judged();
}

void GraphModel::open(const Graph& graph, std::optional<json::object> applied) {
    undo_.clear();
    warnings_.clear();
    applied_ = std::move(applied);
    take(graph);
}

void GraphModel::setApplied(std::optional<json::object> applied) {
    applied_ = std::move(applied);
    Q_EMIT judged();
}

bool GraphModel::isDraft() const {
    return !applied_ || toJson(json::value(*applied_)) != toJson(json::value(graph_.definition()));
}

void GraphModel::edit(const QString& name, const Change& change, int merge) {
    Graph after = graph_;
    change(after);
    if (!same(after, graph_)) undo_.push(new Command{*this, name, graph_, std::move(after), merge});
}

namespace {

/// Puts a new node where it makes most sense, seen from the node that is selected.
void settle(Graph& graph, NodeId made, NodeId beside) {
    const Node& node = *graph.find(made);
    const Node* near = graph.find(beside);
    const NodeId root = graph.root().id;
    if (node.kind->role == Role::Job) {
        if (const auto plug = graph.plugFor(made, root)) graph.connect(made, *plug);
        return;
    }
    if (near != nullptr && near->id != root) {
        const auto into = graph.plugFor(made, near->id);
        const bool taken = into && into->index < near->sockets[into->socket].size() &&
                           near->sockets[into->socket][into->index] != 0;
        if (into && !taken) {
            graph.connect(made, *into);
            return;
        }
        const bool takesIt = graph.plugFor(near->id, made).has_value();
        if (takesIt && near->kind->output == Flow::Truth && graph.wrap(near->id, made)) return;
        if (takesIt && near->kind->output == Flow::Records) {
            graph.connect(near->id, *graph.plugFor(near->id, made));
        }
    }
    const NodeId there = graph.root().sockets[0][0];
    if (node.kind->output != Flow::Truth) return;
    if (there == 0) {
        graph.connect(made, {root, 0, 0});
    } else if (near != nullptr && near->id == root && graph.plugFor(there, made)) {
        graph.wrap(there, made);
    }
}

void addBeginnings(Graph& graph, NodeId made) {
    const Node node = *graph.find(made);
    for (std::size_t s = 0; s < node.sockets.size(); ++s) {
        const auto initial = parseJson(node.kind->sockets[s].initial);
        if (node.kind->sockets[s].initial.empty() || !initial) continue;
        for (std::size_t i = 0; i < node.sockets[s].size(); ++i)
            if (node.sockets[s][i] == 0) graph.connect(graph.add(sourceKind(), *initial), {made, s, i});
    }
}

}  // namespace

NodeId GraphModel::addKind(const NodeKind& kind, NodeId beside, std::optional<QPointF> place) {
    NodeId made = 0;
    edit(tr("Add “%1”").arg(tableText(kind.title)), [&](Graph& graph) {
        made = graph.add(kind);
        if (place) {
            if (places_)
                for (const auto& [id, at] : places_()) graph.setPlace(id, at);
            graph.setPlace(made, place);
        }
        settle(graph, made, beside);
        addBeginnings(graph, made);
    });
    return made;
}

bool GraphModel::connectNodes(NodeId from, const Plug& to) {
    bool done = false;
    edit(tr("Connect"), [&](Graph& graph) { done = graph.connect(from, to); });
    return done;
}

void GraphModel::disconnectPlug(const Plug& to) {
    edit(tr("Disconnect"), [&](Graph& graph) { graph.disconnect(to); });
}

void GraphModel::remove(const std::set<NodeId>& ids) {
    const Node* first = ids.empty() ? nullptr : graph_.find(*ids.begin());
    if (first == nullptr) return;
    const QString name = ids.size() == 1 ? tr("Remove “%1”").arg(nodeTitle(*first))
                                         : tr("Remove %n nodes", nullptr, static_cast<int>(ids.size()));
    edit(name, [&](Graph& graph) { graph.remove(ids); });
}

std::vector<NodeId> GraphModel::duplicate(const std::set<NodeId>& ids) {
    std::vector<NodeId> made;
    edit(tr("Duplicate"), [&](Graph& graph) {
        made = graph.duplicate(ids);
        for (const NodeId id : made)
            if (graph.find(id)->kind->role == Role::Job) settle(graph, id, 0);
    });
    return made;
}

void GraphModel::setField(NodeId id, std::string_view key, const std::optional<json::value>& value) {
    const Node* node = graph_.find(id);
    if (node == nullptr) return;
    const Field* field = node->kind->field(key);
    const QString title = field != nullptr ? tableText(field->title) : fromUtf8(key);
    edit(
        tr("Change “%1”").arg(title), [&](Graph& graph) { graph.setField(id, key, value); },
        mergeKey(id, key));
}

void GraphModel::setStep(NodeId id, std::size_t index, bool isNot, const std::optional<std::string>& lasts) {
    edit(
        tr("Change step %1").arg(index + 1), [&](Graph& graph) { graph.setStep(id, index, isNot, lasts); },
        mergeKey(id, "step " + std::to_string(index) + (isNot ? "n" : "y")));
}

void GraphModel::addStep(NodeId id) {
    edit(tr("Add a step"), [&](Graph& graph) {
        graph.addStep(id);
        addBeginnings(graph, id);
    });
}

void GraphModel::removeStep(NodeId id, std::size_t index) {
    edit(tr("Remove step %1").arg(index + 1), [&](Graph& graph) { graph.removeStep(id, index); });
}

void GraphModel::reorder(const Plug& from, std::size_t to) {
    edit(tr("Change the order"), [&](Graph& graph) { graph.reorder(from, to); });
}

void GraphModel::place(const std::map<NodeId, QPointF>& places) {
    edit(tr("Move"), [&](Graph& graph) {
        for (const auto& [id, at] : places)
            if (graph.find(id) != nullptr) graph.setPlace(id, at);
    });
}

void GraphModel::layOutAnew() {
    edit(tr("Tidy up"), [](Graph& graph) {
        for (const auto& [id, node] : std::map(graph.nodes())) graph.setPlace(id, std::nullopt);
    });
}

void GraphModel::setDefinition(const json::object& definition) {
    edit(
        tr("Edit the JSON"), [&](Graph& graph) { graph = Graph::fromDefinition(definition, &graph); },
        mergeKey(0, "json"));
}

void GraphModel::revert() {
    if (!applied_) return;
    edit(tr("Revert to what is applied"),
         [&](Graph& graph) { graph = Graph::fromDefinition(*applied_, &graph); });
}

Result<std::vector<NodeId>> GraphModel::paste(const QString& text, NodeId beside) {
    auto parts = partsOfText(text);
    if (!parts) return tl::unexpected(parts.error());
    std::vector<NodeId> made;
    edit(tr("Paste"), [&](Graph& graph) {
        for (const Part& part : *parts) {
            if (part.flow) {
                const NodeId id = graph.add(kindOf(part.value, *part.flow), part.value);
                made.push_back(id);
                if (parts->size() == 1 || part.flow == Flow::Firing) settle(graph, id, beside);
            } else {
                graph = Graph::fromDefinition(part.value.get_object(), &graph);
                made.push_back(graph.root().id);
            }
        }
    });
    return made;
}

void GraphModel::setWarnings(const std::vector<Warning>& warnings) {
    auto found = warningsOf(graph_, warnings);
    if (found == warnings_) return;
    warnings_ = std::move(found);
    Q_EMIT judged();
}

QString nodeTitle(const Node& node) {
    const auto text = [&node](std::string_view key) {
        const auto value = fieldValue(node, key);
        return value && value->is_string() ? fromUtf8(value->get_string()) : QString();
    };
    if (node.kind->role == Role::Job) {
        const QString run = text("run");
        return GraphModel::tr("Run %1").arg(run.isEmpty() ? QStringLiteral("…") : run);
    }
    if (node.kind->role == Role::Firing) {
        const QString name = text("metaevent");
        return name.isEmpty() ? GraphModel::tr("Fires") : name;
    }
    return tableText(node.kind->title);
}

}  // namespace dogwatch::gui::canvas

// GraphModel: the definition that is being drawn, and every edit of it as a command that can be undone.
// Canvas, outline, forms and JSON are views of one such model.
//
// Thread: the GUI's.
#pragma once

#include <QObject>
#include <QUndoStack>
#include <functional>
#include <optional>

#include "gui/canvas/model/diagnosis.h"
#include "gui/canvas/model/graph.h"

namespace dogwatch::gui::canvas {

class GraphModel final : public QObject {
    Q_OBJECT
 public:
    explicit GraphModel(QObject* parent = nullptr);

    [[nodiscard]] const Graph& graph() const { return graph_; }
    [[nodiscard]] const Diagnosis& diagnosis() const { return diagnosis_; }
    /// Faults and notes, then the warnings that were found for the graph as it is.
    [[nodiscard]] std::vector<Issue> issues() const;
    [[nodiscard]] QUndoStack& undoStack() { return undo_; }

    /// Begins anew with this; nothing can be undone. `applied`: what the control plane has of it.
    void open(const Graph& graph, std::optional<json::object> applied);
    [[nodiscard]] const std::optional<json::object>& applied() const { return applied_; }
    void setApplied(std::optional<json::object> applied);
    /// Whether the drawing says something else than what is applied.
    [[nodiscard]] bool isDraft() const;

    /// The general form: `change` is applied as one command named `name` ("Add …"). Commands of one `merge`
    /// key that follow each other become one; -1: never.
    using Change = std::function<void(Graph&)>;
    void edit(const QString& name, const Change& change, int merge = -1);

    // ---- the edits of the views

    /// Adds a node, with the sources that its sockets begin with, where it makes most sense next to `beside`:
    /// put into it, around it, or below the firing when nothing leads there yet. The node that was added.
    NodeId addKind(const NodeKind& kind, NodeId beside = 0, std::optional<QPointF> place = {});
    /// Who knows where nodes are drawn: when one is put at a place, the others keep theirs.
    void setPlaces(std::function<std::map<NodeId, QPointF>()> places) { places_ = std::move(places); }
    bool connectNodes(NodeId from, const Plug& to);
    void disconnectPlug(const Plug& to);
    void remove(const std::set<NodeId>& ids);
    std::vector<NodeId> duplicate(const std::set<NodeId>& ids);
    void setField(NodeId id, std::string_view key, const std::optional<json::value>& value);
    void setStep(NodeId id, std::size_t index, bool isNot, const std::optional<std::string>& lasts);
    void addStep(NodeId id);
    void removeStep(NodeId id, std::size_t index);
    void reorder(const Plug& from, std::size_t to);
    /// Where nodes stand, all of them: from then on the layout leaves them there.
    void place(const std::map<NodeId, QPointF>& places);
    void layOutAnew();
    /// The whole definition, as JSON says it.
    void setDefinition(const json::object& definition);
    /// Back to what is applied.
    void revert();
    /// Nodes from a text as copied (graph_text.h); those that were added.
    Result<std::vector<NodeId>> paste(const QString& text, NodeId beside);

    /// For the warnings of the static checks, which are found elsewhere and later.
    void setWarnings(const std::vector<Warning>& warnings);

 Q_SIGNALS:
    /// The graph is another one; views compare it with what they show.
    void changed();
    /// Issues or the relation to what is applied changed.
    void judged();

 private:
    class Command;
    void take(const Graph& graph);

    Graph graph_;
    Diagnosis diagnosis_;
    std::vector<Issue> warnings_;
    std::optional<json::object> applied_;
    QUndoStack undo_;
    std::function<std::map<NodeId, QPointF>()> places_;
};

/// "a condition", "Has not happened": what a node is called in the names of commands and to screen readers.
QString nodeTitle(const Node& node);

}  // namespace dogwatch::gui::canvas

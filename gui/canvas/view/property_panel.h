// PropertyPanel: the chosen node as a form, made from the table of kinds, together with the sources it looks
// at. Faults stand below their field.
#pragma once

#include <QScrollArea>
#include <vector>

#include "gui/canvas/model/graph_model.h"
#include "gui/canvas/model/selection.h"
#include "gui/canvas/view/fields.h"

class QLabel;
class QVBoxLayout;

namespace dogwatch::gui::canvas {

class StepsEdit;

class PropertyPanel final : public QScrollArea {
    Q_OBJECT
 public:
    PropertyPanel(GraphModel& model, Selection& selection, const Names& names, const Theme& theme,
                  QWidget* parent = nullptr);
    /// Puts the keyboard into the first field, or the one with this key.
    void focusField(const QString& key = {});

 private:
    struct Row {
        NodeId node = 0;
        const Field* field = nullptr;
        FieldEdit* edit = nullptr;
        QLabel* message = nullptr;
    };
    void show();
    void refresh();
    void rebuild(NodeId id);
    void addSection(NodeId id, const QString& title);
    void addRow(NodeId id, const Field& field);
    void addNothing();
    [[nodiscard]] std::vector<NodeId> sourcesOf(NodeId id) const;
    [[nodiscard]] QLabel* labelFor(QWidget* buddy, const QString& title);

    GraphModel& model_;
    Selection& selection_;
    Names names_;
    const Theme& theme_;
    QWidget* body_ = nullptr;
    QVBoxLayout* layout_ = nullptr;
    std::vector<Row> rows_;
    std::vector<StepsEdit*> steps_;
    QLabel* words_ = nullptr;
    QString mnemonics_;          ///< letters that are taken
    std::vector<NodeId> shown_;  ///< the node and its sources
    std::vector<const NodeKind*> kinds_;
};

/// The steps of a sequence: whether each must happen or must not, in which order.
class StepsEdit final : public QWidget {
    Q_OBJECT
 public:
    StepsEdit(GraphModel& model, NodeId node, const Theme& theme, QWidget* parent = nullptr);
    void refresh();

 private:
    void addStepRow(std::size_t index, std::size_t count);

    GraphModel& model_;
    NodeId node_;
    const Theme& theme_;
    QVBoxLayout* rows_;
    json::value shown_;
    std::vector<NodeId> parts_;
};

}  // namespace dogwatch::gui::canvas

// CauseView: a CauseGraph, drawn. Each box is a button, so that keyboard and screen readers reach it.
#pragma once

#include <QScrollArea>

#include "gui/models/cause_graph.h"
#include "gui/theme/theme.h"

class QLabel;

namespace dogwatch::gui {

class CauseView final : public QScrollArea {
    Q_OBJECT
 public:
    explicit CauseView(const Theme& theme, QWidget* parent = nullptr);
    ~CauseView() override;
    void setGraph(CauseGraph graph);
    /// Shown in place of a graph.
    void setText(const QString& text);
    [[nodiscard]] const CauseGraph& graph() const { return graph_; }

 Q_SIGNALS:
    void executionChosen(const QString& id);
    void metaeventChosen(const QString& name);
    /// The graph with this firing in the middle.
    void causesWanted(const QString& firing);
    void firingChosen(const QString& metaevent, const QString& firing, dogwatch::Time time);

 private:
    class Canvas;
    void place();

    const Theme& theme_;
    CauseGraph graph_;
    Canvas* canvas_;
    QLabel* text_;
};

}  // namespace dogwatch::gui

// OutlineView: the drawing as a tree. Everything the canvas can do to nodes can be done here with keys.
#pragma once

#include <QTreeView>

#include "gui/canvas/model/outline_model.h"
#include "gui/canvas/model/selection.h"
#include "gui/theme/theme.h"

namespace dogwatch::gui::canvas {

class OutlineView final : public QTreeView {
    Q_OBJECT
 public:
    OutlineView(GraphModel& model, Selection& selection, const Theme& theme, QWidget* parent = nullptr);

 Q_SIGNALS:
    void addAsked();
    void copyAsked();
    void cutAsked();
    void pasteAsked();
    void connectAsked(QPoint globalPos);

 protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

 private:
    void showSelection();
    void removeCurrent();
    void shift(int direction);

    GraphModel& model_;
    Selection& selection_;
    OutlineModel outline_;
    bool syncing_ = false;
};

}  // namespace dogwatch::gui::canvas

// CanvasView: the window onto the canvas: zoom, pan, rubber band, keys, drops from the palette, and a small
// map.
#pragma once

#include <QGraphicsView>

#include "gui/canvas/view/canvas_scene.h"

class QMenu;

namespace dogwatch::gui::canvas {

/// What the palette gives to a drag: the key of a NodeKind.
constexpr const char* kKindMimeType = "application/x-dogwatch-node-kind";

class MiniMap;

class CanvasView final : public QGraphicsView {
    Q_OBJECT
 public:
    CanvasView(GraphModel& model, Selection& selection, const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] CanvasScene& canvas() const { return *scene_; }
    void zoomBy(qreal factor);
    /// All of it, but not larger than life, nor smaller than can be read.
    void zoomToFit();
    void copySelected() const;
    void cutSelected();
    void paste();
    void duplicateSelected();
    /// The places where the chosen node may be put in, as a menu: connecting by keyboard.
    QMenu* connectMenu(QWidget* parent);

 Q_SIGNALS:
    /// Something shall be added: at a point of the scene, or wherever it fits.
    void addAsked(std::optional<QPointF> place);
    void nodeOpened(NodeId id);
    /// What could not be done, as one sentence.
    void complained(const QString& sentence);

 protected:
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

 private:
    void step(Qt::Key key, bool moves);
    bool handleEdit(const QKeyEvent& event);
    void reveal();
    /// Scroll bars where the drawing is larger than what is seen.
    void showBars();

    GraphModel& model_;
    Selection& selection_;
    CanvasScene* scene_;
    MiniMap* map_;
    std::optional<QPoint> panned_;
    bool fitted_ = false;  ///< until someone zooms, the view fits the whole
};

/// The whole canvas, small; a click goes there.
class MiniMap final : public QWidget {
    Q_OBJECT
 public:
    MiniMap(CanvasView& view, const Theme& theme);

 protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

 private:
    [[nodiscard]] QTransform toMap() const;

    CanvasView& view_;
    const Theme& theme_;
};

}  // namespace dogwatch::gui::canvas

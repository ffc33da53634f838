// CanvasScene: shows the graph of a GraphModel and turns what the mouse does into its edits. It keeps no
// rules of its own: what may be connected, the model says.
#pragma once

#include <QGraphicsScene>
#include <map>
#include <memory>

#include "gui/canvas/model/graph_model.h"
#include "gui/canvas/model/selection.h"
#include "gui/canvas/view/canvas_items.h"

namespace dogwatch::gui::canvas {

class CanvasScene final : public QGraphicsScene {
    Q_OBJECT
 public:
    CanvasScene(GraphModel& model, Selection& selection, const Theme& theme, QObject* parent = nullptr);
    ~CanvasScene() override;

    [[nodiscard]] NodeItem* item(NodeId id) const;
    /// Around all nodes.
    [[nodiscard]] QRectF contentRect() const;
    /// What is known of the conditions now; nodes that are not named show nothing.
    void setLive(std::map<NodeId, Live> live);
    /// The connection that the mouse draws is given up.
    void cancelConnecting();
    [[nodiscard]] bool isConnecting() const { return drawn_ != nullptr; }
    /// Removes what is selected: nodes, connections, comments and frames.
    void removeSelected();
    void groupSelected();
    void addCommentAt(QPointF scenePoint);

 Q_SIGNALS:
    /// A connection was dropped where nothing is: what should stand there?
    void addAsked(QPointF scenePoint);
    void nodeOpened(NodeId id);

 protected:
    void mousePressEvent(QGraphicsSceneMouseEvent* event) override;
    void mouseMoveEvent(QGraphicsSceneMouseEvent* event) override;
    void mouseReleaseEvent(QGraphicsSceneMouseEvent* event) override;
    void mouseDoubleClickEvent(QGraphicsSceneMouseEvent* event) override;
    void drawBackground(QPainter* painter, const QRectF& rect) override;

 private:
    /// A connection that the mouse draws.
    struct Drawn {
        NodeItem* at = nullptr;
        std::optional<Plug> plug;   ///< drawn from here; none: from where the node leaves
        std::optional<Plug> taken;  ///< the end of a connection that was taken hold of
        QPointF from;
        QGraphicsPathItem line;
    };
    void sync();
    void syncLooks();
    void syncEdges();
    void syncRemarks();
    void syncLoop();
    void placeNodes();
    void moveEdges();
    void showSelection();
    void takeSelection();
    void keepPlaces();
    void beginConnecting(NodeItem* at, const Port& port, QPointF scenePoint);
    void light();
    [[nodiscard]] std::vector<const Port*> fitting(const NodeItem& item) const;
    void finishConnecting(QPointF scenePoint);
    [[nodiscard]] NodeItem* nodeItemAt(QPointF scenePoint) const;
    [[nodiscard]] QPointF portPoint(NodeId id, const std::optional<Plug>& plug) const;
    void editRemark(QGraphicsItem* item);

    GraphModel& model_;
    Selection& selection_;
    const Theme& theme_;
    std::map<NodeId, NodeItem*> nodes_;
    std::vector<EdgeItem*> edges_;
    std::map<int, CommentItem*> comments_;
    std::map<int, FrameItem*> frames_;
    LoopItem* loop_ = nullptr;
    std::map<NodeId, Live> live_;
    std::unique_ptr<Drawn> drawn_;
    QPointF pressed_;
    bool syncing_ = false;
};

}  // namespace dogwatch::gui::canvas

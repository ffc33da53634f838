// What the mouse does on the canvas: connecting, moving, opening.
#include <QGraphicsSceneMouseEvent>
#include <algorithm>

#include "gui/canvas/model/auto_layout.h"
#include "gui/canvas/view/canvas_scene.h"

namespace dogwatch::gui::canvas {
namespace {

constexpr qreal kMoved = 2;  ///< a press that moves less is a click

}  // namespace

// ---- connecting

NodeItem* CanvasScene::nodeItemAt(QPointF scenePoint) const {
    for (QGraphicsItem* found : items(scenePoint))
        if (found->type() == NodeItem::Type) return static_cast<NodeItem*>(found);
    return nullptr;
}

void CanvasScene::beginConnecting(NodeItem* at, const Port& port, QPointF scenePoint) {
    drawn_ = std::make_unique<Drawn>();
    drawn_->at = at;
    drawn_->plug = port.plug;
    drawn_->from = at->scenePort(port);
    const Flow flow = port.plug ? at->look().kind->sockets[port.plug->socket].flow : at->look().kind->output;
    // A connection is taken hold of by its end.
    if (port.plug && !port.free && flow != Flow::Firing) {
        const Node& node = *model_.graph().find(at->node());
        NodeItem* source = item(node.sockets[port.plug->socket][port.plug->index]);
        if (source != nullptr && source->look().leaving() != nullptr) {
            drawn_->at = source;
            drawn_->plug.reset();
            drawn_->taken = port.plug;
            drawn_->from = source->scenePort(*source->look().leaving());
        }
    }
    drawn_->line.setPen(QPen{flowColor(flow, theme_), 2.4, Qt::DashLine, Qt::RoundCap});
    drawn_->line.setZValue(10);
    drawn_->line.setPath(curve(drawn_->from, scenePoint));
    addItem(&drawn_->line);
    light();
}

std::vector<const Port*> CanvasScene::fitting(const NodeItem& other) const {
    std::vector<const Port*> ports;
    for (const Port& port : other.look().ports) {
        const bool fits = drawn_->plug ? !port.plug && model_.graph().fits(other.node(), *drawn_->plug)
                                       : port.plug && model_.graph().fits(drawn_->at->node(), *port.plug);
        if (fits) ports.push_back(&port);
    }
    return ports;
}

void CanvasScene::light() {
    for (const auto& [id, shown] : nodes_) {
        if (!drawn_) {
            shown->setLit(std::nullopt);
        } else if (shown == drawn_->at) {
            const Port* own = drawn_->plug ? shown->look().portOf(*drawn_->plug) : shown->look().leaving();
            shown->setLit(std::vector<const Port*>{own});
        } else {
            shown->setLit(fitting(*shown));
        }
    }
    for (EdgeItem* edge : edges_) edge->setDimmed(drawn_ != nullptr);
}

void CanvasScene::cancelConnecting() {
    if (!drawn_) return;
    removeItem(&drawn_->line);
    drawn_.reset();
    light();
}

void CanvasScene::finishConnecting(QPointF scenePoint) {
    NodeItem* over = nodeItemAt(scenePoint);
    const NodeId start = drawn_->at->node();
    const std::optional<Plug> plug = drawn_->plug;
    const std::optional<Plug> taken = drawn_->taken;
    const bool moved = QLineF{pressed_, scenePoint}.length() > 2 * kPortReach;
    if (over == nullptr || over == drawn_->at) {
        cancelConnecting();
        if (taken && moved) model_.disconnectPlug(*taken);
        return;
    }
    const auto ports = fitting(*over);
    const Port* near = over->portAt(scenePoint);
    const bool exact = std::find(ports.begin(), ports.end(), near) != ports.end();
    const NodeId other = over->node();
    std::optional<Plug> target;
    if (plug) {
        if (!ports.empty()) target = plug;
    } else if (exact) {
        target = near->plug;
    } else {
        target = model_.graph().plugFor(start, other);
    }
    cancelConnecting();
    if (!target || target == taken) return;
    const NodeId from = plug ? other : start;
    model_.edit(tr("Connect"), [&](Graph& graph) {
        if (taken && graph.find(from)->kind->output == Flow::Records) graph.disconnect(*taken);
        graph.connect(from, *target);
    });
}

// ---- the mouse

void CanvasScene::mousePressEvent(QGraphicsSceneMouseEvent* event) {
    pressed_ = event->scenePos();
    if (event->button() == Qt::LeftButton) {
        NodeItem* at = nodeItemAt(event->scenePos());
        const Port* port = at != nullptr ? at->portAt(event->scenePos()) : nullptr;
        if (port != nullptr) {
            beginConnecting(at, *port, event->scenePos());
            event->accept();
            return;
        }
    }
    QGraphicsScene::mousePressEvent(event);
    const auto chosen = selectedItems();
    for (const QGraphicsItem* item : chosen) {  // a frame brings what is in it
        if (item->type() != FrameItem::Type || !item->isUnderMouse()) continue;
        for (const Cluster& cluster : model_.graph().clusters())
            if (cluster.id == static_cast<const FrameItem*>(item)->cluster()) selection_.set(cluster.members);
    }
}

void CanvasScene::mouseMoveEvent(QGraphicsSceneMouseEvent* event) {
    if (drawn_) {
        const NodeItem* over = nodeItemAt(event->scenePos());
        QPointF end = event->scenePos();
        if (over != nullptr && over != drawn_->at)
            for (const Port* port : fitting(*over))
                if (QLineF{over->scenePort(*port), end}.length() < 2 * kPortReach)
                    end = over->scenePort(*port);
        const bool leftwards = drawn_->plug && drawn_->from.x() > end.x();
        drawn_->line.setPath(leftwards ? curve(end, drawn_->from) : curve(drawn_->from, end));
        event->accept();
        return;
    }
    QGraphicsScene::mouseMoveEvent(event);
}

void CanvasScene::mouseReleaseEvent(QGraphicsSceneMouseEvent* event) {
    if (drawn_) {
        finishConnecting(event->scenePos());
        event->accept();
        return;
    }
    QGraphicsScene::mouseReleaseEvent(event);
    if (event->button() == Qt::LeftButton && QLineF{pressed_, event->scenePos()}.length() > kMoved)
        keepPlaces();
}

void CanvasScene::keepPlaces() {
    for (const auto& [id, shown] : comments_) {
        for (const Comment& comment : std::vector(model_.graph().comments()))
            if (comment.id == id && comment.place != shown->pos()) {
                const QPointF at = shown->pos();
                model_.edit(tr("Move a comment"), [id = id, at](Graph& graph) { graph.moveComment(id, at); });
                return;
            }
    }
    std::map<NodeId, QPointF> places;
    bool anyMoved = false;
    const auto ideal = layOut(model_.graph(), [this](NodeId id) { return item(id)->look().size; });
    for (const auto& [id, shown] : nodes_) {
        places.emplace(id, shown->pos());
        anyMoved = anyMoved || QLineF{ideal.at(id), shown->pos()}.length() > kMoved;
    }
    if (anyMoved) model_.place(places);
}

void CanvasScene::mouseDoubleClickEvent(QGraphicsSceneMouseEvent* event) {
    const auto found = items(event->scenePos());
    for (QGraphicsItem* item : found) {
        if (item->type() == NodeItem::Type) {
            Q_EMIT nodeOpened(static_cast<NodeItem*>(item)->node());
            return;
        }
        if (item->type() == CommentItem::Type || item->type() == FrameItem::Type) {
            editRemark(item);
            return;
        }
    }
    Q_EMIT addAsked(event->scenePos());
}

}  // namespace dogwatch::gui::canvas

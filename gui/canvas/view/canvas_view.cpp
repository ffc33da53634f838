#include "gui/canvas/view/canvas_view.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>
#include <QMimeData>
#include <QScrollBar>
#include <cmath>

#include "gui/canvas/model/graph_text.h"
#include "gui/models/faults.h"
#include "gui/models/language.h"
#include "gui/models/text.h"

namespace dogwatch::gui::canvas {
namespace {

using namespace Qt::StringLiterals;

constexpr qreal kSmallest = 0.25;
constexpr qreal kReadable = 0.62;  ///< what is fitted is not made smaller than this; the rest is scrolled to
constexpr qreal kLargest = 2.0;
constexpr QSize kMapSize{150, 96};
constexpr qreal kStep = 24;  ///< one key press moves nodes so far

}  // namespace

CanvasView::CanvasView(GraphModel& model, Selection& selection, const Theme& theme, QWidget* parent)
    : QGraphicsView(parent),
      model_(model),
      selection_(selection),
      scene_(new CanvasScene{model, selection, theme, this}),
      map_(new MiniMap{*this, theme}) {
    setScene(scene_);
    setObjectName(u"canvas"_s);
    setAccessibleName(tr("Canvas; the outline shows the same for keyboard and screen reader"));
    setRenderHint(QPainter::Antialiasing);
    setDragMode(RubberBandDrag);
    setFrameShape(NoFrame);
    setTransformationAnchor(AnchorUnderMouse);
    setViewportUpdateMode(BoundingRectViewportUpdate);
    setAcceptDrops(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(scene_, &CanvasScene::addAsked, this, [this](QPointF at) { Q_EMIT addAsked(at); });
    connect(scene_, &CanvasScene::nodeOpened, this, &CanvasView::nodeOpened);
    connect(scene_, &QGraphicsScene::changed, map_, qOverload<>(&QWidget::update));
    connect(&model, &GraphModel::changed, this, [this] {
        const QRectF seen = mapToScene(viewport()->rect()).boundingRect();
        if (fitted_ && !seen.contains(scene_->contentRect())) zoomToFit();
    });
    connect(&selection, &Selection::changed, this, &CanvasView::reveal);
}

void CanvasView::reveal() {
    if (const NodeItem* item = scene_->item(selection_.single()))
        ensureVisible(item->sceneBoundingRect(), 12, 12);
}

void CanvasView::zoomBy(qreal factor) {
    const qreal now = transform().m11();
    const qreal wanted = std::clamp(now * factor, kSmallest, kLargest);
    fitted_ = false;
    scale(wanted / now, wanted / now);
    showBars();
    map_->update();
}

void CanvasView::showBars() {
    const QSizeF content = scene_->contentRect().size() * transform().m11();
    const QSize room = maximumViewportSize();
    setHorizontalScrollBarPolicy(content.width() > room.width() ? Qt::ScrollBarAlwaysOn
                                                                : Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(content.height() > room.height() ? Qt::ScrollBarAlwaysOn
                                                                : Qt::ScrollBarAlwaysOff);
}

void CanvasView::zoomToFit() {
    fitted_ = true;
    const QRectF content = scene_->contentRect().adjusted(-30, -30, 30, 30);
    if (content.isEmpty() || viewport()->width() < 50) return;
    const qreal factor =
        std::min({viewport()->width() / content.width(), viewport()->height() / content.height(), 1.1});
    const qreal zoom = std::max(factor, kReadable);
    setTransform(QTransform::fromScale(zoom, zoom));
    // Where it does not fit, what all leads to is seen first: the firing and its jobs, at the right.
    QPointF centre = content.center();
    const NodeItem* firing = scene_->item(model_.graph().root().id);
    if (factor < kReadable && firing != nullptr) {
        const QRectF box = firing->sceneBoundingRect();
        const QSizeF seen = QSizeF{viewport()->size()} / zoom;
        if (content.width() > seen.width()) centre.setX(content.right() - seen.width() / 2);
        if (content.height() > seen.height()) centre.setY(box.center().y());
    }
    showBars();
    centerOn(centre);
    map_->update();
}

void CanvasView::showEvent(QShowEvent* event) {
    QGraphicsView::showEvent(event);
    if (fitted_ || scene_->items().isEmpty()) zoomToFit();
}

void CanvasView::resizeEvent(QResizeEvent* event) {
    QGraphicsView::resizeEvent(event);
    map_->setGeometry(width() - kMapSize.width() - 12, height() - kMapSize.height() - 12, kMapSize.width(),
                      kMapSize.height());
    map_->setVisible(width() > 420 && height() > 260);
    if (fitted_) zoomToFit();
}

void CanvasView::wheelEvent(QWheelEvent* event) {
    zoomBy(std::pow(1.0015, event->angleDelta().y()));
    event->accept();
}

// ---- keys

void CanvasView::keyPressEvent(QKeyEvent* event) {
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    switch (event->key()) {
        case Qt::Key_Escape:
            if (scene_->isConnecting()) {
                scene_->cancelConnecting();
            } else {
                scene_->clearSelection();
                selection_.set({});
            }
            return;
        case Qt::Key_Left:
        case Qt::Key_Right:
        case Qt::Key_Up:
        case Qt::Key_Down: return step(static_cast<Qt::Key>(event->key()), control);
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (selection_.single() != 0) Q_EMIT nodeOpened(selection_.single());
            return;
        case Qt::Key_Insert: Q_EMIT addAsked(std::nullopt); return;
        case Qt::Key_Plus: return zoomBy(1.2);
        case Qt::Key_Minus: return zoomBy(1 / 1.2);
        default: break;
    }
    if (!handleEdit(*event)) QGraphicsView::keyPressEvent(event);
}

bool CanvasView::handleEdit(const QKeyEvent& event) {
    if (event.matches(QKeySequence::Delete) || event.key() == Qt::Key_Backspace) {
        scene_->removeSelected();
    } else if (event.matches(QKeySequence::Copy)) {
        copySelected();
    } else if (event.matches(QKeySequence::Cut)) {
        cutSelected();
    } else if (event.matches(QKeySequence::Paste)) {
        paste();
    } else if (event.matches(QKeySequence::SelectAll)) {
        std::set<NodeId> all;
        for (const auto& [id, node] : model_.graph().nodes()) all.insert(id);
        selection_.set(std::move(all));
    } else if (event.modifiers() == Qt::ControlModifier && event.key() == Qt::Key_D) {
        duplicateSelected();
    } else if (event.modifiers() == Qt::ControlModifier && event.key() == Qt::Key_G) {
        scene_->groupSelected();
    } else if (event.modifiers() == Qt::ControlModifier && event.key() == Qt::Key_0) {
        zoomToFit();
    } else {
        return false;
    }
    return true;
}

void CanvasView::step(Qt::Key key, bool moves) {
    const QPointF way = key == Qt::Key_Left    ? QPointF{-1, 0}
                        : key == Qt::Key_Right ? QPointF{1, 0}
                        : key == Qt::Key_Up    ? QPointF{0, -1}
                                               : QPointF{0, 1};
    if (moves) {
        std::map<NodeId, QPointF> places;
        for (const auto& [id, node] : model_.graph().nodes())
            if (const NodeItem* item = scene_->item(id))
                places[id] = item->pos() + (selection_.nodes().contains(id) ? way * kStep : QPointF{});
        return model_.place(places);
    }
    const NodeItem* from = scene_->item(selection_.single());
    if (from == nullptr) return selection_.choose(model_.graph().root().id);
    const NodeItem* best = nullptr;
    qreal least = 1e9;
    for (const auto& [id, node] : model_.graph().nodes()) {
        const NodeItem* item = scene_->item(id);
        if (item == nullptr || item == from) continue;
        const QPointF offset = item->sceneBoundingRect().center() - from->sceneBoundingRect().center();
        const qreal ahead = QPointF::dotProduct(offset, way);
        const qreal aside = std::abs(offset.x() * way.y()) + std::abs(offset.y() * way.x());
        if (ahead < 10 || ahead + 2 * aside > least) continue;
        least = ahead + 2 * aside;
        best = item;
    }
    if (best != nullptr) selection_.choose(best->node());
}

// ---- clipboard

void CanvasView::copySelected() const {
    const QString text = textOf(model_.graph(), selection_.nodes());
    if (!text.isEmpty()) QApplication::clipboard()->setText(text);
}

void CanvasView::cutSelected() {
    copySelected();
    model_.remove(selection_.nodes());
}

void CanvasView::paste() {
    const auto made = model_.paste(QApplication::clipboard()->text(), selection_.single());
    if (!made) {
        Q_EMIT complained(tr("The clipboard holds nothing for the canvas: %1").arg(faultText(made.error())));
    } else {
        selection_.set({made->begin(), made->end()});
    }
}

void CanvasView::duplicateSelected() {
    const auto made = model_.duplicate(selection_.nodes());
    if (!made.empty()) selection_.set({made.begin(), made.end()});
}

// ---- the mouse

void CanvasView::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::MiddleButton) {
        panned_ = event->pos();
        setCursor(Qt::ClosedHandCursor);
        return;
    }
    QGraphicsView::mousePressEvent(event);
}

void CanvasView::mouseMoveEvent(QMouseEvent* event) {
    if (panned_) {
        const QPoint moved = event->pos() - *panned_;
        panned_ = event->pos();
        fitted_ = false;
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - moved.x());
        verticalScrollBar()->setValue(verticalScrollBar()->value() - moved.y());
        map_->update();
        return;
    }
    QGraphicsView::mouseMoveEvent(event);
}

void CanvasView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::MiddleButton && panned_) {
        panned_.reset();
        unsetCursor();
        return;
    }
    QGraphicsView::mouseReleaseEvent(event);
}

QMenu* CanvasView::connectMenu(QWidget* parent) {
    auto* menu = new QMenu{tr("&Connect to"), parent};
    const NodeId from = selection_.single();
    for (const auto& [id, node] : model_.graph().nodes()) {
        for (std::size_t s = 0; s < node.sockets.size(); ++s) {
            const Socket& socket = node.kind->sockets[s];
            for (std::size_t i = 0; i <= node.sockets[s].size(); ++i) {
                const Plug plug{id, s, i};
                const bool isHere = i < node.sockets[s].size() && node.sockets[s][i] == from;
                if (isHere || !model_.graph().fits(from, plug)) continue;
                const QString title =
                    socket.many ? tr("%1: %2 %3").arg(nodeTitle(node), tableText(socket.title)).arg(i + 1)
                                : tr("%1: %2").arg(nodeTitle(node), tableText(socket.title));
                menu->addAction(title, this, [this, from, plug] { model_.connectNodes(from, plug); });
            }
        }
    }
    menu->setEnabled(!menu->isEmpty());
    return menu;
}

void CanvasView::contextMenuEvent(QContextMenuEvent* event) {
    const QPointF at = mapToScene(event->pos());
    if (event->reason() == QContextMenuEvent::Mouse) {
        for (QGraphicsItem* item : scene_->items(at)) {
            if (!item->flags().testFlag(QGraphicsItem::ItemIsSelectable)) continue;
            if (!item->isSelected()) {
                scene_->clearSelection();
                item->setSelected(true);
            }
            break;
        }
    }
    auto* menu = new QMenu{this};
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool chosen = !selection_.nodes().empty();
    menu->addAction(tr("&Add…"), this, [this, at] { Q_EMIT addAsked(at); });
    menu->addMenu(connectMenu(menu));
    menu->addSeparator();
    menu->addAction(tr("Cu&t"), this, &CanvasView::cutSelected)->setEnabled(chosen);
    menu->addAction(tr("&Copy as JSON"), this, &CanvasView::copySelected)->setEnabled(chosen);
    menu->addAction(tr("&Paste"), this, &CanvasView::paste);
    menu->addAction(tr("&Duplicate"), this, &CanvasView::duplicateSelected)->setEnabled(chosen);
    menu->addAction(tr("&Remove"), scene_, &CanvasScene::removeSelected)
        ->setEnabled(!scene_->selectedItems().isEmpty());
    menu->addSeparator();
    menu->addAction(tr("&Group"), scene_, &CanvasScene::groupSelected)->setEnabled(chosen);
    menu->addAction(tr("Add a co&mment"), this, [this, at] { scene_->addCommentAt(at); });
    menu->addAction(tr("T&idy up"), &model_, &GraphModel::layOutAnew);
    menu->addAction(tr("Zoom to &fit"), this, &CanvasView::zoomToFit);
    menu->popup(event->globalPos());
}

// ---- drops

void CanvasView::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasFormat(QLatin1StringView{kKindMimeType})) event->acceptProposedAction();
}

void CanvasView::dragMoveEvent(QDragMoveEvent* event) {
    event->acceptProposedAction();
}

void CanvasView::dropEvent(QDropEvent* event) {
    const QByteArray key = event->mimeData()->data(QLatin1StringView{kKindMimeType});
    const NodeKind* kind = findKind({key.constData(), static_cast<std::size_t>(key.size())});
    if (kind == nullptr) return;
    const QPointF at = mapToScene(event->position().toPoint());
    NodeId over = 0;
    for (QGraphicsItem* item : scene_->items(at))
        if (item->type() == NodeItem::Type) over = static_cast<NodeItem*>(item)->node();
    // On a node: where it fits there. Else: at this place.
    selection_.choose(over != 0 ? model_.addKind(*kind, over)
                                : model_.addKind(*kind, 0, at - QPointF{100, 20}));
    event->acceptProposedAction();
    setFocus();
}

// ---- the map

MiniMap::MiniMap(CanvasView& view, const Theme& theme) : QWidget(&view), view_(view), theme_(theme) {
    setToolTip(tr("The whole; click to go there"));
    setAccessibleName(tr("Map of the canvas"));
    setCursor(Qt::PointingHandCursor);
}

QTransform MiniMap::toMap() const {
    const QRectF content = view_.canvas().contentRect().adjusted(-40, -40, 40, 40);
    const qreal factor = std::min(width() / content.width(), height() / content.height());
    QTransform transform;
    transform.translate(width() / 2.0, height() / 2.0);
    transform.scale(factor, factor);
    transform.translate(-content.center().x(), -content.center().y());
    return transform;
}

void MiniMap::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter{this};
    painter.setRenderHint(QPainter::Antialiasing);
    const Colors& colors = theme_.colors();
    QColor ground = colors.surface;
    ground.setAlphaF(0.92F);
    painter.setPen(colors.border);
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF{rect()}.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    const QTransform map = toMap();
    for (const QGraphicsItem* item : view_.canvas().items()) {
        if (item->type() != NodeItem::Type) continue;
        const auto* node = static_cast<const NodeItem*>(item);
        painter.setPen(Qt::NoPen);
        painter.setBrush(roleColor(node->look().kind->role, theme_));
        painter.drawRoundedRect(map.mapRect(QRectF{node->pos(), node->look().size}), 1.5, 1.5);
    }
    const QRectF seen = map.mapRect(view_.mapToScene(view_.viewport()->rect()).boundingRect());
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen{colors.accent, 1.4});
    painter.drawRect(seen.intersected(QRectF{rect()}.adjusted(1, 1, -1, -1)));
}

void MiniMap::mousePressEvent(QMouseEvent* event) {
    view_.centerOn(toMap().inverted().map(event->position()));
    update();
}

void MiniMap::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons().testFlag(Qt::LeftButton)) mousePressEvent(event);
}

}  // namespace dogwatch::gui::canvas

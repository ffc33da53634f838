#include "gui/canvas/view/canvas_items.h"

#include <QApplication>
#include <QFontMetricsF>
#include <QPainterPathStroker>
#include <QStyleOptionGraphicsItem>
#include <algorithm>

namespace dogwatch::gui::canvas {
namespace {

constexpr qreal kCommentWidth = 190;
constexpr qreal kFrameTitle = 24;

}  // namespace

// ---- nodes

NodeItem::NodeItem(NodeId id, const Theme& theme) : id_(id), theme_(theme) {
    setFlags(ItemIsMovable | ItemIsSelectable | ItemSendsGeometryChanges);
    setAcceptHoverEvents(true);
    setCacheMode(DeviceCoordinateCache);
}

void NodeItem::setLook(const NodeLook& look) {
    if (look == look_) return;
    if (look.size != look_.size) prepareGeometryChange();
    look_ = look;
    lit_.reset();
    update();
}

void NodeItem::setLit(const std::optional<std::vector<const Port*>>& ports) {
    lit_ = ports;
    update();
}

const Port* NodeItem::portAt(QPointF scenePoint) const {
    const QPointF point = mapFromScene(scenePoint);
    const Port* nearest = nullptr;
    qreal best = kPortReach;
    for (const Port& port : look_.ports) {
        const qreal distance = QLineF{port.at, point}.length();
        if (distance > best) continue;
        best = distance;
        nearest = &port;
    }
    return nearest;
}

QRectF NodeItem::boundingRect() const {
    return QRectF{QPointF{}, look_.size}.adjusted(-kPortReach, -4, kPortReach, 4);
}

QPainterPath NodeItem::shape() const {
    QPainterPath path;
    path.setFillRule(Qt::WindingFill);  // else the ports' inner halves would be holes
    path.addRect(QRectF{QPointF{}, look_.size});
    for (const Port& port : look_.ports) path.addEllipse(port.at, kPortReach, kPortReach);
    return path.simplified();
}

void NodeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* /*widget*/) {
    const bool dimmed = lit_ && lit_->empty();
    paintNode(*painter, look_, theme_,
              {isSelected(), dimmed, (option->state & QStyle::State_MouseOver) != 0});
    for (const Port& port : look_.ports) {
        const bool isLit = lit_ && std::find(lit_->begin(), lit_->end(), &port) != lit_->end();
        const Flow flow = port.plug ? look_.kind->sockets[port.plug->socket].flow : look_.kind->output;
        painter->setOpacity(lit_ && !isLit ? 0.35 : 1);
        paintPort(*painter, port.at, flowColor(flow, theme_), theme_, !port.free, isLit);
    }
    painter->setOpacity(1);
}

QVariant NodeItem::itemChange(GraphicsItemChange change, const QVariant& value) {
    if (change == ItemPositionHasChanged) Q_EMIT moved();
    return QGraphicsObject::itemChange(change, value);
}

// ---- connections

QPainterPath curve(QPointF from, QPointF to) {
    const qreal reach = std::max(40.0, std::abs(to.x() - from.x()) * 0.5);
    QPainterPath path{from};
    path.cubicTo(from + QPointF{reach, 0}, to - QPointF{reach, 0}, to);
    return path;
}

void EdgeItem::set(QPointF from, QPointF to) {
    setPath(curve(from, to));
}

void EdgeItem::setLive(bool live) {
    if (live == live_) return;
    live_ = live;
    update();
}

void EdgeItem::setDimmed(bool dimmed) {
    if (dimmed == dimmed_) return;
    dimmed_ = dimmed;
    update();
}

QPainterPath EdgeItem::shape() const {
    QPainterPathStroker stroker;
    stroker.setWidth(12);
    return stroker.createStroke(path());
}

void EdgeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* /*widget*/) {
    painter->setRenderHint(QPainter::Antialiasing);
    QColor color = live_ ? theme_.colors().good : flowColor(flow_, theme_);
    const bool hovered = isSelected() || (option->state & QStyle::State_MouseOver) != 0;
    if (!hovered && !live_) color.setAlphaF(0.75F);
    if (dimmed_) color.setAlphaF(0.25F);
    painter->setPen(QPen{isSelected() ? theme_.colors().accent : color, hovered || live_ ? 3.2 : 2.0,
                         Qt::SolidLine, Qt::RoundCap});
    painter->setBrush(Qt::NoBrush);
    painter->drawPath(path());
}

void LoopItem::set(QPointF from, QPointF to, qreal below) {
    QPainterPath path{from};
    path.cubicTo({from.x() + 70, from.y()}, {from.x() + 70, below}, {from.x() - 40, below});
    path.lineTo(to.x() + 40, below);
    path.cubicTo({to.x() - 70, below}, {to.x() - 70, to.y()}, to);
    setPath(path);
}

void LoopItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* /*option*/, QWidget* /*widget*/) {
    painter->setRenderHint(QPainter::Antialiasing);
    const QColor color = theme_.colors().warning;
    painter->setPen(QPen{color, 2, Qt::DashLine, Qt::RoundCap});
    painter->drawPath(path());
    const QPointF tip = path().pointAtPercent(1);
    painter->setPen(Qt::NoPen);
    painter->setBrush(color);
    painter->drawPolygon(QPolygonF{{tip, tip + QPointF{-10, -5}, tip + QPointF{-10, 5}}});
    painter->setPen(color);
    const QRectF box = path().boundingRect();
    painter->drawText(QRectF{box.left(), box.bottom() + 2, box.width(), 20}, Qt::AlignCenter,
                      QObject::tr("sets itself off"));
}

// ---- comments and frames

CommentItem::CommentItem(int id, const Theme& theme) : id_(id), theme_(theme) {
    setFlags(ItemIsMovable | ItemIsSelectable);
    setText({});
}

void CommentItem::setText(const QString& text) {
    prepareGeometryChange();
    text_ = text;
    const QRectF bounds = QFontMetricsF{QApplication::font()}.boundingRect(
        QRectF{0, 0, kCommentWidth - 20, 2000}, Qt::TextWordWrap, text);
    box_ = {0, 0, kCommentWidth, std::max(34.0, bounds.height() + 18)};
    update();
}

void CommentItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* /*option*/, QWidget* /*widget*/) {
    const Colors& colors = theme_.colors();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen{isSelected() ? colors.accent : colors.border, isSelected() ? 2.4 : 1.2});
    painter->setBrush(colors.warningSurface);
    painter->drawRoundedRect(box_, 4, 4);
    painter->setPen(colors.text);
    painter->setFont(QApplication::font());
    painter->drawText(box_.adjusted(10, 8, -10, -8), Qt::TextWordWrap, text_);
}

FrameItem::FrameItem(int id, const Theme& theme) : id_(id), theme_(theme) {
    setFlags(ItemIsSelectable);
    setZValue(-10);
}

void FrameItem::set(const QString& title, const QRectF& box) {
    if (title == title_ && box == box_) return;
    prepareGeometryChange();
    title_ = title;
    box_ = box.adjusted(-18, -18 - kFrameTitle, 18, 18);
    update();
}

QPainterPath FrameItem::shape() const {
    QPainterPath path;
    path.addRect(QRectF{box_.left(), box_.top(), box_.width(), kFrameTitle});
    return path;
}

void FrameItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* /*option*/, QWidget* /*widget*/) {
    const Colors& colors = theme_.colors();
    painter->setRenderHint(QPainter::Antialiasing);
    QColor fill = colors.sunken;
    fill.setAlphaF(0.7F);
    painter->setBrush(fill);
    painter->setPen(QPen{isSelected() ? colors.accent : colors.border, isSelected() ? 2.2 : 1.2});
    painter->drawRoundedRect(box_, 10, 10);
    QFont font = QApplication::font();
    font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    painter->setPen(colors.muted);
    painter->drawText(QRectF{box_.left() + 12, box_.top() + 2, box_.width() - 24, kFrameTitle},
                      Qt::AlignVCenter | Qt::AlignLeft, title_);
}

}  // namespace dogwatch::gui::canvas

// What stands on the canvas: nodes, connections, comments and frames. Items only draw; the scene knows the
// model.
#pragma once

#include <QGraphicsObject>
#include <QGraphicsPathItem>

#include "gui/canvas/view/node_look.h"

namespace dogwatch::gui::canvas {

class NodeItem final : public QGraphicsObject {
    Q_OBJECT
 public:
    enum { Type = UserType + 1 };
    NodeItem(NodeId id, const Theme& theme);

    [[nodiscard]] NodeId node() const { return id_; }
    [[nodiscard]] const NodeLook& look() const { return look_; }
    void setLook(const NodeLook& look);
    /// Shows which ports would take what is being connected; none: nothing is.
    void setLit(const std::optional<std::vector<const Port*>>& ports);
    [[nodiscard]] QPointF scenePort(const Port& port) const { return mapToScene(port.at); }
    /// The port at a point of the scene.
    [[nodiscard]] const Port* portAt(QPointF scenePoint) const;

    [[nodiscard]] int type() const override { return Type; }
    [[nodiscard]] QRectF boundingRect() const override;
    [[nodiscard]] QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 Q_SIGNALS:
    void moved();

 protected:
    QVariant itemChange(GraphicsItemChange change, const QVariant& value) override;

 private:
    NodeId id_;
    const Theme& theme_;
    NodeLook look_;
    std::optional<std::vector<const Port*>> lit_;
};

/// A curve from where a node leaves to where it is put in.
class EdgeItem final : public QGraphicsPathItem {
 public:
    enum { Type = UserType + 2 };
    EdgeItem(const Theme& theme, Flow flow) : theme_(theme), flow_(flow) {
        setZValue(-1);
        setFlag(ItemIsSelectable);
    }
    void set(QPointF from, QPointF to);
    void setConnection(const Connection& connection) { connection_ = connection; }
    [[nodiscard]] const Connection& connection() const { return connection_; }
    /// It carries a signal right now.
    void setLive(bool live);
    void setDimmed(bool dimmed);

    [[nodiscard]] int type() const override { return Type; }
    [[nodiscard]] QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
    const Theme& theme_;
    Flow flow_;
    Connection connection_;
    bool live_ = false;
    bool dimmed_ = false;
};

/// The way by which a metaevent sets itself off.
class LoopItem final : public QGraphicsPathItem {
 public:
    explicit LoopItem(const Theme& theme) : theme_(theme) { setZValue(-2); }
    void set(QPointF from, QPointF to, qreal below);
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;
    [[nodiscard]] QRectF boundingRect() const override {
        return QGraphicsPathItem::boundingRect().adjusted(-8, -8, 8, 24);
    }

 private:
    const Theme& theme_;
};

class CommentItem final : public QGraphicsObject {
    Q_OBJECT
 public:
    enum { Type = UserType + 3 };
    CommentItem(int id, const Theme& theme);
    [[nodiscard]] int comment() const { return id_; }
    void setText(const QString& text);
    [[nodiscard]] int type() const override { return Type; }
    [[nodiscard]] QRectF boundingRect() const override { return box_.adjusted(-3, -3, 3, 3); }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
    int id_;
    const Theme& theme_;
    QString text_;
    QRectF box_;
};

class FrameItem final : public QGraphicsObject {
    Q_OBJECT
 public:
    enum { Type = UserType + 4 };
    FrameItem(int id, const Theme& theme);
    [[nodiscard]] int cluster() const { return id_; }
    void set(const QString& title, const QRectF& box);
    [[nodiscard]] int type() const override { return Type; }
    [[nodiscard]] QRectF boundingRect() const override { return box_.adjusted(-2, -2, 2, 2); }
    /// Only its title bar can be taken hold of.
    [[nodiscard]] QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
    int id_;
    const Theme& theme_;
    QString title_;
    QRectF box_;
};

QPainterPath curve(QPointF from, QPointF to);

}  // namespace dogwatch::gui::canvas

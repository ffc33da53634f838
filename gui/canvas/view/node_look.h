// NodeLook: how a node looks, and where its ports are. Pure geometry and painting, shared by the canvas, its
// map and pictures of definitions.
#pragma once

#include <QPainter>
#include <QRectF>
#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

#include "gui/canvas/model/graph.h"
#include "gui/theme/theme.h"

namespace dogwatch::gui::canvas {

/// What is known of a condition at the moment that is shown.
struct Live {
    std::optional<bool> holds;
    QString text;       ///< "3 of 5", "true for 12 s"
    QString countdown;  ///< "in 4 s"; empty: nothing is due
    double share = -1;  ///< how far the number is towards its bound, 0 to 1; negative: not told
    std::vector<std::pair<double, double>> strip{};  ///< when it was true in the last minutes, 0 to 1 (now)
    double stripFrom = 1;                            ///< from when on that is known; 1: it is not
    bool decides = false;                            ///< the whole stands as it does because of it
    bool operator==(const Live&) const = default;
};

/// One place to connect. Of a node that is put in: where it leaves from; else the plug.
struct Port {
    std::optional<Plug> plug;
    QPointF at;         ///< within the node
    QString label;      ///< beside the port; empty: none
    bool free = false;  ///< nothing is put in there
};

struct NodeLook {
    enum class Mark { None, Note, Warning, Fault };

    const NodeKind* kind = nullptr;
    QString title;
    QStringList lines;  ///< the summary, wrapped
    std::vector<Port> ports;
    QSizeF size;
    Mark mark = Mark::None;
    bool loose = false;
    std::optional<Live> live;
    bool operator==(const NodeLook& other) const;

    [[nodiscard]] const Port* leaving() const;
    [[nodiscard]] const Port* portOf(const Plug& plug) const;
};

NodeLook lookOf(const Graph& graph, NodeId id, const QString& summary, const std::optional<Live>& live);

struct NodePaint {
    bool selected = false;
    bool dimmed = false;
    bool hovered = false;
};
void paintNode(QPainter& painter, const NodeLook& look, const Theme& theme, const NodePaint& how);
void paintPort(QPainter& painter, QPointF at, const QColor& color, const Theme& theme, bool filled, bool lit);

/// The colour of a role, on the theme's surface.
QColor roleColor(Role role, const Theme& theme);
QColor flowColor(Flow flow, const Theme& theme);

constexpr qreal kPortReach = 13;  ///< how far from a port a press still means it

}  // namespace dogwatch::gui::canvas

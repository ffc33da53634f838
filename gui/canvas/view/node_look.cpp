#include "gui/canvas/view/node_look.h"

#include <QApplication>
#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainterPath>
#include <QTextLayout>
#include <algorithm>
#include <cmath>

#include "gui/canvas/model/graph_model.h"
#include "gui/models/language.h"
#include "gui/models/text.h"

namespace dogwatch::gui::canvas {
namespace {

using namespace Qt::StringLiterals;

constexpr qreal kWidth = 214;
constexpr qreal kPadding = 12;
constexpr qreal kHeader = 32;
constexpr qreal kPortRow = 21;
constexpr qreal kLiveRow = 27;
constexpr int kMostLines = 4;
constexpr qreal kRadius = 9;
constexpr qreal kPort = 5.5;

QFont titleFont() {
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * 0.97);
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont textFont() {
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * 0.9);
    return font;
}

QStringList wrapped(const QString& text, const QFont& font, qreal width) {
    QStringList lines;
    QTextLayout layout(text, font);
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        if (lines.size() == kMostLines - 1) {
            lines.append(QFontMetricsF(font).elidedText(text.mid(line.textStart()), Qt::ElideRight, width));
            break;
        }
        lines.append(text.mid(line.textStart(), line.textLength()).trimmed());
    }
    layout.endLayout();
    return lines;
}

struct NodeWords {
    Q_DECLARE_TR_FUNCTIONS(NodeWords)
};

QString stepLabel(const Node& node, std::size_t index) {
    if (!node.isStepNot(index)) return index == 0 ? NodeWords::tr("first") : NodeWords::tr("then");
    const auto step = fieldValue(node, "sequence");
    const json::value& own = step->get_array()[index];
    const auto lasts = stringMember(own.get_object(), "for");
    return lasts.empty() ? NodeWords::tr("but not") : NodeWords::tr("but not for %1").arg(fromUtf8(lasts));
}

/// The plugs of a node in the order in which they are drawn.
std::vector<Port> plugsOf(const Node& node) {
    std::vector<Port> ports;
    for (std::size_t s = 0; s < node.sockets.size(); ++s) {
        const Socket& socket = node.kind->sockets[s];
        if (socket.flow == Flow::Firing) continue;
        for (std::size_t i = 0; i < node.sockets[s].size(); ++i) {
            const QString label = socket.steps  ? stepLabel(node, i)
                                  : socket.many ? QString()
                                                : tableText(socket.title);
            ports.push_back({Plug{node.id, s, i}, {}, label, node.sockets[s][i] == 0});
        }
        if (socket.many)
            ports.push_back({Plug{node.id, s, node.sockets[s].size()},
                             {},
                             socket.steps ? NodeWords::tr("next step") : NodeWords::tr("another"),
                             true});
    }
    return ports;
}

}  // namespace

bool NodeLook::operator==(const NodeLook& other) const {
    const auto samePort = [](const Port& a, const Port& b) {
        return a.plug == b.plug && a.at == b.at && a.label == b.label && a.free == b.free;
    };
    return kind == other.kind && title == other.title && lines == other.lines && size == other.size &&
           mark == other.mark && loose == other.loose && live == other.live &&
           std::equal(ports.begin(), ports.end(), other.ports.begin(), other.ports.end(), samePort);
}

const Port* NodeLook::leaving() const {
    const auto found = std::find_if(ports.begin(), ports.end(), [](const Port& port) { return !port.plug; });
    return found != ports.end() ? &*found : nullptr;
}

const Port* NodeLook::portOf(const Plug& plug) const {
    const auto found = std::find_if(ports.begin(), ports.end(), [&](const Port& port) {
        // All jobs leave from the one port of the firing.
        return port.plug && (*port.plug == plug || (port.plug->socket == plug.socket &&
                                                    kind->sockets[plug.socket].flow == Flow::Firing));
    });
    return found != ports.end() ? &*found : nullptr;
}

NodeLook lookOf(const Graph& graph, NodeId id, const QString& summary, const std::optional<Live>& live) {
    const Node& node = *graph.find(id);
    NodeLook look;
    look.kind = node.kind;
    look.title = nodeTitle(node);
    look.lines = wrapped(summary, textFont(), kWidth - 2 * kPadding);
    look.live = live;
    look.loose = !graph.isPart(id);
    const qreal lineHeight = QFontMetricsF(textFont()).lineSpacing();
    qreal y = kHeader + static_cast<qreal>(look.lines.size()) * lineHeight + (look.lines.isEmpty() ? 0 : 7);
    std::vector<Port> plugs = plugsOf(node);
    if (plugs.size() > 1) {
        for (Port& port : plugs) {
            port.at = {0, y + kPortRow / 2};
            y += kPortRow;
        }
        y += 5;
    }
    if (live) y += kLiveRow;
    y = std::max(y, kHeader + 14);
    look.size = {kWidth, std::ceil(y)};
    if (plugs.size() == 1) {
        plugs.front().at = {0, y / 2};
        plugs.front().label.clear();
    }
    look.ports = std::move(plugs);
    if (node.kind->role == Role::Firing) {
        look.ports.push_back(
            {Plug{id, 1, node.sockets[1].size()}, {kWidth, y / 2}, {}, node.sockets[1].empty()});
    } else {
        const qreal x = node.kind->output == Flow::Firing ? 0 : kWidth;
        look.ports.push_back({std::nullopt, {x, y / 2}, {}, graph.plugsOf(id).empty()});
    }
    return look;
}

QColor roleColor(Role role, const Theme& theme) {
    const bool dark = theme.isDark();
    switch (role) {
        case Role::Source: return dark ? u"#4fd1c0"_s : u"#0d6e66"_s;
        case Role::Condition: return theme.colors().accent;
        case Role::Combinator: return dark ? u"#bba2ff"_s : u"#6a35c9"_s;
        case Role::Firing: return dark ? u"#f2b866"_s : u"#a34a06"_s;
        case Role::Job: return dark ? u"#f597c0"_s : u"#a8195c"_s;
        case Role::Unknown: break;
    }
    return theme.colors().bad;
}

QColor flowColor(Flow flow, const Theme& theme) {
    switch (flow) {
        case Flow::Records: return roleColor(Role::Source, theme);
        case Flow::Truth: return roleColor(Role::Condition, theme);
        case Flow::Firing: return roleColor(Role::Firing, theme);
    }
    return {};
}

void paintPort(QPainter& painter, QPointF at, const QColor& color, const Theme& theme, bool filled,
               bool lit) {
    if (lit) {
        QColor halo = color;
        halo.setAlphaF(0.28F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(halo);
        painter.drawEllipse(at, kPort * 2.1, kPort * 2.1);
    }
    painter.setPen(QPen{color, 1.8});
    painter.setBrush(filled ? color : theme.colors().surface);
    painter.drawEllipse(at, kPort, kPort);
}

namespace {

void paintLive(QPainter& painter, const NodeLook& look, const Theme& theme, qreal top) {
    const Colors& colors = theme.colors();
    const Live& live = *look.live;
    const bool holds = live.holds.value_or(false);
    const QColor tone = !live.holds ? colors.muted : holds ? colors.good : colors.muted;
    painter.setPen(colors.border);
    painter.drawLine(QPointF{kPadding, top}, QPointF{look.size.width() - kPadding, top});
    if (live.share >= 0) {
        const qreal width = (look.size.width() - 2 * kPadding) * std::clamp(live.share, 0.0, 1.0);
        painter.fillRect(QRectF{kPadding, top - 1, width, 2}, tone);
    }
    if (live.stripFrom < 1) {  // the last minutes, along the foot
        const qreal width = look.size.width() - 2 * kPadding;
        const qreal y = top + kLiveRow - 5;
        painter.fillRect(QRectF{kPadding + width * live.stripFrom, y, width * (1 - live.stripFrom), 3},
                         colors.border);
        for (const auto& [from, until] : live.strip)
            painter.fillRect(QRectF{kPadding + width * from, y, std::max(1.5, width * (until - from)), 3},
                             colors.good);
    }
    const qreal middle = top + (live.stripFrom < 1 ? kLiveRow - 5 : kLiveRow) / 2;
    painter.setPen(QPen{tone, 1.6});
    painter.setBrush(holds ? tone : QColor{Qt::transparent});
    painter.drawEllipse(QPointF{kPadding + 5, middle}, 4, 4);
    painter.setFont(textFont());
    painter.setPen(holds ? colors.good : colors.muted);
    const QRectF row{kPadding + 15, middle - kLiveRow / 2, look.size.width() - 2 * kPadding - 15, kLiveRow};
    const QFontMetricsF metrics{textFont()};
    const qreal right = live.countdown.isEmpty() ? 0 : metrics.horizontalAdvance(live.countdown) + 8;
    painter.drawText(row, Qt::AlignVCenter | Qt::AlignLeft,
                     metrics.elidedText(live.text, Qt::ElideRight, row.width() - right));
    painter.setPen(colors.accent);
    painter.drawText(row, Qt::AlignVCenter | Qt::AlignRight, live.countdown);
}

void paintMark(QPainter& painter, const NodeLook& look, const Theme& theme) {
    if (look.mark == NodeLook::Mark::None || look.mark == NodeLook::Mark::Note) return;
    const Colors& colors = theme.colors();
    const QColor tone = look.mark == NodeLook::Mark::Fault ? colors.bad : colors.warning;
    painter.drawPixmap(QPointF{look.size.width() - kPadding - 15, 9},
                       theme.pixmap(u"warning"_s, tone, 16, painter.device()->devicePixelRatioF() * 2));
}

}  // namespace

void paintNode(QPainter& painter, const NodeLook& look, const Theme& theme, const NodePaint& how) {
    const Colors& colors = theme.colors();
    const QColor role = roleColor(look.kind->role, theme);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(how.dimmed ? 0.35 : 1);
    const QRectF box{QPointF{}, look.size};
    QPainterPath shape;
    shape.addRoundedRect(box, kRadius, kRadius);
    painter.fillPath(shape, colors.surface);
    QColor tint = role;
    tint.setAlphaF(theme.isDark() ? 0.13F : 0.08F);
    painter.save();
    painter.setClipPath(shape);
    painter.fillRect(QRectF{0, 0, box.width(), kHeader - 4}, tint);
    painter.fillRect(QRectF{0, 0, 4, box.height()}, role);
    painter.restore();
    const bool faulty = look.mark == NodeLook::Mark::Fault;
    const bool decides = look.live && look.live->decides && look.live->holds;
    QPen border{how.selected  ? colors.accent
                : decides     ? (*look.live->holds ? colors.good : colors.warning)
                : faulty      ? colors.bad
                : how.hovered ? colors.field
                              : colors.border,
                how.selected ? 2.4 : 1.2};
    if (look.loose && !how.selected) border.setStyle(Qt::DashLine);
    painter.setPen(border);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(shape);

    painter.drawPixmap(QPointF{kPadding + 1, 7}, theme.pixmap(fromUtf8(look.kind->icon), role, 15,
                                                              painter.device()->devicePixelRatioF() * 2));
    painter.setFont(titleFont());
    painter.setPen(colors.text);
    const QRectF head{kPadding + 22, 0, look.size.width() - 2 * kPadding - 40, kHeader - 4};
    painter.drawText(head, Qt::AlignVCenter | Qt::AlignLeft,
                     QFontMetricsF{titleFont()}.elidedText(look.title, Qt::ElideRight, head.width()));
    paintMark(painter, look, theme);

    painter.setFont(textFont());
    const QFontMetricsF metrics{textFont()};
    qreal y = kHeader + metrics.ascent();
    for (const QString& line : look.lines) {
        painter.setPen(colors.text);
        painter.drawText(QPointF{kPadding + 1, y}, line);
        y += metrics.lineSpacing();
    }
    for (const Port& port : look.ports) {
        if (port.label.isEmpty()) continue;
        painter.setPen(colors.muted);
        painter.drawText(
            QRectF{kPadding + 1, port.at.y() - kPortRow / 2, box.width() - 2 * kPadding, kPortRow},
            Qt::AlignVCenter | Qt::AlignLeft, port.label);
    }
    if (look.live) paintLive(painter, look, theme, look.size.height() - kLiveRow);
}

}  // namespace dogwatch::gui::canvas

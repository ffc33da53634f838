#include "gui/bench/view/lane_paint.h"

#include <QCoreApplication>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "gui/models/text.h"

namespace dogwatch::gui::bench {
namespace {

using namespace Qt::StringLiterals;

struct LaneWords {
    Q_DECLARE_TR_FUNCTIONS(LaneWords)
};

QFont smallFont(const QPainter& painter) {
    QFont font = painter.font();
    font.setPointSizeF(font.pointSizeF() * 0.85);
    return font;
}

/// Text on the lane's own ground, so that what lies behind does not make it unreadable.
void paintTag(QPainter& painter, QPointF rightCentre, const QString& text, const QColor& color,
              const Theme& theme) {
    const QFontMetricsF metrics{painter.font()};
    const double width = metrics.horizontalAdvance(text) + 8;
    const QRectF box{rightCentre.x() - width, rightCentre.y() - metrics.height() / 2, width,
                     metrics.height()};
    QColor ground = theme.colors().surface;
    ground.setAlphaF(0.88F);
    painter.fillRect(box, ground);
    painter.setPen(color);
    painter.drawText(box, Qt::AlignCenter, text);
}

}  // namespace

QColor fateColor(BenchFiring::Fate fate, const Theme& theme) {
    switch (fate) {
        case BenchFiring::Fate::Gained: return theme.colors().good;
        case BenchFiring::Fate::Lost: return theme.colors().bad;
        case BenchFiring::Fate::Kept:
        case BenchFiring::Fate::Plain: break;
    }
    return theme.colors().accent;
}

QString fateText(BenchFiring::Fate fate) {
    switch (fate) {
        case BenchFiring::Fate::Gained: return LaneWords::tr("gained: what is applied did not fire here");
        case BenchFiring::Fate::Lost: return LaneWords::tr("lost: what is applied fired here");
        case BenchFiring::Fate::Kept: return LaneWords::tr("kept: what is applied fires here as well");
        case BenchFiring::Fate::Plain: break;
    }
    return {};
}

void paintTruth(QPainter& painter, const engine::ConditionTrace& trace, const TimeAxis& axis,
                const QRectF& area, const Theme& theme) {
    const double right = area.right();
    painter.setPen(Qt::NoPen);
    double drawnTo = area.left() - 1;
    for (const engine::Span& span : trace.intervals) {
        const double from = std::max(area.left(), axis.toX(span.from));
        const double until = span.until ? std::min(right, axis.toX(*span.until)) : right;
        if (until < area.left() || from > right) continue;
        const double end = std::max(until, from + 1.5);
        if (end <= drawnTo) continue;
        painter.fillRect(QRectF{from, area.top(), end - from, area.height()}, theme.colors().good);
        drawnTo = end;
    }
    drawnTo = area.left() - 1;
    for (const engine::Span& span : trace.pulses) {
        const double from = axis.toX(span.from);
        const double until = std::max(from + 2, axis.toX(span.until.value_or(span.from)));
        if (until < area.left() || from > right || until <= drawnTo) continue;
        painter.fillRect(QRectF{from - 1, area.top() - 3, until - from, area.height() + 3},
                         theme.colors().good);
        drawnTo = until;
    }
}

void paintValue(QPainter& painter, const engine::ConditionTrace& trace, const TimeAxis& axis,
                const Scale& scale, const QRectF& area, const Theme& theme) {
    QPainterPath line;
    bool isOpen = false;
    double lastX = 0;
    double lastY = 0;
    const auto toY = [&](double value) {
        return area.bottom() - std::clamp(scale.share(value), 0.0, 1.0) * area.height();
    };
    for (const engine::Sample& sample : trace.samples) {
        const double x = std::clamp(axis.toX(sample.time), area.left(), area.right());
        if (std::isnan(sample.value)) {
            if (isOpen && !trace.isTimeLeft) line.lineTo(x, lastY);
            isOpen = false;
            continue;
        }
        const double y = toY(sample.value);
        if (!isOpen) {
            line.moveTo(x, y);
        } else {
            if (!trace.isTimeLeft && y != lastY) line.lineTo(x, lastY);
            if (trace.isTimeLeft && x == lastX && y == lastY) continue;
            line.lineTo(x, y);
        }
        isOpen = true;
        lastX = x;
        lastY = y;
    }
    if (isOpen && !trace.isTimeLeft) line.lineTo(area.right(), lastY);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen{theme.colors().accent, 1.3});
    painter.drawPath(line);
}

void paintBound(QPainter& painter, double y, const QString& text, const QRectF& area, const Theme& theme,
                bool isHeld) {
    const QColor color = isHeld ? theme.colors().accentHover : theme.colors().warning;
    painter.setPen(QPen{color, isHeld ? 2.0 : 1.2, Qt::DashLine});
    painter.drawLine(QPointF{area.left(), y}, QPointF{area.right() - 10, y});
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawEllipse(QPointF{area.right() - 6, y}, 4.5, 4.5);
    painter.setFont(smallFont(painter));
    paintTag(painter, {area.right() - 14, y}, text, color, theme);
}

void paintDuration(QPainter& painter, double from, double until, const QString& text, const QRectF& area,
                   const Theme& theme, bool isHeld) {
    const QColor color = isHeld ? theme.colors().accentHover : theme.colors().busy;
    const double y = area.top() + 7;
    const double left = std::max(from, area.left());
    const double right = std::min(until, area.right());
    painter.setPen(QPen{color, isHeld ? 2.0 : 1.2});
    painter.drawLine(QPointF{left, y}, QPointF{right, y});
    painter.drawLine(QPointF{right, y - 4}, QPointF{right, y + 4});
    painter.setBrush(color);
    painter.setPen(Qt::NoPen);
    painter.drawEllipse(QPointF{left, y}, 4.5, 4.5);
    painter.setFont(smallFont(painter));
    const double width = QFontMetricsF{painter.font()}.horizontalAdvance(text) + 12;
    const double tagRight = right - left > width + 12 ? (left + right + width) / 2 : right + width + 4;
    paintTag(painter, {std::min(tagRight, area.right()), y}, text, color, theme);
}

QString valueText(const Lane& lane, double value) {
    if (lane.isShare) return u"%1 %"_s.arg(QString::number(value * 100, 'g', 4));
    return QString::number(value, 'g', std::floor(value) == value ? 12 : 4);
}

}  // namespace dogwatch::gui::bench

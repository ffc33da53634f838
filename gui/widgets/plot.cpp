#include "gui/widgets/plot.h"

#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

constexpr int kLeft = 44;
constexpr int kTop = 30;
constexpr int kBottom = 20;
constexpr int kRight = 10;

QString number(double value) {
    if (value >= 10'000) return QLocale{}.toString(value / 1000, 'g', 4) + u'k';  // fits beside the plot
    return value >= 10 || value == std::floor(value) ? QLocale{}.toString(value, 'f', 0)
                                                     : QLocale{}.toString(value, 'g', 2);
}

}  // namespace

double niceCeiling(double value) {
    if (value <= 0) return 1;
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 5.0})
        if (step * power >= value) return step * power;
    return 10 * power;
}

Plot::Plot(const Theme& theme, QString title, QString unit, Kind kind, QWidget* parent)
    : QWidget(parent), theme_(theme), title_(std::move(title)), unit_(std::move(unit)), kind_(kind) {
    setAccessibleName(title_);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Plot::setSeries(std::vector<PlotSeries> series) {
    series_ = std::move(series);
    setAccessibleDescription(hasData() ? tr("Up to %1 %2").arg(number(top()), unit_) : tr("No data"));
    update();
}

void Plot::setCrosshair(std::optional<int> secondsAgo) {
    if (crosshair_ == secondsAgo) return;
    crosshair_ = secondsAgo;
    update();
}

QRectF Plot::area() const {
    return QRectF(rect()).adjusted(kLeft, kTop, -kRight, -kBottom);
}

int Plot::length() const {
    std::size_t length = 0;
    for (const PlotSeries& series : series_) length = std::max(length, series.values.size());
    return static_cast<int>(length);
}

bool Plot::hasData() const {
    return std::any_of(series_.begin(), series_.end(), [](const PlotSeries& series) {
        return std::any_of(series.values.begin(), series.values.end(), [](double v) { return v > 0; });
    });
}

double Plot::top() const {
    double highest = 0;
    for (std::size_t i = 0; i < static_cast<std::size_t>(length()); ++i) {
        double sum = 0;
        for (const PlotSeries& series : series_) {
            const double value = i < series.values.size() ? std::max(series.values[i], 0.0) : 0.0;
            sum = kind_ == Kind::StackedBars ? sum + value : std::max(sum, value);
        }
        highest = std::max(highest, sum);
    }
    return niceCeiling(highest);
}

void Plot::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter{this};
    painter.setRenderHint(QPainter::Antialiasing);
    paintLegend(painter);
    const QRectF plot = area();
    const double highest = top();
    paintScale(painter, plot, highest);
    if (!hasData()) {
        painter.setPen(theme_.colors().muted);
        painter.drawText(plot, Qt::AlignCenter,
                         tr("No data in the last %1 minutes").arg(std::max(length() / 60, 1)));
        return;
    }
    if (kind_ == Kind::StackedBars) {
        paintBars(painter, plot, highest);
    } else {
        paintLines(painter, plot, highest);
    }
    paintCrosshair(painter, plot);
}

void Plot::paintLegend(QPainter& painter) const {
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    painter.setPen(theme_.colors().text);
    const QRectF line{0, 2, static_cast<double>(width()) - kRight, 20};
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, title_);
    painter.setFont(font());
    double right = line.right();
    for (auto series = series_.rbegin(); series != series_.rend(); ++series) {
        const double wide = painter.fontMetrics().horizontalAdvance(series->name);
        if (right - wide < QFontMetricsF{bold}.horizontalAdvance(title_) + 24) break;
        painter.setPen(theme_.colors().muted);
        painter.drawText(QRectF{right - wide, line.y(), wide, line.height()},
                         Qt::AlignRight | Qt::AlignVCenter, series->name);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme_.tone(series->tone));
        painter.drawRoundedRect(QRectF{right - wide - 14, line.center().y() - 4, 8, 8}, 2, 2);
        right -= wide + 28;
    }
}

void Plot::paintScale(QPainter& painter, const QRectF& plot, double highest) const {
    for (const double part : {0.0, 0.5, 1.0}) {
        const double y = std::round(plot.bottom() - part * plot.height()) + 0.5;
        painter.setPen(theme_.colors().border);
        painter.drawLine(QPointF{plot.left(), y}, QPointF{plot.right(), y});
        if (part == 0.5 && plot.height() < 60) continue;
        painter.setPen(theme_.colors().muted);
        const QString text = part == 1.0 ? number(highest) + u" "_s + unit_ : number(part * highest);
        const bool isTop = part == 1.0;
        painter.drawText(QRectF{0, y - 8, kLeft - 6.0, 16},
                         Qt::AlignRight | Qt::AlignVCenter | (isTop ? Qt::TextDontClip : 0),
                         isTop ? number(highest) : text);
    }
    painter.setPen(theme_.colors().muted);
    const QRectF below{plot.left(), plot.bottom() + 3, plot.width(), kBottom - 3.0};
    painter.drawText(below, Qt::AlignLeft | Qt::AlignTop, tr("%1 min ago").arg(std::max(length() / 60, 1)));
    painter.drawText(below, Qt::AlignRight | Qt::AlignTop, tr("now"));
    painter.drawText(below, Qt::AlignHCenter | Qt::AlignTop, unit_);
}

void Plot::paintBars(QPainter& painter, const QRectF& plot, double highest) const {
    const int count = length();
    const double step = plot.width() / count;
    painter.setPen(Qt::NoPen);
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (int i = 0; i < count; ++i) {
        double base = plot.bottom();
        for (const PlotSeries& series : series_) {
            if (static_cast<std::size_t>(i) >= series.values.size()) continue;
            const double value = series.values[static_cast<std::size_t>(i)];
            if (value <= 0) continue;
            const double tall = value / highest * plot.height();
            painter.fillRect(QRectF{plot.left() + i * step, base - tall, std::max(step - 0.5, 2.0), tall},
                             theme_.tone(series.tone));
            base -= tall;
        }
    }
    painter.setRenderHint(QPainter::Antialiasing, true);
}

void Plot::paintLines(QPainter& painter, const QRectF& plot, double highest) const {
    const int count = length();
    const double step = plot.width() / std::max(count - 1, 1);
    for (const PlotSeries& series : series_) {
        QPainterPath path;
        painter.setBrush(theme_.tone(series.tone));
        painter.setPen(Qt::NoPen);
        int lastAt = -1;
        for (int i = 0; i < static_cast<int>(series.values.size()); ++i) {
            const double value = series.values[static_cast<std::size_t>(i)];
            if (value < 0) continue;
            const QPointF point{plot.left() + i * step, plot.bottom() - value / highest * plot.height()};
            // Seconds without a value are bridged where they are few; a longer gap stays a gap.
            lastAt >= 0 && i - lastAt <= 10 ? path.lineTo(point) : path.moveTo(point);
            painter.drawEllipse(point, 2, 2);
            lastAt = i;
        }
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen{theme_.tone(series.tone), 1.5});
        painter.drawPath(path);
    }
}

void Plot::paintCrosshair(QPainter& painter, const QRectF& plot) const {
    const int count = length();
    if (!crosshair_ || *crosshair_ >= count) return;
    const int at = count - 1 - *crosshair_;
    const double x = plot.left() + (at + 0.5) * plot.width() / count;
    painter.setPen(QPen{theme_.colors().field, 1, Qt::DashLine});
    painter.drawLine(QPointF{x, plot.top()}, QPointF{x, plot.bottom()});
    QStringList lines{*crosshair_ == 0 ? tr("now") : tr("%1 s ago").arg(*crosshair_)};
    for (const PlotSeries& series : series_) {
        const double value = static_cast<std::size_t>(at) < series.values.size()
                                 ? series.values[static_cast<std::size_t>(at)]
                                 : -1;
        lines.append(series.name + u": "_s + (value < 0 ? tr("no data") : number(value) + u" "_s + unit_));
    }
    const QFontMetrics metrics = painter.fontMetrics();
    int wide = 0;
    for (const QString& line : lines) wide = std::max(wide, metrics.horizontalAdvance(line));
    QRectF box{x + 8, plot.top(), wide + 16.0, metrics.height() * static_cast<double>(lines.size()) + 8};
    if (box.right() > plot.right()) box.moveRight(x - 8);
    painter.setPen(theme_.colors().border);
    painter.setBrush(theme_.colors().raised);
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(theme_.colors().text);
    painter.drawText(box.adjusted(8, 4, -8, -4), Qt::AlignLeft | Qt::AlignVCenter, lines.join(u'\n'));
}

void Plot::mouseMoveEvent(QMouseEvent* event) {
    const QRectF plot = area();
    const int count = length();
    if (count == 0 || event->position().x() < plot.left() || event->position().x() > plot.right()) {
        Q_EMIT crosshairMoved(std::nullopt);
        return;
    }
    const int at = static_cast<int>((event->position().x() - plot.left()) / plot.width() * count);
    Q_EMIT crosshairMoved(count - 1 - std::clamp(at, 0, count - 1));
}

void Plot::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && crosshair_ && hasData()) Q_EMIT clicked(*crosshair_);
}

void Plot::leaveEvent(QEvent* /*event*/) {
    Q_EMIT crosshairMoved(std::nullopt);
}

}  // namespace dogwatch::gui

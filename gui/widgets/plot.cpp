#include "gui/widgets/plot.h"

#include <QHelpEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

constexpr int kRight = 10;
constexpr int kSwatch = 8;            ///< of the legend
constexpr int kSwatchGap = 4;         ///< between it and its name
constexpr int kLegendGap = 10;        ///< between names
constexpr double kFarthestBound = 5;  ///< times the highest value; one beyond is told at the upper edge
constexpr int kReach = 6;             ///< of the mouse to a line, in pixels

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
    describe();
    update();
}

void Plot::setBounds(std::vector<PlotBound> bounds) {
    bounds_ = std::move(bounds);
    describe();
    update();
}

void Plot::describe() {
    QStringList words{hasData() ? tr("Up to %1 %2").arg(number(highest()), unit_) : tr("No data")};
    for (const PlotBound& bound : bounds_) words.append(bound.name);
    setAccessibleDescription(words.join(u"; "_s));
}

void Plot::setCrosshair(std::optional<int> secondsAgo) {
    if (crosshair_ == secondsAgo) return;
    crosshair_ = secondsAgo;
    update();
}

QRectF Plot::area() const {
    const QFontMetrics metrics{font()};
    const int legend = isLegendBelow() ? QFontMetrics{smallFont()}.height() : 0;
    return QRectF(rect()).adjusted(std::max(metrics.horizontalAdvance(u"0000k"_s), 36) + 8,
                                   metrics.height() + legend + 12, -kRight, -metrics.height() - 5);
}

int Plot::length() const {
    std::size_t length = 0;
    for (const PlotSeries& series : series_) length = std::max(length, series.values.size());
    return static_cast<int>(length);
}

bool Plot::hasData() const {
    return std::any_of(series_.begin(), series_.end(), [](const PlotSeries& series) {
        return std::any_of(series.values.begin(), series.values.end(), [](double v) { return v >= 0; });
    });
}

double Plot::highest() const {
    double highest = 0;
    for (std::size_t i = 0; i < static_cast<std::size_t>(length()); ++i) {
        double sum = 0;
        for (const PlotSeries& series : series_) {
            const double value = i < series.values.size() ? std::max(series.values[i], 0.0) : 0.0;
            sum = kind_ == Kind::StackedBars ? sum + value : std::max(sum, value);
        }
        highest = std::max(highest, sum);
    }
    return highest;
}

double Plot::top() const {
    const double highest = this->highest();
    double wanted = highest;
    for (const PlotBound& bound : bounds_)
        for (const double value : bound.values)
            if (highest <= 0 || value <= kFarthestBound * highest) wanted = std::max(wanted, value);
    return niceCeiling(wanted);
}

void Plot::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter{this};
    painter.setRenderHint(QPainter::Antialiasing);
    paintLegend(painter);
    const QRectF plot = area();
    const double highest = top();
    paintScale(painter, plot, highest);
    if (!hasData()) {
        paintBounds(painter, plot, highest);
        painter.setPen(theme_.colors().muted);
        painter.drawText(plot, Qt::AlignCenter | Qt::TextWordWrap,
                         tr("No data in the last %1 minutes").arg(std::max(length() / 60, 1)));
        return;
    }
    if (kind_ == Kind::StackedBars) {
        paintBars(painter, plot, highest);
    } else {
        paintLines(painter, plot, highest);
    }
    paintBounds(painter, plot, highest);
    paintCrosshair(painter, plot);
}

QFont Plot::smallFont() const {
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    return small;
}

QFont Plot::boldFont() const {
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    return bold;
}

double Plot::legendWidth() const {
    const QFontMetricsF metrics{smallFont()};
    double wide = 0;
    for (const PlotSeries& series : series_)
        wide += metrics.horizontalAdvance(series.name) + kSwatch + kSwatchGap + kLegendGap;
    return wide;
}

bool Plot::isLegendBelow() const {
    return QFontMetricsF{boldFont()}.horizontalAdvance(title_) + legendWidth() > width() - kRight;
}

void Plot::paintLegend(QPainter& painter) const {
    painter.setFont(boldFont());
    painter.setPen(theme_.colors().text);
    QRectF line{0, 2, static_cast<double>(width()) - kRight, QFontMetricsF{boldFont()}.height()};
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, title_);
    painter.setFont(smallFont());
    const QFontMetricsF metrics{smallFont()};
    if (isLegendBelow()) line = {0, line.bottom() + 1, line.width(), metrics.height()};
    double right = line.right();
    for (auto series = series_.rbegin(); series != series_.rend(); ++series) {
        const double wide = metrics.horizontalAdvance(series->name);
        if (right - wide < kSwatch + kSwatchGap) break;
        painter.setPen(theme_.colors().muted);
        painter.drawText(QRectF{right - wide, line.y(), wide, line.height()},
                         Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, series->name);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme_.tone(series->tone));
        right -= wide + kSwatchGap + kSwatch;
        painter.drawRoundedRect(QRectF{right, line.center().y() - kSwatch / 2.0, kSwatch, kSwatch}, 2, 2);
        right -= kLegendGap;
    }
    painter.setFont(font());
}

void Plot::paintScale(QPainter& painter, const QRectF& plot, double highest) const {
    const QFontMetricsF metrics{font()};
    for (const double part : {0.0, 0.5, 1.0}) {
        const double y = std::round(plot.bottom() - part * plot.height()) + 0.5;
        painter.setPen(theme_.colors().border);
        painter.drawLine(QPointF{plot.left(), y}, QPointF{plot.right(), y});
        if (part == 0.5 && plot.height() < 3 * metrics.height()) continue;
        painter.setPen(theme_.colors().muted);
        painter.drawText(QRectF{0, y - metrics.height() / 2, plot.left() - 6, metrics.height()},
                         Qt::AlignRight | Qt::AlignVCenter, number(part * highest));
    }
    painter.setPen(theme_.colors().muted);
    const QRectF below{plot.left(), plot.bottom() + 3, plot.width(), metrics.height()};
    const QString begin = tr("%1 min ago").arg(std::max(length() / 60, 1));
    painter.drawText(below, Qt::AlignLeft | Qt::AlignTop, begin);
    painter.drawText(below, Qt::AlignRight | Qt::AlignTop, tr("now"));
    // In the middle, where there is room between the two.
    const double room = below.width() - 2 * metrics.horizontalAdvance(begin) - 12;
    if (metrics.horizontalAdvance(unit_) <= room)
        painter.drawText(below, Qt::AlignHCenter | Qt::AlignTop, unit_);
}

QSize Plot::minimumSizeHint() const {
    const QFontMetrics metrics{font()};
    return {220, 3 * metrics.height() + 17 + 4 * metrics.height()};
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
            const auto has = [&](int at) {
                return at >= 0 && at < static_cast<int>(series.values.size()) &&
                       series.values[static_cast<std::size_t>(at)] >= 0;
            };
            if (!has(i - 1) || !has(i + 1)) painter.drawEllipse(point, 2, 2);
            lastAt = i;
        }
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen{theme_.tone(series.tone), 1.5});
        painter.drawPath(path);
    }
}

std::optional<double> Plot::heightOf(const PlotBound& bound) const {
    if (bound.values.empty() || bound.values.back() < 0 || bound.values.back() > top()) return std::nullopt;
    const QRectF plot = area();
    return plot.bottom() - bound.values.back() / top() * plot.height();
}

void Plot::paintBounds(QPainter& painter, const QRectF& plot, double highest) const {
    const QFont small = smallFont();
    const QFontMetricsF metrics{small};
    std::vector<QRectF> taken;
    for (const PlotBound& bound : bounds_) {
        const QColor color = bound.crossed ? theme_.colors().bad : theme_.colors().warning;
        const auto count = static_cast<int>(bound.values.size());
        QPainterPath path;
        bool drawing = false;
        for (int i = 0; i < count; ++i) {
            const double value = bound.values[static_cast<std::size_t>(i)];
            const bool seen = value >= 0 && value <= highest;
            if (seen) {
                const double y = plot.bottom() - value / highest * plot.height();
                const double x = plot.left() + (i + 0.5) * plot.width() / count;
                if (count == 1)
                    path.moveTo(plot.left(), y), path.lineTo(plot.right(), y);
                else
                    drawing ? path.lineTo(x, y) : path.moveTo(x, y);
            }
            drawing = seen;
        }
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen{color, 1.5, Qt::DashLine});
        painter.drawPath(path);
        if (bound.values.empty() || bound.values.back() < 0) continue;
        const auto y = heightOf(bound);
        const QString text =
            metrics.elidedText(y ? bound.name : u"↑ "_s + bound.name, Qt::ElideMiddle, plot.width() - 8);
        const double wide = metrics.horizontalAdvance(text) + 6;
        QRectF label{plot.right() - wide, y ? *y - metrics.height() - 1 : plot.top(), wide, metrics.height()};
        if (label.top() < plot.top() - 2) label.moveTop(y.value_or(label.top()) + 1);
        // Where names would lie on each other, the first stands; pointing at the line tells all.
        if (std::any_of(taken.begin(), taken.end(), [&](const QRectF& r) { return r.intersects(label); }))
            continue;
        taken.push_back(label);
        QColor ground = theme_.colors().surface;
        ground.setAlphaF(0.8F);
        painter.fillRect(label, ground);
        painter.setFont(small);
        painter.setPen(color);
        painter.drawText(label, Qt::AlignCenter, text);
        painter.setFont(font());
    }
}

bool Plot::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* asked = static_cast<QHelpEvent*>(event);
    QStringList words;
    for (const PlotBound& bound : bounds_) {
        const double y = heightOf(bound).value_or(area().top() + kReach);
        if (std::abs(y - asked->pos().y()) <= kReach + fontMetrics().height())
            words.append(bound.name + u'\n' + bound.words);
    }
    if (words.isEmpty()) {
        QToolTip::hideText();
        event->ignore();
    } else {
        QToolTip::showText(asked->globalPos(), words.join(u"\n\n"_s), this);
    }
    return true;
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

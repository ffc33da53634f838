// LanesView, the part that paints.
#include <QPainterPath>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

#include "gui/bench/view/lane_paint.h"
#include "gui/bench/view/lanes_view.h"
#include "gui/models/text.h"

namespace dogwatch::gui::bench {
namespace {

using namespace Qt::StringLiterals;

constexpr double kTickApart = 90;

QColor faded(QColor color, float alpha) {
    color.setAlphaF(alpha);
    return color;
}

}  // namespace

void LanesView::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter{viewport()};
    painter.fillRect(viewport()->rect(), theme_.colors().surface);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF top{0, 0, static_cast<double>(viewport()->width()), kHead + kRecords + kFirings};
    painter.save();
    painter.setClipRect(QRectF{0, top.bottom(), top.width(), viewport()->height() - top.bottom()});
    for (std::size_t lane = 0; lane < lanes_.size(); ++lane)
        if (laneArea(lane).intersects(viewport()->rect())) paintLane(painter, lane);
    painter.restore();
    paintHead(painter);
    paintRecords(painter);
    paintFirings(painter);
    paintCursor(painter);
}

void LanesView::paintHead(QPainter& painter) {
    const Colors& colors = theme_.colors();
    painter.fillRect(QRectF{0, 0, static_cast<double>(viewport()->width()), kHead}, colors.sunken);
    QFont font = painter.font();
    font.setPointSizeF(font.pointSizeF() * 0.85);
    painter.setFont(font);
    for (const TimeAxis::Tick& tick : axis_.ticks(kTickApart)) {
        const double x = axis_.toX(tick.time);
        painter.setPen(colors.border);
        painter.drawLine(QPointF{x, kHead - 4}, QPointF{x, static_cast<double>(viewport()->height())});
        painter.setPen(colors.muted);
        const double half = QFontMetricsF{font}.horizontalAdvance(tick.label) / 2;
        if (x - half < axis_.left || x + half > viewport()->width()) continue;  // it would be cut
        painter.drawText(QRectF{x - 60, 0, 120, kHead - 4}, Qt::AlignCenter, tick.label);
    }
    painter.setFont(this->font());
}

const std::vector<LanesView::Column>& LanesView::columns() {
    if (columnsOf_ == axis_) return columns_;
    columnsOf_ = axis_;
    columns_.assign(static_cast<std::size_t>(axis_.width) + 1, {});
    std::vector<int> kinds;  // of each name: 1 good, 2 bad, 0 other
    for (const std::string& name : store_->names())
        kinds.push_back(name == "execution.succeeded"                     ? 1
                        : name == "execution.failed" || name == "vm.lost" ? 2
                                                                          : 0);
    const auto& entries = store_->entries();
    for (std::size_t at = store_->placeOf(axis_.from); at < entries.size() && entries[at].time <= axis_.until;
         ++at) {
        const auto pixel = static_cast<std::size_t>(axis_.toX(entries[at].time) - axis_.left);
        if (pixel >= columns_.size()) continue;
        const int kind = kinds[entries[at].event];
        ++(kind == 1 ? columns_[pixel].good : kind == 2 ? columns_[pixel].bad : columns_[pixel].other);
    }
    return columns_;
}

void LanesView::paintRecords(QPainter& painter) {
    const Colors& colors = theme_.colors();
    const QRectF area = recordsArea();
    painter.setPen(colors.text);
    painter.drawText(QRectF{10, area.top(), kGutter - 16, area.height()}, Qt::AlignVCenter, tr("Records"));
    painter.setPen(colors.border);
    painter.drawLine(QPointF{0, area.bottom()}, QPointF{area.right(), area.bottom()});
    if (!store_) return;
    const auto& all = columns();
    int most = 1;
    for (const Column& column : all) most = std::max(most, column.good + column.bad + column.other);
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (std::size_t pixel = 0; pixel < all.size(); ++pixel) {
        const Column& column = all[pixel];
        const int sum = column.good + column.bad + column.other;
        if (sum == 0) continue;
        const double height = std::max(4.0, (area.height() - 6) * std::log1p(sum) / std::log1p(most));
        double y = area.bottom() - 1;
        const auto bar = [&](int count, const QColor& color) {
            if (count == 0) return;
            const double part = height * count / sum;
            painter.fillRect(QRectF{area.left() + static_cast<double>(pixel), y - part, 1.6, part}, color);
            y -= part;
        };
        bar(column.other, colors.muted);
        bar(column.good, colors.good);
        bar(column.bad, colors.bad);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Record& record : whatIf_.added) {
        if (!axis_.shows(toUs(record.time))) continue;
        const QPointF at{axis_.toX(toUs(record.time)), area.center().y()};
        painter.setPen(QPen{colors.warning, 1.5, Qt::DotLine});
        painter.drawLine(at, QPointF{at.x(), static_cast<double>(viewport()->height())});
        painter.setBrush(colors.warning);
        painter.setPen(QPen{colors.surface, 1});
        painter.drawPolygon(
            QPolygonF{{at + QPointF{0, -7}, at + QPointF{6, 0}, at + QPointF{0, 7}, at + QPointF{-6, 0}}});
    }
    for (const std::int64_t seq : whatIf_.removed) {
        const auto& entries = store_->entries();
        const auto found =
            std::lower_bound(entries.begin(), entries.end(), seq,
                             [](const auto& entry, std::int64_t wanted) { return entry.seq < wanted; });
        if (found == entries.end() || !axis_.shows(found->time)) continue;
        const QPointF at{axis_.toX(found->time), area.center().y()};
        painter.setPen(QPen{colors.warning, 2});
        painter.drawLine(at + QPointF{-5, -5}, at + QPointF{5, 5});
        painter.drawLine(at + QPointF{-5, 5}, at + QPointF{5, -5});
    }
}

void LanesView::paintFirings(QPainter& painter) {
    const Colors& colors = theme_.colors();
    const QRectF area = firingsArea();
    painter.fillRect(QRectF{0, area.top(), area.right(), area.height()}, faded(colors.accent, 0.05F));
    painter.setPen(colors.text);
    painter.drawText(QRectF{10, area.top(), kGutter - 16, area.height()}, Qt::AlignVCenter, tr("Firings"));
    painter.setPen(colors.border);
    painter.drawLine(QPointF{0, area.bottom()}, QPointF{area.right(), area.bottom()});
    using Fate = BenchFiring::Fate;
    double drawn[4] = {-10, -10, -10, -10};  // of each fate, the pixel that was drawn last
    for (const BenchFiring& firing : firings()) {
        if (!axis_.shows(firing.time)) continue;
        const double x = std::round(axis_.toX(firing.time));
        double& last = drawn[static_cast<int>(firing.fate)];
        if (x <= last + 0.5) continue;
        last = x;
        const QColor color = fateColor(firing.fate, theme_);
        painter.setPen(QPen{color, 1.6, firing.fate == Fate::Lost ? Qt::DotLine : Qt::SolidLine});
        painter.drawLine(QPointF{x, area.top() + 8}, QPointF{x, area.bottom() - 7});
        painter.setBrush(firing.fate == Fate::Lost ? QBrush{colors.surface} : QBrush{color});
        painter.setPen(QPen{color, 1.6});
        painter.drawEllipse(QPointF{x, area.top() + 8}, 3.6, 3.6);
        if (firing.fate == Fate::Gained)
            painter.drawLine(QPointF{x - 3.5, area.bottom() - 8}, QPointF{x + 3.5, area.bottom() - 8});
    }
    if (!store_) return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.muted);
    for (const RecordedFiring& firing : store_->firings()) {
        if (firing.metaevent != metaevent_ || !axis_.shows(firing.time)) continue;
        const double x = axis_.toX(firing.time);
        painter.drawPolygon(
            QPolygonF{{{x - 4, area.bottom() - 1}, {x + 4, area.bottom() - 1}, {x, area.bottom() - 7}}});
    }
}

void LanesView::paintLane(QPainter& painter, std::size_t index) {
    const Colors& colors = theme_.colors();
    const Lane& lane = lanes_[index];
    const QRectF area = laneArea(index);
    if (lane.node == selected_)
        painter.fillRect(QRectF{0, area.top(), area.right(), area.height()}, colors.selection);
    painter.setPen(colors.border);
    painter.drawLine(QPointF{0, area.bottom()}, QPointF{area.right(), area.bottom()});
    const double indent = 10 + std::min(lane.level, 5) * 8.0;
    const QFontMetricsF metrics{painter.font()};
    const double room = kGutter - indent - 8;
    const engine::ConditionTrace* trace = traceOf(lane);
    painter.setPen(colors.text);
    painter.drawText(QPointF{indent, area.top() + 17}, metrics.elidedText(lane.title, Qt::ElideRight, room));
    QString below = lane.words;
    if (trace != nullptr && cursor_) {
        const std::int64_t at = toUs(*cursor_);
        const bool holds = holdsAt(*trace, at, static_cast<std::int64_t>(axis_.usPerPixel() * 2));
        const auto value = valueAt(*trace, at);
        below = holds ? tr("true") : tr("not true");
        if (value && !(trace->isTimeLeft && *value <= 0)) {
            const QString number =
                trace->isTimeLeft ? durationText(static_cast<std::int64_t>(*value)) : valueText(lane, *value);
            below += u" · "_s +
                     (trace->isTimeLeft ? tr("%1 left").arg(number)
                      : lane.bound
                          ? tr("%1, bound %2 %3").arg(number, lane.comparison, valueText(lane, *lane.bound))
                          : number);
        }
        painter.setPen(holds ? colors.good : colors.muted);
    } else {
        painter.setPen(colors.muted);
    }
    painter.drawText(QPointF{indent, area.top() + 35}, metrics.elidedText(below, Qt::ElideRight, room));

    painter.save();
    painter.setClipRect(area, Qt::IntersectClip);
    if (trace != nullptr) {
        const Scale scale = scaleOfLane(index);
        if (!trace->samples.empty()) paintValue(painter, *trace, axis_, scale, plotArea(index), theme_);
        paintTruth(painter, *trace, axis_, {area.left(), area.bottom() - kTruth - 2, area.width(), kTruth},
                   theme_);
    }
    if (const auto handle = durationHandle(index)) {
        const double length = static_cast<double>(lane.durationUs) / axis_.usPerPixel();
        const bool isAnchored = cursor_ && axis_.shows(toUs(*cursor_));
        const double end = isAnchored ? axis_.toX(toUs(*cursor_)) : area.left() + area.width() * 0.8;
        paintDuration(painter, end - length, end, fromUtf8(toText(Duration{lane.durationUs})), area, theme_,
                      dragged_.grip == Grip::Duration && dragged_.lane == index);
    }
    if (const auto handle = boundHandle(index)) {
        paintBound(painter, handle->y(), lane.comparison + u' ' + valueText(lane, *lane.bound), area, theme_,
                   dragged_.grip == Grip::Bound && dragged_.lane == index);
    }
    painter.restore();
}

void LanesView::paintCursor(QPainter& painter) {
    if (!cursor_ || !axis_.shows(toUs(*cursor_))) return;
    const double x = axis_.toX(toUs(*cursor_));
    painter.setPen(QPen{theme_.colors().text, 1.4});
    painter.drawLine(QPointF{x, kHead - 5}, QPointF{x, static_cast<double>(viewport()->height())});
    const QString text = clockText(*cursor_, wallClock());
    const double width = QFontMetricsF{painter.font()}.horizontalAdvance(text) + 12;
    const QRectF tag{std::clamp(x - width / 2, axis_.left, axis_.left + axis_.width - width), 1, width,
                     kHead - 4};
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme_.colors().text);
    painter.drawRoundedRect(tag, 4, 4);
    painter.setPen(theme_.colors().surface);
    painter.drawText(tag, Qt::AlignCenter, text);
}

}  // namespace dogwatch::gui::bench

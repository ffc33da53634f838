#include "gui/widgets/timeline_view.h"

#include <QApplication>
#include <QDateTime>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "gui/models/execution_model.h"
#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

constexpr int kGutter = 150;  ///< names of lanes
constexpr int kAxis = 24;
constexpr int kFlags = 22;
constexpr int kLane = 26;
constexpr double kTickSpacing = 96;
constexpr double kNarrowest = 3;

Duration localOffset(Time time) {
    const int seconds = QDateTime::fromMSecsSinceEpoch(toUs(time) / 1000).offsetFromUtc();
    return std::chrono::seconds{seconds};
}

}  // namespace

TimelineView::TimelineView(const Theme& theme, QWidget* parent) : QAbstractScrollArea(parent), theme_(theme) {
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Timeline of executions"));
    setMinimumSize(320, 140);
    viewport()->setMouseTracking(true);
    viewport()->setAutoFillBackground(false);
    verticalScrollBar()->setSingleStep(kLane);
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void TimelineView::setData(TimelineData data) {
    data_ = std::move(data);
    setAccessibleDescription(
        tr("%1 executions, %2 firings")
            .arg(countText(data_.total), countText(static_cast<std::int64_t>(data_.firings.size()))));
    updateScrollBar();
    viewport()->update();
}

void TimelineView::setRange(Time begin, Time end) {
    setScale(TimeScale{begin, end - begin, plot().width()});
}

void TimelineView::setScale(const TimeScale& scale) {
    scale_ = scale;
    viewport()->update();
    Q_EMIT rangeChanged();
}

void TimelineView::zoom(double factor) {
    setScale(scale_.zoomed(factor, scale_.width() / 2));
}

void TimelineView::setCurrent(const QString& execution) {
    current_ = toUtf8(execution);
    viewport()->update();
}

void TimelineView::clearSelection() {
    if (!selection_) return;
    selection_.reset();
    viewport()->update();
    Q_EMIT selectionChanged();
}

QRectF TimelineView::plot() const {
    const QRectF all = viewport()->rect();
    return {kGutter, kAxis + kFlags, std::max(all.width() - kGutter, 1.0),
            std::max(all.height() - kAxis - kFlags, 1.0)};
}

double TimelineView::laneTop(std::size_t lane) const {
    return plot().top() + static_cast<double>(lane) * kLane - verticalScrollBar()->value();
}

void TimelineView::updateScrollBar() {
    const int height = static_cast<int>(data_.lanes.size()) * kLane;
    const int page = static_cast<int>(plot().height());
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setRange(0, std::max(height - page, 0));
}

void TimelineView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    updateScrollBar();
    scale_ = scale_.resized(plot().width());
    Q_EMIT rangeChanged();
}

// ---- drawing

void TimelineView::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter{viewport()};
    painter.fillRect(viewport()->rect(), theme_.colors().surface);
    paintAxis(painter);
    painter.save();
    painter.setClipRect(QRectF{0, plot().top(), static_cast<double>(viewport()->width()), plot().height()});
    paintLanes(painter);
    painter.setClipRect(plot());
    data_.bins.empty() ? paintBars(painter) : paintBins(painter);
    painter.restore();
    paintFirings(painter);
    paintSelection(painter);
}

void TimelineView::paintAxis(QPainter& painter) const {
    const QRectF area = plot();
    const Colors& colors = theme_.colors();
    painter.fillRect(QRectF{0, 0, static_cast<double>(viewport()->width()), kAxis}, colors.sunken);
    for (const TimeTick& tick : scale_.ticks(kTickSpacing, localOffset(scale_.begin()))) {
        const double x = std::round(area.left() + scale_.x(tick.time)) + 0.5;
        painter.setPen(tick.isMajor ? colors.field : colors.border);
        painter.drawLine(QPointF{x, kAxis - 5.0}, QPointF{x, area.bottom()});
        painter.setPen(tick.isMajor ? colors.text : colors.muted);
        const QRectF label{x + 4, 0, kTickSpacing - 6, kAxis};
        if (x + 4 + painter.fontMetrics().horizontalAdvance(tick.label) > area.right()) continue;
        painter.drawText(label, Qt::AlignLeft | Qt::AlignVCenter, tick.label);
    }
}

void TimelineView::paintLanes(QPainter& painter) const {
    const Colors& colors = theme_.colors();
    for (std::size_t lane = 0; lane < data_.lanes.size(); ++lane) {
        const double top = laneTop(lane);
        if (top > viewport()->height() || top + kLane < plot().top()) continue;
        const QRectF name{10, top, kGutter - 16.0, kLane};
        const QString text = data_.lanes[lane].isEmpty() ? tr("(none yet)") : data_.lanes[lane];
        painter.setPen(colors.text);
        painter.drawText(
            name, Qt::AlignLeft | Qt::AlignVCenter,
            painter.fontMetrics().elidedText(text, Qt::ElideMiddle, static_cast<int>(name.width())));
        painter.setPen(colors.border);
        painter.drawLine(QPointF{0, top + kLane - 0.5},
                         QPointF{viewport()->width() - 1.0, top + kLane - 0.5});
    }
}

std::optional<QRectF> TimelineView::barRect(const TimelineBar& bar) const {
    const double top = laneTop(bar.lane);
    if (top > viewport()->height() || top + kLane < plot().top()) return std::nullopt;
    const double left = scale_.x(bar.started.value_or(bar.queued));
    const double right = scale_.x(bar.finished.value_or(wallClock()));
    if (right < 0 || left > scale_.width()) return std::nullopt;
    const double from = std::max(left, -4.0);
    const double wide = std::max(std::min(right, scale_.width() + 4) - from, kNarrowest);
    return QRectF{plot().left() + from, top + 6, wide, kLane - 13.0};
}

void TimelineView::paintBars(QPainter& painter) const {
    std::vector<std::pair<double, ExecutionState>> drawn(data_.lanes.size(), {-1, ExecutionState::Queued});
    for (const TimelineBar& bar : data_.bars) {
        const auto rect = barRect(bar);
        if (!rect) continue;
        // Nothing is drawn that changes no pixel.
        auto& [upTo, state] = drawn[bar.lane];
        const bool isCurrent = bar.execution == current_;
        if (rect->right() <= upTo && state == bar.state && !isCurrent) continue;
        upTo = std::max(upTo, std::floor(rect->right()));
        state = bar.state;
        const QColor color = theme_.tone(stateTone(bar.state));
        const double queued = plot().left() + std::max(scale_.x(bar.queued), -4.0);
        if (rect->left() - queued > 1)
            painter.fillRect(QRectF{queued, rect->center().y() - 1, rect->left() - queued, 2},
                             theme_.colors().field);
        painter.fillRect(*rect, color);
        if (!isCurrent) continue;
        painter.setPen(QPen{theme_.colors().text, 2});
        painter.drawRect(rect->adjusted(-2, -2, 2, 2));
    }
}

void TimelineView::paintBins(QPainter& painter) const {
    std::vector<std::int64_t> most(data_.lanes.size(), 1);
    for (const TimelineBin& bin : data_.bins) most[bin.lane] = std::max(most[bin.lane], bin.total());
    for (const TimelineBin& bin : data_.bins) {
        const double left = scale_.x(data_.binTime(bin.bin));
        const double right = scale_.x(data_.binTime(bin.bin + 1));
        if (right < 0 || left > scale_.width()) continue;
        double bottom = laneTop(bin.lane) + kLane - 3;
        const double high = kLane - 6.0;
        const std::pair<std::int64_t, QColor> parts[] = {{bin.succeeded, theme_.colors().good},
                                                         {bin.failed, theme_.colors().bad},
                                                         {bin.other, theme_.colors().busy}};
        for (const auto& [count, color] : parts) {
            if (count == 0) continue;
            const double tall =
                std::max(static_cast<double>(count) / static_cast<double>(most[bin.lane]) * high, 2.0);
            painter.fillRect(
                QRectF{plot().left() + left, bottom - tall, std::max(right - left - 0.5, 1.0), tall}, color);
            bottom -= tall;
        }
    }
}

void TimelineView::paintFirings(QPainter& painter) const {
    painter.setPen(theme_.colors().muted);
    painter.drawText(QRectF{10, kAxis, kGutter - 16.0, kFlags}, Qt::AlignLeft | Qt::AlignVCenter,
                     tr("Firings"));
    painter.setPen(theme_.colors().border);
    painter.drawLine(QPointF{0, kAxis + kFlags - 0.5},
                     QPointF{viewport()->width() - 1.0, kAxis + kFlags - 0.5});
    double upTo = -1;
    for (const FiringRow& firing : data_.firings) {
        const double x = scale_.x(firing.time);
        if (x < 0 || x > scale_.width() || std::abs(x - upTo) < 1) continue;
        upTo = x;
        const double at = plot().left() + x;
        const QColor color = theme_.tone(firing.edge == "fall" ? Tone::Good : Tone::Bad);
        painter.setPen(QPen{color, 1.5});
        painter.drawLine(QPointF{at, kAxis + 3.0}, QPointF{at, kAxis + kFlags - 2.0});
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawPolygon(
            QPolygonF{{QPointF{at, kAxis + 3.0}, QPointF{at + 9, kAxis + 7.0}, QPointF{at, kAxis + 11.0}}});
    }
}

void TimelineView::paintSelection(QPainter& painter) const {
    if (!selection_) return;
    const double left = std::clamp(scale_.x(selection_->begin), 0.0, scale_.width());
    const double right = std::clamp(scale_.x(selection_->end), 0.0, scale_.width());
    const QRectF area = plot();
    const QRectF chosen{area.left() + left, 0, right - left, static_cast<double>(viewport()->height())};
    QColor shade = theme_.colors().accent;
    shade.setAlpha(40);
    painter.fillRect(chosen, shade);
    painter.setPen(theme_.colors().accent);
    painter.drawLine(chosen.topLeft(), chosen.bottomLeft());
    painter.drawLine(chosen.topRight(), chosen.bottomRight());
}

// ---- mouse and keys

void TimelineView::wheelEvent(QWheelEvent* event) {
    const QPoint delta = event->angleDelta();
    if (event->modifiers().testFlag(Qt::ShiftModifier) || std::abs(delta.x()) > std::abs(delta.y())) {
        setScale(scale_.panned(delta.x() != 0 ? delta.x() : delta.y()));
    } else if (event->modifiers().testFlag(Qt::AltModifier) || event->position().x() < kGutter) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    } else {
        setScale(scale_.zoomed(std::pow(1.0016, delta.y()), event->position().x() - kGutter));
    }
    event->accept();
}

void TimelineView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || event->position().x() < kGutter) return;
    drag_ = event->modifiers().testFlag(Qt::ShiftModifier) ? Drag::Select : Drag::Pan;
    dragFrom_ = dragAt_ = event->position();
    dragTime_ = scale_.at(event->position().x() - kGutter);
    dragged_ = false;
}

void TimelineView::mouseMoveEvent(QMouseEvent* event) {
    const QPointF at = event->position();
    if (drag_ == Drag::None) {
        const bool onSomething = barAt(at) != nullptr || firingAt(at) != nullptr;
        viewport()->setCursor(onSomething ? Qt::PointingHandCursor : Qt::ArrowCursor);
        return;
    }
    if ((at - dragFrom_).manhattanLength() >= QApplication::startDragDistance()) dragged_ = true;
    if (!dragged_) return;
    if (drag_ == Drag::Pan) {
        verticalScrollBar()->setValue(verticalScrollBar()->value() - static_cast<int>(at.y() - dragAt_.y()));
        setScale(scale_.panned(at.x() - dragAt_.x()));
    } else {
        const Time to = scale_.at(at.x() - kGutter);
        selection_ = TimeSpan{std::min(dragTime_, to), std::max(dragTime_, to)};
        viewport()->update();
    }
    dragAt_ = at;
}

void TimelineView::mouseReleaseEvent(QMouseEvent* event) {
    const Drag drag = std::exchange(drag_, Drag::None);
    if (drag == Drag::Select && dragged_) Q_EMIT selectionChanged();
    if (drag != Drag::Pan || dragged_) return;
    if (const FiringRow* firing = firingAt(event->position())) {
        Q_EMIT firingChosen(fromUtf8(firing->metaevent), fromUtf8(firing->id), firing->time);
    } else if (const TimelineBar* bar = barAt(event->position())) {
        current_ = bar->execution;
        viewport()->update();
        Q_EMIT executionChosen(fromUtf8(bar->execution));
    } else {
        clearSelection();
    }
}

void TimelineView::keyPressEvent(QKeyEvent* event) {
    const double step = scale_.width() / 8;
    switch (event->key()) {
        case Qt::Key_Left:
            event->modifiers().testFlag(Qt::AltModifier) ? stepCurrent(false) : setScale(scale_.panned(step));
            break;
        case Qt::Key_Right:
            event->modifiers().testFlag(Qt::AltModifier) ? stepCurrent(true) : setScale(scale_.panned(-step));
            break;
        case Qt::Key_Plus:
        case Qt::Key_Equal: zoom(1.5); break;
        case Qt::Key_Minus: zoom(1 / 1.5); break;
        case Qt::Key_Return:
            selection_ = TimeSpan{scale_.begin(), scale_.end()};
            viewport()->update();
            Q_EMIT selectionChanged();
            break;
        case Qt::Key_Escape: clearSelection(); break;
        default: QAbstractScrollArea::keyPressEvent(event); return;
    }
    event->accept();
}

void TimelineView::stepCurrent(bool forward) {
    if (data_.bars.empty()) return;
    const auto current = std::find_if(data_.bars.begin(), data_.bars.end(),
                                      [this](const TimelineBar& bar) { return bar.execution == current_; });
    auto at = current - data_.bars.begin();
    if (current == data_.bars.end()) {
        at = forward ? 0 : std::ssize(data_.bars) - 1;
    } else {
        at = std::clamp<std::ptrdiff_t>(at + (forward ? 1 : -1), 0, std::ssize(data_.bars) - 1);
    }
    const TimelineBar& bar = data_.bars[static_cast<std::size_t>(at)];
    current_ = bar.execution;
    const double x = scale_.x(bar.started.value_or(bar.queued));
    if (x < 0 || x > scale_.width()) setScale(scale_.panned(scale_.width() / 2 - x));
    viewport()->update();
    Q_EMIT executionChosen(fromUtf8(bar.execution));
}

const TimelineBar* TimelineView::barAt(const QPointF& point) const {
    const TimelineBar* found = nullptr;
    for (const TimelineBar& bar : data_.bars) {
        const auto rect = barRect(bar);
        if (rect && rect->adjusted(-2, -4, 2, 4).contains(point)) found = &bar;  // the latest lies on top
    }
    return found;
}

const FiringRow* TimelineView::firingAt(const QPointF& point) const {
    if (point.y() < kAxis || point.y() > kAxis + kFlags) return nullptr;
    for (const FiringRow& firing : data_.firings) {
        const double x = plot().left() + scale_.x(firing.time);
        if (point.x() >= x - 3 && point.x() <= x + 10) return &firing;
    }
    return nullptr;
}

QString TimelineView::tipAt(const QPointF& point) const {
    if (const FiringRow* firing = firingAt(point))
        return fromUtf8(firing->metaevent) + u'\n' + clockText(firing->time, wallClock());
    if (const TimelineBar* bar = barAt(point)) {
        QString text = data_.lanes[bar->lane] + u": "_s + stateText(bar->state) + u'\n' +
                       clockText(bar->queued, wallClock());
        if (bar->started && bar->finished)
            text += u'\n' + tr("ran %1").arg(durationText((*bar->finished - *bar->started).count()));
        return text;
    }
    for (const TimelineBin& bin : data_.bins) {
        const double left = plot().left() + scale_.x(data_.binTime(bin.bin));
        const double right = plot().left() + scale_.x(data_.binTime(bin.bin + 1));
        const double top = laneTop(bin.lane);
        if (point.x() < left || point.x() >= right || point.y() < top || point.y() >= top + kLane) continue;
        return tr("%1\n%2 succeeded, %3 failed, %4 under way")
            .arg(data_.lanes[bin.lane], countText(bin.succeeded), countText(bin.failed),
                 countText(bin.other));
    }
    return {};
}

bool TimelineView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString tip = tipAt(help->pos());
        tip.isEmpty() ? QToolTip::hideText() : QToolTip::showText(help->globalPos(), tip, viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

}  // namespace dogwatch::gui

// What the mouse does on the lanes: the cursor, zoom and pan, bounds and durations, records by hand.
#include <QContextMenuEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "gui/bench/view/lane_paint.h"
#include "gui/bench/view/lanes_view.h"

namespace dogwatch::gui::bench {
namespace {

using namespace Qt::StringLiterals;

constexpr double kReach = 7;
constexpr double kMoved = 3;

}  // namespace

// ---- what is there

std::pair<LanesView::Grip, std::size_t> LanesView::gripAt(QPointF point) const {
    const double top = firingsArea().bottom();
    if (point.y() < top) return {Grip::None, 0};
    const auto near = [&](const std::optional<QPointF>& handle) {
        return handle && handle->y() >= top &&
               std::hypot(handle->x() - point.x(), handle->y() - point.y()) <= kReach;
    };
    for (std::size_t lane = 0; lane < lanes_.size(); ++lane) {
        const auto bound = boundHandle(lane);
        if (near(bound)) return {Grip::Bound, lane};
        if (near(durationHandle(lane))) return {Grip::Duration, lane};
    }
    for (std::size_t lane = 0; lane < lanes_.size(); ++lane) {
        const auto bound = boundHandle(lane);
        const bool isOnLine = bound && point.x() > axis_.left && std::abs(bound->y() - point.y()) <= 3;
        if (isOnLine && laneArea(lane).contains(point)) return {Grip::Bound, lane};
    }
    return {Grip::None, 0};
}

std::optional<std::size_t> LanesView::laneAt(QPointF point) const {
    if (point.y() < firingsArea().bottom()) return std::nullopt;
    for (std::size_t lane = 0; lane < lanes_.size(); ++lane) {
        const QRectF area = laneArea(lane);
        if (point.y() >= area.top() && point.y() < area.bottom()) return lane;
    }
    return std::nullopt;
}

std::optional<std::size_t> LanesView::firingAt(QPointF point) const {
    const QRectF area = firingsArea();
    if (point.y() < area.top() || point.y() > area.bottom()) return std::nullopt;
    std::optional<std::size_t> best;
    double least = kReach;
    const auto& all = firings();
    const auto first =
        std::lower_bound(all.begin(), all.end(), axis_.toTime(point.x() - kReach),
                         [](const BenchFiring& f, std::int64_t time) { return f.time < time; });
    for (auto each = first; each != all.end(); ++each) {
        const double distance = std::abs(axis_.toX(each->time) - point.x());
        if (axis_.toX(each->time) > point.x() + kReach) break;
        if (distance >= least) continue;
        least = distance;
        best = static_cast<std::size_t>(each - all.begin());
    }
    return best;
}

std::optional<std::size_t> LanesView::recordedAt(QPointF point) const {
    const QRectF area = firingsArea();
    if (!store_ || point.y() < area.bottom() - 9 || point.y() > area.bottom()) return std::nullopt;
    for (std::size_t i = 0; i < store_->firings().size(); ++i) {
        const RecordedFiring& firing = store_->firings()[i];
        if (firing.metaevent == metaevent_ && std::abs(axis_.toX(firing.time) - point.x()) < 5) return i;
    }
    return std::nullopt;
}

std::optional<std::size_t> LanesView::recordAt(QPointF point) const {
    if (!store_ || !recordsArea().contains(point)) return std::nullopt;
    const auto& entries = store_->entries();
    std::optional<std::size_t> best;
    double least = kReach;
    for (std::size_t at = store_->placeOf(axis_.toTime(point.x() - kReach)); at < entries.size(); ++at) {
        const double distance = std::abs(axis_.toX(entries[at].time) - point.x());
        if (axis_.toX(entries[at].time) > point.x() + kReach) break;
        if (distance >= least) continue;
        least = distance;
        best = at;
    }
    return best;
}

std::optional<std::size_t> LanesView::addedAt(QPointF point) const {
    if (!recordsArea().contains(point)) return std::nullopt;
    for (std::size_t i = 0; i < whatIf_.added.size(); ++i)
        if (std::abs(axis_.toX(toUs(whatIf_.added[i].time)) - point.x()) < kReach) return i;
    return std::nullopt;
}

// ---- pressing and dragging

void LanesView::moveCursor(double x) {
    const double within = std::clamp(x, axis_.left, axis_.left + axis_.width);
    const Time time = timeFromUs(std::clamp(axis_.toTime(within), first_, last_));
    if (cursor_ == time) return;
    setCursor(time);
    Q_EMIT cursorMoved(time);
}

void LanesView::mousePressEvent(QMouseEvent* event) {
    dragged_ = {};
    const QPointF point = event->position();
    dragged_.from = point;
    dragged_.axis = axis_;
    if (event->button() == Qt::MiddleButton) {
        dragged_.grip = Grip::Pan;
        return;
    }
    if (event->button() != Qt::LeftButton) return;
    const auto [grip, lane] = gripAt(point);
    if (grip != Grip::None) {
        dragged_.scale = scaleOfLane(lane);
        dragged_.grip = grip;
        dragged_.lane = lane;
        dragged_.durationUs = lanes_[lane].durationUs;
        viewport()->update();
        return;
    }
    if (const auto lane = laneAt(point)) Q_EMIT laneChosen(lanes_[*lane].node);
    if (point.x() < axis_.left) return;
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        dragged_.grip = Grip::Pan;
        return;
    }
    if (const auto recorded = recordedAt(point)) {
        setCursor(timeFromUs(store_->firings()[*recorded].time));
        Q_EMIT recordedFiringPicked(store_->firings()[*recorded]);
    } else if (const auto firing = firingAt(point)) {
        setCursor(timeFromUs(firings()[*firing].time));
        Q_EMIT firingPicked(firings()[*firing]);
    } else {
        dragged_.grip = Grip::Cursor;
        moveCursor(point.x());
    }
}

void LanesView::dragBound(QPointF point) {
    const Lane& lane = lanes_[dragged_.lane];
    const QRectF area = plotArea(dragged_.lane);
    const double share = (area.bottom() - point.y()) / area.height();
    const double grain = (dragged_.scale.high - dragged_.scale.low) / area.height() / 2;
    double value = dragged_.scale.value(share);
    value = lane.isWhole ? std::max(0.0, std::round(value))
                         : std::max(dragged_.scale.low, niceNumber(value, grain));
    if (lane.bound && value == *lane.bound) return;
    Q_EMIT boundDragged(lane.node, value);
}

void LanesView::dragDuration(QPointF point) {
    const Lane& lane = lanes_[dragged_.lane];
    const double longer = (dragged_.from.x() - point.x()) * axis_.usPerPixel();
    const std::int64_t us =
        niceDuration(dragged_.durationUs + static_cast<std::int64_t>(longer), axis_.usPerPixel());
    if (us == lane.durationUs) return;
    Q_EMIT durationDragged(lane.node, us);
}

void LanesView::mouseMoveEvent(QMouseEvent* event) {
    const QPointF point = event->position();
    if (std::hypot(point.x() - dragged_.from.x(), point.y() - dragged_.from.y()) > kMoved)
        dragged_.moved = true;
    switch (dragged_.grip) {
        case Grip::Cursor: moveCursor(point.x()); return;
        case Grip::Pan: changeAxis(dragged_.axis.moved(dragged_.from.x() - point.x(), first_, last_)); return;
        case Grip::Bound: return dragBound(point);
        case Grip::Duration: return dragDuration(point);
        case Grip::None: break;
    }
    const Grip grip = gripAt(point).first;
    viewport()->setCursor(grip == Grip::Bound      ? Qt::SizeVerCursor
                          : grip == Grip::Duration ? Qt::SizeHorCursor
                          : firingAt(point)        ? Qt::PointingHandCursor
                                                   : Qt::ArrowCursor);
}

void LanesView::mouseReleaseEvent(QMouseEvent* /*event*/) {
    dragged_.grip = Grip::None;
    viewport()->update();
}

void LanesView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (!recordsArea().contains(event->position())) return;
    Q_EMIT placeAsked(timeFromUs(axis_.toTime(event->position().x())), event->globalPosition().toPoint());
}

void LanesView::wheelEvent(QWheelEvent* event) {
    const QPoint delta = event->angleDelta();
    const bool isOnAxis =
        event->modifiers().testFlag(Qt::ControlModifier) || event->position().y() < firingsArea().bottom();
    const bool isSideways = delta.x() != 0 || event->modifiers().testFlag(Qt::ShiftModifier);
    if (!isOnAxis && isSideways) {
        changeAxis(axis_.moved(-(delta.x() != 0 ? delta.x() : delta.y()), first_, last_));
    } else if (isOnAxis || verticalScrollBar()->maximum() == 0) {
        changeAxis(axis_.zoomed(std::pow(0.998, delta.y()), event->position().x(), first_, last_));
    } else {
        verticalScrollBar()->setValue(verticalScrollBar()->value() - delta.y() / 3);
        viewport()->update();
    }
    event->accept();
}

void LanesView::contextMenuEvent(QContextMenuEvent* event) {
    const QPointF point = event->pos();
    if (point.x() < axis_.left || !store_) return;
    auto* menu = new QMenu{this};
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const Time time = timeFromUs(axis_.toTime(point.x()));
    const QPoint global = event->globalPos();
    menu->addAction(tr("Place a record here…"), this,
                    [this, time, global] { Q_EMIT placeAsked(time, global); });
    if (const auto added = addedAt(point)) {
        menu->addAction(tr("Withdraw this record"), this,
                        [this, index = *added] { Q_EMIT withdrawAsked(index); });
    } else if (const auto place = recordAt(point)) {
        const std::int64_t seq = store_->entries()[*place].seq;
        const QString text =
            whatIf_.removed.contains(seq) ? tr("Count record %1 again") : tr("Leave record %1 out");
        menu->addAction(text.arg(seq), this, [this, seq] { Q_EMIT leaveOutAsked(seq); });
    }
    menu->addSeparator();
    menu->addAction(tr("Show the whole time"), this, &LanesView::showAll);
    menu->popup(global);
}

}  // namespace dogwatch::gui::bench

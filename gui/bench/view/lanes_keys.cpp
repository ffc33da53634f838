// The same by keyboard.
#include <QKeyEvent>
#include <algorithm>

#include "gui/bench/view/lanes_view.h"

namespace dogwatch::gui::bench {
namespace {

constexpr double kStep = 2;  ///< pixels
constexpr double kStride = 40;
constexpr double kZoom = 0.7;

}  // namespace

void LanesView::stepCursor(double pixels) {
    const bool isSeen = cursor_ && axis_.shows(toUs(*cursor_));
    const double from = isSeen ? axis_.toX(toUs(*cursor_)) : axis_.left + axis_.width / 2;
    const double to = from + pixels;
    if (to < axis_.left || to > axis_.left + axis_.width) changeAxis(axis_.moved(pixels, first_, last_));
    moveCursor(std::clamp(to, axis_.left, axis_.left + axis_.width));
}

void LanesView::stepToFiring(bool forwards) {
    const auto& all = firings();
    if (all.empty()) return;
    const std::int64_t from = cursor_ ? toUs(*cursor_) : forwards ? first_ - 1 : last_ + 1;
    const BenchFiring* found = nullptr;
    if (forwards) {
        const auto next =
            std::upper_bound(all.begin(), all.end(), from,
                             [](std::int64_t time, const BenchFiring& f) { return time < f.time; });
        if (next != all.end()) found = &*next;
    } else {
        const auto next =
            std::lower_bound(all.begin(), all.end(), from,
                             [](const BenchFiring& f, std::int64_t time) { return f.time < time; });
        if (next != all.begin()) found = &*(next - 1);
    }
    if (found == nullptr) return;
    if (!axis_.shows(found->time))
        changeAxis(axis_.moved(axis_.toX(found->time) - axis_.left - axis_.width / 2, first_, last_));
    const BenchFiring firing = *found;
    setCursor(timeFromUs(firing.time));
    Q_EMIT firingPicked(firing);
}

void LanesView::zoomBy(double factor) {
    const bool isSeen = cursor_ && axis_.shows(toUs(*cursor_));
    const double at = isSeen ? axis_.toX(toUs(*cursor_)) : axis_.left + axis_.width / 2;
    changeAxis(axis_.zoomed(factor, at, first_, last_));
}

void LanesView::keyPressEvent(QKeyEvent* event) {
    const double step = event->modifiers().testFlag(Qt::ShiftModifier) ? kStride : kStep;
    switch (event->key()) {
        case Qt::Key_Left: return stepCursor(-step);
        case Qt::Key_Right: return stepCursor(step);
        case Qt::Key_N: return stepToFiring(true);
        case Qt::Key_P: return stepToFiring(false);
        case Qt::Key_Plus:
        case Qt::Key_Equal: return zoomBy(kZoom);
        case Qt::Key_Minus: return zoomBy(1 / kZoom);
        case Qt::Key_0: return showAll();
        case Qt::Key_Escape:
            if (!cursor_) break;
            setCursor(std::nullopt);
            Q_EMIT cursorMoved(std::nullopt);
            return;
        case Qt::Key_Insert: {
            const std::int64_t at = cursor_ ? toUs(*cursor_) : (axis_.from + axis_.until) / 2;
            const QPointF point{std::clamp(axis_.toX(at), axis_.left, axis_.left + axis_.width),
                                recordsArea().bottom()};
            Q_EMIT placeAsked(timeFromUs(at), viewport()->mapToGlobal(point.toPoint()));
            return;
        }
        case Qt::Key_Delete: {
            if (!cursor_) break;
            const QPointF point{axis_.toX(toUs(*cursor_)), recordsArea().center().y()};
            if (const auto added = addedAt(point)) {
                Q_EMIT withdrawAsked(*added);
            } else if (const auto place = recordAt(point)) {
                Q_EMIT leaveOutAsked(store_->entries()[*place].seq);
            }
            return;
        }
        default: break;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

}  // namespace dogwatch::gui::bench

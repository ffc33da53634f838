#include "gui/bench/view/lanes_view.h"

#include <QHelpEvent>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "gui/bench/view/lane_paint.h"
#include "gui/models/text.h"

namespace dogwatch::gui::bench {
namespace {

using namespace Qt::StringLiterals;

constexpr double kLane = 52;  ///< at least
constexpr double kTallest = 110;

}  // namespace

LanesView::LanesView(const Theme& theme, QWidget* parent) : QAbstractScrollArea(parent), theme_(theme) {
    setObjectName(u"lanes"_s);
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    verticalScrollBar()->setSingleStep(static_cast<int>(kLane / 2));
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    updateWords();
}

// ---- what is shown

void LanesView::setHistory(std::shared_ptr<const RecordStore> store, std::int64_t first, std::int64_t last,
                           std::string metaevent) {
    store_ = std::move(store);
    metaevent_ = std::move(metaevent);
    first_ = first;
    last_ = std::max(last, first + 1);
    columnsOf_ = {};
    trace_.reset();
    answer_.reset();
    showAll();
    viewport()->update();
}

void LanesView::setWhatIf(WhatIf whatIf) {
    whatIf_ = std::move(whatIf);
    viewport()->update();
}

void LanesView::setLanes(std::vector<Lane> lanes) {
    lanes_ = std::move(lanes);
    updateScroll();
    viewport()->update();
}

void LanesView::setFirings(std::shared_ptr<const FiringsAnswer> answer) {
    answer_ = std::move(answer);
    updateWords();
    viewport()->update();
}

void LanesView::setTrace(std::shared_ptr<const engine::MetaeventTrace> trace) {
    trace_ = std::move(trace);
    viewport()->update();
}

void LanesView::setSelected(canvas::NodeId node) {
    if (selected_ == node) return;
    selected_ = node;
    const auto found =
        std::find_if(lanes_.begin(), lanes_.end(), [&](const Lane& lane) { return lane.node == node; });
    if (found != lanes_.end()) {
        const QRectF area = laneArea(static_cast<std::size_t>(found - lanes_.begin()));
        const double top = kHead + kRecords + kFirings;
        if (area.top() < top || area.bottom() > viewport()->height())
            verticalScrollBar()->setValue(verticalScrollBar()->value() + static_cast<int>(area.top() - top));
    }
    viewport()->update();
}

void LanesView::setCursor(std::optional<Time> time) {
    if (cursor_ == time) return;
    cursor_ = time;
    updateWords();
    viewport()->update();
}

void LanesView::setAxis(std::int64_t from, std::int64_t until) {
    TimeAxis axis = axis_;
    axis.from = from;
    axis.until = std::max(until, from + 1);
    changeAxis(axis.moved(0, first_, last_));
}

void LanesView::showAll() {
    TimeAxis axis = axis_;
    axis.from = first_;
    axis.until = last_;
    changeAxis(axis);
}

void LanesView::changeAxis(const TimeAxis& axis) {
    if (axis == axis_) return;
    axis_ = axis;
    viewport()->update();
    Q_EMIT axisChanged();
}

const std::vector<BenchFiring>& LanesView::firings() const {
    static const std::vector<BenchFiring> kNone;
    return answer_ ? answer_->firings : kNone;
}

void LanesView::updateWords() {
    const Time now = wallClock();
    QString text =
        cursor_ ? tr("The cursor stands at %1.").arg(clockText(*cursor_, now)) : tr("No moment is chosen.");
    if (answer_) text += u' ' + tr("Firings: %1.").arg(answer_->firings.size());
    setAccessibleName(tr("History: lanes on a time axis"));
    setAccessibleDescription(text + u' ' +
                             tr("Left and right move the cursor, N and P go from firing to firing, plus and "
                                "minus zoom, Insert places a record, Escape goes back to now."));
}

const engine::KeyTrace* LanesView::keyTrace() const {
    return trace_ && !trace_->traces.empty() ? &trace_->traces.front() : nullptr;
}

const engine::ConditionTrace* LanesView::traceOf(const Lane& lane) const {
    const engine::KeyTrace* key = keyTrace();
    if (key == nullptr) return nullptr;
    const auto found = std::find_if(key->conditions.begin(), key->conditions.end(),
                                    [&](const auto& each) { return each.path == lane.path; });
    return found != key->conditions.end() ? &*found : nullptr;
}

// ---- where things stand

void LanesView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    axis_.left = kGutter;
    axis_.width = std::max(40.0, viewport()->width() - kGutter - 6.0);
    updateScroll();
    Q_EMIT axisChanged();
}

void LanesView::updateScroll() {
    const double room = viewport()->height() - kHead - kRecords - kFirings;
    const double all = static_cast<double>(lanes_.size()) * laneHeight();
    verticalScrollBar()->setPageStep(static_cast<int>(room));
    verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(all - room)));
}

double LanesView::laneHeight() const {
    if (lanes_.empty()) return kLane;
    const double room = viewport()->height() - kHead - kRecords - kFirings - 2;
    return std::clamp(std::floor(room / static_cast<double>(lanes_.size())), kLane, kTallest);
}

QRectF LanesView::recordsArea() const {
    return {axis_.left, kHead, axis_.width, kRecords};
}

QRectF LanesView::firingsArea() const {
    return {axis_.left, kHead + kRecords, axis_.width, kFirings};
}

QRectF LanesView::laneArea(std::size_t lane) const {
    return {
        axis_.left,
        kHead + kRecords + kFirings + static_cast<double>(lane) * laneHeight() - verticalScrollBar()->value(),
        axis_.width, laneHeight()};
}

QRectF LanesView::plotArea(std::size_t lane) const {
    return laneArea(lane).adjusted(0, 5, 0, -kTruth - 6);
}

Scale LanesView::scaleOfLane(std::size_t lane) const {
    if (dragged_.grip == Grip::Bound && dragged_.lane == lane) return dragged_.scale;
    return scaleOf(lanes_[lane], traceOf(lanes_[lane]));
}

std::optional<QPointF> LanesView::boundHandle(std::size_t lane) const {
    if (lane >= lanes_.size() || !lanes_[lane].bound) return std::nullopt;
    const QRectF area = plotArea(lane);
    const double share = std::clamp(scaleOfLane(lane).share(*lanes_[lane].bound), 0.0, 1.0);
    return QPointF{area.right() - 6, area.bottom() - share * area.height()};
}

std::optional<QPointF> LanesView::durationHandle(std::size_t lane) const {
    if (lane >= lanes_.size() || lanes_[lane].durationUs <= 0) return std::nullopt;
    const QRectF area = laneArea(lane);
    const double length = static_cast<double>(lanes_[lane].durationUs) / axis_.usPerPixel();
    const bool isAnchored = cursor_ && axis_.shows(toUs(*cursor_));
    const double end = isAnchored ? axis_.toX(toUs(*cursor_)) : area.left() + area.width() * 0.8;
    return QPointF{std::max(area.left(), end - length), area.top() + 7};
}

std::optional<QPointF> LanesView::firingPoint(std::size_t firing) const {
    if (firing >= firings().size() || !axis_.shows(firings()[firing].time)) return std::nullopt;
    return QPointF{axis_.toX(firings()[firing].time), firingsArea().top() + 10};
}

// ---- words under the mouse

QString LanesView::tipAt(QPointF point) const {
    const Time now = wallClock();
    if (const auto added = addedAt(point)) {
        const Record& record = whatIf_.added[*added];
        return tr("What if: %1 %2 at %3, placed by hand")
            .arg(fromUtf8(record.event), fromUtf8(record.function()), clockText(record.time, now));
    }
    if (const auto place = recordAt(point)) {
        const Record record = store_->record(*place);
        return tr("Record %1: %2 %3 at %4")
            .arg(record.seq)
            .arg(fromUtf8(record.event), fromUtf8(record.function()), clockText(record.time, now));
    }
    if (const auto recorded = recordedAt(point)) {
        return tr("Fired at %1, as the journal tells. Click: why.")
            .arg(clockText(timeFromUs(store_->firings()[*recorded].time), now));
    }
    if (const auto firing = firingAt(point)) {
        const BenchFiring& one = firings()[*firing];
        QString text = tr("Fires at %1 (%2)").arg(clockText(timeFromUs(one.time), now), fromUtf8(one.edge));
        if (!one.key.empty()) text += u' ' + tr("for %1").arg(fromUtf8(one.key));
        if (const QString fate = fateText(one.fate); !fate.isEmpty()) text += u'\n' + fate;
        return text;
    }
    const auto [grip, index] = gripAt(point);
    if (grip == Grip::Bound) return tr("Drag to change the bound");
    if (grip == Grip::Duration) return tr("Drag to change the duration");
    const auto lane = laneAt(point);
    return lane ? lanes_[*lane].words : QString();
}

bool LanesView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString tip = tipAt(help->pos());
        QToolTip::showText(help->globalPos(), tip, viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

}  // namespace dogwatch::gui::bench

// LanesView: recorded history on a time axis: the records, the firings of the draft against what is applied,
// and a lane for each condition with the times at which it was true and its value against the bound. The
// bound and the duration can be dragged; a cursor stands at the moment that the console explains.
#pragma once

#include <QAbstractScrollArea>
#include <memory>
#include <optional>
#include <vector>

#include "gui/bench/model/study_runner.h"
#include "gui/bench/model/time_axis.h"
#include "gui/bench/view/lane.h"
#include "gui/theme/theme.h"

namespace dogwatch::gui::bench {

class LanesView final : public QAbstractScrollArea {
    Q_OBJECT
 public:
    explicit LanesView(const Theme& theme, QWidget* parent = nullptr);

    /// Shows all of it.
    void setHistory(std::shared_ptr<const RecordStore> store, std::int64_t first, std::int64_t last,
                    std::string metaevent);
    void setWhatIf(WhatIf whatIf);
    void setLanes(std::vector<Lane> lanes);
    void setFirings(std::shared_ptr<const FiringsAnswer> answer);
    void setTrace(std::shared_ptr<const engine::MetaeventTrace> trace);
    void setSelected(canvas::NodeId node);
    /// None: nobody looks at a moment.
    void setCursor(std::optional<Time> time);
    void setAxis(std::int64_t from, std::int64_t until);

    [[nodiscard]] const TimeAxis& axis() const { return axis_; }
    [[nodiscard]] const std::vector<Lane>& lanes() const { return lanes_; }
    [[nodiscard]] std::optional<Time> cursor() const { return cursor_; }
    [[nodiscard]] const std::vector<BenchFiring>& firings() const;
    /// Goes to the next firing from the cursor, or from the edge of what is seen.
    void stepToFiring(bool forwards);
    void zoomBy(double factor);
    void showAll();

    // For tests and pictures: where things stand in the viewport.
    [[nodiscard]] QRectF laneArea(std::size_t lane) const;
    [[nodiscard]] QRectF recordsArea() const;
    [[nodiscard]] QRectF firingsArea() const;
    /// Where the bound's line is taken hold of.
    [[nodiscard]] std::optional<QPointF> boundHandle(std::size_t lane) const;
    [[nodiscard]] std::optional<QPointF> durationHandle(std::size_t lane) const;
    [[nodiscard]] std::optional<QPointF> firingPoint(std::size_t firing) const;

    [[nodiscard]] QSize sizeHint() const override { return {900, 280}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {320, 120}; }

 Q_SIGNALS:
    void cursorMoved(std::optional<dogwatch::Time> time);
    void firingPicked(const dogwatch::gui::bench::BenchFiring& firing);
    void recordedFiringPicked(const dogwatch::gui::bench::RecordedFiring& firing);
    void laneChosen(dogwatch::gui::canvas::NodeId node);
    void boundDragged(dogwatch::gui::canvas::NodeId node, double value);
    void durationDragged(dogwatch::gui::canvas::NodeId node, std::int64_t us);
    /// Another part of the time is seen.
    void axisChanged();
    void placeAsked(dogwatch::Time time, QPoint globalPos);
    /// A record of the history shall count or not: `seq`.
    void leaveOutAsked(std::int64_t seq);
    void withdrawAsked(std::size_t added);

 protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    bool viewportEvent(QEvent* event) override;

 private:
    enum class Grip { None, Cursor, Pan, Bound, Duration };
    struct Dragged {
        Grip grip = Grip::None;
        std::size_t lane = 0;
        QPointF from;
        TimeAxis axis;  ///< when it began
        Scale scale;    ///< likewise: the plot must not move under the mouse
        std::int64_t durationUs = 0;
        bool moved = false;
    };
    struct Column {  ///< records of one pixel
        int good = 0;
        int bad = 0;
        int other = 0;
    };
    [[nodiscard]] const engine::KeyTrace* keyTrace() const;
    [[nodiscard]] const engine::ConditionTrace* traceOf(const Lane& lane) const;
    [[nodiscard]] Scale scaleOfLane(std::size_t lane) const;
    [[nodiscard]] QRectF plotArea(std::size_t lane) const;
    /// Few lanes share the room there is.
    [[nodiscard]] double laneHeight() const;
    [[nodiscard]] std::pair<Grip, std::size_t> gripAt(QPointF point) const;
    [[nodiscard]] std::optional<std::size_t> firingAt(QPointF point) const;
    [[nodiscard]] std::optional<std::size_t> recordedAt(QPointF point) const;
    [[nodiscard]] std::optional<std::size_t> recordAt(QPointF point) const;
    [[nodiscard]] std::optional<std::size_t> addedAt(QPointF point) const;
    [[nodiscard]] std::optional<std::size_t> laneAt(QPointF point) const;
    [[nodiscard]] QString tipAt(QPointF point) const;
    void moveCursor(double x);
    void stepCursor(double pixels);
    void changeAxis(const TimeAxis& axis);
    void dragBound(QPointF point);
    void dragDuration(QPointF point);
    void updateScroll();
    void updateWords();
    const std::vector<Column>& columns();

    void paintHead(QPainter& painter);
    void paintRecords(QPainter& painter);
    void paintFirings(QPainter& painter);
    void paintLane(QPainter& painter, std::size_t index);
    void paintCursor(QPainter& painter);

    const Theme& theme_;
    std::shared_ptr<const RecordStore> store_;
    std::string metaevent_;
    std::int64_t first_ = 0;
    std::int64_t last_ = 1;
    WhatIf whatIf_;
    std::vector<Lane> lanes_;
    std::shared_ptr<const FiringsAnswer> answer_;
    std::shared_ptr<const engine::MetaeventTrace> trace_;
    canvas::NodeId selected_ = 0;
    std::optional<Time> cursor_;
    TimeAxis axis_;
    Dragged dragged_;
    std::vector<Column> columns_;
    TimeAxis columnsOf_;
};

}  // namespace dogwatch::gui::bench

// TimelineView: executions as bars in lanes over time, firings as flags above them. Zoom with the wheel or +
// and
// -, pan by dragging or with the arrows, select a stretch with Shift and dragging. What it draws it has;
// moving about never waits for anybody.
#pragma once

#include <QAbstractScrollArea>
#include <optional>

#include "gui/models/time_scale.h"
#include "gui/models/timeline_data.h"
#include "gui/theme/theme.h"

namespace dogwatch::gui {

struct TimeSpan {
    Time begin{};
    Time end{};
};

class TimelineView final : public QAbstractScrollArea {
    Q_OBJECT
 public:
    explicit TimelineView(const Theme& theme, QWidget* parent = nullptr);

    void setData(TimelineData data);
    [[nodiscard]] const TimelineData& data() const { return data_; }
    [[nodiscard]] const TimeScale& scale() const { return scale_; }
    void setRange(Time begin, Time end);
    /// The execution whose bar is drawn stronger.
    void setCurrent(const QString& execution);
    [[nodiscard]] const std::optional<TimeSpan>& selection() const { return selection_; }
    void clearSelection();
    void zoom(double factor);

 Q_SIGNALS:
    /// Another part of time is seen.
    void rangeChanged();
    void selectionChanged();
    void executionChosen(const QString& id);
    /// A flag was clicked: why did it fire?
    void firingChosen(const QString& metaevent, const QString& firing, dogwatch::Time time);

 protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool viewportEvent(QEvent* event) override;

 private:
    void setScale(const TimeScale& scale);
    void updateScrollBar();
    [[nodiscard]] double laneTop(std::size_t lane) const;
    [[nodiscard]] QRectF plot() const;
    void paintAxis(QPainter& painter) const;
    void paintLanes(QPainter& painter) const;
    void paintBars(QPainter& painter) const;
    void paintBins(QPainter& painter) const;
    void paintFirings(QPainter& painter) const;
    void paintSelection(QPainter& painter) const;
    [[nodiscard]] std::optional<QRectF> barRect(const TimelineBar& bar) const;
    [[nodiscard]] const TimelineBar* barAt(const QPointF& point) const;
    [[nodiscard]] const FiringRow* firingAt(const QPointF& point) const;
    [[nodiscard]] QString tipAt(const QPointF& point) const;
    void stepCurrent(bool forward);

    const Theme& theme_;
    TimelineData data_;
    TimeScale scale_;
    std::string current_;
    std::optional<TimeSpan> selection_;

    enum class Drag { None, Pan, Select };
    Drag drag_ = Drag::None;
    QPointF dragFrom_;
    QPointF dragAt_;
    Time dragTime_{};
    bool dragged_ = false;
};

}  // namespace dogwatch::gui

// Plot: the last minutes as stacked bars or as a line, a point a second, with units, a scale and a crosshair
// that its siblings share. Drawn with QPainter; draws at most one bar or point a pixel.
#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "gui/theme/theme.h"

namespace dogwatch::gui {

struct PlotSeries {
    QString name;
    Tone tone = Tone::Busy;
    /// Oldest first, one a second, up to now; negative: no value.
    std::vector<double> values;
};

class Plot final : public QWidget {
    Q_OBJECT
 public:
    enum class Kind { StackedBars, Lines };
    Plot(const Theme& theme, QString title, QString unit, Kind kind, QWidget* parent = nullptr);
    void setSeries(std::vector<PlotSeries> series);
    /// The second under the crosshair, counted back from now; none: no crosshair.
    void setCrosshair(std::optional<int> secondsAgo);
    [[nodiscard]] QSize minimumSizeHint() const override { return {220, 132}; }
    [[nodiscard]] QSize sizeHint() const override { return {420, 160}; }

 Q_SIGNALS:
    void crosshairMoved(std::optional<int> secondsAgo);
    void clicked(int secondsAgo);

 protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

 private:
    [[nodiscard]] QRectF area() const;
    [[nodiscard]] int length() const;
    [[nodiscard]] double top() const;
    [[nodiscard]] bool hasData() const;
    void paintScale(QPainter& painter, const QRectF& area, double top) const;
    void paintBars(QPainter& painter, const QRectF& area, double top) const;
    void paintLines(QPainter& painter, const QRectF& area, double top) const;
    void paintLegend(QPainter& painter) const;
    void paintCrosshair(QPainter& painter, const QRectF& area) const;

    const Theme& theme_;
    QString title_;
    QString unit_;
    Kind kind_;
    std::vector<PlotSeries> series_;
    std::optional<int> crosshair_;
};

/// The smallest of 1, 2, 5, 10, 20, … that is not below `value`.
double niceCeiling(double value);

}  // namespace dogwatch::gui

// Plot: the last minutes as stacked bars or as a line, a point a second, with units, a scale and a crosshair
// that its siblings share, and the bounds that are watched for as dashed lines. Drawn with QPainter; draws at
// most one bar or point a pixel.
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

/// A bound, drawn as a dashed line with its name.
struct PlotBound {
    QString name;   ///< beside the line: "import-slow ≥ 500 ms"
    QString words;  ///< when pointed at
    bool crossed = false;
    /// One value for all, or one a second as in a series; negative: none.
    std::vector<double> values;
};

class Plot final : public QWidget {
    Q_OBJECT
 public:
    enum class Kind { StackedBars, Lines };
    Plot(const Theme& theme, QString title, QString unit, Kind kind, QWidget* parent = nullptr);
    void setSeries(std::vector<PlotSeries> series);
    void setBounds(std::vector<PlotBound> bounds);
    [[nodiscard]] const std::vector<PlotSeries>& series() const { return series_; }
    [[nodiscard]] const std::vector<PlotBound>& bounds() const { return bounds_; }
    /// Where in the plot the line of a bound stands now; none: it is off the scale.
    [[nodiscard]] std::optional<double> heightOf(const PlotBound& bound) const;
    /// The second under the crosshair, counted back from now; none: no crosshair.
    void setCrosshair(std::optional<int> secondsAgo);
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] QSize sizeHint() const override { return {420, 160}; }

 Q_SIGNALS:
    void crosshairMoved(std::optional<int> secondsAgo);
    void clicked(int secondsAgo);

 protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

 private:
    [[nodiscard]] QRectF area() const;
    [[nodiscard]] QFont smallFont() const;
    [[nodiscard]] QFont boldFont() const;
    [[nodiscard]] double legendWidth() const;
    /// Where title and legend do not fit into one line.
    [[nodiscard]] bool isLegendBelow() const;
    [[nodiscard]] int length() const;
    [[nodiscard]] double highest() const;
    [[nodiscard]] double top() const;
    void describe();
    [[nodiscard]] bool hasData() const;
    void paintScale(QPainter& painter, const QRectF& area, double top) const;
    void paintBars(QPainter& painter, const QRectF& area, double top) const;
    void paintLines(QPainter& painter, const QRectF& area, double top) const;
    void paintLegend(QPainter& painter) const;
    void paintBounds(QPainter& painter, const QRectF& area, double top) const;
    void paintCrosshair(QPainter& painter, const QRectF& area) const;

    const Theme& theme_;
    QString title_;
    QString unit_;
    Kind kind_;
    std::vector<PlotSeries> series_;
    std::vector<PlotBound> bounds_;
    std::optional<int> crosshair_;
};

/// The smallest of 1, 2, 5, 10, 20, … that is not below `value`.
double niceCeiling(double value);

}  // namespace dogwatch::gui

// Painting of the bench's lanes: plain functions over values.
#pragma once

#include <QPainter>
#include <vector>

#include "gui/bench/model/study.h"
#include "gui/bench/model/time_axis.h"
#include "gui/bench/view/lane.h"
#include "gui/theme/theme.h"

namespace dogwatch::gui::bench {

constexpr double kGutter = 190;  ///< words to the left of the time
constexpr double kHead = 22;     ///< height of the times above all
constexpr double kRecords = 30;  ///< height of the records
constexpr double kFirings = 32;  ///< height of the firings
constexpr double kTruth = 7;     ///< height of the band that shows when a condition is true

QColor fateColor(BenchFiring::Fate fate, const Theme& theme);
QString fateText(BenchFiring::Fate fate);

/// When it was true, as a band along the lane's foot.
void paintTruth(QPainter& painter, const engine::ConditionTrace& trace, const TimeAxis& axis,
                const QRectF& area, const Theme& theme);
/// Its value; at most one line a pixel.
void paintValue(QPainter& painter, const engine::ConditionTrace& trace, const TimeAxis& axis,
                const Scale& scale, const QRectF& area, const Theme& theme);
/// The bound with its handle at the right.
void paintBound(QPainter& painter, double y, const QString& text, const QRectF& area, const Theme& theme,
                bool isHeld);
/// A bracket as long as the duration, with its handle at the left end.
void paintDuration(QPainter& painter, double from, double until, const QString& text, const QRectF& area,
                   const Theme& theme, bool isHeld);

/// A value of a lane as people read it.
QString valueText(const Lane& lane, double value);

}  // namespace dogwatch::gui::bench

// TimeScale: which time stands at which pixel, from microseconds to years. A pure value: zooming and panning
// make another one.
#pragma once

#include <QString>
#include <vector>

#include "core/model/time.h"

namespace dogwatch::gui {

struct TimeTick {
    Time time{};
    QString label;
    bool isMajor = false;  ///< a new day, or where a coarser unit begins
};

class TimeScale {
 public:
    static constexpr double kShortestUs = 20;
    static constexpr double kLongestUs = 20.0 * 366 * 86400e6;

    TimeScale() = default;
    /// `width`: pixels for `span`.
    TimeScale(Time begin, Duration span, double width);

    [[nodiscard]] Time begin() const { return begin_; }
    [[nodiscard]] Time end() const { return at(width_); }
    [[nodiscard]] double spanUs() const { return spanUs_; }
    [[nodiscard]] double width() const { return width_; }
    [[nodiscard]] double x(Time time) const;
    [[nodiscard]] Time at(double x) const;

    /// `factor` above 1 shows less, more closely; what stands at `x` stays there.
    [[nodiscard]] TimeScale zoomed(double factor, double x) const;
    /// Moves what is seen by this many pixels to the right.
    [[nodiscard]] TimeScale panned(double pixels) const;
    [[nodiscard]] TimeScale resized(double width) const;

    /// Round times, at least `spacing` pixels apart; in local time, `offset` ahead of UTC.
    [[nodiscard]] std::vector<TimeTick> ticks(double spacing, Duration offset) const;
    /// The distance of the ticks.
    [[nodiscard]] Duration step(double spacing) const;

 private:
    Time begin_{};
    double spanUs_ = 1e6;
    double width_ = 1;
};

}  // namespace dogwatch::gui

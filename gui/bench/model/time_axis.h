// TimeAxis: time to pixels and back, zoom, pan, and where labels go. Pure.
#pragma once

#include <QString>
#include <cstdint>
#include <vector>

namespace dogwatch::gui::bench {

struct TimeAxis {
    std::int64_t from = 0;   ///< µs, at `left`
    std::int64_t until = 1;  ///< µs, at `left + width`
    double left = 0;
    double width = 1;

    [[nodiscard]] double usPerPixel() const { return static_cast<double>(until - from) / width; }
    [[nodiscard]] double toX(std::int64_t time) const {
        return left + static_cast<double>(time - from) / usPerPixel();
    }
    [[nodiscard]] std::int64_t toTime(double x) const {
        return from + static_cast<std::int64_t>((x - left) * usPerPixel());
    }
    [[nodiscard]] bool shows(std::int64_t time) const { return time >= from && time <= until; }

    /// Both keep within what there is to see. `factor` below 1: closer.
    [[nodiscard]] TimeAxis zoomed(double factor, double atX, std::int64_t first, std::int64_t last) const;
    [[nodiscard]] TimeAxis moved(double pixels, std::int64_t first, std::int64_t last) const;

    struct Tick {
        std::int64_t time = 0;
        QString label;
    };
    /// At least `apart` pixels from one to the next, at times people say (local).
    [[nodiscard]] std::vector<Tick> ticks(double apart) const;

    bool operator==(const TimeAxis&) const = default;
};

/// A duration near this one as people write it, exact to about `grain` µs; at least a millisecond.
std::int64_t niceDuration(std::int64_t us, double grain);
/// A number near this one, exact to about `grain`.
double niceNumber(double value, double grain);

}  // namespace dogwatch::gui::bench

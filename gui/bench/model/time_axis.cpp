#include "gui/bench/model/time_axis.h"

#include <QDateTime>
#include <algorithm>
#include <array>
#include <cmath>

namespace dogwatch::gui::bench {
namespace {

using namespace Qt::StringLiterals;

constexpr std::int64_t kMillisecond = 1000;
constexpr std::int64_t kSecond = 1000 * kMillisecond;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::int64_t kClosest = 10 * kMillisecond;  ///< what the whole width shows at least

constexpr std::array kSteps{kMillisecond,
                            2 * kMillisecond,
                            5 * kMillisecond,
                            10 * kMillisecond,
                            20 * kMillisecond,
                            50 * kMillisecond,
                            100 * kMillisecond,
                            200 * kMillisecond,
                            500 * kMillisecond,
                            kSecond,
                            2 * kSecond,
                            5 * kSecond,
                            10 * kSecond,
                            15 * kSecond,
                            30 * kSecond,
                            kMinute,
                            2 * kMinute,
                            5 * kMinute,
                            10 * kMinute,
                            15 * kMinute,
                            30 * kMinute,
                            kHour,
                            2 * kHour,
                            3 * kHour,
                            6 * kHour,
                            12 * kHour,
                            kDay,
                            2 * kDay,
                            7 * kDay,
                            14 * kDay,
                            28 * kDay,
                            91 * kDay};

std::int64_t stepAtLeast(double us) {
    for (const std::int64_t step : kSteps)
        if (static_cast<double>(step) >= us) return step;
    return kSteps.back();
}

TimeAxis clamped(TimeAxis axis, std::int64_t first, std::int64_t last) {
    const std::int64_t all = std::max(last - first, kClosest);
    const std::int64_t span = std::clamp(axis.until - axis.from, std::min(kClosest, all), all);
    axis.from = std::clamp(axis.from, first, std::max(first, first + all - span));
    axis.until = axis.from + span;
    return axis;
}

}  // namespace

TimeAxis TimeAxis::zoomed(double factor, double atX, std::int64_t first, std::int64_t last) const {
    const std::int64_t all = std::max(last - first, kClosest);
    const double span = std::clamp(static_cast<double>(until - from) * factor, static_cast<double>(kClosest),
                                   static_cast<double>(all));
    TimeAxis axis = *this;
    axis.from = toTime(atX) - static_cast<std::int64_t>(span * (atX - left) / width);
    axis.until = axis.from + static_cast<std::int64_t>(span);
    return clamped(axis, first, last);
}

TimeAxis TimeAxis::moved(double pixels, std::int64_t first, std::int64_t last) const {
    const auto by = static_cast<std::int64_t>(pixels * usPerPixel());
    TimeAxis axis = *this;
    axis.from += by;
    axis.until += by;
    return clamped(axis, first, last);
}

std::vector<TimeAxis::Tick> TimeAxis::ticks(double apart) const {
    const std::int64_t step = stepAtLeast(usPerPixel() * apart);
    const std::int64_t offset =
        QDateTime::fromMSecsSinceEpoch(from / kMillisecond).offsetFromUtc() * kSecond;  // local midnights
    const QString format = step >= kDay      ? u"d MMM"_s
                           : step >= kMinute ? u"HH:mm"_s
                           : step >= kSecond ? u"HH:mm:ss"_s
                                             : u"ss.zzz"_s;
    std::vector<Tick> ticks;
    std::int64_t time = ((from + offset) / step + 1) * step - offset;
    QDate day;
    for (; time <= until; time += step) {
        const QDateTime local = QDateTime::fromMSecsSinceEpoch(time / kMillisecond);
        const bool isNewDay = step < kDay && until - from > 12 * kHour && local.date() != day;
        ticks.push_back({time, local.toString(isNewDay ? u"d MMM HH:mm"_s : format)});
        day = local.date();
    }
    return ticks;
}

std::int64_t niceDuration(std::int64_t us, double grain) {
    const std::int64_t step = stepAtLeast(grain);
    return std::max(kMillisecond, (us + step / 2) / step * step);
}

double niceNumber(double value, double grain) {
    if (grain <= 0) return value;
    const double power = std::pow(10, std::floor(std::log10(grain)));
    const double step = grain / power <= 1   ? power
                        : grain / power <= 2 ? 2 * power
                        : grain / power <= 5 ? 5 * power
                                             : 10 * power;
    const double rounded = std::round(value / step) * step;
    return std::stod(QString::number(rounded, 'g', 9).toStdString());
}

}  // namespace dogwatch::gui::bench

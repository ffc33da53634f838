#include "gui/models/time_scale.h"

#include <QDateTime>
#include <algorithm>
#include <array>
#include <cmath>

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

constexpr std::int64_t kMs = 1000;
constexpr std::int64_t kSecond = 1000 * kMs;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

constexpr std::array kSteps = {1L,       2L,          5L,          10L,          20L,          50L,
                               100L,     200L,        500L,        kMs,          2 * kMs,      5 * kMs,
                               10 * kMs, 20 * kMs,    50 * kMs,    100 * kMs,    200 * kMs,    500 * kMs,
                               kSecond,  2 * kSecond, 5 * kSecond, 10 * kSecond, 15 * kSecond, 30 * kSecond,
                               kMinute,  2 * kMinute, 5 * kMinute, 10 * kMinute, 15 * kMinute, 30 * kMinute,
                               kHour,    2 * kHour,   3 * kHour,   6 * kHour,    12 * kHour,   kDay,
                               2 * kDay, 7 * kDay,    14 * kDay,   30 * kDay,    90 * kDay,    365 * kDay};

/// `us`: local microseconds.
QString labelOf(std::int64_t us, std::int64_t step, bool isMajor) {
    const QDateTime when = QDateTime::fromMSecsSinceEpoch(us >= 0 ? us / kMs : (us - kMs + 1) / kMs, Qt::UTC);
    if (step >= kDay) return when.toString(step >= 30 * kDay ? u"MMM yyyy"_s : u"d MMM"_s);
    if (isMajor && step >= kMinute) return when.toString(u"d MMM"_s);
    if (step >= kMinute) return when.toString(u"HH:mm"_s);
    if (step >= kSecond) return when.toString(u"HH:mm:ss"_s);
    if (step >= kMs) return when.toString(u"HH:mm:ss.zzz"_s);
    return when.toString(u"ss.zzz"_s) + u" %1 \u00b5s"_s.arg(((us % kMs) + kMs) % kMs, 3, 10, QChar{u'0'});
}

}  // namespace

TimeScale::TimeScale(Time begin, Duration span, double width)
    : begin_(begin),
      spanUs_(std::clamp(static_cast<double>(span.count()), kShortestUs, kLongestUs)),
      width_(std::max(width, 1.0)) {}

double TimeScale::x(Time time) const {
    return static_cast<double>((time - begin_).count()) / spanUs_ * width_;
}

Time TimeScale::at(double x) const {
    return begin_ + Duration{static_cast<std::int64_t>(std::llround(x / width_ * spanUs_))};
}

TimeScale TimeScale::zoomed(double factor, double x) const {
    TimeScale scale = *this;
    scale.spanUs_ = std::clamp(spanUs_ / factor, kShortestUs, kLongestUs);
    const double kept = x / width_ * (spanUs_ - scale.spanUs_);
    scale.begin_ = begin_ + Duration{static_cast<std::int64_t>(std::llround(kept))};
    return scale;
}

TimeScale TimeScale::panned(double pixels) const {
    TimeScale scale = *this;
    scale.begin_ = at(-pixels);
    return scale;
}

TimeScale TimeScale::resized(double width) const {
    TimeScale scale = *this;
    scale.width_ = std::max(width, 1.0);
    return scale;
}

Duration TimeScale::step(double spacing) const {
    const double least = spacing / width_ * spanUs_;
    const auto found = std::find_if(kSteps.begin(), kSteps.end(),
                                    [&](std::int64_t step) { return static_cast<double>(step) >= least; });
    return Duration{found == kSteps.end() ? kSteps.back() : *found};
}

std::vector<TimeTick> TimeScale::ticks(double spacing, Duration offset) const {
    std::vector<TimeTick> ticks;
    const std::int64_t step = this->step(spacing).count();
    const std::int64_t begin = toUs(begin_ + offset);
    const std::int64_t coarse = step >= kSecond ? kDay : step >= kMs ? kSecond : kMs;
    const std::int64_t last = toUs(end() + offset);
    std::int64_t at = begin - ((begin % step) + step) % step;
    if (at < begin) at += step;
    for (; at <= last; at += step) {
        const bool isMajor = step < coarse && at % coarse == 0;
        ticks.push_back({timeFromUs(at) - offset, labelOf(at, step, isMajor), isMajor});
    }
    return ticks;
}

}  // namespace dogwatch::gui

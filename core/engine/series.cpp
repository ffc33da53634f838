#include "core/engine/series.h"

#include <algorithm>
#include <cmath>

namespace dogwatch::engine {
namespace {

bool sameNumber(double a, double b) {
    return a == b || (std::isnan(a) && std::isnan(b));
}

void append(Span& to, const Span& span) {
    to.until = span.until;
    to.untilCause = span.untilCause;
    to.untilGap = span.untilGap;
    to.count += span.count;
}

/// Whether time alone leads from one sample of a time left to the next.
bool isOnLine(const Sample& from, const Sample& to) {
    return to.value == from.value - static_cast<double>(to.time - from.time);
}

/// Of the samples of one stretch those that a drawing shows, in order.
void appendShown(std::vector<Sample>& to, const Sample* first, const Sample* last) {
    std::vector<const Sample*> shown{first, last};
    const Sample* smallest = nullptr;
    const Sample* largest = nullptr;
    for (const Sample* each = first; each <= last; ++each) {
        if (std::isnan(each->value)) continue;
        if (smallest == nullptr || each->value < smallest->value) smallest = each;
        if (largest == nullptr || each->value > largest->value) largest = each;
    }
    if (smallest != nullptr) shown.insert(shown.end(), {smallest, largest});
    std::sort(shown.begin(), shown.end());
    shown.erase(std::unique(shown.begin(), shown.end()), shown.end());
    for (const Sample* each : shown) to.push_back(*each);
}

}  // namespace

// ---- spans

void Spans::add(const Span& span) {
    if (most_ == 0 || span.from > range_.until || (span.until && *span.until < range_.from)) return;
    if (width_ > 0 && stretchOf(list_.back()) == stretchOf(span)) {
        append(list_.back(), span);
        return;
    }
    list_.push_back(span);
    if (list_.size() > most_) join();
}

void Spans::join() {
    const std::size_t parts = std::max<std::size_t>(most_ / 2, 1);
    if (width_ == 0) {
        origin_ = list_.front().from;
        width_ = std::max<std::int64_t>((list_.back().from - origin_) / static_cast<std::int64_t>(parts), 1);
    }
    for (;; width_ *= 2) {
        std::size_t kept = 0;
        for (std::size_t i = 1; i < list_.size(); ++i) {
            if (stretchOf(list_[kept]) == stretchOf(list_[i])) {
                append(list_[kept], list_[i]);
            } else {
                list_[++kept] = list_[i];
            }
        }
        list_.resize(kept + 1);
        if (list_.size() <= parts) return;
    }
}

// ---- samples

void Samples::add(std::int64_t time, double value) {
    if (most_ == 0) return;
    last_ = time;
    if (time < range_.from) {
        before_ = {time, value};
        return;
    }
    if (before_) {
        if (steps_ || time > range_.from) list_.push_back(*before_);
        before_.reset();
    }
    if (!list_.empty()) {
        if (list_.back().time > range_.until) return;  // one beyond leads the line out
        if (list_.back().time == time && sameNumber(list_.back().value, value)) return;
        if (steps_ && sameNumber(list_.back().value, value)) return;
    }
    const std::size_t size = list_.size();
    if (!steps_ && size > 1 && isOnLine(list_[size - 2], list_[size - 1]) &&
        isOnLine(list_[size - 1], {time, value})) {
        list_.back() = {time, value};
        return;
    }
    list_.push_back({time, value});
    if (list_.size() > most_) thin();
}

void Samples::thin() {
    const std::int64_t origin = list_.front().time;
    const auto parts = static_cast<std::int64_t>(std::max<std::size_t>(most_ / 8, 1));
    if (width_ == 0) width_ = std::max<std::int64_t>((list_.back().time - origin) / parts, 1);
    for (;; width_ *= 2) {
        std::vector<Sample> thinned;
        for (std::size_t i = 0; i < list_.size();) {
            std::size_t next = i + 1;
            const std::int64_t stretch = (list_[i].time - origin) / width_;
            while (next < list_.size() && (list_[next].time - origin) / width_ == stretch) ++next;
            appendShown(thinned, &list_[i], &list_[next - 1]);
            i = next;
        }
        if (thinned.size() > std::max<std::size_t>(most_ / 2, 4)) continue;
        list_ = std::move(thinned);
        return;
    }
}

}  // namespace dogwatch::engine

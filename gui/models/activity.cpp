#include "gui/models/activity.h"

#include <algorithm>

namespace dogwatch::gui {
namespace {

std::int64_t secondOf(Time time) {
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

}  // namespace

void Activity::add(const Record& record) {
    const std::int64_t second = secondOf(record.time);
    if (!buckets_.empty() && second <= buckets_.back().second - kSeconds) return;
    ActivityBucket& bucket = bucketOf(second);
    ++bucket.records;
    const bool succeeded = record.event == "execution.succeeded";
    if (succeeded || record.event == "execution.failed") {
        ++(succeeded ? bucket.succeeded : bucket.failed);
        bucket.durationsUs.push_back(intMember(record.fields, "duration_us"));
    } else if (record.event == "execution.started") {
        bucket.waitsUs.push_back(intMember(record.fields, "queue_us"));
    } else if (record.event == "execution.throttled") {
        ++bucket.throttled;
    } else if (record.event == "metaevent.fired") {
        ++bucket.firings;
    }
    while (buckets_.front().second <= buckets_.back().second - kSeconds) buckets_.pop_front();
}

void Activity::note(Time now, const std::optional<PlaneGauges>& gauges) {
    const std::int64_t second = secondOf(now);
    if (!noted_.empty() && noted_.back().first >= second)
        noted_.back().second = gauges;  // of one second the last
    else if (noted_.empty() || noted_.back().second != gauges)
        noted_.emplace_back(second, gauges);
    // The one before the oldest second shown still holds in it.
    while (noted_.size() > 1 && noted_[1].first <= second - kSeconds) noted_.pop_front();
}

std::vector<std::optional<PlaneGauges>> Activity::gauges(Time now) const {
    std::vector<std::optional<PlaneGauges>> seconds(static_cast<std::size_t>(kSeconds));
    const std::int64_t first = secondOf(now) - kSeconds + 1;
    for (std::size_t i = 0; i < noted_.size(); ++i) {
        const std::int64_t until = i + 1 < noted_.size() ? noted_[i + 1].first : first + kSeconds;
        for (std::int64_t at = std::max(noted_[i].first, first); at < until && at < first + kSeconds; ++at)
            seconds[static_cast<std::size_t>(at - first)] = noted_[i].second;
    }
    return seconds;
}

ActivityBucket& Activity::bucketOf(std::int64_t second) {
    if (!buckets_.empty() && buckets_.back().second == second) return buckets_.back();
    const auto at = std::lower_bound(buckets_.begin(), buckets_.end(), second,
                                     [](const ActivityBucket& b, std::int64_t s) { return b.second < s; });
    if (at != buckets_.end() && at->second == second) return *at;
    ActivityBucket bucket;
    bucket.second = second;
    return *buckets_.insert(at, std::move(bucket));
}

Activity::Totals Activity::totals(Time now, std::int64_t seconds) const {
    Totals totals;
    std::vector<std::int64_t> durations;
    std::vector<std::int64_t> waits;
    const std::int64_t last = secondOf(now);
    for (const ActivityBucket& bucket : buckets_) {
        if (bucket.second <= last - seconds || bucket.second > last) continue;
        totals.records += bucket.records;
        totals.succeeded += bucket.succeeded;
        totals.failed += bucket.failed;
        totals.firings += bucket.firings;
        durations.insert(durations.end(), bucket.durationsUs.begin(), bucket.durationsUs.end());
        waits.insert(waits.end(), bucket.waitsUs.begin(), bucket.waitsUs.end());
    }
    totals.medianDurationUs = percentile(durations, 50);
    totals.p95DurationUs = percentile(durations, 95);
    totals.p95WaitUs = percentile(waits, 95);
    return totals;
}

std::optional<std::int64_t> percentile(std::vector<std::int64_t>& values, int percent) {
    if (values.empty()) return std::nullopt;
    const std::size_t rank = (values.size() * static_cast<std::size_t>(percent) + 99) / 100;
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(rank, 1) - 1);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

}  // namespace dogwatch::gui

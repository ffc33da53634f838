// Activity: what happened in the last minutes, a bucket a second, as the overview's figures and plots show
// it. A pure value: time comes with the records and as an argument.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

#include "core/model/record.h"

namespace dogwatch::gui {

struct ActivityBucket {
    std::int64_t second = 0;  ///< since the epoch
    int records = 0;
    int succeeded = 0;
    int failed = 0;
    int throttled = 0;
    int firings = 0;
    std::vector<std::int64_t> durationsUs;  ///< of the executions that ended, in order of arrival
    std::vector<std::int64_t> waitsUs;      ///< of those that started
};

/// How many there are at one moment, as the control plane's status tells.
struct PlaneGauges {
    std::int64_t queued = 0;
    std::int64_t executing = 0;
    std::int64_t booting = 0;
    std::int64_t ready = 0;
    std::int64_t assigned = 0;
    std::int64_t running = 0;

    bool operator==(const PlaneGauges&) const = default;
};

class Activity {
 public:
    static constexpr std::int64_t kSeconds = 300;  ///< how far back it reaches

    void add(const Record& record);
    /// What holds from `now` on; none: nobody tells.
    void note(Time now, const std::optional<PlaneGauges>& gauges);
    /// What held in each second up to `now`, oldest first; none where nobody told.
    [[nodiscard]] std::vector<std::optional<PlaneGauges>> gauges(Time now) const;
    /// Buckets with something in them, oldest first, none older than kSeconds before the latest.
    [[nodiscard]] const std::deque<ActivityBucket>& buckets() const { return buckets_; }

    struct Totals {
        int records = 0;
        int succeeded = 0;
        int failed = 0;
        int firings = 0;
        std::optional<std::int64_t> medianDurationUs;
        std::optional<std::int64_t> p95DurationUs;
        std::optional<std::int64_t> p95WaitUs;
    };
    /// Over the `seconds` before and up to `now`.
    [[nodiscard]] Totals totals(Time now, std::int64_t seconds = kSeconds) const;
    void clear() { buckets_.clear(); }  ///< of what records told

 private:
    ActivityBucket& bucketOf(std::int64_t second);

    std::deque<ActivityBucket> buckets_;
    std::deque<std::pair<std::int64_t, std::optional<PlaneGauges>>> noted_;  ///< from a second on
};

/// Nearest rank; none of no values. Reorders them.
std::optional<std::int64_t> percentile(std::vector<std::int64_t>& values, int percent);

}  // namespace dogwatch::gui

// Scope: the stretch of time that all pages look at, chosen once for all of them.
#pragma once

#include <QObject>
#include <optional>

#include "core/model/json.h"
#include "core/model/time.h"

namespace dogwatch::gui {

struct TimeRange {
    std::optional<Duration> last;  ///< up to now; moves with the time
    std::optional<Time> since;     ///< else from here ...
    std::optional<Time> until;     ///< ... to here; none of the three: all there is

    [[nodiscard]] bool isAll() const { return !last && !since && !until; }
    [[nodiscard]] std::optional<Time> begin(Time now) const {
        return last ? std::optional{now - *last} : since;
    }
    bool operator==(const TimeRange&) const = default;
};

class Scope final : public QObject {
    Q_OBJECT
 public:
    [[nodiscard]] const TimeRange& range() const { return range_; }
    void setRange(const TimeRange& range) {
        if (range == range_) return;
        range_ = range;
        Q_EMIT rangeChanged();
    }
    /// `since` and `until` as the API takes them.
    void restrict(json::object& params, Time now) const {
        if (const auto begin = range_.begin(now)) params["since"] = toUs(*begin);
        if (range_.until && !range_.last) params["until"] = toUs(*range_.until);
    }

 Q_SIGNALS:
    void rangeChanged();

 private:
    TimeRange range_;
};

}  // namespace dogwatch::gui

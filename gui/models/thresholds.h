// Thresholds: at which values metaevents would see a condition come true, where such a value can be drawn
// into one of the overview's plots. A pure function of the definitions.
#pragma once

#include <QString>
#include <vector>

#include "gui/models/metaevent_model.h"

namespace dogwatch::gui {

/// What the overview draws that a bound can stand in.
enum class Measured {
    Failures,   ///< failed executions, a minute
    Throttles,  ///< throttled requests, a minute
    Duration,   ///< of executions that ended, ms
    Wait,       ///< of executions in the queue, ms
    Queued,     ///< executions now
    Running,    ///< executions now
    Machines    ///< VMs now
};

struct Threshold {
    Measured of{};
    QString metaevent;
    QString bound;  ///< "≥ 5 in 10 min (import)": of one function alone
    QString words;  ///< the condition in plain words
    /// In the unit of `of`; of a share, the part (0 to 1) of the executions that end.
    double value = 0;
    bool isShare = false;
    bool active = false;  ///< the whole criteria are true now

    bool operator==(const Threshold&) const = default;
};

/// Of the enabled ones, in their order. Conditions that bound none of these values have none: sums, numbers
/// of distinct values, fields of users' own results.
std::vector<Threshold> thresholdsOf(const std::vector<MetaeventRow>& metaevents);

}  // namespace dogwatch::gui

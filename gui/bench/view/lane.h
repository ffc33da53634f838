// Lane: one condition of the drawing on the history bench: its words, its bound and its duration, and how the
// value of its plot is shown.
#pragma once

#include <QString>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/trace.h"
#include "gui/canvas/model/graph_model.h"

namespace dogwatch::gui::bench {

struct Lane {
    std::string path;  ///< "when.all.1"
    canvas::NodeId node = 0;
    int level = 0;
    QString title;  ///< "Has not happened"
    QString words;  ///< "backup has not succeeded for 24 hours"
    // What can be dragged, as the drawing says it.
    std::optional<double> bound;
    QString comparison;       ///< ">="
    bool isWhole = false;     ///< the bound is a whole number
    bool isShare = false;     ///< shown as per cent
    std::string durationKey;  ///< "for", "within", "grace"; empty: it has none
    std::int64_t durationUs = 0;
};

/// The conditions of a drawing without faults, parents first.
std::vector<Lane> lanesOf(const canvas::GraphModel& model);

/// What a plot shows from bottom to top.
struct Scale {
    double low = 0;
    double high = 1;
    [[nodiscard]] double share(double value) const { return (value - low) / (high - low); }
    [[nodiscard]] double value(double share) const { return low + share * (high - low); }
};
/// For the samples and the bound; `trace` null: of the bound alone.
Scale scaleOf(const Lane& lane, const engine::ConditionTrace* trace);

/// The value at a time; none: there was none.
std::optional<double> valueAt(const engine::ConditionTrace& trace, std::int64_t time);
/// Whether it was true at a time, or pulsed within `reach` µs of it.
bool holdsAt(const engine::ConditionTrace& trace, std::int64_t time, std::int64_t reach);

}  // namespace dogwatch::gui::bench

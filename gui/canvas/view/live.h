// How the conditions of a drawing stand, as the control plane or the history bench explain them (EXPLANATION
// of docs/api.md), for its nodes: truth, the number against its bound, what is due, the last minutes.
#pragma once

#include <deque>
#include <map>

#include "core/model/time.h"
#include "gui/canvas/model/graph.h"
#include "gui/canvas/view/node_look.h"

namespace dogwatch::gui::canvas {

/// When each condition was true in the last minutes, as it was seen while someone looked.
class TruthHistory {
 public:
    static constexpr Duration kSpan = std::chrono::minutes{5};

    void note(const json::object& explanation, Time now);
    void clear() { seen_.clear(); }
    /// Stretches of truth, 0 (kSpan ago) to 1 (now).
    [[nodiscard]] std::vector<std::pair<double, double>> strip(const std::string& path, Time now) const;
    /// Since when it looks, on the same scale.
    [[nodiscard]] double begins(Time now) const;

 private:
    struct Seen {
        Time time{};
        std::set<std::string> holding;
    };
    std::deque<Seen> seen_;
};

/// Conditions that the drawing has as `definition` has them, by their paths; others are left out. `now`: for
/// ages and countdowns. `history` null: nothing is told of the minutes before.
std::map<NodeId, Live> liveOf(const json::object& explained, const Graph& graph,
                              const json::object& definition, Time now,
                              const TruthHistory* history = nullptr);

/// A number of a condition as people read it: "410 ms" of a duration, "12 %" of a ratio.
QString amountText(const Node& node, double number);

}  // namespace dogwatch::gui::canvas

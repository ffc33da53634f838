// Static checks: what a well-formed definition says but cannot mean. Each finding is certain; what merely
// looks odd is not told.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/cron.h"
#include "core/model/metaevent.h"

namespace dogwatch {

struct Warning {
    std::string metaevent;
    std::string path;     ///< within its definition: "when.all.0.is", "jobs.0.run"
    std::string message;  ///< one sentence, in the words of a grammar
    bool isLoop = false;  ///< it tells of a chain by which the metaevent sets itself off
    [[nodiscard]] std::string text() const { return metaevent + ", " + path + ": " + message; }
    bool operator==(const Warning&) const = default;
};

/// What is known around the definitions.
struct Surroundings {
    /// The functions there are, with their schedules; none: not known, so nothing is said of functions.
    std::optional<std::map<std::string, std::optional<Cron>>> functions;
    /// Metaevents that stand already; those of the same name are replaced by the definitions checked.
    std::vector<Metaevent> metaevents;
};

/// Findings in the order of the definitions and, in each, of its conditions.
std::vector<Warning> staticChecks(const std::vector<Metaevent>& definitions,
                                  const Surroundings& surroundings = {},
                                  const Grammar& grammar = Grammar::english());

/// Whether a condition can be true, as far as that is certain: at steps, and in the gaps between them.
struct Verdict {
    enum class Truth { Never, Sometimes, Always };
    Truth step = Truth::Sometimes;
    Truth gap = Truth::Sometimes;
    bool operator==(const Verdict&) const = default;
};
Verdict verdictOf(const Condition& condition);

/// Chains by which a metaevent sets itself off, each once: "a -> job f -> execution.succeeded of f -> a".
struct Feedback {
    std::string metaevent;
    std::vector<std::string> chain;
};
std::vector<Feedback> feedbacks(const std::vector<const Metaevent*>& metaevents,
                                const Grammar& grammar = Grammar::english());

}  // namespace dogwatch

// Conditions that do not go with the schedule of the function they watch; for static_checks.h.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/model/condition.h"
#include "core/model/grammar.h"

namespace dogwatch {

struct ScheduleFinding {
    std::string path;
    std::string message;
};

/// The functions there are, with their schedules.
using Schedules = std::map<std::string, std::optional<Cron>>;

/// `root`: the whole criteria. Only what is true although every run is on time is told.
std::vector<ScheduleFinding> scheduleFindings(const Condition& root, const Schedules& functions,
                                              const Grammar& grammar = Grammar::english());

}  // namespace dogwatch

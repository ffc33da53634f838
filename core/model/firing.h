// Firing: one occurrence of a metaevent (spec section 6), as lists and `firings show` print it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/model/json.h"
#include "core/model/time.h"

namespace dogwatch {

struct Firing {
    std::string id;        ///< the hash of spec section 6, Identity
    std::int64_t seq = 0;  ///< of its metaevent.fired record
    std::string metaevent;
    std::int64_t version = 0;  ///< of the definition
    Time time{};
    json::value key;         ///< null, or the array of the partition's values
    std::int64_t cause = 0;  ///< seq of the external record that it goes back to; 0: a timer step
    std::string edge;        ///< "rise", "fall", "repeat"
    std::int64_t depth = 1;
    bool late = false;
    std::vector<std::string> executions;  ///< of its jobs, in the order of the definition
    json::array evidence;                 ///< the records that made it true, oldest first
    json::array jobs;  ///< [{"run": FUNCTION, "execution": ID}]; with "error" where the function is missing
    /// The silence that kept its jobs from running, {"reason", "by", "until"}, or null.
    json::value silenced;
    /// Who has seen to it, {"time", "by", "note"}, or null.
    json::value acknowledged;
};

/// {"firing", "metaevent", "version", "time", "key", "edge", "depth", "late", "executions", "silenced",
/// "acknowledged"}; `full` adds "cause", "seq", "evidence" and "jobs".
json::object toJson(const Firing& firing, bool full = false);

}  // namespace dogwatch

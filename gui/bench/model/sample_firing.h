// A firing to try jobs with: what they would be called with, filled in from a real firing or from real
// records.
#pragma once

#include <span>
#include <vector>

#include "core/model/metaevent.h"
#include "core/model/record.h"

namespace dogwatch::gui::bench {

/// A firing that never was: on the latest of these records (oldest first) that the definition looks at.
/// A FIRING of docs/api.md with `evidence`.
json::object sampleFiring(const Metaevent& definition, std::span<const Record> records, Time now);

struct JobSample {
    std::string function;
    json::value payload;
};
/// What each job of the definition is called with when this firing comes about.
std::vector<JobSample> jobSamples(const Metaevent& definition, const json::object& firing);

}  // namespace dogwatch::gui::bench

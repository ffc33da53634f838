// Payloads of jobs: the template with its {{ path }} filled in (spec section 6, Jobs).
#pragma once

#include <vector>

#include "core/engine/engine.h"

namespace dogwatch::engine {

/// What a template is filled from: metaevent, firing, time, key, depth, evidence.
json::object payloadContext(const Derived& firing);

/// A string that is one placeholder alone takes the value with its type, null when missing; elsewhere values
/// are put in as text, and what is missing as nothing.
json::value fillTemplate(const json::value& form, const json::object& context);

std::vector<JobRequest> jobsOf(const Metaevent& definition, const Derived& firing);

}  // namespace dogwatch::engine

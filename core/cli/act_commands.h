// How silences and acknowledgements look on the terminal.
#pragma once

#include <string>

#include "core/model/json.h"
#include "core/model/time.h"

namespace dogwatch::cli {

/// What of a firing people did: "silenced", "seen by ada: restarted it"; "-" where nothing.
std::string actsCell(const json::object& firing);
/// What silences a metaevent now and when: "until 14:00 (deploy)"; empty where nothing ever will.
std::string silencesText(const json::object& metaevent, Time now);

}  // namespace dogwatch::cli

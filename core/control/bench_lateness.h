// `dogwatchctl bench engine`: how late an absence fires in real time, through the whole of sequencer, engine
// and journal.
#pragma once

#include <string>
#include <vector>

#include "core/model/figure.h"
#include "core/model/result.h"

namespace dogwatch::control {

/// Lateness (deadline to durable firing) of about 200 absences, p50 and p99, on an idle journal and then with
/// 1,000 records a second arriving; each measured for about `seconds` / 2. Needs a QCoreApplication; makes
/// its scratch journal under `directory`.
Result<std::vector<Figure>> benchLateness(int seconds, const std::string& directory);

}  // namespace dogwatch::control

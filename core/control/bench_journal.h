// `dogwatchctl bench journal`: the whole of sequencer, engine and journal against a bare SQLite loop that
// does the same inserts in the same run; invokes on a backend that does nothing; and how long a restart
// takes.
#pragma once

#include <string>
#include <vector>

#include "core/model/figure.h"
#include "core/model/result.h"

namespace dogwatch::control {

/// Takes about `seconds` and what making a journal of a million records takes; from 60 seconds on one of ten
/// million too. Needs a QCoreApplication; makes its scratch journals under `directory`.
Result<std::vector<Figure>> benchJournal(int seconds, const std::string& directory);

}  // namespace dogwatch::control

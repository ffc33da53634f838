// What dogwatchd does to a journal without serving: `dogwatchctl journal restore`, `salvage`, `check` and
// `records import` run it for this. It prints JSON, one object a line: {"progress": N} now and then, and last
// the result.
#pragma once

#include "core/daemon/options.h"
#include "core/model/result.h"

namespace dogwatch::daemon {

/// Takes the data directory's lock, so that it is refused while a control plane runs there.
Result<void> runOffline(const Options& options);

}  // namespace dogwatch::daemon

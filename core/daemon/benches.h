// The benches that need the control plane's own parts. `dogwatchctl bench` runs `dogwatchd --bench-…` and
// passes on what it prints: one figure a line, as JSON.
#pragma once

#include "core/daemon/options.h"

namespace dogwatch::daemon {

/// Runs the bench that the options ask for and prints its figures on standard output.
Result<void> runBench(const Options& options);

}  // namespace dogwatch::daemon

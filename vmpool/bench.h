// `dogwatchctl bench pool`: what the pool costs on top of plain QEMU, measured beside it in the same run.
#pragma once

#include <functional>
#include <vector>

#include "core/model/figure.h"
#include "vmpool/pool.h"

namespace dogwatch::vmpool {

struct PoolBenchOptions {
    PoolConfig pool;    ///< its runDir must be no running pool's
    int boots = 5;      ///< of each kind, by turns
    int invokes = 500;  ///< of a function that is loaded
};

/// Runs the benchmark, which takes a minute or two, with an event loop of its own: a QCoreApplication must
/// exist. `report` is told each figure as soon as it is known:
///   pool.cold_boot        QEMU started by the pool, up to "ready"; beside it QEMU alone, up to the agent's
///   first byte pool.warm_invoke.p50  request in to result out, minus the handler's own time; beside it one
///   ping of the agent pool.warm_invoke.p99 pool.burst            50 requests at once to one function, until
///   the last result; per request
Result<void> benchPool(const PoolBenchOptions& options, const std::function<void(const Figure&)>& report);

}  // namespace dogwatch::vmpool

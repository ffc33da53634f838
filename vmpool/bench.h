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
/// exist. `report` is told each figure as soon as it is known; docs/performance.md explains them.
Result<void> benchPool(const PoolBenchOptions& options, const std::function<void(const Figure&)>& report);

}  // namespace dogwatch::vmpool

// `dogwatchctl bench pool`: what the pool costs on top of plain QEMU, measured beside it in the same run.
#pragma once

#include <chrono>
#include <functional>
#include <vector>

#include "core/model/figure.h"
#include "vmpool/pool.h"

namespace dogwatch::vmpool {

struct PoolBenchOptions {
    PoolConfig pool;                    ///< its runDir must be no running pool's
    std::chrono::seconds duration{20};  ///< about; each figure is measured at least twice
};

/// Runs the benchmark with an event loop of its own: a QCoreApplication must
/// exist. `report` is told each figure as soon as it is known; docs/performance.md explains them.
Result<void> benchPool(const PoolBenchOptions& options, const std::function<void(const Figure&)>& report);

}  // namespace dogwatch::vmpool

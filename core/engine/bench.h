// Bench: the engine's throughput on one core, against a bare loop over the same records in the same run.
#pragma once

#include <chrono>
#include <vector>

#include "core/engine/bench_workloads.h"
#include "core/model/figure.h"

namespace dogwatch::engine {

/// Each workload in records/s beside its baseline; of those that are to be steady, the allocations a record;
/// of the mixed one, bytes a definition. Takes about `budget`.
std::vector<Figure> benchEngine(std::chrono::seconds budget);

struct BenchOutcome {
    double rate = 0;                ///< records/s
    double allocationsARecord = 0;  ///< in the second half
    double bytesADefinition = 0;    ///< of state
    std::int64_t derived = 0;       ///< what the engine derived
};

/// Folds all records once with a new engine.
BenchOutcome benchFold(const std::vector<BenchRecord>& records, const std::vector<Metaevent>& definitions);

}  // namespace dogwatch::engine

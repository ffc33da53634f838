// Bench: the engine's throughput on one core, against a bare loop over the same records in the same run.
#pragma once

#include <chrono>
#include <vector>

#include "core/model/figure.h"

namespace dogwatch::engine {

/// Workloads absent over one and 200 functions, count, sequences, average, partitions of 10,000 keys and
/// 10,000 mixed definitions, each in records/s with the bare loop as its baseline, and bytes a definition of
/// the last. Takes about `budget`.
std::vector<Figure> benchEngine(std::chrono::seconds budget);

}  // namespace dogwatch::engine

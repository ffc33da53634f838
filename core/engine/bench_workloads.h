// What the engine's bench folds: records such as a busy installation leaves, and the criteria that people
// write over them. docs/performance.md says what each is for.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/engine/input.h"
#include "core/model/metaevent.h"

namespace dogwatch::engine {

constexpr int kBenchFunctions = 200;
constexpr std::int64_t kBenchStart = 1'700'000'000'000'000;

/// A record as a journal hands it over: names interned, numbers decoded.
struct BenchRecord {
    std::int64_t time = 0;
    std::uint32_t function = 0;
    bool failed = false;
    std::int64_t durationUs = 0;
    std::int64_t key = 0;
};

/// Zipf-distributed functions (1.2), Poisson arrivals at 10,000 a second of their own time, about 4%
/// failures.
std::vector<BenchRecord> benchRecords(std::size_t count);

/// The fields of one: duration_us; key and tags.key, one of 10,000; id, another one in every record; output,
/// 4 KiB of text.
class BenchFields final : public Fields {
 public:
    BenchFields();
    void set(const BenchRecord& record, std::int64_t seq) {
        record_ = &record;
        seq_ = seq;
    }
    [[nodiscard]] const json::value* find(const FieldPath& path) const override;

 private:
    const BenchRecord* record_ = nullptr;
    std::int64_t seq_ = 0;
    std::vector<json::value> tags_;  ///< by key
    json::value output_;
    mutable json::value number_;
};

std::string benchFunction(int function);

struct BenchWorkload {
    std::string name;
    std::vector<Metaevent> definitions;
    std::string baseline;  ///< the workload that it is compared with; empty: the bare loop
    bool isSteady = true;  ///< the second half of the records must allocate nothing
};

/// K1 to K7, windows and partitions, and what is meant to hurt.
std::vector<BenchWorkload> benchWorkloads();

}  // namespace dogwatch::engine

#include "core/engine/bench.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <map>

#include "core/engine/bench_allocations.h"
#include "core/engine/engine.h"

namespace dogwatch::engine {
namespace {

constexpr std::size_t kRecords = 1'000'000;

/// What this thread has used of a core: other programs on the machine take nothing away from a figure.
struct CoreTime {
    using duration = std::chrono::nanoseconds;
    using time_point = std::chrono::time_point<CoreTime, duration>;
    static constexpr bool is_steady = true;

    static time_point now() {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return time_point(std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec});
    }
};

double rate(std::size_t records, CoreTime::duration took) {
    return static_cast<double>(records) / std::chrono::duration<double>(took).count();
}

/// What any engine has to do at least: look at every record.
double bareLoop(const std::vector<BenchRecord>& records) {
    std::array<std::int64_t, kBenchFunctions> last{};
    const auto begin = CoreTime::now();
    for (const auto& record : records)
        last[record.function] = record.failed ? last[record.function] : record.time;
    const auto end = CoreTime::now();
    volatile std::int64_t sink = 0;
    for (const std::int64_t time : last) sink = time;
    static_cast<void>(sink);
    return rate(records.size(), end - begin);
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

}  // namespace

BenchOutcome benchFold(const std::vector<BenchRecord>& records, const std::vector<Metaevent>& definitions) {
    Engine engine(EngineOptions{.gauges = false, .evidence = false});
    for (const auto& definition : definitions) {
        if (!engine.define(definition, 1, timeFromUs(kBenchStart))) return {};
    }
    const Symbol succeeded = engine.symbols().intern("execution.succeeded");
    const Symbol failed = engine.symbols().intern("execution.failed");
    std::array<Symbol, kBenchFunctions> functions{};
    for (int i = 0; i < kBenchFunctions; ++i)
        functions[static_cast<std::size_t>(i)] = engine.symbols().intern(benchFunction(i));
    BenchOutcome outcome;
    const Sink sink = [&outcome](Derived&&) { ++outcome.derived; };
    BenchFields fields;
    Input input;
    input.fields = &fields;
    const auto fold = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            const BenchRecord& record = records[i];
            ++input.seq;
            input.time = record.time;
            input.event = record.failed ? failed : succeeded;
            input.function = functions[record.function];
            fields.set(record, input.seq);
            engine.fold(input, sink);
        }
    };
    const std::size_t half = records.size() / 2;
    const auto begin = CoreTime::now();
    fold(0, half);
    const std::int64_t before = allocationsSoFar();
    fold(half, records.size());
    outcome.rate = rate(records.size(), CoreTime::now() - begin);
    outcome.allocationsARecord =
        static_cast<double>(allocationsSoFar() - before) / static_cast<double>(records.size() - half);
    std::int64_t bytes = 0;
    for (const auto& definition : definitions) bytes += engine.status(definition.name)->stateBytes;
    outcome.bytesADefinition = static_cast<double>(bytes) / static_cast<double>(definitions.size());
    return outcome;
}

std::vector<Figure> benchEngine(std::chrono::seconds budget) {
    const std::vector<BenchRecord> records = benchRecords(kRecords);
    const auto workloads = benchWorkloads();
    const auto share = std::chrono::duration_cast<std::chrono::steady_clock::duration>(budget) /
                       static_cast<int>(workloads.size());
    std::vector<Figure> figures;
    std::map<std::string, double> measured;
    for (const auto& workload : workloads) {
        std::vector<double> rates;
        std::vector<double> bare;
        BenchOutcome outcome;
        for (const auto begin = std::chrono::steady_clock::now();
             rates.empty() || std::chrono::steady_clock::now() - begin < share;) {
            bare.push_back(bareLoop(records));
            outcome = benchFold(records, workload.definitions);
            rates.push_back(outcome.rate);
        }
        const double value = measured[workload.name] = median(rates);
        const double base = workload.baseline.empty() ? median(bare) : measured[workload.baseline];
        figures.push_back({workload.name, value, "records/s",
                           workload.baseline.empty() ? "bare loop" : workload.baseline, value / base,
                           static_cast<std::int64_t>(rates.size())});
        if (workload.isSteady) {
            figures.push_back(
                {workload.name + ".allocations", outcome.allocationsARecord, "allocations/record", "", 0, 1});
        }
        if (workload.definitions.size() > 1) {
            figures.push_back(
                {workload.name + ".state", outcome.bytesADefinition, "bytes/definition", "", 0, 1});
        }
    }
    return figures;
}

}  // namespace dogwatch::engine

#include "core/engine/bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

#include "core/engine/engine.h"

namespace dogwatch::engine {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kFunctions = 200;
constexpr std::size_t kRecords = 1'000'000;
constexpr std::int64_t kStart = 1'700'000'000'000'000;
constexpr double kMicrosecondsApart = 100;  ///< 10,000 records a second of event time

/// A record as a journal hands it over: names interned, numbers decoded.
struct BenchRecord {
    std::int64_t time = 0;
    std::uint32_t function = 0;
    bool failed = false;
    std::int64_t durationUs = 0;
    std::int64_t key = 0;
};

/// Zipf-distributed functions, Poisson arrivals, about 4% failures.
std::vector<BenchRecord> makeRecords() {
    std::mt19937_64 random(1);
    std::array<double, kFunctions> weights{};
    for (std::size_t i = 0; i < weights.size(); ++i)
        weights[i] = 1 / std::pow(static_cast<double>(i + 1), 1.2);
    std::discrete_distribution<std::uint32_t> function(weights.begin(), weights.end());
    std::exponential_distribution<double> gap(1 / kMicrosecondsApart);
    std::vector<BenchRecord> records(kRecords);
    double time = 0;
    for (auto& record : records) {
        time += gap(random);
        record = {kStart + static_cast<std::int64_t>(time), function(random), random() % 25 == 0,
                  static_cast<std::int64_t>(random() % 100'000),
                  static_cast<std::int64_t>(random() % 10'000)};
    }
    return records;
}

class BenchFields final : public Fields {
 public:
    void set(const BenchRecord& record) {
        duration_ = record.durationUs;
        key_ = record.key;
    }
    [[nodiscard]] const json::value* find(const FieldPath& path) const override {
        if (path.text() == "duration_us") return &duration_;
        return path.text() == "key" ? &key_ : nullptr;
    }

 private:
    json::value duration_;
    json::value key_;
};

std::string functionName(int function) {
    return fmt::format("function-{}", function);
}

/// One of the five kinds of criteria that the mixed workload has, over one function.
std::string criteria(int kind, int function, int variant) {
    const std::string name = functionName(function);
    const std::string failed = fmt::format(R"({{"event":"execution.failed","function":"{}"}})", name);
    const std::string done = fmt::format(R"({{"event":"execution.succeeded","function":"{}"}})", name);
    switch (kind) {
        case 0: return fmt::format(R"({{"absent":{},"for":"{}s"}})", done, 5 + variant);
        case 1:
            return fmt::format(R"({{"count":{},"within":"{}s","is":[">=",{}]}})", failed, 60,
                               20000 + variant);
        case 2: return fmt::format(R"({{"sequence":[{},{}],"within":"1s"}})", failed, done);
        case 3: return fmt::format(R"({{"sequence":[{},{{"not":{}}}],"within":"1s"}})", failed, done);
        default:
            return fmt::format(
                R"({{"measure":"avg","of":"duration_us","over":{},"within":"{}s","is":[">",{}]}})", done, 60,
                90'000 + variant);
    }
}

Metaevent metaevent(const std::string& name, const std::string& when, const std::string& more = {}) {
    const auto value = parseJson(fmt::format(R"({{"metaevent":"{}","when":{}{}}})", name, when, more));
    return metaeventFromJson(*value).value();
}

std::vector<Metaevent> mixed(int perKind) {
    std::vector<Metaevent> definitions;
    for (int function = 0; function < kFunctions; ++function) {
        for (int i = 0; i < perKind * 5; ++i) {
            definitions.push_back(
                metaevent(fmt::format("m-{}-{}", function, i), criteria(i % 5, function, i / 5)));
        }
    }
    return definitions;
}

struct Workload {
    std::string name;
    std::vector<Metaevent> definitions;
};

std::vector<Workload> workloads() {
    std::vector<Workload> all;
    const std::array names{"absent", "count", "sequence", "sequence-not", "avg"};
    for (int kind = 0; kind < 5; ++kind) {
        all.push_back({fmt::format("engine.{}", names[static_cast<std::size_t>(kind)]),
                       {metaevent("one", criteria(kind, 3, 0))}});
    }
    Workload absences{"engine.absent-200", {}};
    for (int i = 0; i < kFunctions; ++i)
        absences.definitions.push_back(metaevent(functionName(i), criteria(0, i, 0)));
    all.push_back(std::move(absences));
    all.push_back(
        {"engine.partition-10000",
         {metaevent("keys", R"({"count":{"event":"execution.*"},"within":"60s","is":[">",1000000]})",
                    R"(,"partition":["key"])")}});
    all.push_back({"engine.mixed-10000", mixed(10)});
    return all;
}

double rate(std::size_t records, Clock::duration took) {
    return static_cast<double>(records) / std::chrono::duration<double>(took).count();
}

/// What any engine has to do at least: look at every record.
double bareLoop(const std::vector<BenchRecord>& records) {
    std::array<std::int64_t, kFunctions> last{};
    const auto begin = Clock::now();
    for (const auto& record : records)
        last[record.function] = record.failed ? last[record.function] : record.time;
    const auto end = Clock::now();
    volatile std::int64_t sink = 0;
    for (const std::int64_t time : last) sink = time;
    static_cast<void>(sink);
    return rate(records.size(), end - begin);
}

struct Outcome {
    double rate = 0;
    std::int64_t stateBytes = 0;
};

Outcome foldOnce(const std::vector<BenchRecord>& records, const std::vector<Metaevent>& definitions) {
    Engine engine(EngineOptions{.gauges = false, .evidence = false});
    for (const auto& definition : definitions) {
        if (!engine.define(definition, 1, timeFromUs(kStart))) return {};
    }
    const Symbol succeeded = engine.symbols().intern("execution.succeeded");
    const Symbol failed = engine.symbols().intern("execution.failed");
    std::array<Symbol, kFunctions> functions{};
    for (int i = 0; i < kFunctions; ++i)
        functions[static_cast<std::size_t>(i)] = engine.symbols().intern(functionName(i));
    const Sink sink = [](Derived&&) {};
    BenchFields fields;
    Input input;
    input.fields = &fields;
    const auto begin = Clock::now();
    for (const auto& record : records) {
        ++input.seq;
        input.time = record.time;
        input.event = record.failed ? failed : succeeded;
        input.function = functions[record.function];
        fields.set(record);
        engine.advance(timeFromUs(record.time - 1), sink);
        engine.fold(input, sink);
    }
    Outcome outcome{rate(records.size(), Clock::now() - begin), 0};
    for (const auto& definition : definitions)
        outcome.stateBytes += engine.status(definition.name)->stateBytes;
    return outcome;
}

}  // namespace

std::vector<Figure> benchEngine(std::chrono::seconds budget) {
    const std::vector<BenchRecord> records = makeRecords();
    std::vector<Figure> figures;
    const auto all = workloads();
    const auto share = std::chrono::duration_cast<Clock::duration>(budget) / static_cast<int>(all.size());
    for (const auto& [name, definitions] : all) {
        std::vector<double> rates;
        std::vector<double> bare;
        Outcome outcome;
        for (const auto begin = Clock::now(); rates.empty() || Clock::now() - begin < share;) {
            bare.push_back(bareLoop(records));
            outcome = foldOnce(records, definitions);
            rates.push_back(outcome.rate);
        }
        const auto median = [](std::vector<double>& values) {
            std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                             values.end());
            return values[values.size() / 2];
        };
        const double value = median(rates);
        figures.push_back({name, value, "records/s", "bare loop", value / median(bare),
                           static_cast<std::int64_t>(rates.size())});
        if (name == "engine.mixed-10000") {
            figures.push_back(
                {name + ".state",
                 static_cast<double>(outcome.stateBytes) / static_cast<double>(definitions.size()),
                 "bytes/definition", "", 0, 1});
        }
    }
    return figures;
}

}  // namespace dogwatch::engine

#include "core/engine/bench_workloads.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <random>

namespace dogwatch::engine {
namespace {

constexpr double kMicrosecondsApart = 100;
constexpr int kDefinitionsEach = 50;  ///< of the mixed workload, a function
constexpr int kKeys = 10'000;

Metaevent metaevent(const std::string& name, const std::string& when, const std::string& more = {}) {
    const auto value = parseJson(fmt::format(R"({{"metaevent":"{}","when":{}{}}})", name, when, more));
    return metaeventFromJson(*value).value();
}

std::string selector(const char* event, int function) {
    return fmt::format(R"({{"event":"execution.{}","function":"{}"}})", event, benchFunction(function));
}

enum class Kind { Absent, Count, Sequence, SequenceNot, Mean, P95 };

/// Criteria over one function, and of sequences its neighbour. `variant` makes many of them differ.
std::string criteria(Kind kind, int function, int variant) {
    const std::string failed = selector("failed", function);
    const std::string done = selector("succeeded", function);
    const int neighbour = (function + 1) % kBenchFunctions;
    const auto measure = [&](const char* name, int bound) {
        return fmt::format(R"({{"measure":"{}","of":"duration_us","over":{},"within":"60s","is":[">",{}]}})",
                           name, done, bound + variant);
    };
    switch (kind) {
        case Kind::Absent: return fmt::format(R"({{"absent":{},"for":"{}s"}})", done, 5 + variant);
        case Kind::Count:
            return fmt::format(R"({{"count":{},"within":"60s","is":[">=",{}]}})", failed, 20'000 + variant);
        case Kind::Sequence:
            return fmt::format(R"({{"sequence":[{},{}],"within":"{}ms"}})", failed,
                               selector("failed", neighbour), 10 + variant);
        case Kind::SequenceNot:
            return fmt::format(R"({{"sequence":[{},{{"not":{}}}],"within":"{}s"}})", done,
                               selector("succeeded", neighbour), 5 + variant);
        case Kind::Mean: return measure("avg", 90'000);
        case Kind::P95: return measure("p95", 99'000);
    }
    return {};
}

std::vector<Metaevent> mixed() {
    constexpr std::array kKinds{Kind::Absent, Kind::Count, Kind::Sequence, Kind::SequenceNot, Kind::Mean};
    std::vector<Metaevent> definitions;
    for (int function = 0; function < kBenchFunctions; ++function) {
        for (int i = 0; i < kDefinitionsEach; ++i) {
            const Kind kind = kKinds[static_cast<std::size_t>(i) % kKinds.size()];
            definitions.push_back(metaevent(fmt::format("m-{}-{}", function, i),
                                            criteria(kind, function, i / static_cast<int>(kKinds.size()))));
        }
    }
    return definitions;
}

std::vector<Metaevent> absences() {
    std::vector<Metaevent> definitions;
    for (int i = 0; i < kBenchFunctions; ++i) {
        definitions.push_back(metaevent(benchFunction(i), criteria(Kind::Absent, i, 0)));
    }
    return definitions;
}

/// Ten thousand definitions told apart by a tag: one concerns a record.
std::vector<Metaevent> pinned() {
    std::vector<Metaevent> definitions;
    for (int i = 0; i < kKeys; ++i) {
        definitions.push_back(metaevent(
            fmt::format("key-{}", i),
            fmt::format(
                R"({{"absent":{{"event":"execution.*","where":[["tags.key","==","{}"]]}},"for":"5m"}})", i)));
    }
    return definitions;
}

}  // namespace

std::vector<BenchRecord> benchRecords(std::size_t count) {
    std::mt19937_64 random(1);
    std::array<double, kBenchFunctions> weights{};
    for (std::size_t i = 0; i < weights.size(); ++i)
        weights[i] = 1 / std::pow(static_cast<double>(i + 1), 1.2);
    std::discrete_distribution<std::uint32_t> function(weights.begin(), weights.end());
    std::exponential_distribution<double> gap(1 / kMicrosecondsApart);
    std::vector<BenchRecord> records(count);
    double time = 0;
    for (auto& record : records) {
        time += gap(random);
        record = {kBenchStart + static_cast<std::int64_t>(time), function(random), random() % 25 == 0,
                  static_cast<std::int64_t>(random() % 100'000), static_cast<std::int64_t>(random() % kKeys)};
    }
    return records;
}

BenchFields::BenchFields() {
    std::string text;
    for (int line = 0; text.size() < 4096; ++line)
        text += fmt::format("row {} imported in {} ms\n", line, line * 7);
    text.resize(4096);
    output_ = text;
    for (int key = 0; key < kKeys; ++key) tags_.emplace_back(std::to_string(key));
}

const json::value* BenchFields::find(const FieldPath& path) const {
    const std::string& text = path.text();
    if (text == "output") return &output_;
    if (text == "tags.key") return &tags_[static_cast<std::size_t>(record_->key)];
    if (text == "duration_us") {
        number_ = record_->durationUs;
    } else if (text == "key") {
        number_ = record_->key;
    } else if (text == "id") {
        number_ = seq_;
    } else {
        return nullptr;
    }
    return &number_;
}

std::string benchFunction(int function) {
    return fmt::format("function-{}", function);
}

std::vector<BenchWorkload> benchWorkloads() {
    const auto one = [](const std::string& name, Kind kind) {
        return BenchWorkload{"engine." + name, {metaevent("one", criteria(kind, 3, 0))}, {}, true};
    };
    const auto any = [](const std::string& name, const std::string& when, const std::string& more,
                        const std::string& baseline) {
        return BenchWorkload{"engine." + name, {metaevent("one", when, more)}, baseline, false};
    };
    std::vector<BenchWorkload> all{
        one("k1-absent", Kind::Absent),     one("k2-count", Kind::Count),
        one("k3-sequence", Kind::Sequence), one("k4-sequence-not", Kind::SequenceNot),
        one("k5-mean", Kind::Mean),         one("p95", Kind::P95)};
    all[2].isSteady = false;  // it fires now and then
    all.push_back({"engine.k6-absent-200", absences(), {}, true});
    all.push_back({"engine.k7-mixed-10000", mixed(), {}, false});
    all.push_back({"engine.pinned-10000", pinned(), {}, true});
    const std::string counted = R"({"count":{"event":"execution.*"},"within":"60s","is":[">",1000000]})";
    all.push_back(any("partition-10000", counted, R"(,"partition":["key"])", {}));
    all.push_back(any("held",
                      R"({"held":{"count":{"event":"execution.*"},"within":"1s","is":[">",10]},"for":"9s"})",
                      {}, {}));
    all.back().isSteady = true;
    // What is meant to hurt, beside the same without it.
    all.push_back(any("firing-1", R"({"occurs":{"event":"execution.failed"}})", {}, {}));
    all.push_back(any("firing-itself", R"({"any":[{"occurs":{"event":"execution.failed"}},{"fired":"one"}]})",
                      {}, "engine.firing-1"));
    all.push_back(
        any("sequence-quiet",
            R"({"sequence":[{"event":"execution.failed"},{"event":"execution.succeeded"}],"within":"1h"})",
            {}, {}));
    all.push_back(any("sequence-runs",
                      R"({"sequence":[{"event":"execution.*"},{"event":"vm.lost"}],"within":"1h"})", {},
                      "engine.sequence-quiet"));
    all.push_back(any("partition-million", counted, R"(,"partition":["id"])", "engine.partition-10000"));
    const auto output = [](const char* clause) {
        return fmt::format(R"({{"occurs":{{"event":"execution.*","where":[["output",{}]]}}}})", clause);
    };
    all.push_back(any("output-contains", output(R"("contains","no such text")"), {}, {}));
    all.push_back(any("output-regex",
                      output(R"("matches","(row|rows)+ [0-9]* (im|ex)ported (in|at)* [a-z]*x")"), {},
                      "engine.output-contains"));
    return all;
}

}  // namespace dogwatch::engine

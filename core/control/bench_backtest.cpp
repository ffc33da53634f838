#include "core/control/bench_backtest.h"

#include <fmt/format.h>

#include <QTemporaryDir>
#include <algorithm>
#include <chrono>
#include <thread>

#include "core/control/journal_inputs.h"
#include "core/engine/backtest.h"
#include "core/journal/writer.h"

namespace dogwatch::control {
namespace {

constexpr std::int64_t kMostRecords = 1'000'000;
constexpr std::int64_t kRecordsASecond = 100'000;  ///< of the bench's time: writing takes the most
constexpr std::int64_t kInMemory = 100'000;
constexpr std::int64_t kInBatch = 1'000;
constexpr std::size_t kMostBacklog = 32;

/// A record such as an execution leaves behind, a millisecond after the last one.
Record sample(std::int64_t seq) {
    Record record{seq,
                  timeFromUs(1'700'000'000'000'000 + seq * 1'000),
                  seq % 25 == 0 ? "execution.failed" : "execution.succeeded",
                  {}};
    record.fields = {{"function", fmt::format("import-{}", seq % 20)},
                     {"version", 3},
                     {"execution", fmt::format("01j5x8k3qd{}", 1'000'000'000 + seq / 3)},
                     {"attempt", 1},
                     {"trigger", "schedule"},
                     {"depth", 0},
                     {"tags", json::object{{"team", "data"}, {"tier", "gold"}}},
                     {"vm", "vm-7"},
                     {"duration_us", 120'000 + seq % 1'000},
                     {"cpu_us", 60'000},
                     {"memory_peak_bytes", 18'000'000},
                     {"result", json::object{{"rows", seq % 500}, {"skipped", 0}}},
                     {"result_bytes", 12},
                     {"output", "imported\n"},
                     {"output_bytes", 9}};
    return record;
}

Result<void> fill(const std::string& directory, std::int64_t count) {
    auto writer = journal::Writer::open({directory, "bench"}, [](auto) {});
    if (!writer) return tl::unexpected(writer.error());
    for (std::int64_t seq = 0; seq < count;) {
        auto batch = std::make_shared<journal::Batch>();
        for (std::int64_t i = 0; i < kInBatch; ++i) batch->records.push_back(sample(++seq));
        (*writer)->submit(std::move(batch), [](const Result<void>&) {});
        while ((*writer)->backlog() > kMostBacklog) std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    return {};
}

Result<std::vector<Metaevent>> definitions(const char* when) {
    return metaeventsFromJson(parseJson(fmt::format(R"([{{"metaevent":"one","when":{}}}])", when)).value());
}

/// Records a second, the best of three runs: the first one warms the disk's cache.
template <typename Work>
Result<double> bestRate(std::int64_t records, Work work) {
    double best = 0;
    for (int run = 0; run < 3; ++run) {
        const auto start = std::chrono::steady_clock::now();
        if (const Result<void> done = work(); !done) return tl::unexpected(done.error());
        const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        best = std::max(best, static_cast<double>(records) / took);
    }
    return best;
}

Result<void> readAlone(journal::Reader& reader) {
    auto cursor = reader.stream(0);
    if (!cursor) return tl::unexpected(cursor.error());
    for (;;) {
        const auto more = cursor->next();
        if (!more) return tl::unexpected(more.error());
        if (!*more) return {};
    }
}

Result<void> overJournal(journal::Reader& reader, const std::vector<Metaevent>& wanted) {
    auto cursor = reader.stream(0);
    if (!cursor) return tl::unexpected(cursor.error());
    JournalInputs inputs(*cursor);
    return engine::backtest(
        wanted, [&](engine::Symbols& symbols) { return inputs.next(symbols); }, {}, [](engine::Derived&&) {});
}

}  // namespace

Result<std::vector<Figure>> benchBacktest(int seconds, const std::string& directory) {
    QTemporaryDir scratch(QString::fromStdString(directory) + QStringLiteral("/dogwatch-bench-XXXXXX"));
    if (!scratch.isValid()) {
        return failure(Error::Kind::Io,
                       "No scratch directory can be made: " + scratch.errorString().toStdString());
    }
    const std::string path = scratch.path().toStdString();
    const std::int64_t count = std::min(kMostRecords, kRecordsASecond * seconds);
    if (const auto filled = fill(path, count); !filled) return tl::unexpected(filled.error());
    const auto byName = definitions(
        R"({"count":{"event":"execution.failed","function":"import-5"},"within":"60s","is":[">",1e6]})");
    const auto byField = definitions(
        R"({"count":{"event":"execution.*","where":[["duration_us",">",120998]]},"within":"60s","is":[">",1e6]})");
    const auto byFunction =
        definitions(R"({"absent":{"event":"execution.*","function":"import-5"},"for":"60s"})");
    if (!byName || !byField || !byFunction)
        return failure(Error::Kind::Internal, "The bench's definitions are refused.");
    auto reader = journal::Reader::open(path);
    if (!reader) return tl::unexpected(reader.error());
    const auto alone = bestRate(count, [&] { return readAlone(*reader); });
    if (!alone) return tl::unexpected(alone.error());

    std::vector<Figure> figures;
    const auto add = [&](const char* name, const Result<double>& rate) -> Result<void> {
        if (!rate) return tl::unexpected(rate.error());
        figures.push_back({name, *rate, "records/s", "reading alone", *rate / *alone, 3});
        return {};
    };
    if (auto added =
            add("engine.backtest.journal", bestRate(count, [&] { return overJournal(*reader, *byName); }));
        !added) {
        return tl::unexpected(added.error());
    }
    if (auto added = add("engine.backtest.journal-field",
                         bestRate(count, [&] { return overJournal(*reader, *byField); }));
        !added) {
        return tl::unexpected(added.error());
    }
    std::vector<Record> records;
    for (std::int64_t seq = 1; seq <= kInMemory; ++seq) records.push_back(sample(seq));
    const auto inMemory = [&](const std::vector<Metaevent>& wanted) {
        return bestRate(kInMemory, [&] {
            return engine::backtest(wanted, engine::inputsOf(records, wanted), {}, [](engine::Derived&&) {});
        });
    };
    if (auto added = add("engine.backtest.memory", inMemory(*byName)); !added)
        return tl::unexpected(added.error());
    if (auto added = add("engine.backtest.memory-function", inMemory(*byFunction)); !added)
        return tl::unexpected(added.error());
    return figures;
}

}  // namespace dogwatch::control

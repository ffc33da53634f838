#include "core/control/bench_journal.h"

#include <fmt/format.h>

#include <QCoreApplication>
#include <QEventLoop>
#include <QTemporaryDir>
#include <algorithm>
#include <chrono>
#include <random>
#include <thread>

#include "core/control/execution_service.h"
#include "core/control/recovery.h"
#include "core/journal/bench.h"

namespace dogwatch::control {
namespace {

using Steady = std::chrono::steady_clock;

constexpr int kDefinitions = 200;
constexpr int kFunctions = 20;  // of journal::benchRecord()
constexpr double kOfferedPerSecond = 10'000;
constexpr std::chrono::microseconds kPace{200};
constexpr std::int64_t kMostUnderWay = 2'000;  // records that are not durable yet, at full speed
constexpr std::int64_t kSamplesAtOnce = 20'000;
constexpr int kInvokesAtOnce = 64;
constexpr std::int64_t kAfterCheckpoint = 100'000;
constexpr const char* kBaseline = "bare SQLite loop, same rows, 1,000 a transaction";

double since(Steady::time_point start) {
    return std::chrono::duration<double>(Steady::now() - start).count();
}

/// Ten definitions over each of the functions, of five kinds, that hold state and do not fire.
Result<Metaevent> definition(int index) {
    const std::string done =
        fmt::format(R"({{"event":"execution.succeeded","function":"import-{}"}})", index % kFunctions);
    const int variant = index / kFunctions;
    std::string when;
    switch (variant % 5) {
        case 0: when = fmt::format(R"({{"absent":{},"for":"{}h"}})", done, 1 + variant); break;
        case 1:
            when = fmt::format(R"({{"count":{},"within":"10s","is":[">=",{}]}})", done, 1'000'000 + variant);
            break;
        case 2:
            when = fmt::format(
                R"({{"measure":"avg","of":"duration_us","over":{},"within":"10s","is":[">",{}]}})", done,
                900'000 + variant);
            break;
        case 3:
            when = fmt::format(R"({{"sequence":[{},{{"event":"custom.never"}}],"within":"1s"}})", done);
            break;
        default: when = fmt::format(R"({{"streak":{},"among":{},"is":["<",{}]}})", done, done, -variant);
    }
    const auto text = fmt::format(R"({{"metaevent":"bench-{}","when":{}}})", index, when);
    return parseJson(text).and_then([](const json::value& value) { return metaeventFromJson(value); });
}

/// Says of everything that it ran and succeeded, from the event loop.
class InstantBackend final : public QObject, public dispatch::Backend {
 public:
    void setListener(dispatch::BackendListener* listener) override { listener_ = listener; }
    bool offer(const Invocation& invocation) override {
        QMetaObject::invokeMethod(
            this,
            [this, id = invocation.execution] {
                listener_->started(id, "vm-1", StartKind::Warm, 0);
                Outcome outcome;
                outcome.succeeded = true;
                outcome.result = "null";
                listener_->finished(id, outcome);
            },
            Qt::QueuedConnection);
        return true;
    }
    void cancel(std::string_view /*execution*/) override {}

 private:
    dispatch::BackendListener* listener_ = nullptr;
};

/// A control plane without clients and machines, on a scratch journal.
class Plane : public QObject {
 public:
    static Result<std::unique_ptr<Plane>> make(const std::string& directory) {
        auto plane = std::make_unique<Plane>();
        journal::Options options;
        options.directory = directory;
        auto writer = journal::Writer::open(options, [target = plane.get()](std::function<void()> work) {
            QMetaObject::invokeMethod(target, std::move(work), Qt::QueuedConnection);
        });
        if (!writer) return tl::unexpected(writer.error());
        plane->writer_ = std::move(*writer);
        plane->build(directory);
        return plane;
    }
    ~Plane() override {
        sequencer_->stop();
        writer_.reset();
    }

    /// At full speed. As of the bare loop, what it takes to make the records does not count.
    void append(double seconds) {
        double appending = 0;
        std::vector<Record> samples;
        for (std::int64_t seq = 0; appending < seconds;) {
            samples.clear();
            for (std::int64_t i = 0; i < kSamplesAtOnce; ++i)
                samples.push_back(journal::benchRecord(seq + i));
            const auto start = Steady::now();
            for (Record& sample : samples) {
                appendOne(std::move(sample), Steady::now());
                if (++seq - durable_ >= kMostUnderWay)
                    QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            }
            while (durable_ < seq) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            appending += since(start);
        }
        perSecond_ = static_cast<double>(durable_) / appending;
    }

    /// So many records a second.
    void appendAt(double offered, double seconds) {
        const auto start = Steady::now();
        std::int64_t seq = 0;
        for (double elapsed = 0; (elapsed = since(start)) < seconds;) {
            while (static_cast<double>(seq) < elapsed * offered && seq - durable_ < kMostUnderWay) {
                const std::chrono::duration<double> due{static_cast<double>(seq) / offered};
                appendOne(journal::benchRecord(++seq),
                          start + std::chrono::duration_cast<Steady::duration>(due));
            }
            std::this_thread::sleep_for(kPace);
            QCoreApplication::processEvents(QEventLoop::AllEvents);
        }
        while (durable_ < seq) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        perSecond_ = static_cast<double>(durable_) / since(start);
    }

    /// Keeps so many invokes under way.
    void invoke(double seconds, int atOnce) {
        const auto start = Steady::now();
        end_ = start + std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>(seconds));
        for (int i = 0; i < atOnce; ++i) invokeNext();
        while (underWay_ > 0) QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        perSecond_ = static_cast<double>(durableUs_.size()) / since(start);
    }

    [[nodiscard]] double perSecond() const { return perSecond_; }
    std::vector<double> foldedUs_;   ///< from when a record was due until the engine had it
    std::vector<double> durableUs_;  ///< the same until it was durable, or the invoke answered

 private:
    void build(const std::string& directory) {
        dispatcher_ = std::make_unique<dispatch::Dispatcher>(backend_, [this] { return random_(); });
        sequencer_ = std::make_unique<Sequencer>(
            clock_, *dispatcher_, *writer_,
            Timeline(engine::Engine(), writer_->opened().lastSeq, writer_->opened().lastTime));
        queries_ = std::make_unique<Queries>(directory, "queries");
        executions_ = std::make_unique<ExecutionService>(*sequencer_, *dispatcher_, *queries_);
        backend_.setListener(executions_.get());
        sequencer_->start([this](Turn& turn) {
            for (int i = 0; i < kDefinitions; ++i) {
                if (const auto metaevent = definition(i))
                    static_cast<void>(turn.timeline.define(*metaevent, 1, turn.now, turn.output));
            }
            Function function;
            function.name = "nothing";
            dispatcher_->setFunction(std::make_shared<const Function>(std::move(function)), turn.now,
                                     turn.changes);
        });
    }

    void appendOne(Record record, Steady::time_point due) {
        sequencer_->turn([this, &record, due](Turn& turn) {
            turn.append(std::move(record));
            foldedUs_.push_back(since(due) * 1e6);
            turn.whenDurable.emplace_back([this, due](const Result<void>& /*result*/) {
                ++durable_;
                durableUs_.push_back(since(due) * 1e6);
            });
        });
    }

    void invokeNext() {
        if (Steady::now() >= end_) return;
        ++underWay_;
        dispatch::Request request;
        request.function = "nothing";
        executions_->invoke(std::move(request), [this, began = Steady::now()](const auto& /*detail*/) {
            durableUs_.push_back(since(began) * 1e6);
            --underWay_;
            invokeNext();
        });
    }

    SystemClock clock_;
    std::mt19937_64 random_{1};
    InstantBackend backend_;
    std::unique_ptr<journal::Writer> writer_;
    std::unique_ptr<dispatch::Dispatcher> dispatcher_;
    std::unique_ptr<Sequencer> sequencer_;
    std::unique_ptr<Queries> queries_;
    std::unique_ptr<ExecutionService> executions_;
    std::int64_t durable_ = 0;
    int underWay_ = 0;
    Steady::time_point end_;
    double perSecond_ = 0;
};

double percentile(std::vector<double> values, double part) {
    if (values.empty()) return 0;
    const auto index = static_cast<std::size_t>(part * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(index), values.end());
    return values[index];
}

class Bench {
 public:
    explicit Bench(std::string directory) : directory_(std::move(directory)) {}

    Result<std::vector<Figure>> run(int seconds) {
        const double part = seconds / 5.0;
        auto done = bare(part);
        if (done) done = appends(part);
        if (done) done = invokes(part);
        if (done) done = restart(1'000'000);
        if (done && seconds >= 60) done = restart(10'000'000);
        if (!done) return tl::unexpected(done.error());
        return std::move(figures_);
    }

 private:
    /// Runs `work` on an empty folder of its own.
    Result<void> inScratch(const std::function<Result<void>(const std::string&)>& work) {
        const QTemporaryDir scratch(QString::fromStdString(directory_) +
                                    QStringLiteral("/dogwatch-bench-XXXXXX"));
        if (scratch.isValid()) return work(scratch.path().toStdString());
        return failure(Error::Kind::Io,
                       "No scratch directory can be made: " + scratch.errorString().toStdString());
    }
    Result<void> withPlane(const std::function<void(Plane&)>& work) {
        return inScratch([&](const std::string& directory) {
            return Plane::make(directory).map([&](const std::unique_ptr<Plane>& plane) { work(*plane); });
        });
    }
    void add(const char* bench, double value, const char* unit, double ratio = 0, std::size_t runs = 1) {
        figures_.push_back(
            {bench, value, unit, ratio > 0 ? kBaseline : "", ratio, static_cast<std::int64_t>(runs)});
    }

    Result<void> bare(double seconds) {
        return inScratch([&](const std::string& directory) -> Result<void> {
            const auto perSecond = journal::benchBareLoop(directory, seconds);
            if (!perSecond) return tl::unexpected(perSecond.error());
            bare_ = *perSecond;
            add("journal.bare_loop", bare_, "records/s");
            return {};
        });
    }

    Result<void> appends(double seconds) {
        auto done = withPlane([&](Plane& plane) {
            plane.append(seconds);
            add("journal.append.most", plane.perSecond(), "records/s", plane.perSecond() / bare_);
        });
        if (!done) return done;
        return withPlane([&](Plane& plane) {
            plane.appendAt(kOfferedPerSecond, seconds);
            const std::size_t runs = plane.foldedUs_.size();
            add("journal.append.at_10000_per_s", plane.perSecond(), "records/s", plane.perSecond() / bare_);
            add("journal.to_engine.p99_at_10000_per_s", percentile(plane.foldedUs_, 0.99), "us", 0, runs);
            add("journal.durable.p50_at_10000_per_s", percentile(plane.durableUs_, 0.5), "us", 0, runs);
            add("journal.durable.p99_at_10000_per_s", percentile(plane.durableUs_, 0.99), "us", 0, runs);
        });
    }

    Result<void> invokes(double seconds) {
        auto done = withPlane([&](Plane& plane) {
            plane.invoke(seconds, kInvokesAtOnce);
            constexpr double kRecordsOfOne = 3;
            add("journal.invoke.64_at_once", plane.perSecond(), "invokes/s",
                plane.perSecond() * kRecordsOfOne / bare_, plane.durableUs_.size());
        });
        if (!done) return done;
        return withPlane([&](Plane& plane) {
            plane.invoke(seconds, 1);
            const std::size_t runs = plane.durableUs_.size();
            add("journal.invoke.alone.p50", percentile(plane.durableUs_, 0.5), "us", 0, runs);
            add("journal.invoke.alone.p99", percentile(plane.durableUs_, 0.99), "us", 0, runs);
        });
    }

    /// From opening the file as a killed process left it to all that a control plane goes on from; the most
    /// records that there can be after a checkpoint are to be folded.
    Result<void> restart(std::int64_t records) {
        return inScratch([&](const std::string& directory) -> Result<void> {
            const auto made = journal::makeBenchJournal(directory, records, records - kAfterCheckpoint,
                                                        engineOfDefinitions().checkpoint());
            if (!made) return made;
            const auto start = Steady::now();
            const auto writer = journal::Writer::open({directory, "bench"}, [](const auto& /*work*/) {});
            if (!writer) return tl::unexpected(writer.error());
            auto reader = journal::Reader::open(directory);
            if (!reader) return tl::unexpected(reader.error());
            const auto recovered = recover(*reader, (*writer)->opened().lastTime);
            if (!recovered) return tl::unexpected(recovered.error());
            const double took = since(start);
            const double inserted = static_cast<double>(records) / bare_;
            add(records > 1'000'000 ? "journal.restart.10000000_records" : "journal.restart.1000000_records",
                took * 1e3, "ms", took / inserted);
            return {};
        });
    }

    static engine::Engine engineOfDefinitions() {
        engine::Engine engine;
        const Time armed = journal::benchRecord(0).time;
        for (int i = 0; i < kDefinitions; ++i) {
            if (const auto metaevent = definition(i)) static_cast<void>(engine.define(*metaevent, 1, armed));
        }
        return engine;
    }

    std::string directory_;
    double bare_ = 0;
    std::vector<Figure> figures_;
};

}  // namespace

Result<std::vector<Figure>> benchJournal(int seconds, const std::string& directory) {
    return Bench(directory).run(seconds);
}

}  // namespace dogwatch::control

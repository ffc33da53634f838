#include "core/control/bench_lateness.h"

#include <fmt/format.h>

#include <QEventLoop>
#include <QTemporaryDir>
#include <algorithm>
#include <chrono>

#include "core/control/sequencer.h"

namespace dogwatch::control {
namespace {

constexpr int kAbsences = 200;
constexpr int kRecordsPerMillisecond = 1;
constexpr Duration kFirstDeadline = std::chrono::milliseconds{500};
constexpr Duration kGrace = std::chrono::seconds{1};  ///< for the last one to come

/// Runs nothing: no execution is asked for.
class NoBackend final : public dispatch::Backend {
 public:
    void setListener(dispatch::BackendListener* /*listener*/) override {}
    bool offer(const Invocation& /*invocation*/) override { return false; }
    void cancel(std::string_view /*execution*/) override {}
};

/// `index`: the deadlines of the absences are spread evenly over `span`.
Result<Metaevent> absence(int index, Duration span) {
    const Duration deadline = kFirstDeadline + span * index / kAbsences;
    return metaeventFromJson(json::object{
        {"metaevent", fmt::format("absence-{}", index)},
        {"when",
         {{"absent", {{"event", "custom.never"}}},
          {"for",
           fmt::format("{}ms", std::chrono::duration_cast<std::chrono::milliseconds>(deadline).count())}}}});
}

class Run : public QObject {
 public:
    static Result<std::vector<Duration>> measure(Duration span, bool loaded, const std::string& directory) {
        Run run;
        journal::Options options;
        options.directory = directory;
        auto writer = journal::Writer::open(options, [&run](std::function<void()> work) {
            QMetaObject::invokeMethod(&run, std::move(work), Qt::QueuedConnection);
        });
        if (!writer) return tl::unexpected(writer.error());
        run.go(**writer, span, loaded);
        return std::move(run.lateness_);
    }

 private:
    void go(journal::Writer& writer, Duration span, bool loaded) {
        NoBackend backend;
        dispatch::Dispatcher dispatcher(backend, [] { return std::uint64_t{1}; });
        Sequencer sequencer(clock_, dispatcher, writer,
                            Timeline(engine::Engine(), writer.opened().lastSeq, writer.opened().lastTime));
        connect(&sequencer, &Sequencer::committed, this,
                [this](const std::shared_ptr<const journal::Batch>& batch) { note(*batch); });
        sequencer.start([&](Turn& turn) {
            for (int i = 0; i < kAbsences; ++i) {
                if (const auto definition = absence(i, span)) {
                    static_cast<void>(turn.timeline.define(*definition, 1, turn.now, turn.output));
                }
            }
        });
        QTimer load;
        load.setTimerType(Qt::PreciseTimer);
        connect(&load, &QTimer::timeout, this, [&] { addLoad(sequencer); });
        loadSince_ = clock_.now();
        if (loaded) load.start(std::chrono::milliseconds{1});
        QTimer::singleShot(
            std::chrono::duration_cast<std::chrono::milliseconds>(kFirstDeadline + span + kGrace), &loop_,
            &QEventLoop::quit);
        loop_.exec();
        sequencer.stop();
    }

    /// Timers skip beats under load; the records that are owed come in the next one.
    void addLoad(Sequencer& sequencer) {
        const auto owed =
            kRecordsPerMillisecond * ((clock_.now() - loadSince_) / std::chrono::milliseconds{1});
        for (; loadSent_ < owed; ++loadSent_) {
            sequencer.turn([](Turn& turn) {
                Record record;
                record.event = "custom.load";
                turn.append(std::move(record));
            });
        }
    }

    void note(const journal::Batch& batch) {
        const Time now = clock_.now();
        for (const Firing& firing : batch.firings) lateness_.push_back(now - firing.time);
    }

    SystemClock clock_;
    QEventLoop loop_;
    std::vector<Duration> lateness_;
    Time loadSince_{};
    std::int64_t loadSent_ = 0;
};

Figure percentile(const char* bench, int percent, std::vector<Duration> values) {
    std::sort(values.begin(), values.end());
    const std::size_t rank = (values.size() * static_cast<std::size_t>(percent) + 99) / 100;  // nearest rank
    Figure figure;
    figure.bench = fmt::format("{}.p{}", bench, percent);
    figure.value = static_cast<double>(values[rank - 1].count());
    figure.unit = "us";
    figure.runs = static_cast<std::int64_t>(values.size());
    return figure;
}

}  // namespace

Result<std::vector<Figure>> benchLateness(int seconds, const std::string& directory) {
    const Duration span = std::chrono::duration_cast<Duration>(std::chrono::seconds{seconds}) / 2;
    std::vector<Figure> figures;
    for (const bool loaded : {false, true}) {
        QTemporaryDir scratch(QString::fromStdString(directory) + QStringLiteral("/dogwatch-bench-XXXXXX"));
        if (!scratch.isValid()) {
            return failure(Error::Kind::Io,
                           "No scratch directory can be made: " + scratch.errorString().toStdString());
        }
        const auto lateness = Run::measure(span, loaded, scratch.path().toStdString());
        if (!lateness) return tl::unexpected(lateness.error());
        if (lateness->size() < kAbsences) {
            return failure(Error::Kind::Internal,
                           fmt::format("{} of {} absences fired", lateness->size(), kAbsences));
        }
        const char* name = loaded ? "engine.lateness.1000_records_per_s" : "engine.lateness.idle";
        for (const int percent : {50, 99}) figures.push_back(percentile(name, percent, *lateness));
    }
    return figures;
}

}  // namespace dogwatch::control

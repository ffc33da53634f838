#include "gui/console_bench.h"

#include <QCoreApplication>
#include <QLineEdit>
#include <QProcess>
#include <QScrollBar>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>

#include "core/api/blocking_client.h"
#include "core/api/socket_path.h"
#include "core/api/start_control_plane.h"
#include "core/model/figure.h"
#include "gui/models/text.h"
#include "gui/pages/executions_page.h"
#include "gui/widgets/table.h"
#include "gui/widgets/timeline_view.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr int kProbeMs = 4;
constexpr int kPatienceMs = 60'000;
constexpr int kFrames = 240;
constexpr auto kSettle = 1500ms;
constexpr auto kMeasured = 8000ms;
constexpr int kRecordsPerSecond = 10'000;

double processorSeconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

double share(const std::vector<double>& sorted, double percent) {
    if (sorted.empty()) return 0;
    const auto at = static_cast<std::size_t>(static_cast<double>(sorted.size() - 1) * percent / 100);
    return sorted[at];
}

/// Three records of an execution that ran just now, over and over.
json::array loadOf(std::int64_t first, int count) {
    const std::int64_t now = toUs(wallClock());
    json::array records;
    for (int i = 0; i < count; ++i) {
        const std::int64_t ordinal = first + i;
        const std::string id = "load" + std::to_string(ordinal / 3);
        json::object record{{"time", now},      {"function", "import-" + std::to_string(ordinal / 3 % 20)},
                            {"execution", id},  {"attempt", 1},
                            {"trigger", "api"}, {"version", 1}};
        switch (ordinal % 3) {
            case 0: record["event"] = "execution.queued"; break;
            case 1:
                record["event"] = "execution.started";
                record["queue_us"] = 800;
                record["vm"] = "vm-1";
                break;
            default:
                record["event"] = ordinal % 120 == 2 ? "execution.failed" : "execution.succeeded";
                record["duration_us"] = 1000 + ordinal % 5000;
        }
        records.push_back(std::move(record));
    }
    return records;
}

}  // namespace

LatencyProbe::LatencyProbe(QObject* parent) : QObject(parent) {
    timer_.setTimerType(Qt::PreciseTimer);
    timer_.setInterval(kProbeMs);
    connect(&timer_, &QTimer::timeout, this, [this] {
        const double elapsed = static_cast<double>(clock_.nsecsElapsed()) / 1e6;
        lateMs_.push_back(std::max(elapsed - kProbeMs, 0.0));
        clock_.restart();
    });
}

void LatencyProbe::start() {
    lateMs_.clear();
    clock_.start();
    timer_.start();
}

double LatencyProbe::stop(std::vector<double>* sorted) {
    timer_.stop();
    std::sort(lateMs_.begin(), lateMs_.end());
    if (sorted != nullptr) *sorted = lateMs_;
    return share(lateMs_, 99);
}

ConsoleBench::ConsoleBench(MainWindow& window, const Workbench& bench, QObject* parent)
    : QObject(parent), window_(window), bench_(bench) {
    connect(&bench_.session, &ControlPlaneSession::recordsTaken, this,
            [this](const std::vector<Record>& records) { taken_ += std::ssize(records); });
}

ConsoleBench::~ConsoleBench() {
    loading_ = false;
    if (load_.joinable()) load_.join();
}

Result<void> ConsoleBench::prepare(const std::string& dataDir) {
    QProcess maker;
    maker.setProcessChannelMode(QProcess::ForwardedChannels);
    maker.start(fromUtf8(api::findControlPlane()),
                {u"--data"_s, fromUtf8(dataDir), u"--bench-executions"_s, QString::number(kThousands)});
    if (!maker.waitForFinished(-1) || maker.exitCode() != 0)
        return failure(Error::Kind::Io,
                       "The journal of the bench could not be made; see what dogwatchd said above.");
    return {};
}

void ConsoleBench::start() {
    plan();
    when([this] { return bench_.session.link() == ControlPlaneSession::Link::Connected; },
         [this](double) { next(); });
}

void ConsoleBench::plan() {
    steps_.emplace_back([this] { measureOpening(); });
    const std::pair<QString, QString> filters[] = {
        {u"state"_s, u"state:failed"_s},           {u"function"_s, u"function:import-7"_s},
        {u"duration"_s, u"duration>2900ms"_s},     {u"word"_s, u"orders"_s},
        {u"rare"_s, u"error:timeout waited>2s"_s}, {u"none"_s, {}}};
    for (const auto& [name, text] : filters)
        steps_.emplace_back([this, name = name, text = text] { measureFilter(name, text); });
    steps_.emplace_back([this] { measureScrolling(); });
    steps_.emplace_back([this] { measureTimeline(); });
    steps_.emplace_back([this] { measureIdle(u"executions"_s, MainWindow::Executions); });
    steps_.emplace_back([this] { measureIdle(u"overview"_s, MainWindow::Overview); });
    steps_.emplace_back([this] { measureLoad(u"overview"_s, MainWindow::Overview); });
    steps_.emplace_back([this] { measureLoad(u"executions"_s, MainWindow::Executions); });
    steps_.emplace_back([this] { measureLoad(u"journal"_s, MainWindow::Journal); });
}

void ConsoleBench::next() {
    if (steps_.empty() || !fault_.isEmpty()) {
        Q_EMIT finished(fault_);
        return;
    }
    const auto step = std::move(steps_.front());
    steps_.pop_front();
    step();
}

void ConsoleBench::report(const QString& bench, double value, const QString& unit, qint64 runs) {
    const Figure figure{"console." + toUtf8(bench), value, toUtf8(unit), {}, 0, runs};
    std::printf("%s\n", toJson(json::value(toJson(figure))).c_str());
    std::fflush(stdout);
}

void ConsoleBench::when(std::function<bool()> done, std::function<void(double ms)> then) {
    auto* poll = new QTimer{this};
    QElapsedTimer clock;
    clock.start();
    connect(poll, &QTimer::timeout, this,
            [this, poll, clock, done = std::move(done), then = std::move(then)] {
                const double ms = static_cast<double>(clock.nsecsElapsed()) / 1e6;
                if (!done() && ms < kPatienceMs) return;
                if (ms >= kPatienceMs) fault_ = tr("A step of the bench did not end within a minute.");
                poll->deleteLater();
                poll->stop();
                then(ms);
            });
    poll->start(1);
}

bool ConsoleBench::tableIsFilled() const {
    ExecutionFeed& feed = window_.executionsPage().feed();
    return feed.isComplete() && (feed.table().rowCount() == 0 || feed.table().executionAt(0) != nullptr);
}

void ConsoleBench::measureOpening() {
    window_.setMode(MainWindow::Executions);
    when([this] { return tableIsFilled(); },
         [this](double ms) {
             report(u"open"_s, ms, u"ms"_s);
             report(u"executions"_s, window_.executionsPage().feed().table().rowCount(), u"rows"_s);
             next();
         });
}

void ConsoleBench::measureFilter(const QString& name, const QString& text) {
    window_.executionsPage().setFilter(text);
    when([this] { return tableIsFilled(); },
         [this, name](double ms) {
             report(u"filter."_s + name, ms, u"ms"_s);
             report(u"filter."_s + name + u".found"_s, window_.executionsPage().feed().table().rowCount(),
                    u"rows"_s);
             next();
         });
}

void ConsoleBench::measureScrolling() {
    auto* table = window_.findChild<Table*>(u"executionsTable"_s);
    QScrollBar* bar = table->verticalScrollBar();
    std::vector<double> frames;
    for (int i = 0; i < kFrames; ++i) {
        QElapsedTimer frame;
        frame.start();
        // Half of it line by line, half in leaps through all of it.
        const qint64 leap = static_cast<qint64>(bar->maximum()) * (i * 7919 % kFrames) / kFrames;
        bar->setValue(i < kFrames / 2 ? i * 30 : static_cast<int>(leap));
        table->viewport()->repaint();
        frames.push_back(static_cast<double>(frame.nsecsElapsed()) / 1e6);
        QCoreApplication::processEvents();
    }
    std::sort(frames.begin(), frames.end());
    report(u"scroll.p99"_s, share(frames, 99), u"ms"_s, kFrames);
    report(u"scroll.worst"_s, frames.back(), u"ms"_s, kFrames);
    bar->setValue(0);
    table->setFollowing(true);
    next();
}

void ConsoleBench::measureTimeline() {
    window_.executionsPage().showView(ExecutionsPage::Timeline);
    auto* view = window_.findChild<TimelineView*>();
    const Time now = wallClock();
    view->setRange(now - 24h * 8, now);
    when(
        [view] {
            return !view->data().lanes.empty() &&
                   view->data().covers(view->scale().begin(), view->scale().end());
        },
        [this, view](double ms) {
            report(u"timeline.weeks"_s, ms, u"ms"_s);
            std::vector<double> frames;
            for (int i = 0; i < kFrames; ++i) {
                QElapsedTimer frame;
                frame.start();
                // In to a second, out again, and along.
                const double factor = i % 3 == 2 ? 1 : i < kFrames / 2 ? 1.15 : 1 / 1.15;
                const TimeScale scale = view->scale().zoomed(factor, 700).panned(i % 3 == 2 ? 40 : 0);
                view->setRange(scale.begin(), scale.end());
                view->viewport()->repaint();
                frames.push_back(static_cast<double>(frame.nsecsElapsed()) / 1e6);
                QCoreApplication::processEvents();
            }
            std::sort(frames.begin(), frames.end());
            report(u"timeline.p99"_s, share(frames, 99), u"ms"_s, kFrames);
            report(u"timeline.worst"_s, frames.back(), u"ms"_s, kFrames);
            window_.executionsPage().showView(ExecutionsPage::List);
            next();
        });
}

void ConsoleBench::measureIdle(const QString& name, int mode) {
    window_.setMode(mode);
    QTimer::singleShot(kSettle * 2, this, [this, name] {
        const double before = processorSeconds();
        QElapsedTimer clock;
        clock.start();
        QTimer::singleShot(kMeasured, this, [this, name, before, clock] {
            const double seconds = static_cast<double>(clock.nsecsElapsed()) / 1e9;
            report(u"idle."_s + name, (processorSeconds() - before) / seconds * 100, u"% of a core"_s);
            next();
        });
    });
}

void ConsoleBench::sendRecords() {
    auto client = api::BlockingClient::connect(api::socketPath(bench_.session.dataDir()));
    if (!client) return;
    constexpr int kBatch = 300;
    const auto begin = std::chrono::steady_clock::now();
    while (loading_) {
        const std::int64_t sent = sent_;
        std::this_thread::sleep_until(begin +
                                      std::chrono::microseconds{sent * 1'000'000 / kRecordsPerSecond});
        if (!client->call("records.import", {{"records", loadOf(sent, kBatch)}})) return;
        sent_ = sent + kBatch;
    }
}

void ConsoleBench::measureLoad(const QString& name, int mode) {
    window_.setMode(mode);
    if (load_.joinable()) load_.join();
    sent_ = 0;
    loading_ = true;
    load_ = std::thread{[this] { sendRecords(); }};
    QTimer::singleShot(kSettle, this, [this, name] {
        const std::int64_t before = taken_;
        QElapsedTimer clock;
        clock.start();
        probe_.start();
        QTimer::singleShot(kMeasured, this, [this, name, before, clock] {
            const double seconds = static_cast<double>(clock.nsecsElapsed()) / 1e9;
            std::vector<double> late;
            const double p99 = probe_.stop(&late);
            report(u"load."_s + name + u".latency.p99"_s, p99, u"ms"_s, std::ssize(late));
            report(u"load."_s + name + u".latency.worst"_s, share(late, 100), u"ms"_s, std::ssize(late));
            report(u"load."_s + name + u".records"_s, static_cast<double>(taken_ - before) / seconds,
                   u"records/s"_s);
            loading_ = false;
            QTimer::singleShot(kSettle, this, &ConsoleBench::next);
        });
    });
}

}  // namespace dogwatch::gui

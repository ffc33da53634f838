// Measures how the history bench follows the mouse: a bound is dragged over a million records, and each new
// position is timed until the firings for it are painted; how late the window's own clock ticks meanwhile
// tells how responsive it stays. Prints figures; asserts nothing.
#include <QApplication>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <deque>

#include "gui/bench/view/history_bench.h"
#include "gui/bench/view/lanes_view.h"
#include "gui/models/text.h"
#include "gui/pages/metaevent_editor.h"

using namespace dogwatch;
using namespace dogwatch::gui;
using namespace dogwatch::gui::bench;
using namespace Qt::StringLiterals;

namespace {

constexpr int kMoves = 300;
constexpr int kMoveMs = 16;
constexpr int kTickMs = 5;

/// A busy installation: 20 functions, a record every 10 ms, one in 25 a failure.
std::shared_ptr<RecordStore> history(std::int64_t count) {
    auto store = std::make_shared<RecordStore>();
    for (std::int64_t seq = 1; seq <= count; ++seq) {
        Record record{seq,
                      timeFromUs(1'700'000'000'000'000 + seq * 10'000),
                      seq % 25 == 0 ? "execution.failed" : "execution.succeeded",
                      {}};
        record.fields = {{"function", "import-" + std::to_string(seq * 7919 % 20)},
                         {"execution", "01j5x8k3qd" + std::to_string(1'000'000'000 + seq / 3)},
                         {"duration_us", 100'000 + (seq * 2'654'435'761 % 400'000)},
                         {"tags", json::object{{"team", "data"}, {"tier", "gold"}}},
                         {"result", json::object{{"rows", seq % 500}}},
                         {"output", "imported\n"}};
        store->append(std::move(record));
    }
    store->finish();
    return store;
}

double percentile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1,
                           static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

/// Tells when the lanes were painted.
class PaintWatch final : public QObject {
 public:
    std::function<void()> painted;

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        const bool done = QObject::eventFilter(watched, event);
        if (event->type() == QEvent::Paint && painted) QTimer::singleShot(0, this, [this] { painted(); });
        return done;
    }
};

void measure(const char* name, const std::string& when, const std::shared_ptr<RecordStore>& store) {
    const QTemporaryDir data;
    Theme theme;
    ControlPlaneSession session{toUtf8(data.path())};
    MetaeventEditor editor{Workbench{session, theme}};
    editor.resize(1440, 900);
    editor.show();
    editor.edit(parseJson(R"({"metaevent":"m","when":)" + when + "}")->get_object());
    HistoryBench& bench = editor.bench();
    std::int64_t shown = -1;
    QObject::connect(&bench, &HistoryBench::firingsShown, [&](std::int64_t ordinal) { shown = ordinal; });
    bench.useStore(store);
    while (shown < 0) QTest::qWait(10);
    QTest::qWait(3000);  // the lanes, and what else the first time takes

    QElapsedTimer clock;
    clock.start();
    std::deque<std::pair<std::int64_t, double>> waiting;  // of each edit: its ordinal, and when it was made
    std::vector<double> latencies;
    std::vector<double> late;
    const auto now = [&] { return static_cast<double>(clock.nsecsElapsed()) / 1e6; };
    PaintWatch watch;
    watch.painted = [&] {
        while (!waiting.empty() && waiting.front().first <= shown) {
            latencies.push_back(now() - waiting.front().second);
            waiting.pop_front();
        }
    };
    LanesView& lanes = bench.lanes();
    lanes.viewport()->installEventFilter(&watch);
    QTimer tick;
    tick.setTimerType(Qt::PreciseTimer);
    tick.setInterval(kTickMs);
    double expected = now() + kTickMs;
    QObject::connect(&tick, &QTimer::timeout, [&] {
        late.push_back(std::max(0.0, now() - expected));
        expected = now() + kTickMs;
    });
    tick.start();

    const QPointF handle = lanes.boundHandle(0).value_or(QPointF{});
    QTest::mousePress(lanes.viewport(), Qt::LeftButton, {}, handle.toPoint());
    for (int i = 1; i <= kMoves; ++i) {
        const QPointF at = handle + QPointF{0, (i % 60 < 30 ? i % 30 : 30 - i % 30) * 0.7};
        QMouseEvent move{QEvent::MouseMove, at, lanes.viewport()->mapToGlobal(at), Qt::NoButton,
                         Qt::LeftButton,    {}};
        const std::int64_t before = bench.ordinal();
        const double made = now();
        QApplication::sendEvent(lanes.viewport(), &move);
        if (bench.ordinal() != before) waiting.emplace_back(bench.ordinal(), made);
        QTest::qWait(kMoveMs);
    }
    QTest::mouseRelease(lanes.viewport(), Qt::LeftButton, {}, handle.toPoint());
    QTest::qWait(500);
    std::printf(
        "%-10s %8zu records %7zu firings  %4zu edits  firings on screen p50 %6.1f ms  p95 %6.1f ms  max "
        "%6.1f ms  window late p95 %5.1f ms  max %5.1f ms\n",
        name, store->size(), lanes.firings().size(), latencies.size(), percentile(latencies, 0.5),
        percentile(latencies, 0.95), percentile(latencies, 1), percentile(late, 0.95), percentile(late, 1));
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app{argc, argv};
    const std::int64_t count = argc > 1 ? std::atoll(argv[1]) : 1'000'000;
    const auto store = history(count);
    measure("count",
            R"({"count":{"event":"execution.failed","function":"import-5"},"within":"60s","is":[">=",12]})",
            store);
    measure("count-all", R"({"count":{"event":"execution.failed"},"within":"10s","is":[">=",41]})", store);
    measure(
        "p95",
        R"({"measure":"p95","of":"duration_us","over":{"event":"execution.succeeded","function":"import-3"},"within":"60s","is":[">",480000]})",
        store);
    return 0;
}

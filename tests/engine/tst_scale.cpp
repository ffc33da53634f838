// The engine under load: no allocation a record where nothing changes, bounds that hold, state that is told
// as large as it is.
#include <QTest>
#include <map>

#include "core/engine/bench.h"
#include "core/engine/bench_allocations.h"
#include "core/engine/engine.h"

using namespace dogwatch;
using engine::Derived;
using engine::Engine;

namespace {

Metaevent definition(const char* when, const char* more = "") {
    const std::string text = std::string{R"({"metaevent":"m","when":)"} + when + more + "}";
    return metaeventFromJson(parseJson(text).value()).value();
}

/// Folds `count` records a microsecond apart.
class Run {
 public:
    explicit Run(const Metaevent& definition) : before_(engine::liveBytes()) {
        defined_ = engine_.define(definition, 1, timeFromUs(engine::kBenchStart)).has_value();
        input_.event = engine_.symbols().intern("execution.failed");
        input_.function = engine_.symbols().intern("backup");
        input_.fields = &fields_;
        input_.time = engine::kBenchStart;
    }

    void fold(int count) {
        for (int i = 0; i < count && defined_; ++i) {
            input_.time += 1;
            input_.seq += 1;
            record_.key = input_.seq % 10'000;
            record_.durationUs = input_.seq % 1'000;
            fields_.set(record_, input_.seq);
            engine_.fold(input_, [this](Derived&& derived) {
                ++counts_[derived.toRecord().event + ' ' + derived.reason];
            });
        }
    }
    [[nodiscard]] engine::Status status() const { return engine_.status("m").value(); }
    [[nodiscard]] std::int64_t count(const std::string& what) { return counts_[what]; }
    /// What the engine has taken since it was made.
    [[nodiscard]] std::int64_t heldBytes() const { return engine::liveBytes() - before_; }

 private:
    engine::BenchFields fields_;
    std::int64_t before_;
    Engine engine_{engine::EngineOptions{.gauges = false, .evidence = false}};
    bool defined_ = false;
    engine::BenchRecord record_;
    engine::Input input_;
    std::map<std::string, std::int64_t> counts_;
};

}  // namespace

class ScaleTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void steadyStateAllocatesNothing_data() {
        QTest::addColumn<QString>("name");
        for (const auto& workload : engine::benchWorkloads()) {
            if (workload.isSteady)
                QTest::newRow(workload.name.c_str()) << QString::fromStdString(workload.name);
        }
    }

    void steadyStateAllocatesNothing() {
        QFETCH(QString, name);
        // Long enough for windows of a minute to fill, at 10,000 records a second.
        static const auto records = engine::benchRecords(1'000'000);
        for (const auto& workload : engine::benchWorkloads()) {
            if (workload.name != name.toStdString()) continue;
            const auto outcome = engine::benchFold(records, workload.definitions);
            QVERIFY(outcome.rate > 0);
            QVERIFY2(outcome.allocationsARecord < 1e-4,
                     qPrintable(QString::number(outcome.allocationsARecord)));
        }
    }

    void runsAreBounded() {
        Run run(definition(R"({"sequence":[{"event":"execution.*"},{"event":"vm.lost"}],"within":"1h"})"));
        run.fold(100'000);
        QCOMPARE(run.count("metaevent.degraded runs"), 0);
        const std::int64_t full = run.status().stateBytes;
        run.fold(200'000);
        QCOMPARE(run.count("metaevent.degraded runs"), 1);
        QVERIFY(run.status().stateBytes < full + full / 4);
    }

    void runsOfManyKeysAreBounded() {
        Run run(definition(
            R"({"sequence":[{"event":"execution.*"},{"event":"vm.lost"}],"within":"1h","by":["id"]})"));
        run.fold(300'000);
        QCOMPARE(run.count("metaevent.degraded runs"), 1);
        QVERIFY(run.status().stateBytes < 64'000'000);
    }

    void windowsAreBounded() {
        Run run(definition(R"({"measure":"sum","of":"duration_us","over":{"event":"execution.*"},
                               "within":"1h","is":[">",1e15]})"));
        run.fold(1'000'000);
        QCOMPARE(run.count("metaevent.degraded window"), 0);
        run.fold(10);
        QCOMPARE(run.count("metaevent.degraded window"), 1);
        QVERIFY(run.status().stateBytes < 40'000'000);
    }

    /// What a metaevent costs is told, whatever others there are, and also after changes of definitions.
    void looksAtRecordsAreCounted() {
        const std::string one =
            R"({"count":{"event":"execution.failed","function":"backup"},"within":"1h","is":[">",99]})";
        const std::string other =
            R"({"count":{"event":"execution.failed","function":"import"},"within":"1h","is":[">",99]})";
        Engine engine;
        std::int64_t seq = 0;
        const auto define = [&](const char* name, const std::string& when) {
            const auto made = metaeventFromJson(
                parseJson(R"({"metaevent":")" + std::string(name) + R"(","when":)" + when + "}").value());
            return engine.define(*made, 1, timeFromUs(seq + 1)).has_value();
        };
        const auto fold = [&](int count) {
            for (int i = 0; i < count; ++i) {
                ++seq;
                engine.fold({seq, timeFromUs(seq + 1), "execution.failed", {{"function", "backup"}}},
                            [](Derived&&) {});
            }
        };
        const auto checks = [&](const char* name) { return engine.status(name)->checks; };
        QVERIFY(define("one", one) && define("other", other));
        QVERIFY(define("both", R"({"any":[)" + one + "," + one + "," + other + "]}"));
        fold(10);
        QCOMPARE(checks("one"), 10);
        QCOMPARE(checks("other"), 0);
        QCOMPARE(checks("both"), 20);
        fold(5);
        engine.remove("other");
        QVERIFY(define("late", one));
        fold(2);
        QCOMPARE(checks("one"), 17);
        QCOMPARE(checks("both"), 34);
        QCOMPARE(checks("late"), 2);
    }

    void keysAreBounded() {
        Run run(definition(R"({"count":{"event":"execution.*"},"within":"1h","is":[">",1000]})",
                           R"(,"partition":["id"])"));
        run.fold(1'000'000);
        QCOMPARE(run.status().instances, 10'000);
        QCOMPARE(run.count("metaevent.degraded partitions"), 1);
    }

    void aMetaeventThatFiresOnItselfEnds() {
        Run run(definition(R"({"any":[{"occurs":{"event":"execution.*"}},{"fired":"m"}]})",
                           R"(,"fire":{"max_depth":64})"));
        run.fold(100);
        QCOMPARE(run.count("metaevent.fired "), 100 * 64);
        QCOMPARE(run.count("metaevent.suppressed depth"), 100);
    }

    void regularExpressionsOverLongOutput() {
        Run run(definition(R"({"occurs":{"event":"execution.*",
                               "where":[["output","matches","(row|rows|o|w)*(a|aa|in)+ [0-9]{1,30}x$"]]}})"));
        run.fold(1'000);
        QCOMPARE(run.count("metaevent.fired "), 0);
    }

    void stateIsToldAsLargeAsItIs_data() {
        QTest::addColumn<QString>("when");
        QTest::addColumn<QString>("more");
        const char* none = "";
        const char* keys = R"(,"partition":["key"])";
        QTest::newRow("count") << R"({"count":{"event":"*"},"within":"1h","is":[">",9000000]})" << none;
        QTest::newRow("measure") << R"({"measure":"p95","of":"duration_us","over":{"event":"*"},"within":"1h",
                                        "is":[">",9000000]})"
                                 << none;
        QTest::newRow("distinct") << R"({"measure":"distinct","of":"id","over":{"event":"*"},"within":"1h",
                                         "is":[">",9000000]})"
                                  << none;
        QTest::newRow("runs") << R"({"sequence":[{"event":"*"},{"event":"vm.lost"}],"within":"1h"})" << none;
        QTest::newRow("runs by key")
            << R"({"sequence":[{"event":"*"},{"event":"vm.lost"}],"within":"1h","by":["id"]})" << none;
        QTest::newRow("absences by key") << R"({"absent":{"event":"*"},"for":"1h"})" << keys;
        QTest::newRow("trees by key")
            << R"({"all":[{"absent":{"event":"*"},"for":"1h"},{"streak":{"event":"*"},"among":{"event":"*"},
                   "is":[">",99]},{"held":{"count":{"event":"*"},"within":"1h","is":[">",2]},"for":"1h"}]})"
            << keys;
    }

    void stateIsToldAsLargeAsItIs() {
        QFETCH(QString, when);
        QFETCH(QString, more);
        Run run(definition(when.toUtf8().constData(), more.toUtf8().constData()));
        run.fold(50'000);
        const double told = static_cast<double>(run.status().stateBytes);
        const double held = static_cast<double>(run.heldBytes()) - 200'000;  // an engine without state
        QVERIFY2(told > 0.7 * held && told < 1.4 * (held + 200'000),
                 qPrintable(QStringLiteral("%1 told, %2 held").arg(told).arg(held)));
    }
};

QTEST_GUILESS_MAIN(ScaleTest)
#include "tst_scale.moc"

// What a console asks of many executions: filtered, paged by number, counted by time, summed up.
#include <QTemporaryDir>
#include <QtTest>

#include "core/journal/bench.h"
#include "core/journal/reader.h"

using namespace dogwatch;
using namespace dogwatch::journal;

namespace {

constexpr std::int64_t kCount = 4000;
constexpr Time kUntil = timeFromUs(1'760'000'000'000'000);

template <typename T>
T valueOf(Result<T> result) {
    if (!result) qFatal("%s", result.error().text().c_str());
    return std::move(*result);
}

}  // namespace

class TestMonitor : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() {
        const auto made = makeExecutionJournal(folder_.path().toStdString(), kCount, kUntil);
        QVERIFY2(made.has_value(), made ? "" : made.error().text().c_str());
        reader_ = std::make_unique<Reader>(valueOf(Reader::open(folder_.path().toStdString())));
    }

    /// The same question answered by looking at every row.
    void theFilterIsAnsweredAsRowByRow_data() {
        QTest::addColumn<QString>("filter");
        QTest::newRow("all") << "";
        QTest::newRow("state") << "state:failed";
        QTest::newRow("not that state") << "-state:succeeded";
        QTest::newRow("function") << "function:import-7";
        QTest::newRow("functions") << "function:import-1* -function:import-11";
        QTest::newRow("duration") << "duration>2900ms";
        QTest::newRow("waited and trigger") << "waited<=10ms trigger:api";
        QTest::newRow("error, absent in most") << "-error:exception duration<100ms";
        QTest::newRow("machine") << "vm:vm-3";
        QTest::newRow("a percent sign is one") << "function:%";
    }
    void theFilterIsAnsweredAsRowByRow() {
        QFETCH(QString, filter);
        const auto read = Filter::parse(filter.toStdString(), executionFilterFields());
        QVERIFY(read.has_value());
        const auto found = valueOf(reader_->executionNumbers({*read, {}, {}}));
        std::vector<std::int64_t> wanted;
        for (std::int64_t first = 1; first <= kCount; first += 1000) {
            std::vector<std::int64_t> numbers;
            for (std::int64_t n = first; n < first + 1000; ++n) numbers.push_back(n);
            for (const auto& row : valueOf(reader_->executionRows(numbers)))
                if (matches(filter, row.execution)) wanted.push_back(row.number);
        }
        QCOMPARE(numbersOf(found.runs), wanted);
        QCOMPARE(found.floor, kCount + 1);
        // From a number on: the same, but for what lies before it.
        std::erase_if(wanted, [](std::int64_t number) { return number < 3000; });
        QCOMPARE(numbersOf(valueOf(reader_->executionNumbers({*read, {}, {}}, 3000)).runs), wanted);
    }

    void aTimeRangeBoundsIt() {
        const auto all = valueOf(reader_->executionRows({1000, 2000}));
        const Time since = *all[0].execution.queuedAt;
        const Time until = *all[1].execution.queuedAt;
        const auto found = valueOf(reader_->executionNumbers({{}, since, until}));
        QCOMPARE(found.runs, (NumberRuns{{1000, 1001}}));
    }

    void lanesAreBarsOrCounts() {
        LaneQuery query;
        query.since = kUntil - std::chrono::hours{24};
        query.until = kUntil;
        query.mostBars = 10'000;
        const auto bars = valueOf(reader_->lanes(query));
        QCOMPARE(bars.lanes.size(), 20U);
        QCOMPARE(static_cast<std::int64_t>(bars.bars.size()), bars.total);
        QVERIFY(bars.bins.empty());
        QVERIFY(bars.total > 500 && bars.total < 620);  // a seventh of all
        query.mostBars = 100;
        query.bins = 24;
        query.byVm = true;
        const auto counts = valueOf(reader_->lanes(query));
        QCOMPARE(counts.lanes.size(), 16U);
        QCOMPARE(counts.total, bars.total);
        QVERIFY(counts.bars.empty());
        std::int64_t sum = 0;
        for (const LaneBin& bin : counts.bins) sum += bin.succeeded + bin.failed + bin.other;
        QCOMPARE(sum, bars.total);
    }

    void figuresAreSummedUp() {
        const auto all = valueOf(reader_->summary({}));
        QCOMPARE(all.total, kCount);
        QCOMPARE(all.byState[static_cast<int>(ExecutionState::Failed)], kCount / 40);
        QVERIFY(*all.durationP50 > 1'300'000 && *all.durationP50 < 1'700'000);
        QVERIFY(*all.durationP95 <= *all.durationP99 && *all.durationP99 <= *all.durationMax);
        const auto none = valueOf(reader_->summary({{}, timeFromUs(1), timeFromUs(2)}));
        QCOMPARE(none.total, 0);
        QVERIFY(!none.durationP50);
    }

    void numbersAreFoundById() {
        const auto rows = valueOf(reader_->executionRows({17, 99'999}));
        QCOMPARE(rows.size(), 1U);
        QCOMPARE(valueOf(reader_->executionNumber(rows[0].execution.id)), 17);
        QCOMPARE(reader_->executionNumber("nobody").error().kind, Error::Kind::NotFound);
    }

 private:
    static bool matches(const QString& filter, const Execution& e) {
        const bool failed = e.state == ExecutionState::Failed;
        if (filter == QLatin1String("state:failed") || filter == QLatin1String("-state:succeeded"))
            return failed;
        if (filter == QLatin1String("function:import-7")) return e.function == "import-7";
        if (filter.startsWith(QLatin1String("function:import-1*")))
            return e.function.starts_with("import-1") && e.function != "import-11";
        if (filter == QLatin1String("duration>2900ms")) return *e.durationUs > 2'900'000;
        if (filter.startsWith(QLatin1String("waited"))) return *e.queueUs <= 10'000 && e.trigger == "api";
        if (filter.startsWith(QLatin1String("-error"))) return !failed && *e.durationUs < 100'000;
        if (filter == QLatin1String("vm:vm-3")) return e.vm == "vm-3";
        return filter.isEmpty();
    }

    QTemporaryDir folder_;
    std::unique_ptr<Reader> reader_;
};

QTEST_GUILESS_MAIN(TestMonitor)
#include "tst_monitor.moc"

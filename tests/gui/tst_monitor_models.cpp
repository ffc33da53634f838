// The models behind the monitor's pages, on plain values.
#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>
#include <optional>

#include "core/model/filter.h"
#include "core/model/number_runs.h"
#include "fail_on_warning.h"
#include "gui/models/cause_graph.h"
#include "gui/models/execution_model.h"
#include "gui/models/execution_table.h"
#include "gui/models/json_tree.h"
#include "gui/models/locator_model.h"
#include "gui/models/text.h"
#include "gui/models/time_scale.h"
#include "gui/models/timeline_data.h"

using namespace dogwatch;
using namespace dogwatch::gui;
using namespace Qt::StringLiterals;
using Numbers = std::vector<std::int64_t>;

namespace {

/// What the table shows, from the bottom up: "1 2 5".
QString numbersOf(const ExecutionTable& table) {
    QStringList list;
    for (int row = table.rowCount() - 1; row >= 0; --row) list.append(QString::number(table.numberAt(row)));
    return list.join(u' ');
}

Execution executionOf(std::int64_t number) {
    Execution execution;
    execution.id = "e" + std::to_string(number);
    execution.function = "f";
    return execution;
}

}  // namespace

class TestMonitorModels : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { warnings_.emplace(); }
    void cleanup() { QCOMPARE(warnings_->take(), QStringList{}); }

    void timesOfTheEngineAreToldByTheClockHere() {
        const Time noon = *parseAbsoluteTime("2026-03-01T12:00:00Z");
        const QString told = withLocalTimes(
            u"since 2026-03-01T11:00:00Z; ends 2026-03-01T12:30:00.250000Z, not 2026-13-99T99:00:00Z"_s,
            noon);
        QCOMPARE(told, u"since %1; ends %2, not 2026-13-99T99:00:00Z"_s.arg(
                           clockText(noon - std::chrono::hours{1}, noon),
                           clockText(noon + std::chrono::microseconds{1'800'250'000}, noon)));
        QCOMPARE(withLocalTimes(u"no times"_s, noon), u"no times"_s);
    }

    void filtersAreReadWithTheirPlaces_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("terms");
        QTest::addColumn<QString>("blamed");  // the faulty part of the text; empty: it is well-formed
        QTest::newRow("empty") << u""_s << 0 << u""_s;
        QTest::newRow("words") << u"one \"two three\""_s << 2 << u""_s;
        QTest::newRow("all kinds") << u"function:import* -state:failed duration>=2s waited<3"_s << 4 << u""_s;
        QTest::newRow("no such field") << u"state:failed colour:red x"_s << 0 << u"colour:red"_s;
        QTest::newRow("no value") << u"a state:"_s << 0 << u"state:"_s;
        QTest::newRow("no number") << u"duration>long"_s << 0 << u"duration>long"_s;
        QTest::newRow("a colon in a word") << u"10:30"_s << 1 << u""_s;
    }
    void filtersAreReadWithTheirPlaces() {
        QFETCH(QString, text);
        QFETCH(int, terms);
        QFETCH(QString, blamed);
        FilterSpan span;
        const auto filter = Filter::parse(toUtf8(text), executionFilterFields(), &span);
        QCOMPARE(filter.has_value(), blamed.isEmpty());
        if (filter) QCOMPARE(static_cast<int>(filter->terms.size()), terms);
        QCOMPARE(text.mid(static_cast<int>(span.begin), static_cast<int>(span.end - span.begin)), blamed);
    }

    void numbersTravelAsRuns() {
        Numbers numbers;
        for (std::int64_t i = 1; i < 5000; ++i)
            if (i % 7 != 0 && (i < 900 || i > 2100)) numbers.push_back(i);
        numbers.push_back(1'000'000'000'000);
        const std::string text = encodeRuns(runsOf(numbers));
        QCOMPARE(numbersOf(*decodeRuns(text)), numbers);
        QCOMPARE(countOf(*decodeRuns(text)), static_cast<std::int64_t>(numbers.size()));
        QVERIFY(text.size() < 1500);
        QCOMPARE(encodeRuns({}), std::string{});
        QVERIFY(!decodeRuns("!"));
        QVERIFY(!decodeRuns("A"));
        QVERIFY(!decodeRuns("//////////////B"));
        QVERIFY(!decodeRuns(encodeRuns(runsOf(numbers)), 100));
    }

    void aTailIsMerged_data() {
        QTest::addColumn<Numbers>("before");
        QTest::addColumn<int>("from");
        QTest::addColumn<Numbers>("tail");
        QTest::addColumn<QString>("after");
        QTest::newRow("append") << Numbers{1, 2, 3} << 3 << Numbers{3, 4, 5} << u"1 2 3 4 5"_s;
        QTest::newRow("nothing new") << Numbers{1, 2, 3} << 2 << Numbers{2, 3} << u"1 2 3"_s;
        QTest::newRow("one ceases to match") << Numbers{1, 2, 3, 4} << 2 << Numbers{3, 4} << u"1 3 4"_s;
        QTest::newRow("one begins to match") << Numbers{1, 5} << 1 << Numbers{1, 3, 5} << u"1 3 5"_s;
        QTest::newRow("mixed") << Numbers{1, 2, 4, 6, 8} << 2 << Numbers{3, 4, 7, 8, 9} << u"1 3 4 7 8 9"_s;
        QTest::newRow("all go") << Numbers{1, 2, 3} << 1 << Numbers{} << u""_s;
        QTest::newRow("below stays") << Numbers{1, 2, 3} << 10 << Numbers{11} << u"1 2 3 11"_s;
    }
    void aTailIsMerged() {
        QFETCH(Numbers, before);
        QFETCH(int, from);
        QFETCH(Numbers, tail);
        QFETCH(QString, after);
        ExecutionTable table;
        QAbstractItemModelTester tester{&table};
        table.setNumbers(Numbers(before));
        QSignalSpy resets{&table, &QAbstractItemModel::modelReset};
        table.mergeTail(from, tail);
        QCOMPARE(numbersOf(table), after);
        QCOMPARE(resets.size(), 0);
    }

    /// Far apart and many: replaced in one go, and still without a reset.
    void anotherFilterIsTakenWithoutAReset() {
        ExecutionTable table;
        QAbstractItemModelTester tester{&table};
        Numbers all;
        Numbers odd;
        for (std::int64_t i = 1; i <= 2000; ++i) {
            all.push_back(i);
            if (i % 2 == 1) odd.push_back(i);
        }
        QSignalSpy resets{&table, &QAbstractItemModel::modelReset};
        table.setNumbers(Numbers(all));
        QCOMPARE(table.rowCount(), 2000);
        table.setNumbers(Numbers(odd));
        QCOMPARE(table.rowCount(), 1000);
        QCOMPARE(table.numberAt(0), 1999);
        QCOMPARE(*table.rowOf(1), 999);
        QVERIFY(!table.rowOf(2));
        QCOMPARE(resets.size(), 0);
    }

    void rowsAreAskedForWhenTheyAreSeen() {
        ExecutionTable table;
        QAbstractItemModelTester tester{&table};
        Numbers all;
        for (std::int64_t i = 1; i <= 1000; ++i) all.push_back(i);
        table.setNumbers(Numbers(all));
        QSignalSpy wanted{&table, &ExecutionTable::rowsWanted};
        (void)table.index(0, ExecutionModel::Function).data();
        QTRY_COMPARE(wanted.size(), 1);
        const auto asked = wanted[0][0].value<Numbers>();
        QVERIFY(!asked.empty() && asked.size() <= 64);
        std::vector<std::pair<std::int64_t, Execution>> rows;
        for (const auto number : asked)
            if (number != 998) rows.emplace_back(number, executionOf(number));
        // What happened meanwhile is not lost, and what is gone goes.
        Record record{1, timeFromUs(5), "execution.started", {{"execution", "e1000"}, {"vm", "vm-3"}}};
        table.applyRecords(std::span{&record, 1});
        table.takeRows(asked, std::move(rows));
        QCOMPARE(table.rowCount(), 999);
        QCOMPARE(table.index(0, ExecutionModel::State).data().toString(), u"Running"_s);
        QCOMPARE(table.index(0, ExecutionModel::Vm).data().toString(), u"vm-3"_s);
        QCOMPARE(*table.rowOf(std::string{"e1000"}), 0);
        QSignalSpy changes{&table, &QAbstractItemModel::dataChanged};
        record.event = "execution.succeeded";
        table.applyRecords(std::span{&record, 1});
        QCOMPARE(changes.size(), 1);
        QCOMPARE(table.index(0, ExecutionModel::State).data().toString(), u"Succeeded"_s);
    }

    void jsonIsATree() {
        JsonTree tree;
        QAbstractItemModelTester tester{&tree};
        tree.setValue(*parseJson(R"({"a":{"b":[1,"two",null]},"c":true})"));
        QCOMPARE(tree.rowCount(), 2);
        const QModelIndex a = tree.index(0, 0);
        QCOMPARE(a.data().toString(), u"a"_s);
        const QModelIndex list = tree.index(0, 0, a);
        QCOMPARE(list.siblingAtColumn(1).data().toString(), u"[ 3 ]"_s);
        QCOMPARE(tree.index(1, 1, list).data().toString(), u"two"_s);
        QCOMPARE(tree.index(2, 1, list).data().toString(), u"null"_s);
        QCOMPARE(tree.parent(tree.index(1, 0, list)), list);
    }

    void timeStandsAtPixels_data() {
        QTest::addColumn<qint64>("span");
        QTest::addColumn<qint64>("step");
        QTest::addColumn<QString>("label");
        QTest::newRow("microseconds") << qint64{100} << qint64{20} << u"00.000 000 µs"_s;
        QTest::newRow("milliseconds") << qint64{100'000} << qint64{20'000} << u"00:00:00.000"_s;
        QTest::newRow("seconds") << qint64{60'000'000} << qint64{10'000'000} << u"00:00:00"_s;
        QTest::newRow("minutes") << qint64{3'600'000'000} << qint64{600'000'000} << u"1 Jan"_s;
        QTest::newRow("weeks") << qint64{21 * 86'400'000'000} << qint64{7 * 86'400'000'000} << u"1 Jan"_s;
    }
    void timeStandsAtPixels() {
        QFETCH(qint64, span);
        QFETCH(qint64, step);
        QFETCH(QString, label);
        const TimeScale scale{timeFromUs(0), Duration{span}, 1000};
        QCOMPARE(scale.step(130).count(), step);
        const auto ticks = scale.ticks(130, Duration::zero());
        QVERIFY(!ticks.empty());
        QCOMPARE(ticks.front().label, label);
        for (std::size_t i = 1; i < ticks.size(); ++i)
            QVERIFY(scale.x(ticks[i].time) - scale.x(ticks[i - 1].time) >= 129.9);
    }

    void zoomKeepsWhatIsUnderTheCursor() {
        TimeScale scale{timeFromUs(1'700'000'000'000'000), std::chrono::hours{500}, 800};
        const Time under = scale.at(300);
        for (int i = 0; i < 70; ++i) scale = scale.zoomed(1.5, 300);
        QCOMPARE(scale.spanUs(), TimeScale::kShortestUs);
        QVERIFY(std::abs((scale.at(300) - under).count()) <= 60);
        const TimeScale moved = scale.panned(80);
        QCOMPARE((scale.begin() - moved.begin()).count(), 2);
        for (int i = 0; i < 200; ++i) scale = scale.zoomed(0.5, 300);
        QCOMPARE(scale.spanUs(), TimeScale::kLongestUs);
    }

    void theTimelineSortsItsLanes() {
        const auto data = timelineFromJson(parseJson(R"({"lanes":["b","a"],"total":2,"since":0,"until":100,
                          "bars":[[0,"e1",2,10,20,30],[1,"e2",1,40,null,null],[7,"bad",1,1,1,1]],"bins":[]})")
                                               ->as_object(),
                                           10);
        QCOMPARE(data.lanes, (std::vector<QString>{u"a"_s, u"b"_s}));
        QCOMPARE(data.bars.size(), 2U);
        QCOMPARE(data.bars[0].lane, 1U);
        QVERIFY(!data.bars[1].started);
        QVERIFY(data.covers(timeFromUs(10), timeFromUs(90)));
        QVERIFY(!data.covers(timeFromUs(10), timeFromUs(190)));
    }

    void causesStandInColumns() {
        const auto graph = causeGraphFromJson(parseJson(R"({"root":"e","nodes":[
                {"node":"e","kind":"execution","time":1000000,"level":0,
                 "value":{"execution":"x","function":"import","state":"failed","error":"exit"}},
                {"node":"t","kind":"trigger","time":1000000,"level":-1,"value":"schedule"},
                {"node":"f","kind":"firing","time":3000000,"level":1,"value":{"metaevent":"m","edge":"rise","depth":1}},
                {"node":"s","kind":"suppressed","time":4000000,"level":2,
                 "value":{"seq":9,"time":4000000,"event":"metaevent.suppressed","metaevent":"m","reason":"depth","depth":9}},
                {"node":"c","kind":"suppressed","time":4000000,"level":2,
                 "value":{"seq":10,"time":4000000,"event":"metaevent.suppressed","metaevent":"n","reason":"cascade"}}],
                "edges":[{"from":"t","to":"e"},{"from":"e","to":"f"},{"from":"f","to":"s"},{"from":"f","to":"gone"}]})")
                                                  ->as_object());
        QCOMPARE(graph.boxes.size(), 5U);
        QCOMPARE(graph.lines.size(), 3U);
        QVERIFY(graph.boxes[1].place.right() < graph.boxes[0].place.left());
        QVERIFY(graph.boxes[0].place.right() < graph.boxes[2].place.left());
        QCOMPARE(graph.boxes[0].detail, u"Failed: exit"_s);
        QCOMPARE(graph.boxes[1].title, u"Its schedule"_s);
        QCOMPARE(graph.boxes[3].detail, u"Loop cut: 8 firings behind it"_s);
        QCOMPARE(graph.boxes[4].detail, u"Loop cut: too many firings at once"_s);
        QCOMPARE(graph.boxes[4].leads, CauseBox::Leads::ToMetaevent);
        QCOMPARE(graph.lines[1].text, u"+2 s"_s);
    }

    void lettersLeadToPlaces() {
        LocatorModel model;
        QAbstractItemModelTester tester{&model};
        model.setPlaces({{u"import-orders"_s, u"Function"_s, {}, u"python3"_s, {}},
                         {u"orders"_s, u"Metaevent"_s, {}, {}, {}},
                         {u"Theme: dark"_s, u"Action"_s, {}, {}, {}}});
        QCOMPARE(model.rowCount(), 3);
        model.setText(u"ord"_s);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.at(0).title, u"orders"_s);
        model.setText(u"dark the"_s);
        QCOMPARE(model.at(0).title, u"Theme: dark"_s);
        model.setText(u"impord"_s);
        QCOMPARE(model.rowCount(), 1);
        model.setText(u"function"_s);
        QCOMPARE(model.at(0).title, u"import-orders"_s);
        model.setText(u"zzz"_s);
        QCOMPARE(model.rowCount(), 0);
    }

 private:
    std::optional<FailOnWarning> warnings_;
};

QTEST_GUILESS_MAIN(TestMonitorModels)
#include "tst_monitor_models.moc"

// History without a widget: what the bench finds is what the engine's own backtest finds, however records are
// kept; differences, test cases, and the mapping of time.
#include <QDir>
#include <QFile>
#include <QLocalServer>
#include <QTemporaryDir>
#include <QThreadPool>
#include <QtTest>

#include "core/engine/backtest.h"
#include "core/engine/interest.h"
#include "gui/bench/model/record_loader.h"
#include "gui/bench/model/study.h"
#include "gui/bench/model/test_case.h"
#include "gui/bench/model/time_axis.h"
#include "gui/models/background.h"
#include "gui/models/text.h"

using namespace dogwatch;
using namespace dogwatch::gui::bench;
using namespace Qt::StringLiterals;

namespace {

const QString kCases = QStringLiteral(CONFORMANCE_DIR);
constexpr std::int64_t kSecond = 1'000'000;

json::value parsed(const std::string& text) {
    auto value = parseJson(text);
    if (!value) qFatal("%s", value.error().text().c_str());
    return *std::move(value);
}

json::object caseIn(const QString& file) {
    QFile opened(kCases + u'/' + file);
    if (!opened.open(QIODevice::ReadOnly)) qFatal("%s cannot be read", qPrintable(file));
    return parsed(opened.readAll().toStdString()).as_object();
}

std::shared_ptr<RecordStore> storeOf(const std::vector<Record>& records) {
    auto store = std::make_shared<RecordStore>();
    for (const Record& record : records) store->append(record);
    store->finish();
    return store;
}

std::vector<Record> recordsIn(const json::value& list) {
    std::vector<Record> records;
    for (const auto& value : list.as_array()) records.push_back(recordFromJson(value).value());
    return records;
}

Metaevent definition(const std::string& when) {
    return metaeventFromJson(parsed(R"({"metaevent":"m","when":)" + when + "}")).value();
}

/// Failures of import, one every ten seconds.
std::vector<Record> failures(int count) {
    std::vector<Record> records;
    for (int i = 1; i <= count; ++i)
        records.push_back({i,
                           timeFromUs(10 * kSecond * i),
                           "execution.failed",
                           {{"function", "import"}, {"duration_us", i * 1000}}});
    return records;
}

QStringList linesOf(const std::vector<BenchFiring>& firings, const std::string& name) {
    QStringList lines;
    for (const BenchFiring& firing : firings)
        lines.append(gui::fromUtf8(toJson(json::value(firing.toLine(name)))));
    return lines;
}

}  // namespace

class TestBenchModel : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void firesAsTheEngineDoes_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<bool>("columns");
        for (const QString& file : QDir(kCases).entryList({u"[0-9]*.json"_s}, QDir::Files, QDir::Name)) {
            const json::object test = caseIn(file);
            if (test.contains("error")) continue;
            QTest::newRow(qPrintable(file)) << file << true;
            QTest::newRow(qPrintable(file + u" decoded"_s)) << file << false;
        }
    }
    void firesAsTheEngineDoes() {
        QFETCH(QString, file);
        QFETCH(bool, columns);
        const json::object test = caseIn(file);
        const auto definitions = metaeventsFromJson(test.at("metaevents")).value();
        const auto records = recordsIn(test.at("records"));
        Scope scope{storeOf(records), {}, {}, {}};
        if (const auto* from = test.if_contains("from")) scope.from = timeFromUs(from->as_int64());
        if (const auto* until = test.if_contains("until")) scope.until = timeFromUs(until->as_int64());
        if (columns || engine::Interest(definitions).gauges())
            QVERIFY(scope.store->addColumns(fieldPathsOf(definitions), {}));
        // The last one with all the others before it: the order in which they were defined.
        const Subject subject{definitions.back(), {definitions.begin(), definitions.end() - 1}};
        engine::BacktestOptions options;
        options.from = scope.from;
        options.until = scope.until;
        QStringList expected;
        const auto done =
            engine::backtest(definitions, engine::readerOf(records), options, [&](engine::Derived&& one) {
                if (one.kind == engine::Derived::Kind::Fired && one.metaevent == definitions.back().name)
                    expected.append(gui::fromUtf8(toJson(json::value(one.toBacktestLine()))));
            });
        QVERIFY(done);
        const auto firings = firingsOf(subject, scope, {});
        QVERIFY(firings);
        QCOMPARE(linesOf(*firings, definitions.back().name), expected);
    }

    /// Records that no condition looks at are passed over, but not where they keep an instance from expiring.
    void whatActsOnAnInstanceKeepsIt() {
        const auto second = [](std::int64_t at, const char* event) {
            return Record{at, timeFromUs(at * kSecond), event, {{"function", "import"}}};
        };
        const std::vector<Record> records{second(1, "execution.succeeded"), second(16, "execution.started"),
                                          second(31, "execution.succeeded")};
        const Subject subject{
            metaeventFromJson(parsed(R"({"metaevent":"twice","partition":["function"],"expire":"20s",
                "when":{"count":{"event":"execution.succeeded"},"within":"1h","is":[">=",2]}})"))
                .value(),
            {}};
        const auto kept = firingsOf(subject, {storeOf(records), {}, {}, {}}, {});
        QVERIFY(kept);
        QCOMPARE(kept->size(), std::size_t{1});
        const auto dropped = firingsOf(subject, {storeOf({records.front(), records.back()}), {}, {}, {}}, {});
        QVERIFY(dropped);
        QCOMPARE(dropped->size(), std::size_t{0});
    }

    /// The console ends, and loads from another, though this one never answers.
    void loadingEndsThoughNobodyAnswers() {
        QTemporaryDir folder;
        QLocalServer silent;
        QVERIFY(silent.listen(folder.filePath(u"silent"_s)));
        {
            RecordLoader loader;
            loader.load({.socketPath = gui::toUtf8(silent.fullServerName())});
            QTRY_VERIFY(silent.hasPendingConnections());
            QTest::qWait(300);
            QVERIFY(loader.isLoading());
        }
        QVERIFY(gui::background().waitForDone(5000));
    }

    void recordsComeBackAsTheyWere() {
        auto records = failures(1300);  // more than two chunks
        records[700].fields["tags"] = json::object{{"team", "data"}, {"line", "a\nb"}};
        const auto store = storeOf(records);
        QCOMPARE(store->size(), records.size());
        for (const std::size_t at :
             {std::size_t{0}, std::size_t{511}, std::size_t{512}, std::size_t{700}, std::size_t{1299}})
            QCOMPARE(gui::fromUtf8(toJson(json::value(toJson(store->record(at))))),
                     gui::fromUtf8(toJson(json::value(toJson(records[at])))));
        QVERIFY(store->addColumns({*FieldPath::parse("tags.team"), *FieldPath::parse("duration_us")}, {}));
        const auto* team = store->column(*FieldPath::parse("tags.team"));
        QVERIFY(team != nullptr && team->present[700] && !team->present[701]);
        QCOMPARE(store->column(*FieldPath::parse("duration_us"))->values[1299].as_int64(), 1'300'000);
    }

    void recordsByHandCount() {
        const Subject subject{
            definition(
                R"({"count":{"event":"execution.failed","function":"import"},"within":"25s","is":[">=",4]})"),
            {}};
        Scope scope{storeOf(failures(6)), {}, {}, {}};
        QCOMPARE(firingsOf(subject, scope, {})->size(), std::size_t{0});
        scope.whatIf.added.push_back(
            {0, timeFromUs(35 * kSecond), "execution.failed", {{"function", "import"}}});
        const auto firings = firingsOf(subject, scope, {});
        QCOMPARE(firings->size(), std::size_t{2});  // three are in the window between
        QCOMPARE(firings->front().time, 40 * kSecond);
        QCOMPARE(firings->back().time, 50 * kSecond);
        scope.whatIf.removed.insert(4);
        QCOMPARE(firingsOf(subject, scope, {})->size(), std::size_t{0});
    }

    void whatIsGainedLostAndKept() {
        const Scope scope{storeOf(failures(9)), {}, {}, {}};
        const Subject wide{
            definition(R"({"occurs":{"event":"execution.failed","where":[["duration_us",">",3000]]}})"), {}};
        const Subject narrow{
            definition(R"({"occurs":{"event":"execution.failed","where":[["duration_us","<",6000]]}})"), {}};
        auto now = *firingsOf(wide, scope, {});
        compareFirings(now, *firingsOf(narrow, scope, {}));
        QString fates;
        for (const BenchFiring& firing : now) fates += u"pkgl"_s[static_cast<int>(firing.fate)];
        QCOMPARE(fates, u"lllkkgggg"_s);
    }

    void whyAtAnyMoment() {
        const Subject subject{
            definition(R"({"count":{"event":"execution.failed"},"within":"1h","is":[">=",5]})"), {}};
        const Scope scope{storeOf(failures(9)), {}, {}, {}};
        const auto before = explanationOf(subject, scope, {timeFromUs(31 * kSecond), {}, {}}, {});
        QVERIFY(before);
        const json::object condition = before->at("conditions").as_array()[0].as_object();
        QCOMPARE(condition.at("number").to_number<double>(), 3.0);
        QVERIFY(!condition.at("holds").as_bool());
        QCOMPARE(gui::fromUtf8(stringMember(condition, "needed")),
                 u"2 more failures of any function within 1 hour"_s);
        const auto firings = firingsOf(subject, scope, {});
        const auto then = explanationOf(subject, scope, {{}, {}, firings->front()}, {});
        QVERIFY(then && then->at("firing").is_object());
        QVERIFY(then->at("conditions").as_array()[0].as_object().at("holds").as_bool());
    }

    void testCasesAreKeptAndRun() {
        const Subject subject{
            definition(R"({"count":{"event":"execution.failed"},"within":"25s","is":[">=",3]})"), {}};
        const Scope scope{storeOf(failures(9)), {}, {}, {}};
        auto made = caseOf("one", scope, timeFromUs(15 * kSecond), timeFromUs(70 * kSecond));
        QVERIFY(made);
        QCOMPARE(made->records.size(), std::size_t{6});
        made->expected = runCase(subject, *made).firings;
        QCOMPARE(made->expected.size(), std::size_t{4});  // from 40 s on at each, with two between
        const auto read = TestCase::fromJson(json::value(made->toJson()));
        QVERIFY(read);
        QVERIFY(runCase(subject, *read).passed);
        const Subject other{
            definition(R"({"count":{"event":"execution.failed"},"within":"25s","is":[">=",4]})"), {}};
        QVERIFY(!runCase(other, *read).passed);
        QVERIFY(!caseOf("many", {storeOf(failures(1300)), {}, {}, {}}, timeFromUs(0),
                        timeFromUs(1'000'000 * kSecond)));
    }

    void timeToPixelsAndBack() {
        const TimeAxis axis{.from = 0, .until = 100 * kSecond, .left = 50, .width = 200};
        QCOMPARE(axis.toX(50 * kSecond), 150.0);
        QCOMPARE(axis.toTime(150), 50 * kSecond);
        const TimeAxis closer = axis.zoomed(0.5, 150, 0, 100 * kSecond);
        QCOMPARE(closer.from, 25 * kSecond);
        QCOMPARE(closer.until, 75 * kSecond);
        QCOMPARE(closer.moved(1000, 0, 100 * kSecond).until, 100 * kSecond);
        QCOMPARE(axis.zoomed(9, 150, 0, 100 * kSecond), axis);
        const auto ticks = axis.ticks(40);
        QCOMPARE(ticks.size(), std::size_t{3});  // every 30 s: a step people say
        QCOMPARE(ticks[1].time - ticks[0].time, 30 * kSecond);
        QCOMPARE(niceDuration(4'300'000, 900'000), 4 * kSecond);
        QCOMPARE(niceNumber(412.7, 8), 410.0);
    }
};

QTEST_MAIN(TestBenchModel)
#include "tst_bench_model.moc"

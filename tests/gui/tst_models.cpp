// The console's models on plain values: what a view is told, and that it is told correctly.
#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>
#include <optional>

#include "fail_on_warning.h"
#include "gui/models/activity.h"
#include "gui/models/execution_model.h"
#include "gui/models/firing_model.h"
#include "gui/models/function_model.h"
#include "gui/models/json_place.h"
#include "gui/models/machine_model.h"
#include "gui/models/metaevent_model.h"
#include "gui/models/query_filter.h"
#include "gui/models/record_model.h"
#include "gui/models/text.h"
#include "gui/models/thresholds.h"

using namespace dogwatch;
using namespace dogwatch::gui;
using namespace Qt::StringLiterals;

namespace {

/// "queued e1 at 3": a record of execution e1, 3 s after the epoch.
Record record(std::int64_t seq, const char* event, const char* execution, std::int64_t seconds,
              json::object fields = {}) {
    fields["execution"] = execution;
    fields["function"] = "backup";
    return {.seq = seq, .time = timeFromUs(seconds * 1'000'000), .event = event, .fields = std::move(fields)};
}

Execution executionOf(const char* id, ExecutionState state) {
    Execution execution;
    execution.id = id;
    execution.state = state;
    return execution;
}

QString cell(const QAbstractItemModel& model, int row, int column) {
    return model.index(row, column).data().toString();
}

json::object object(const char* text) {
    return parseJson(text)->as_object();
}

}  // namespace

class TestModels : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    // Not before: Qt Test installs its own handler when it begins.
    void initTestCase() { warnings_.emplace(); }
    void cleanup() { QCOMPARE(warnings_->take(), QStringList{}); }

    void executionFollowsItsRecords() {
        ExecutionModel model;
        QAbstractItemModelTester tester{&model};
        model.applyRecords(
            std::vector{record(1, "execution.queued", "e1", 1, {{"trigger", "api"}}),
                        record(2, "execution.queued", "e2", 2, {{"trigger", "schedule"}}),
                        record(3, "execution.started", "e1", 2, {{"queue_us", 900}, {"vm", "vm-1"}})});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(cell(model, 0, ExecutionModel::Id), u"e2"_s);  // the latest on top
        QCOMPARE(cell(model, 1, ExecutionModel::State), u"Running"_s);
        QCOMPARE(cell(model, 1, ExecutionModel::Vm), u"vm-1"_s);
        const QPersistentModelIndex first{model.index(1, 0)};
        QSignalSpy changes{&model, &QAbstractItemModel::dataChanged};
        QSignalSpy resets{&model, &QAbstractItemModel::modelReset};
        model.applyRecords(std::vector{
            record(4, "execution.failed", "e1", 3, {{"error", "timeout"}, {"duration_us", 1'200'000}}),
            record(5, "execution.queued", "e3", 3)});
        QCOMPARE(first.row(), 2);
        QCOMPARE(first.data().toString(), u"Failed: timeout"_s);
        QCOMPARE(changes.size(), 1);
        QCOMPARE(resets.size(), 0);
    }

    void olderRecordsChangeNothing() {
        ExecutionModel model;
        model.addOlder({executionOf("e1", ExecutionState::Succeeded)});
        model.applyRecords(
            std::vector{record(1, "execution.queued", "e1", 1), record(2, "execution.started", "e1", 1)});
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(cell(model, 0, ExecutionModel::State), u"Succeeded"_s);
    }

    void retryIsQueuedAgain() {
        ExecutionModel model;
        model.applyRecords(
            std::vector{record(1, "execution.queued", "e1", 1), record(2, "execution.started", "e1", 1),
                        record(3, "execution.failed", "e1", 1, {{"error", "exit"}, {"attempt", 1}}),
                        record(4, "execution.retrying", "e1", 1, {{"attempt", 2}})});
        QVERIFY(cell(model, 0, ExecutionModel::State).startsWith(u"Queued"_s));
        QCOMPARE(cell(model, 0, ExecutionModel::Attempt), u"2"_s);
    }

    void boundedTableDropsTheOldestAndPagesThemIn() {
        ExecutionModel model{nullptr, 3};
        QAbstractItemModelTester tester{&model};
        std::vector<Record> records;
        for (int i = 1; i <= 5; ++i)
            records.push_back(record(i, "execution.queued", ("e" + std::to_string(i)).c_str(), i));
        model.applyRecords(std::span{records}.first(2));
        model.applyRecords(std::span{records}.subspan(2));
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(cell(model, 2, ExecutionModel::Id), u"e3"_s);
        QSignalSpy wanted{&model, &PagedTableModel::olderWanted};
        QVERIFY(model.canFetchMore({}));
        model.fetchMore({});
        model.fetchMore({});
        QCOMPARE(wanted.size(), 1);
        QVERIFY(!model.find("e1").has_value());
        QCOMPARE(*model.find("e5"), 0);
        model.clear();
        QCOMPARE(model.rowCount(), 0);
        model.addOlder(
            {executionOf("e2", ExecutionState::Queued), executionOf("e1", ExecutionState::Queued)});
        QCOMPARE(cell(model, 1, ExecutionModel::Id), u"e1"_s);
    }

    void snapshotsChangeOnlyWhatDiffers() {
        FunctionModel model;
        QAbstractItemModelTester tester{&model};
        const auto row = [](const char* name, std::int64_t version) {
            FunctionRow row;
            row.name = name;
            row.version = version;
            return row;
        };
        model.sync({row("pager", 1), row("backup", 1)});
        QCOMPARE(cell(model, 0, FunctionModel::Name), u"backup"_s);
        QCOMPARE(cell(model, 0, FunctionModel::Last), u"Never ran"_s);
        QSignalSpy changed{&model, &QAbstractItemModel::dataChanged};
        QSignalSpy inserted{&model, &QAbstractItemModel::rowsInserted};
        QSignalSpy removed{&model, &QAbstractItemModel::rowsRemoved};
        model.sync({row("pager", 2), row("import", 1)});
        QCOMPARE(changed.size(), 1);
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(removed.size(), 1);
        QCOMPARE(model.rowCount(), 2);
        model.sync({row("pager", 2), row("import", 1)});
        QCOMPARE(changed.size(), 1);
        model.sync({row("backup", 1)});
        model.applyRecord(record(1, "execution.failed", "e1", 5));
        QCOMPARE(cell(model, 0, FunctionModel::Last), u"Failed"_s);
    }

    void metaeventsTellTheirState() {
        MetaeventModel model;
        QAbstractItemModelTester tester{&model};
        model.sync(
            {metaeventRowFromJson(object(R"({"metaevent":"a","enabled":true,"active":true,"firings":3})")),
             metaeventRowFromJson(object(R"({"metaevent":"b","enabled":false})"))});
        QCOMPARE(cell(model, 0, MetaeventModel::State), u"Active"_s);
        QCOMPARE(cell(model, 0, MetaeventModel::Firings), u"3"_s);
        QCOMPARE(cell(model, 1, MetaeventModel::State), u"Disabled"_s);
        QCOMPARE(cell(model, 1, MetaeventModel::LastFired), u"never"_s);
        model.tick();
    }

    void firingsMachinesAndRecords() {
        FiringModel firings;
        QAbstractItemModelTester firingTester{&firings};
        firings.addLatest(
            {firingRowFromJson(object(R"({"firing":"f1","metaevent":"m","time":1,"edge":"rise"})"))});
        firings.addLatest({firingRowFromJson(object(
            R"({"firing":"f1","metaevent":"m","version":1,"time":1,"edge":"rise","executions":["e1","e2"]})"))});
        QCOMPARE(firings.rowCount(), 1);
        QCOMPARE(cell(firings, 0, FiringModel::Jobs), u"2 run"_s);
        QCOMPARE(cell(firings, 0, FiringModel::What), u"its criteria came true"_s);

        firings.addLatest({firingRowFromJson(
            object(R"({"firing":"f2","metaevent":"m","version":2,"time":2,"edge":"repeat","key":["eu"]})"))});
        firings.setCriteria({{"m", {2, "backup has not succeeded for 24 hours"}}});
        QCOMPARE(cell(firings, 0, FiringModel::What),
                 u"still: backup has not succeeded for 24 hours, for [\"eu\"]"_s);
        QCOMPARE(cell(firings, 1, FiringModel::What), u"its criteria came true"_s);  // of another version

        MachineModel machines;
        QAbstractItemModelTester machineTester{&machines};
        machines.sync({machineRowFromJson(object(R"({"vm":"vm-1","state":"ready","boot_us":1500000})"))});
        QCOMPARE(cell(machines, 0, MachineModel::State), u"Ready"_s);
        QCOMPARE(cell(machines, 0, MachineModel::Function), u"unassigned"_s);

        RecordModel records;
        QAbstractItemModelTester recordTester{&records};
        records.addLatest(
            {record(1, "execution.queued", "e1", 1), record(2, "execution.succeeded", "e1", 2)});
        records.addLatest({record(2, "execution.succeeded", "e1", 2)});
        QCOMPARE(records.rowCount(), 2);
        QCOMPARE(cell(records, 0, RecordModel::Event), u"execution.succeeded"_s);
    }

    void filter_data() {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QStringList>("shown");
        QTest::newRow("empty") << u""_s << QStringList{u"e2"_s, u"e1"_s};
        QTest::newRow("word") << u"TIMEOUT"_s << QStringList{u"e1"_s};
        QTest::newRow("negated word") << u"-timeout"_s << QStringList{u"e2"_s};
        QTest::newRow("wildcard") << u"state:fail*"_s << QStringList{u"e1"_s};
        QTest::newRow("whole field") << u"state:fail"_s << QStringList{};
        QTest::newRow("longer than") << u"duration>1s"_s << QStringList{u"e1"_s};
        QTest::newRow("unknown is not less") << u"duration<1s"_s << QStringList{};
        QTest::newRow("both") << u"function:back* execution:e2"_s << QStringList{u"e2"_s};
    }
    void filter() {
        QFETCH(const QString, query);
        QFETCH(const QStringList, shown);
        ExecutionModel model;
        model.applyRecords(std::vector{
            record(1, "execution.queued", "e1", 1), record(2, "execution.queued", "e2", 1),
            record(3, "execution.failed", "e1", 3, {{"error", "timeout"}, {"duration_us", 1'200'000}})});
        QueryFilter filter{{{u"state"_s, {ExecutionModel::State}},
                            {u"function"_s, {ExecutionModel::Function}},
                            {u"execution"_s, {ExecutionModel::Id}},
                            {u"duration"_s, {ExecutionModel::Duration, SortRole}}}};
        QAbstractItemModelTester tester{&filter};
        filter.setSourceModel(&model);
        QVERIFY(filter.setText(query));
        QStringList ids;
        for (int row = 0; row < filter.rowCount(); ++row) ids.append(cell(filter, row, ExecutionModel::Id));
        QCOMPARE(ids, shown);
        QVERIFY(!filter.setText(u"colour:red"_s));
        QVERIFY(!filter.setText(u"duration>soon"_s));
    }

    void activityCounts() {
        Activity activity;
        for (int i = 0; i < 4; ++i)
            activity.add(record(i, i == 3 ? "execution.failed" : "execution.succeeded", "e", 1000 + i,
                                {{"duration_us", (i + 1) * 1000}}));
        activity.add({.seq = 9, .time = timeFromUs(1'003'000'000), .event = "metaevent.fired", .fields = {}});
        const auto totals = activity.totals(timeFromUs(1'003'500'000));
        QCOMPARE(totals.succeeded, 3);
        QCOMPARE(totals.failed, 1);
        QCOMPARE(totals.firings, 1);
        QCOMPARE(totals.medianDurationUs.value_or(0), 2000);
        QCOMPARE(totals.p95DurationUs.value_or(0), 4000);
        QCOMPARE(activity.totals(timeFromUs(1'003'500'000), 2).succeeded, 1);
        activity.add(record(10, "execution.queued", "e", 1000 + Activity::kSeconds + 10));
        QCOMPARE(activity.buckets().size(), std::size_t{1});
    }

    void gaugesHoldUntilTheNext() {
        Activity activity;
        const auto at = [](std::int64_t second) { return timeFromUs(second * 1'000'000); };
        activity.note(at(1000), PlaneGauges{.queued = 3});
        activity.note(at(1002), PlaneGauges{.queued = 5});
        activity.note(at(1002), PlaneGauges{.queued = 4});  // of one second the last
        activity.note(at(1005), std::nullopt);              // the connection is lost
        activity.note(at(1007), PlaneGauges{.queued = 1});
        const auto seconds = activity.gauges(at(1008));
        QCOMPARE(seconds.size(), static_cast<std::size_t>(Activity::kSeconds));
        std::vector<std::int64_t> queued;
        for (std::size_t i = seconds.size() - 10; i < seconds.size(); ++i)
            queued.push_back(seconds[i] ? seconds[i]->queued : -1);
        QCOMPARE(queued, (std::vector<std::int64_t>{-1, 3, 3, 4, 4, 4, -1, -1, 1, 1}));
        // What held before the oldest second shown holds in it, however long ago it was told.
        QCOMPARE(activity.gauges(at(9000)).front()->queued, 1);
    }

    void boundsStandWhereTheyApply_data() {
        QTest::addColumn<QString>("when");
        QTest::addColumn<int>("of");  // -1: in no plot
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("bound");
        const auto row = [](const char* name, const QString& when, int of, double value,
                            const QString& bound) { QTest::newRow(name) << when << of << value << bound; };
        row("queue", u"{'gauge':'queued','is':['>',20]}"_s, int(Measured::Queued), 20, u"> 20"_s);
        row("vms", u"{'gauge':'vms','is':['<',2]}"_s, int(Measured::Machines), 2, u"< 2"_s);
        row("below another",
            u"{'held':{'any':[{'gauge':'running','function':'a*','is':['>=',4]},{'active':'x'}]},'for':'1m'}"_s,
            int(Measured::Running), 4, u"≥ 4 (a*)"_s);
        row("duration",
            u"{'measure':'p95','of':'duration_us','over':'import','within':'10m','is':['>',500000]}"_s,
            int(Measured::Duration), 500, u"> 500 ms (import)"_s);
        row("wait",
            u"{'measure':'max','of':'queue_us','over':{'event':'execution.started'},'within':'1m','is':['>',2000000]}"_s,
            int(Measured::Wait), 2000, u"> 2 s"_s);
        row("a sum is no duration",
            u"{'measure':'sum','of':'duration_us','over':'import','within':'1m','is':['>',5]}"_s, -1, 0, {});
        row("a field of one's own",
            u"{'measure':'avg','of':'result.rows','over':'import','within':'1m','is':['>',5]}"_s, -1, 0, {});
        row("failures", u"{'count':{'event':'execution.failed'},'within':'10m','is':['>=',5]}"_s,
            int(Measured::Failures), 0.5, u"≥ 5 in 10 minutes"_s);
        row("throttles", u"{'count':{'event':'execution.throttled'},'within':'30s','is':['>',3]}"_s,
            int(Measured::Throttles), 6, u"> 3 in 30 seconds"_s);
        row("all executions are no failures",
            u"{'count':{'event':'execution.*'},'within':'1m','is':['>',5]}"_s, -1, 0, {});
        row("share",
            u"{'ratio':{'event':'execution.failed'},'to':{'event':['execution.failed','execution.succeeded']}"
            u","
            "'within':'5m','is':['>',0.1]}"_s,
            int(Measured::Failures), 0.1, u"> 10% failed"_s);
    }
    void boundsStandWhereTheyApply() {
        QFETCH(QString, when);
        QFETCH(const int, of);
        QFETCH(const double, value);
        QFETCH(const QString, bound);
        MetaeventRow row;
        row.name = "watch";
        row.active = true;
        row.definition =
            object(toUtf8(u"{'metaevent':'watch','when':%1}"_s.arg(when).replace(u'\'', u'"')).c_str());
        const auto found = thresholdsOf({row});
        QCOMPARE(found.size(), of < 0 ? std::size_t{0} : std::size_t{1});
        if (of < 0) return;
        QCOMPARE(int(found.front().of), of);
        QCOMPARE(found.front().value, value);
        QCOMPARE(found.front().bound, bound);
        QCOMPARE(found.front().metaevent, u"watch"_s);
        QVERIFY(found.front().active && !found.front().words.isEmpty());
        QCOMPARE(found.front().isShare, bound.endsWith(u"failed"_s));
        row.enabled = false;
        QVERIFY(thresholdsOf({row}).empty());
    }

    void processorsAreMeasuredBetweenSnapshots() {
        const auto machine = [](std::int64_t ageUs, std::int64_t cpuUs) {
            MachineRow row;
            row.id = "vm-1";
            row.ageUs = ageUs;
            row.cpuUs = cpuUs;
            return std::vector{row};
        };
        MachineModel machines;
        QAbstractItemModelTester tester{&machines};
        machines.take(machine(1'000'000, 900'000));
        QCOMPARE(cell(machines, 0, MachineModel::Cpu), u"–"_s);
        machines.take(machine(2'000'000, 1'150'000));
        QCOMPARE(cell(machines, 0, MachineModel::Cpu), u"25%"_s);
        machines.take(machine(2'050'000, 1'200'000));  // too soon to tell
        QCOMPARE(cell(machines, 0, MachineModel::Cpu), u"25%"_s);
        machines.take(machine(3'000'000, 1'150'000));  // and the measure goes on from where it stood
        QCOMPARE(cell(machines, 0, MachineModel::Cpu), u"0%"_s);
        machines.take(machine(500'000, 400'000));  // another one of that name
        QCOMPARE(cell(machines, 0, MachineModel::Cpu), u"–"_s);
    }

    void templatesAreToldInWords() {
        QCOMPARE(
            templateWords(
                {templateRowFromJson(
                     object(R"({"image":"python3","memory_mib":128,"state":"ready","made_us":3200000})")),
                 templateRowFromJson(object(R"({"image":"node","memory_mib":256,"state":"in the making"})")),
                 templateRowFromJson(
                     object(R"({"image":"lua","memory_mib":64,"state":"none","problem":"no memory"})"))}),
            u"python3 with 128 MiB ready, made in 3.2 s; node with 256 MiB in the making; "
            "lua with 64 MiB not there: no memory"_s);
    }

    void pathsAreFoundInText() {
        const char* text =
            "{\n  \"when\": {\n    \"all\": [\n      {\"absent\": \"a\"},\n      {\n        \"for\": 3\n"
            "      }\n    ]\n  }\n}";
        QCOMPARE(lineOfPath(text, "$"), 1);
        QCOMPARE(lineOfPath(text, "when"), 2);
        QCOMPARE(lineOfPath(text, "when.all.0.absent"), 4);
        QCOMPARE(lineOfPath(text, "when.all.1.for"), 6);
        QCOMPARE(lineOfPath(text, "when.all.1.missing"), 5);
    }

 private:
    std::optional<FailOnWarning> warnings_;
};

QTEST_GUILESS_MAIN(TestModels)
#include "tst_models.moc"

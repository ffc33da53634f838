// Traces: what is drawn of conditions is what fires. On every conformance case the edges of the root that a
// trace shows are the firings and suppressions of the same run.
#include <QDir>
#include <QFile>
#include <QTest>
#include <cmath>
#include <map>

#include "core/engine/backtest.h"
#include "core/engine/trace.h"

using namespace dogwatch;
using namespace dogwatch::engine;

namespace {

const QString kCases = QStringLiteral(CONFORMANCE_CASES);

json::value parsed(const std::string& text) {
    auto value = parseJson(text);
    if (!value) qFatal("%s", value.error().text().c_str());
    return *std::move(value);
}

std::vector<Metaevent> definitions(const std::string& text) {
    auto read = metaeventsFromJson(parsed(text));
    if (!read) qFatal("%s", read.error().text().c_str());
    return *std::move(read);
}

std::optional<Time> timeIn(const json::object& test, const char* key) {
    const auto* value = test.if_contains(key);
    if (value == nullptr || !value->is_int64()) return std::nullopt;
    return timeFromUs(value->get_int64());
}

struct Ran {
    std::vector<Derived> derived;
    std::vector<MetaeventTrace> traces;
};

Ran run(const std::vector<Metaevent>& metaevents, const std::vector<Record>& records,
        const BacktestOptions& options = {}, TraceOptions trace = {}) {
    Ran ran;
    const Sink sink = [&ran](Derived&& derived) { ran.derived.push_back(std::move(derived)); };
    Backtest backtest(metaevents, options);
    Tracer tracer(backtest.engine(), std::move(trace));
    for (const Record& record : records) {
        if (const auto done = backtest.add(record, sink); !done) qFatal("%s", done.error().text().c_str());
    }
    if (const auto done = backtest.finish(sink); !done) qFatal("%s", done.error().text().c_str());
    if (backtest.end()) ran.traces = tracer.finish(*backtest.end());
    return ran;
}

/// One edge of a root, as text: what a firing and a trace have in common.
using Edges = std::map<std::string, int>;
std::string edge(const std::string& metaevent, const json::value& key, std::int64_t time, std::int64_t cause,
                 const char* which) {
    return metaevent + ' ' + toJson(key) + ' ' + std::to_string(time) + " seq " + std::to_string(cause) +
           ' ' + which;
}

Edges edgesOf(const std::vector<MetaeventTrace>& traces, const std::map<std::string, FireOn>& on) {
    Edges edges;
    for (const auto& trace : traces) {
        const FireOn wanted = on.at(trace.metaevent);
        for (const auto& key : trace.traces) {
            const auto& root = key.conditions.front();
            const auto add = [&](const char* which, std::int64_t time, std::int64_t cause) {
                if ((std::string_view{which} == "rise") == (wanted == FireOn::Fall) && wanted != FireOn::Both)
                    return;
                ++edges[edge(trace.metaevent, key.key, time, cause, which)];
            };
            for (const auto* spans : {&root.intervals, &root.pulses}) {
                for (const Span& span : *spans) {
                    add("rise", span.from, span.cause);
                    // An instance that expires is gone without falling.
                    const bool isGone = key.gone && span.until == toUs(*key.gone) && spans == &root.intervals;
                    if (span.until && !isGone) add("fall", *span.until, span.untilCause);
                }
            }
        }
    }
    return edges;
}

Edges edgesOf(const std::vector<Derived>& derived) {
    Edges edges;
    for (const Derived& one : derived) {
        if (one.edge != "rise" && one.edge != "fall") continue;
        ++edges[edge(one.metaevent, one.key, toUs(one.time), one.cause, one.edge.c_str())];
    }
    return edges;
}

/// Suppressions for depth and cascade are told once only, so a run with them shows fewer than there are.
bool tellsOnce(const std::vector<Derived>& derived) {
    return std::any_of(derived.begin(), derived.end(), [](const Derived& one) {
        return one.kind == Derived::Kind::Suppressed && (one.reason == "depth" || one.reason == "cascade");
    });
}

const ConditionTrace& laneOf(const Ran& ran, const char* path, std::size_t key = 0) {
    for (const auto& each : ran.traces.front().traces.at(key).conditions) {
        if (each.path == path) return each;
    }
    qFatal("no condition %s", path);
}

constexpr std::int64_t kSecond = 1'000'000;

std::vector<Record> records(const std::string& lines) {
    std::vector<Record> read;
    std::int64_t seq = 0;
    const json::value rows = parsed(lines);
    for (const auto& value : rows.as_array()) {
        const auto& row = value.as_array();  // [seconds, event, {fields}]
        Record record;
        record.seq = ++seq;
        record.time = timeFromUs(static_cast<std::int64_t>(*asNumber(row[0]) * kSecond));
        record.event = row[1].as_string();
        if (row.size() > 2) record.fields = row[2].as_object();
        read.push_back(std::move(record));
    }
    return read;
}

QString text(const std::vector<Span>& spans) {
    QStringList parts;
    for (const Span& span : spans) {
        parts << QStringLiteral("%1..%2")
                     .arg(static_cast<double>(span.from) / kSecond)
                     .arg(span.until ? QString::number(static_cast<double>(*span.until) / kSecond)
                                     : QString());
    }
    return parts.join(u' ');
}

QString text(const std::vector<Sample>& samples) {
    QStringList parts;
    for (const Sample& sample : samples) {
        const double time = static_cast<double>(sample.time) / kSecond;
        parts << (std::isnan(sample.value) ? QStringLiteral("%1:-").arg(time)
                                           : QStringLiteral("%1:%2").arg(time).arg(sample.value));
    }
    return parts.join(u' ');
}

}  // namespace

class TraceTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void edgesAreTheFirings_data() {
        QTest::addColumn<QString>("file");
        const QDir folder(kCases);
        for (const auto& file : folder.entryList({QStringLiteral("[1-8]*.json")}, QDir::Files, QDir::Name)) {
            QTest::newRow(qPrintable(file)) << folder.filePath(file);
        }
    }

    void edgesAreTheFirings() {
        QFETCH(QString, file);
        QFile content(file);
        QVERIFY(content.open(QIODevice::ReadOnly));
        const json::value whole = parsed(content.readAll().toStdString());
        const json::object& test = whole.as_object();
        const auto metaevents = metaeventsFromJson(test.at("metaevents"));
        QVERIFY(metaevents);
        std::vector<Record> history;
        for (const auto& value : test.at("records").as_array()) {
            history.push_back(recordFromJson(value).value());
        }
        BacktestOptions options;
        options.from = timeIn(test, "from");
        options.until = timeIn(test, "until");
        TraceOptions trace;
        trace.spans = 100'000;
        trace.points = 100;
        trace.keysTraced = 20'000;
        trace.budget = std::size_t{1} << 40U;
        const Ran ran = run(*metaevents, history, options, trace);
        std::map<std::string, FireOn> on;
        for (const auto& metaevent : *metaevents) on[metaevent.name] = metaevent.on;
        const Edges shown = edgesOf(ran.traces, on);
        const Edges fired = edgesOf(ran.derived);
        for (const auto& [one, count] : fired) {
            const auto found = shown.find(one);
            QVERIFY2(found != shown.end() && found->second >= count,
                     ("fired, but not in the trace: " + one).c_str());
        }
        if (tellsOnce(ran.derived)) return;
        for (const auto& [one, count] : shown) {
            const auto found = fired.find(one);
            QVERIFY2(found != fired.end() && found->second == count,
                     ("in the trace, but not fired: " + one).c_str());
        }
    }

    /// The count of a window rises with records and falls where they leave, whether or not the truth changes.
    void countsAreSampled() {
        const Ran ran = run(
            definitions(R"({"metaevent":"m","when":{"count":{"event":"x"},"within":"10s","is":[">=",2]}})"),
            records(R"([[0,"x"],[1,"x"],[4,"x"],[30,"y"]])"));
        const auto& count = laneOf(ran, "when");
        QCOMPARE(text(count.intervals), QStringLiteral("1..11"));
        QCOMPARE(text(count.samples), QStringLiteral("0:1 1:2 4:3 10:2 11:1 14:0"));
        QCOMPARE(count.bound.value_or(-1), 2.0);
        QCOMPARE(count.comparison, std::string(">="));
        QCOMPARE(count.rises, 1);
        QVERIFY(!count.holds);
    }

    void timeLeftIsSampled() {
        const Ran ran =
            run(definitions(R"({"metaevent":"m","when":{"all":[{"absent":{"event":"x"},"for":"5s"},
            {"held":{"absent":{"event":"x"},"for":"5s"},"for":"2s"}]}})"),
                records(R"([[0,"x"],[3,"x"],[20,"x"],[21,"y"]])"));
        const auto& absent = laneOf(ran, "when.all.0");
        QVERIFY(absent.isTimeLeft);
        // Just before each match, right after it, and at the end.
        QCOMPARE(text(absent.samples), QStringLiteral("0:5e+06 3:2e+06 3:5e+06 8:0 20:0 20:5e+06 21:4e+06"));
        QCOMPARE(text(absent.intervals), QStringLiteral("8..20"));
        QCOMPARE(text(laneOf(ran, "when.all.1").intervals), QStringLiteral("10..20"));
        QCOMPARE(text(laneOf(ran, "when").intervals), QStringLiteral("10..20"));
    }

    void pulsesAndRuns() {
        const Ran ran =
            run(definitions(
                    R"({"metaevent":"m","when":{"sequence":[{"event":"a"},{"event":"b"}],"within":"5s"}})"),
                records(R"([[0,"a"],[1,"a"],[2,"b"],[3,"a"],[20,"b"]])"));
        const auto& sequence = laneOf(ran, "when");
        QCOMPARE(text(sequence.pulses), QStringLiteral("2..2"));
        QCOMPARE(sequence.pulses.front().cause, 3);
        QCOMPARE(text(sequence.intervals), QString());
        QCOMPARE(text(sequence.samples), QStringLiteral("0:1 1:2 2:0 3:1 8:0"));
    }

    void numbersOfEachKind_data() {
        QTest::addColumn<QString>("when");
        QTest::addColumn<QString>("samples");
        const auto row = [](const char* name, const char* when, const char* samples) {
            QTest::newRow(name) << QString::fromUtf8(when) << QString::fromUtf8(samples);
        };
        row("sum", R"({"measure":"sum","of":"n","over":{"event":"x"},"within":"10s","is":[">",100]})",
            "0:1 1:4 2:9 10:8 11:5 12:-");
        row("p50", R"({"measure":"p50","of":"n","over":{"event":"x"},"within":"10s","is":[">",100]})",
            "0:1 2:3 11:5 12:-");
        row("ratio",
            R"({"ratio":{"event":"x","where":[["n",">",2]]},"to":{"event":"x"},"within":"10s","is":[">",0.9]})",
            "0:0 1:0.5 2:0.666667 10:1 12:-");
        row("streak", R"({"streak":{"event":"x","where":[["n",">",2]]},"among":{"event":"x"},"is":[">",5]})",
            "0:0 1:1 2:2");
        row("gauge", R"({"gauge":"queued","is":[">",1]})", "0:0 3:1 4:2 5:1");
        row("at least",
            R"({"at_least":2,"of":[{"recent":{"occurs":{"event":"x"}},"within":"1s"},{"recent":{"occurs":{"event":"y"}},"within":"1s"}]})",
            "0:1 3:0 30:1");
    }

    void numbersOfEachKind() {
        QFETCH(const QString, when);
        QFETCH(const QString, samples);
        const Ran ran = run(definitions("{\"metaevent\":\"m\",\"when\":" + when.toStdString() + "}"),
                            records(R"([[0,"x",{"n":1}],[1,"x",{"n":3}],[2,"x",{"n":5}],
                                [3,"execution.queued",{"execution":"a"}],[4,"execution.queued",{"execution":"b"}],
                                [5,"execution.started",{"execution":"a"}],[30,"y"]])"));
        QCOMPARE(text(laneOf(ran, "when").samples), samples);
    }

    void keysAskedFor() {
        const auto metaevents = definitions(
            R"({"metaevent":"m","partition":["k"],"when":{"count":{"event":"x"},"within":"10s","is":[">=",1]}})");
        const auto history = records(
            R"([[0,"x",{"k":"a"}],[1,"x",{"k":"b"}],[2,"x",{"k":"c"}],[3,"x",{"k":"b"}],[30,"x",{"k":"b"}]])");
        TraceOptions options;
        options.keys.push_back(json::array{"b"});
        const Ran one = run(metaevents, history, {}, options);
        QCOMPARE(one.traces.front().traces.size(), std::size_t{1});
        QCOMPARE(text(laneOf(one, "when").intervals), QStringLiteral("1..13 30.."));
        QCOMPARE(one.traces.front().keys.size(), std::size_t{3});
        QCOMPARE(one.traces.front().keys.at(1).rises, 2);
        options.keys.clear();
        options.keysTraced = 2;
        const Ran two = run(metaevents, history, {}, options);
        QCOMPARE(two.traces.front().traces.size(), std::size_t{2});
        QVERIFY(two.traces.front().hasMoreKeys);
    }

    /// However much happens, a trace stays as small as was asked for, and its extremes are kept.
    void memoryIsBounded() {
        std::vector<Record> history;
        for (int i = 0; i < 100'000; ++i) {
            Record record;
            record.seq = i + 1;
            record.time = timeFromUs(i * std::int64_t{1000});
            record.event = "x";
            record.fields["n"] = i == 77'777 ? 1e6 : i % 7;
            history.push_back(std::move(record));
        }
        TraceOptions options;
        options.points = 200;
        options.spans = 100;
        const Ran ran = run(definitions(R"({"metaevent":"m","when":{"all":[
            {"measure":"max","of":"n","over":{"event":"x"},"within":"3ms","is":[">",4]},{"occurs":{"event":"x"}}]}})"),
                            history, {}, options);
        const auto& measure = laneOf(ran, "when.all.0");
        QVERIFY(measure.samples.size() <= 200 && measure.samples.size() > 50);
        QVERIFY(measure.intervals.size() <= 100 && measure.intervals.size() > 20);
        QVERIFY(measure.resolution > 0);
        QVERIFY(laneOf(ran, "when.all.1").pulses.size() <= 100);
        QCOMPARE(laneOf(ran, "when.all.1").rises, 100'000);
        const auto highest =
            std::max_element(measure.samples.begin(), measure.samples.end(),
                             [](const Sample& a, const Sample& b) { return a.value < b.value; });
        QCOMPARE(highest->value, 1e6);
        std::int64_t rises = 0;
        for (const Span& span : measure.intervals) rises += span.count;
        QCOMPARE(rises, measure.rises);
    }

    void onlyThePartAskedFor() {
        TraceOptions options;
        options.from = timeFromUs(12 * kSecond);
        options.until = timeFromUs(25 * kSecond);
        const Ran ran = run(
            definitions(R"({"metaevent":"m","when":{"count":{"event":"x"},"within":"5s","is":[">=",1]}})"),
            records(R"([[0,"x"],[10,"x"],[20,"x"],[30,"x"],[40,"x"]])"), {}, options);
        QCOMPARE(text(laneOf(ran, "when").intervals), QStringLiteral("10..15 20..25"));
        QCOMPARE(text(laneOf(ran, "when").samples), QStringLiteral("10:1 15:0 20:1 25:0 30:1"));
        QCOMPARE(laneOf(ran, "when").rises, 5);
    }
};

QTEST_APPLESS_MAIN(TraceTest)
#include "tst_trace.moc"

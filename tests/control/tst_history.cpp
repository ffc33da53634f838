// History: backtests with records placed by hand, comparisons, and what is said of a moment: the numbers of
// every kind of condition, what it takes, and what comes next.
#include <QtTest>

#include "core/control/history.h"
#include "core/engine/account.h"
#include "core/model/sentence.h"

using namespace dogwatch;
using namespace dogwatch::control;
using dogwatch::engine::Account;

namespace {

constexpr std::int64_t kSecond = 1'000'000;

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

/// Rows [seconds, event, {fields}].
std::vector<Record> records(const std::string& rows) {
    std::vector<Record> read;
    const json::value list = parsed(rows);
    for (const auto& value : list.as_array()) {
        const auto& row = value.as_array();
        Record record;
        record.seq = std::ssize(read) + 1;
        record.time = timeFromUs(static_cast<std::int64_t>(*asNumber(row[0]) * kSecond));
        record.event = row[1].as_string();
        if (row.size() > 2) record.fields = row[2].as_object();
        read.push_back(std::move(record));
    }
    return read;
}

Cancelled never() {
    return std::make_shared<std::atomic<bool>>(false);
}

BacktestAnswer run(const BacktestQuery& query) {
    auto answer = backtest(nullptr, query, never());
    if (!answer) qFatal("%s", answer.error().text().c_str());
    return *std::move(answer);
}

BacktestQuery query(const std::string& metaevents, const std::string& history) {
    BacktestQuery query;
    query.definitions = definitions(metaevents);
    query.records = records(history);
    return query;
}

Explanation explanationAt(const std::string& metaevents, const std::string& history, double seconds,
                          std::optional<json::value> key = {}) {
    BacktestQuery asked = query(metaevents, history);
    asked.at = timeFromUs(static_cast<std::int64_t>(seconds * kSecond));
    asked.until = std::max(asked.at, std::optional{asked.records->back().time});
    asked.key = std::move(key);
    Explanation explanation;
    explanation.moment = run(asked).moments.front();
    explanation.definition = asked.definitions.front();
    return explanation;
}

const engine::ConditionMoment& stateOf(const Explanation& explanation, const char* path) {
    for (const auto& each : explanation.moment.conditions) {
        if (each.path == path) return each;
    }
    qFatal("no condition %s", path);
}

QString firstDetail(const Explanation& explanation, const Account& account) {
    return QString::fromStdString(account.detail(
        explanation.definition->when, explanation.moment.conditions.front(), explanation.moment.at));
}

std::string summaryOf(const Explanation& explanation) {
    return Account::english().summary(explanation);
}

QStringList timesOf(const json::array& lines) {
    QStringList times;
    for (const auto& line : lines) times << QString::number(intMember(line.get_object(), "time") / kSecond);
    return times;
}

constexpr const char* kHistory = R"([
    [0,"x",{"n":1}],[1,"x",{"n":3}],[2,"x",{"n":5}],[3,"execution.queued",{"execution":"a"}],[4,"y"],[60,"z"]])";

}  // namespace

class HistoryTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    /// "details" begins with what is said of the root at 5 s; a `*` stands for anything.
    void numbersAgainstBounds_data() {
        QTest::addColumn<QString>("when");
        QTest::addColumn<QString>("english");
        QTest::addColumn<QString>("german");
        const auto row = [](const char* when, const char* english, const char* german) {
            QTest::newRow(english) << QString::fromUtf8(when) << QString::fromUtf8(english)
                                   << QString::fromUtf8(german);
        };
        row(R"({"count":{"event":"x"},"within":"10s","is":[">=",5]})", "it is 3, needed at least 5; since *",
            "der Wert ist 3, nötig ist: mindestens 5; seit *");
        row(R"({"count":{"event":"x"},"within":"10s","is":[">",2]})", "it is 3 (more than 2); since *",
            "der Wert ist 3 (mehr als 2); seit *");
        row(R"({"measure":"max","of":"n","over":{"event":"x"},"within":"10s","is":[">",100]})",
            "it is 5, needed more than 100; since *", "der Wert ist 5, nötig ist: mehr als 100; seit *");
        row(R"({"measure":"max","of":"n","over":{"event":"x"},"within":"10s","is":[">",100],"samples":9})",
            "there are 3 values, needed at least 9; since *",
            "es gibt 3 Werte, nötig sind mindestens 9; seit *");
        row(R"({"ratio":{"event":"x","where":[["n",">",2]]},"to":{"event":"x"},"within":"10s","is":["<",0.5]})",
            "it is 66.67% of 3, needed less than 50%; since *",
            "der Wert ist 66,67 % von 3, nötig ist: weniger als 50 %; seit *");
        row(R"({"streak":{"event":"x","where":[["n",">",2]]},"among":{"event":"x"},"is":[">=",3]})",
            "it is 2, needed at least 3; since *", "der Wert ist 2, nötig ist: mindestens 3; seit *");
        row(R"({"gauge":"queued","is":["==",0]})", "it is 1, needed exactly 0; since *",
            "der Wert ist 1, nötig ist: genau 0; seit *");
        row(R"({"absent":{"event":"x"},"for":"10s"})",
            "comes true in 7 s (1970-01-01T00:00:12Z) unless there is a record of kind x; since *",
            "wird wahr in 7 s (1970-01-01T00:00:12Z), es sei denn, es gibt einen Datensatz der Art x; seit "
            "*");
        row(R"({"absent":{"event":"nothing"},"for":"10s","since":"first"})",
            "nothing is awaited before a first one; since *",
            "vor dem ersten Mal wird nichts erwartet; seit *");
        row(R"({"missed":{"event":"x"},"schedule":"* * * * *","grace":"5s"})",
            "comes true in 1 min (1970-01-01T00:01:05Z) unless there is a record of kind x; since *",
            "wird wahr in 1 min (1970-01-01T00:01:05Z), es sei denn, es gibt einen Datensatz der Art x; seit "
            "*");
        row(R"({"sequence":[{"event":"y"},{"not":{"event":"q"}},{"event":"r"}],"within":"20s"})",
            "1 run is under way; the oldest began 1 s ago (1970-01-01T00:00:04Z) and waits for a record of "
            "kind "
            "r, with no record of kind q before it until 1970-01-01T00:00:24Z",
            "1 Ablauf ist im Gang; er begann vor 1 s (1970-01-01T00:00:04Z) und wartet bis "
            "1970-01-01T00:00:24Z auf einen Datensatz der Art r, ohne Datensatz der Art q davor");
        row(R"({"occurs":{"event":"x"}})", "the last was 3 s ago (1970-01-01T00:00:02Z)",
            "zuletzt vor 3 s (1970-01-01T00:00:02Z)");
        row(R"({"occurs":{"event":"nothing"}})", "none so far", "bisher noch nie");
        row(R"({"changed":"n","over":{"event":"x"}})", "the last was 3 s ago (1970-01-01T00:00:02Z)",
            "zuletzt vor 3 s (1970-01-01T00:00:02Z)");
        row(R"({"at":"* * * * *"})", "comes in 55 s (1970-01-01T00:01:00Z)",
            "kommt in 55 s (1970-01-01T00:01:00Z)");
        row(R"({"during":"* * * * *","for":"30s"})", "ends in 25 s (1970-01-01T00:00:30Z); since *",
            "endet in 25 s (1970-01-01T00:00:30Z); seit *");
        row(R"({"held":{"gauge":"queued","is":[">",0]},"for":"10s"})",
            "it has been for 2 s of 10 s; comes true in 8 s (1970-01-01T00:00:13Z) if it stays so; since *",
            "gilt seit 2 s von 10 s; wird wahr in 8 s (1970-01-01T00:00:13Z), wenn es so bleibt; seit *");
        row(R"({"recent":{"occurs":{"event":"x"}},"within":"10s"})",
            "it is over, and counts until 1970-01-01T00:00:12Z; since *",
            "es ist vorbei und zählt bis 1970-01-01T00:00:12Z; seit *");
        row(R"({"at_least":2,"of":[{"gauge":"queued","is":[">",0]},{"occurs":{"event":"x"}}]})",
            "1 of 2 are true, needed 2; since *", "1 von 2 sind wahr, nötig sind 2; seit *");
    }

    void numbersAgainstBounds() {
        QFETCH(const QString, when);
        QFETCH(const QString, english);
        QFETCH(const QString, german);
        const auto explanation =
            explanationAt("{\"metaevent\":\"m\",\"when\":" + when.toStdString() + "}", kHistory, 5);
        for (const auto& [account, detail] :
             {std::pair{&Account::english(), english}, {&Account::german(), german}}) {
            const QString said = firstDetail(explanation, *account);
            if (detail.endsWith(u'*')) {
                QVERIFY2(said.startsWith(detail.chopped(1)), qPrintable(said));
            } else {
                QCOMPARE(said, detail);
            }
        }
    }

    void whatComesNext_data() {
        QTest::addColumn<QString>("definition");
        QTest::addColumn<QString>("english");
        QTest::addColumn<QString>("german");
        const auto row = [](const char* definition, const char* english, const char* german) {
            QTest::newRow(english) << QString::fromUtf8(definition) << QString::fromUtf8(english)
                                   << QString::fromUtf8(german);
        };
        row(R"({"metaevent":"m","when":{"absent":{"event":"execution.succeeded","function":"backup"},"for":"4m15s"}})",
            "It fires next in 4 min 10 s (1970-01-01T00:04:15Z) unless backup succeeds.",
            "Es löst in 4 min 10 s (1970-01-01T00:04:15Z) aus, es sei denn, backup ist erfolgreich.");
        row(R"({"metaevent":"m","when":{"count":{"event":"x"},"within":"10s","is":[">=",5]}})",
            "It takes 2 more records of kind x within 10 seconds.",
            "Dazu braucht es 2 weitere Datensätze der Art x innerhalb von 10 Sekunden.");
        row(R"({"metaevent":"m","when":{"any":[{"occurs":{"event":"q"}},{"streak":{"event":"x"},"among":{"event":"x"},"is":[">=",9]}]}})",
            "It takes a record of kind q or 6 more records of kind x in a row.",
            "Dazu braucht es einen Datensatz der Art q oder 6 weitere Datensätze der Art x in Folge.");
        row(R"({"metaevent":"m","when":{"absent":{"event":"x"},"for":"2s"},"fire":{"repeat":"30s"}})",
            "It fires again in 29 s (1970-01-01T00:00:34Z) if no further record comes.",
            "Es löst in 29 s (1970-01-01T00:00:34Z) erneut aus, wenn kein weiterer Datensatz kommt.");
        row(R"({"metaevent":"m","when":{"occurs":{"event":"x"}},"fire":{"cooldown":"1m"}})",
            "Its cooldown lasts until 1970-01-01T00:01:00Z.",
            "Die Sperrzeit dauert bis 1970-01-01T00:01:00Z.");
        row(R"({"metaevent":"m","when":{"occurs":{"event":"x"}},"fire":{"limit":{"count":2,"within":"1m"}}})",
            "Its limit is used up until 1970-01-01T00:01:00Z.",
            "Die Obergrenze ist bis 1970-01-01T00:01:00Z ausgeschöpft.");
        row(R"({"metaevent":"m","when":{"count":{"event":"x"},"within":"10s","is":[">=",3]},"fire":{"on":"fall"}})",
            "It fires next in 5 s (1970-01-01T00:00:10Z) if no further record comes.",
            "Es löst in 5 s (1970-01-01T00:00:10Z) aus, wenn kein weiterer Datensatz kommt.");
    }

    void whatComesNext() {
        QFETCH(const QString, definition);
        QFETCH(const QString, english);
        QFETCH(const QString, german);
        const auto explanation = explanationAt(definition.toStdString(), kHistory, 5);
        for (const auto& [account, says] :
             {std::pair{&Account::english(), english}, {&Account::german(), german}}) {
            const QString summary = QString::fromStdString(account->summary(explanation));
            QVERIFY2(summary.contains(says), qPrintable(summary));
        }
    }

    /// Of an `all` that is false those decide that are false; of a `not` that is false what it is not.
    void whatDecides() {
        const auto explanation = explanationAt(
            R"({"metaevent":"m","when":{"all":[{"count":{"event":"x"},"within":"1m","is":[">=",1]},
                {"not":{"count":{"event":"y"},"within":"1m","is":[">=",1]}},{"gauge":"running","is":[">",0]}]}})",
            kHistory, 5);
        QVERIFY(stateOf(explanation, "when").decides);
        QVERIFY(stateOf(explanation, "when.all.0").holds && !stateOf(explanation, "when.all.0").decides);
        QVERIFY(stateOf(explanation, "when.all.1").decides);
        QVERIFY(stateOf(explanation, "when.all.1.not").holds);
        QVERIFY(stateOf(explanation, "when.all.1.not").decides);
        QVERIFY(stateOf(explanation, "when.all.2").decides);
        QCOMPARE(stateOf(explanation, "when.all.0").evidence, (std::vector<std::int64_t>{1, 2, 3}));
    }

    void keysOfAPartition() {
        constexpr const char* kDefinition =
            R"({"metaevent":"m","partition":["k"],"when":{"count":{"event":"x"},"within":"1m","is":[">=",2]}})";
        constexpr const char* kRows = R"([[0,"x",{"k":"a"}],[1,"x",{"k":"a"}],[2,"x",{"k":"b"}],[9,"z"]])";
        const auto latest = explanationAt(kDefinition, kRows, 5);
        QCOMPARE(QString::fromStdString(toJson(latest.moment.key)), QStringLiteral("[\"b\"]"));
        QCOMPARE(latest.moment.keyCount, 2);
        QVERIFY(!latest.moment.holds);
        const auto asked = explanationAt(kDefinition, kRows, 5, json::array{"a"});
        QVERIFY(asked.moment.holds);
        QVERIFY(summaryOf(asked).find("for the key [\"a\"]") != std::string::npos);
        const auto unknown = explanationAt(kDefinition, kRows, 5, json::array{"c"});
        QVERIFY(!unknown.moment.isKnown);
        QVERIFY(summaryOf(unknown).starts_with("No record for the key [\"c\"]"));
    }

    void whatIf() {
        BacktestQuery asked =
            query(R"({"metaevent":"m","when":{"count":{"event":"x"},"within":"10s","is":[">=",2]}})",
                  R"([[0,"x"],[5,"x"],[30,"x"],[60,"z"]])");
        QCOMPARE(timesOf(run(asked).lines), QStringList{QStringLiteral("5")});
        asked.removed = {2};
        Record added;
        added.time = timeFromUs(32 * kSecond);
        added.event = "x";
        asked.added.push_back(added);
        const auto answer = run(asked);
        QCOMPARE(timesOf(answer.lines), QStringList{QStringLiteral("32")});
        QCOMPARE(answer.added, std::vector<std::int64_t>{5});
        QCOMPARE(intMember(answer.lines.front().get_object(), "cause"), 5);
    }

    void comparesDefinitions() {
        BacktestQuery asked = query(R"({"metaevent":"draft","when":{"absent":{"event":"x"},"for":"10s"}})",
                                    R"([[0,"x"],[12,"x"],[60,"x"],[61,"z"]])");
        asked.compare = definitions(R"({"metaevent":"applied","when":{"absent":{"event":"x"},"for":"20s"}})");
        const auto difference = run(asked).difference.value();
        QCOMPARE(timesOf(difference.gained.lines), (QStringList{QStringLiteral("10"), QStringLiteral("22")}));
        QCOMPARE(timesOf(difference.lost.lines), QStringList{QStringLiteral("32")});
        QCOMPARE(difference.kept.count, 0);
        asked.compare = asked.definitions;
        QCOMPARE(run(asked).difference->kept.count, 2);
        QCOMPARE(run(asked).difference->gained.count, 0);
    }

    void answersInPages() {
        BacktestQuery asked = query(R"({"metaevent":"m","when":{"occurs":{"event":"x"}}})", kHistory);
        asked.limit = 2;
        const auto first = run(asked);
        QCOMPARE(timesOf(first.lines), (QStringList{QStringLiteral("0"), QStringLiteral("1")}));
        QVERIFY(first.isTruncated);
        QCOMPARE(first.total, 3);
        asked.skip = 2;
        const auto last = run(asked);
        QCOMPARE(timesOf(last.lines), QStringList{QStringLiteral("2")});
        QVERIFY(!last.isTruncated);
    }

    void endsWhenCancelled() {
        const auto cancelled = std::make_shared<std::atomic<bool>>(true);
        const auto answer =
            backtest(nullptr, query(R"({"metaevent":"m","when":{"occurs":"a"}})", kHistory), cancelled);
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, Error::Kind::Refused);
    }
};

QTEST_APPLESS_MAIN(HistoryTest)
#include "tst_history.moc"

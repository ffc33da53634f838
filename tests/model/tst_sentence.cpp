// Definitions in plain words.
#include <QtTest>

#include "core/model/sentence.h"
#include "tests/model/model_data.h"

using namespace dogwatch;
using dogwatch::test::parsed;
using dogwatch::test::toQt;

class TestSentence : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void clauses_data();
    void clauses();
    void sentences_data();
    void sentences();
    void phrasesTellWhatTheyStandFor();
    void durations();
};

void TestSentence::clauses_data() {
    QTest::addColumn<QString>("when");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* when, const char* words) {
        QTest::newRow(words) << toQt(when) << toQt(words);
    };
    row(R"({"occurs": "backup"})", "backup finishes");
    row(R"({"occurs": {"event": "execution.failed"}})", "there is a failure of any function");
    row(R"({"occurs": {"event": "custom.note", "function": ["a", "b*"], "where": [["data.x", ">", 1], ["tags.t", "in", ["u", "v"]]]}})",
        "there is a record of kind custom.note about a or a function named b* whose data.x is more than 1 "
        "and tags.t is \"u\" or \"v\"");
    row(R"({"absent": {"event": "execution.succeeded", "function": "backup"}, "for": "24h"})",
        "backup has not succeeded for 24 hours");
    row(R"({"absent": {"event": "custom.beat"}, "for": "90s", "since": "first"})",
        "there has been no further record of kind custom.beat for 1 minute 30 seconds");
    row(R"({"missed": "backup", "schedule": "0 2 * * *", "timezone": "Europe/Berlin", "grace": "30m"})",
        "backup has not finished 30 minutes after it was due by the schedule \"0 2 * * *\" (Europe/Berlin)");
    row(R"({"count": {"event": "execution.failed", "function": "import"}, "within": "10m", "is": [">=", 5]})",
        "there have been at least 5 failures of import within the last 10 minutes");
    row(R"({"count": {"event": "execution.failed", "function": "import"}, "within": "1h", "is": [">", 0]})",
        "there has been at least 1 failure of import within the last hour");
    row(R"({"measure": "p95", "of": "duration_us", "over": "import", "within": "5m", "is": [">", 1000000], "samples": 10})",
        "the 95th percentile of duration_us over finished executions of import within the last 5 minutes is "
        "more than 1000000 (given at least 10 values)");
    row(R"({"ratio": {"event": "execution.failed"}, "to": "import", "within": "1h", "is": [">", 0.07], "samples": 10})",
        "the share of failures of any function among finished executions of import within the last hour is "
        "more than 7% (given at least 10 of the latter)");
    row(R"({"streak": {"event": "execution.failed", "function": "import"}, "among": "import", "is": [">=", 3]})",
        "there have been at least 3 failures of import in a row among finished executions of import");
    row(R"({"gauge": "queued", "is": [">", 0]})", "at least 1 execution is queued");
    row(R"({"gauge": "running", "function": "import", "is": [">=", 3]})",
        "at least 3 executions of import are running");
    row(R"({"changed": "result.version", "over": {"event": "execution.succeeded", "function": "deploy"}})",
        "result.version changes from one success of deploy to the next");
    row(R"({"sequence": ["order", {"not": "invoice"}], "within": "5m", "by": ["tags.order"]})",
        "a finished execution of order is followed by no finished execution of invoice until 5 minutes after "
        "the first, all with the same tags.order");
    row(R"({"sequence": ["a", {"not": "b"}, "c", "d"], "within": "5m"})",
        "a finished execution of a is followed by a finished execution of c, with no finished execution of b "
        "in between, then by a finished execution of d, all within 5 minutes");
    row(R"({"at": "0 8 * * mon"})", "it is time by the schedule \"0 8 * * mon\" (UTC)");
    row(R"({"during": "0 8 * * *", "for": "9h"})",
        "it is within 9 hours after a time of the schedule \"0 8 * * *\" (UTC)");
    row(R"({"not": {"active": "busy"}})", "metaevent busy is not active");
    row(R"({"not": {"any": [{"occurs": "a"}, {"fired": "m"}]}})",
        "it is not true that (a finishes or metaevent m fires)");
    row(R"({"all": [{"occurs": "a"}, {"any": [{"occurs": "b"}, {"active": "m"}]}]})",
        "a finishes and (b finishes or metaevent m is active)");
    row(R"({"at_least": 2, "of": [{"occurs": "a"}, {"occurs": "b"}, {"occurs": "c"}]})",
        "at least 2 of these 3 are true: a finishes; b finishes; c finishes");
    row(R"({"held": {"gauge": "queued", "is": [">=", 10]}, "for": "5m"})",
        "at least 10 executions are queued, without a break for 5 minutes");
    row(R"({"recent": {"occurs": "a"}, "within": "5m"})", "a finishes, now or within the last 5 minutes");
}

void TestSentence::clauses() {
    QFETCH(const QString, when);
    QFETCH(const QString, words);
    const auto condition = conditionFromJson(parsed(when));
    QVERIFY2(condition.has_value(), condition ? "" : condition.error().text().c_str());
    QCOMPARE(toQt(clauseOf(*condition).text()), words);
}

void TestSentence::sentences_data() {
    QTest::addColumn<QString>("rest");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* rest, const char* words) {
        QTest::newRow(words) << toQt(rest) << toQt(words);
    };
    row(R"("fire": {"cooldown": "1h"}, "jobs": [{"run": "page-oncall"}])",
        "when backup finishes, at most once an hour, run page-oncall");
    row(R"("jobs": [{"run": "a"}, {"run": "b"}, {"run": "c"}])", "when backup finishes, run a, b and c");
    row(R"("jobs": [{"run": "a", "payload": {"to": "ops", "why": "{{ metaevent }}"}}, {"run": "b", "payload": 7}])",
        "when backup finishes, run a (with to and why) and b (with 7)");
    row(R"("jobs": [{"run": "a", "payload": {"to": "ops"}}, {"run": "b"}])",
        "when backup finishes, run a (with to) and b");
    row(R"("fire": {"on": "fall"})", "when it is no longer true that backup finishes, note it");
    row(R"("fire": {"on": "both", "max_depth": 1})",
        "when it begins and when it ceases to be true that backup finishes, in chains of at most 1 firing, "
        "note it");
    row(R"("partition": ["function", "tags.team"], "expire": "30d", "fire": {"repeat": "6h", "limit": {"count": 3, "within": "24h"}})",
        "separately for each function and tags.team (forgotten after 30 days without a record), when backup "
        "finishes, "
        "again every 6 hours while it lasts, at most 3 times within 24 hours in all, note it");
    row(R"("downtime": "excluded")",
        "when backup finishes, not counting time in which Dogwatch was down, note it");
    row(R"("enabled": false)", "when backup finishes, note it (disabled)");
}

void TestSentence::sentences() {
    QFETCH(const QString, rest);
    QFETCH(const QString, words);
    const auto definition =
        metaeventFromJson(parsed(test::withWhen(R"({"occurs": "backup"})", rest.toStdString())));
    QVERIFY2(definition.has_value(), definition ? "" : definition.error().text().c_str());
    QCOMPARE(toQt(sentenceOf(*definition).text()), words);
}

void TestSentence::phrasesTellWhatTheyStandFor() {
    const auto definition = metaeventFromJson(
        parsed(test::withWhen(R"({"any": [{"occurs": "a"}, {"held": {"active": "m"}, "for": "1m"}]})",
                              R"("jobs": [{"run": "f"}])")));
    std::map<std::string, std::string> byPath;
    for (const auto& phrase : sentenceOf(*definition).phrases) byPath[phrase.path] += phrase.text;
    QCOMPARE(toQt(byPath["when.any.0"]), QStringLiteral("a finishes"));
    QCOMPARE(toQt(byPath["when.any.1.held"]), QStringLiteral("metaevent m is active"));
    QCOMPARE(toQt(byPath["when.any.1"]), QStringLiteral(", without a break for 1 minute"));
    QCOMPARE(toQt(byPath["jobs.0"]), QStringLiteral("f"));
}

void TestSentence::durations() {
    using namespace std::chrono_literals;
    QCOMPARE(toQt(durationInWords(24h)), QStringLiteral("24 hours"));
    QCOMPARE(toQt(durationInWords(7 * 24h)), QStringLiteral("7 days"));
    QCOMPARE(toQt(durationInWords(36h)), QStringLiteral("36 hours"));
    QCOMPARE(toQt(durationInWords(90min)), QStringLiteral("1 hour 30 minutes"));
    QCOMPARE(toQt(durationInWords(1001ms)), QStringLiteral("1 second 1 millisecond"));
}

QTEST_APPLESS_MAIN(TestSentence)
#include "tst_sentence.moc"

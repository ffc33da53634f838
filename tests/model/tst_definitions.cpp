// Definitions: what is read, and where each fault is told (spec sections 3 to 6).
#include <QDirIterator>
#include <QFile>
#include <QtTest>

#include "core/model/metaevent.h"
#include "tests/model/german_text.h"
#include "tests/model/model_data.h"

using namespace dogwatch;
using dogwatch::test::parsed;
using dogwatch::test::toQt;
using dogwatch::test::withWhen;

namespace {

/// The fault of definitions that are malformed is told in German at the same place. Empty: so it is.
QString germanFault(const json::value& definitions, const Error& english) {
    const auto read = metaeventsFromJson(definitions, Grammar::german());
    if (read || read.error().path != english.path) return QStringLiteral("another fault in German");
    return test::whyNotGerman(toQt(english.message), toQt(read.error().message));
}

}  // namespace

class TestDefinitions : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void readsAll();
    void readsDefaults();
    void nodesKeepTheirPaths();
    void readsEveryCondition_data();
    void readsEveryCondition();
    void faults_data();
    void faults();
    void conformance_data();
    void conformance();
    void cyclesWithThoseThatStand();
};

void TestDefinitions::readsAll() {
    const auto definition = metaeventFromJson(parsed(R"({
        "metaevent": "backup-missed", "description": "why", "when": {"absent": "backup", "for": "24h", "since": "first"},
        "partition": ["function", "tags.team"], "expire": "30d",
        "fire": {"on": "both", "cooldown": "1h", "repeat": "6h", "limit": {"count": 10, "within": "1h"}, "max_depth": 9},
        "jobs": [{"run": "page", "payload": {"text": 1}}, {"run": "log"}], "downtime": "excluded", "enabled": false})"));
    QVERIFY2(definition.has_value(), definition ? "" : definition.error().text().c_str());
    const auto* absent = definition->when.as<condition::Absent>();
    QVERIFY(absent != nullptr);
    QCOMPARE(absent->duration, Duration(std::chrono::hours{24}));
    QVERIFY(absent->since == condition::Since::First);
    QCOMPARE(toQt(definition->partition.at(1).text()), QStringLiteral("tags.team"));
    QCOMPARE(*definition->expire, Duration(std::chrono::days{30}));
    QVERIFY(definition->on == FireOn::Both);
    QCOMPARE(definition->cooldown, Duration(std::chrono::hours{1}));
    QCOMPARE(*definition->repeat, Duration(std::chrono::hours{6}));
    QCOMPARE(definition->limit->count, 10);
    QCOMPARE(definition->maxDepth, 9);
    QCOMPARE(definition->jobs.size(), std::size_t{2});
    QVERIFY(definition->jobs[0].payload && !definition->jobs[1].payload);
    QVERIFY(!definition->enabled);
    QVERIFY(definition->downtime == Downtime::Excluded);
    QCOMPARE(definition->source.size(), std::size_t{9});
}

void TestDefinitions::readsDefaults() {
    const auto definition = metaeventFromJson(parsed(withWhen(R"({"occurs": "a"})")));
    QVERIFY(definition.has_value());
    QVERIFY(definition->on == FireOn::Rise && definition->enabled && definition->jobs.empty());
    QCOMPARE(definition->cooldown, Duration{});
    QCOMPARE(definition->maxDepth, 8);
    QVERIFY(!definition->repeat && !definition->limit && !definition->expire);
}

void TestDefinitions::nodesKeepTheirPaths() {
    const auto definition = metaeventFromJson(
        parsed(withWhen(
            R"({"all": [{"occurs": "a"}, {"at_least": 1, "of": [{"not": {"held": {"occurs": "b"}, "for": "1s"}}]}]})")),
        "3");
    QVERIFY(definition.has_value());
    QStringList paths;
    for (const auto* node : definition->when.tree()) paths << toQt(node->path);
    QCOMPARE(paths,
             (QStringList{QStringLiteral("when"), QStringLiteral("when.all.0"), QStringLiteral("when.all.1"),
                          QStringLiteral("when.all.1.of.0"), QStringLiteral("when.all.1.of.0.not"),
                          QStringLiteral("when.all.1.of.0.not.held")}));
}

void TestDefinitions::readsEveryCondition_data() {
    QTest::addColumn<QString>("when");
    for (
        const char* when : {
            R"({"occurs": "a"})",
            R"({"absent": "a", "for": "5s", "since": "first"})",
            R"({"missed": "a", "schedule": "0 2 * * *", "timezone": "Europe/Berlin", "grace": "5m", "since": "armed"})",
            R"({"count": "a", "within": "5s", "is": [">=", 3]})",
            R"({"measure": "p95", "of": "duration_us", "over": "a", "within": "5s", "is": ["<", 1.5], "samples": 4})",
            R"({"ratio": "a", "to": "b", "within": "5s", "is": [">", 0.5], "samples": 2})",
            R"({"streak": "a", "among": "b", "is": ["==", 3]})",
            R"({"gauge": "queued", "function": "a*", "is": ["!=", 0]})",
            R"({"changed": "version", "over": "a"})",
            R"({"sequence": ["a", {"not": "b"}, "c", {"not": "d", "for": "1s"}], "within": "5s", "by": ["tags.x"], "overlap": false})",
            R"({"at": "*/5 * * * * *", "timezone": "UTC"})",
            R"({"during": "0 8 * * mon-fri", "for": "9h", "timezone": "Asia/Tokyo"})",
            R"({"fired": "m"})",
            R"({"active": "m"})",
            R"({"all": [{"occurs": "a"}]})",
            R"({"any": [{"occurs": "a"}]})",
            R"({"not": {"occurs": "a"}})",
            R"({"at_least": 1, "of": [{"occurs": "a"}]})",
            R"({"held": {"occurs": "a"}, "for": "5s"})",
            R"({"recent": {"occurs": "a"}, "within": "5s"})",
        }) {
        QTest::newRow(when) << QString::fromLatin1(when);
    }
}

void TestDefinitions::readsEveryCondition() {
    QFETCH(const QString, when);
    const auto condition = conditionFromJson(parsed(when));
    QVERIFY2(condition.has_value(), condition ? "" : condition.error().text().c_str());
    QCOMPARE(when.section(QLatin1Char('"'), 1, 1), QString::fromLatin1(condition->operatorKey()));
    // Every key is looked at: a value that is none of its kind is refused, at its path.
    const json::object whole = parsed(when).as_object();
    for (const auto& member : whole) {
        json::object broken = whole;
        broken[member.key()] = json::object{{"nonsense", 1}};
        const auto refused = conditionFromJson(broken);
        QVERIFY(!refused);
        QVERIFY(toQt(refused.error().path).startsWith(toQt("when." + std::string(member.key()))));
        const json::value definition = json::object{{"metaevent", "x"}, {"when", broken}};
        QCOMPARE(germanFault(definition, refused.error()), QString());
    }
}

void TestDefinitions::faults_data() {
    QTest::addColumn<QString>("definitions");
    QTest::addColumn<QString>("path");
    QTest::newRow("no object") << "1"
                               << "$";
    QTest::newRow("no object in a list") << "[1]"
                                         << "0";
    QTest::newRow("the first fault of two") << R"({"metaevent": "", "when": {}})"
                                            << "metaevent";
    QTest::newRow("unknown before missing") << R"({"when": {}, "huh": 1})"
                                            << "huh";
    QTest::newRow("a sequence step of two keys")
        << toQt(withWhen(R"({"sequence": ["a", {"not": "b", "event": "c"}], "within": "1s"})"))
        << "when.sequence.1.event";
    QTest::newRow("a fault in a list of kinds")
        << toQt(withWhen(R"({"occurs": {"event": ["a", ""]}})")) << "when.occurs.event.1";
    QTest::newRow("an empty path in where")
        << toQt(withWhen(R"({"occurs": {"event": "a", "where": [["a..b", "==", 1]]}})"))
        << "when.occurs.where.0.0";
    QTest::newRow("a zone that is empty")
        << toQt(withWhen(R"({"at": "* * * * *", "timezone": ""})")) << "when.timezone";
    QTest::newRow("a grace of nothing")
        << toQt(withWhen(R"({"missed": "a", "schedule": "* * * * *", "grace": "0s"})")) << "when.grace";
    QTest::newRow("partition of no list")
        << toQt(withWhen(R"({"occurs": "a"})", R"("partition": "function")")) << "partition";
    QTest::newRow("payload without run")
        << toQt(withWhen(R"({"occurs": "a"})", R"("jobs": [{"run": "a"}, {"payload": 1}])")) << "jobs.1.run";
    QTest::newRow("downtime") << toQt(withWhen(R"({"occurs": "a"})", R"("downtime": "ignored")"))
                              << "downtime";
    QTest::newRow("enabled as text") << toQt(withWhen(R"({"occurs": "a"})", R"("enabled": "yes")"))
                                     << "enabled";
    QTest::newRow("a fired that is no name") << toQt(withWhen(R"({"fired": "a b"})")) << "when.fired";
    QTest::newRow("a gauge of any name")
        << toQt(withWhen(R"({"gauge": "idle", "is": [">", 1]})")) << "when.gauge";
}

void TestDefinitions::faults() {
    QFETCH(const QString, definitions);
    QFETCH(const QString, path);
    const auto read = metaeventsFromJson(parsed(definitions));
    QVERIFY(!read);
    QCOMPARE(toQt(read.error().path), path);
    QVERIFY(!read.error().message.empty());
    QVERIFY(read.error().kind == Error::Kind::Invalid);
    QCOMPARE(germanFault(parsed(definitions), read.error()), QString());
}

void TestDefinitions::conformance_data() {
    QTest::addColumn<QString>("file");
    QDirIterator files(QStringLiteral(DOGWATCH_CONFORMANCE), {QStringLiteral("*.json")});
    while (files.hasNext()) {
        const QString file = files.next();
        QTest::newRow(qPrintable(files.fileName())) << file;
    }
    if (!QDir(QStringLiteral(DOGWATCH_CONFORMANCE)).exists()) QTest::newRow("none") << QString();
}

void TestDefinitions::conformance() {
    QFETCH(const QString, file);
    if (file.isEmpty()) QSKIP("tests/engine/conformance is not there");
    QFile in(file);
    QVERIFY(in.open(QIODevice::ReadOnly));
    const json::value test = parsed(in.readAll().toStdString());
    const auto read = metaeventsFromJson(test.at("metaevents"));
    const std::string expected(stringMember(test.as_object(), "error"));
    QCOMPARE(read ? QString() : toQt(read.error().path), toQt(expected));
    if (!read) QCOMPARE(germanFault(test.at("metaevents"), read.error()), QString());
}

void TestDefinitions::cyclesWithThoseThatStand() {
    const auto a = metaeventFromJson(parsed(R"({"metaevent": "a", "when": {"not": {"active": "b"}}})"));
    const auto b = metaeventFromJson(parsed(R"({"metaevent": "b", "when": {"active": "a"}})"));
    const auto c = metaeventFromJson(parsed(R"({"metaevent": "b", "when": {"active": "c"}})"));
    QVERIFY(!activeCycle(*a, {}));
    QVERIFY(activeCycle(*a, {&*b}).has_value());
    QCOMPARE(toQt(activeCycle(*a, {&*b}, "2")->path), QStringLiteral("2.when.not.active"));
    QVERIFY(!activeCycle(*c, {&*a, &*b}));  // it replaces the b that would close the cycle
}

QTEST_APPLESS_MAIN(TestDefinitions)
#include "tst_definitions.moc"

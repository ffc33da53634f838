// Warnings of definitions that cannot mean what they say: none too few, and none too many.
#include <QtTest>

#include "core/model/static_checks.h"
#include "tests/model/german_text.h"
#include "tests/model/model_data.h"

using namespace dogwatch;
using dogwatch::test::parsed;
using dogwatch::test::toQt;
using dogwatch::test::withWhen;

namespace {

/// The warnings. Each is told in German, too.
std::vector<Warning> checked(const std::vector<Metaevent>& definitions,
                             const Surroundings& surroundings = {}) {
    auto warnings = staticChecks(definitions, surroundings);
    const auto german = staticChecks(definitions, surroundings, Grammar::german());
    if (german.size() != warnings.size()) QTest::qFail("more or less warnings in German", __FILE__, __LINE__);
    for (std::size_t i = 0; i < std::min(german.size(), warnings.size()); ++i) {
        const QString fault = test::whyNotGerman(toQt(warnings[i].message), toQt(german[i].message));
        if (!fault.isEmpty()) QTest::qFail(qPrintable(fault), __FILE__, __LINE__);
    }
    return warnings;
}

}  // namespace

class TestStaticChecks : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void conditions_data();
    void conditions();
    void feedback_data();
    void feedback();
    void functions();
    void pausesOfASchedule();
    void repeats();
    void schedules_data();
    void schedules();
    void saysNothingOfOrdinaryOnes();

 private:
    static QStringList pathsOf(const std::vector<Warning>& warnings) {
        QStringList paths;
        for (const auto& warning : warnings) paths << toQt(warning.path);
        return paths;
    }
    static std::vector<Metaevent> read(const QString& text) {
        auto definitions = metaeventsFromJson(parsed(text));
        if (!definitions) qFatal("%s", definitions.error().text().c_str());
        return *std::move(definitions);
    }
};

void TestStaticChecks::conditions_data() {
    QTest::addColumn<QString>("when");
    QTest::addColumn<QString>("paths");
    const auto row = [](const char* name, const char* when, const char* paths) {
        QTest::newRow(name) << toQt(when) << toQt(paths);
    };
    row("nothing odd", R"({"count": "a", "within": "5s", "is": [">=", 1]})", "");
    row("a count below 0", R"({"count": "a", "within": "5s", "is": ["<", 0]})", "when.is when");
    row("half a count", R"({"count": "a", "within": "5s", "is": ["==", 2.5]})", "when.is when");
    row("any count", R"({"count": "a", "within": "5s", "is": [">=", 0]})", "when.is when");
    row("more than a window holds", R"({"count": "a", "within": "5s", "is": [">", 1000000]})",
        "when.is when");
    row("as much as a window holds", R"({"count": "a", "within": "5s", "is": [">=", 1000000]})", "");
    row("a ratio over 1", R"({"ratio": "a", "to": "b", "within": "5s", "is": [">", 1]})", "when.is when");
    row("a ratio of 1", R"({"ratio": "a", "to": "b", "within": "5s", "is": [">=", 1]})", "");
    row("any ratio, given samples", R"({"ratio": "a", "to": "b", "within": "5s", "is": ["<=", 1]})",
        "when.is");
    row("a measure may be anything",
        R"({"measure": "sum", "of": "x", "over": "b", "within": "5s", "is": ["<", 0]})", "");
    row("distinct of none",
        R"({"measure": "distinct", "of": "x", "over": "b", "within": "5s", "is": ["<", 1]})", "when.is when");
    row("a huge streak", R"({"streak": "a", "among": "b", "is": [">", 1e300]})", "");
    row("one dead branch of several", R"({"any": [{"occurs": "a"}, {"gauge": "vms", "is": ["<", 0]}]})",
        "when.any.1.is");
    row("not of never", R"({"not": {"gauge": "vms", "is": ["<", 0]}})", "when.not.is when");
    row("numbers that exclude each other",
        R"({"all": [{"count": "a", "within": "5s", "is": [">", 5]}, {"count": "a", "within": "5s", "is": ["<", 6]}]})",
        "when");
    row("numbers of different windows",
        R"({"all": [{"count": "a", "within": "5s", "is": [">", 5]}, {"count": "a", "within": "6s", "is": ["<", 6]}]})",
        "");
    row("numbers that meet",
        R"({"all": [{"count": "a", "within": "5s", "is": [">", 5]}, {"count": "a", "within": "5s", "is": ["<", 7]}]})",
        "");
    row("pulses of record and timer", R"({"all": [{"occurs": "a"}, {"at": "0 * * * *"}]})", "when");
    row("pulses of one timer", R"({"all": [{"at": "0 2 * * *"}, {"at": "0 * * * *"}]})", "");
    row("pulses of two functions", R"({"all": [{"occurs": "a"}, {"all": [{"occurs": "b"}]}]})", "when");
    row("pulses that may be one", R"({"all": [{"occurs": "a"}, {"occurs": {"event": "execution.failed"}}]})",
        "");
    row("a pulse that lasts", R"({"all": [{"occurs": "a"}, {"recent": {"occurs": "b"}, "within": "5s"}]})",
        "");
    row("a pulse held",
        R"({"held": {"all": [{"occurs": "a"}, {"gauge": "vms", "is": [">", 1]}]}, "for": "1s"})", "when");
    row("a pulse's absence held", R"({"held": {"not": {"occurs": "a"}}, "for": "1s"})", "");
    row("all the time", R"({"during": "*/5 * * * *", "for": "5m"})", "when.for when");
    row("nearly all the time", R"({"during": "*/5 * * * *", "for": "299s"})", "");
    row("a kind that there is not", R"({"occurs": {"event": "execution.success"}})", "when");
    row("a kind that no condition sees",
        R"({"any": [{"occurs": "a"}, {"occurs": {"event": "metaevent.suppressed"}}]})", "when.any.1");
    row("kinds of others", R"({"occurs": {"event": ["custom.note", "sensor", "execution.*"]}})", "");
    row("one kind that there is", R"({"occurs": {"event": ["execution.success", "execution.failed"]}})", "");
    row("two values at once",
        R"({"occurs": {"event": "custom.x", "where": [["data.a", "==", 1], ["data.a", "==", 2]]}})", "when");
    row("one value twice",
        R"({"occurs": {"event": "custom.x", "where": [["data.a", "==", 1], ["data.a", "==", 1.0]]}})", "");
    row("no number between",
        R"({"absent": {"event": "custom.x", "where": [["data.a", ">", 5], ["data.a", "<=", 5]]}, "for": "5m"})",
        "when");
    row("a number between",
        R"({"absent": {"event": "custom.x", "where": [["data.a", ">", 5], ["data.a", "<", 6]]}, "for": "5m"})",
        "");
    row("none of the list",
        R"({"occurs": {"event": "custom.x", "where": [["data.a", "in", ["a", "b"]], ["data.a", "starts_with", "c"]]}})",
        "when");
    row("what is missing is equal to nothing",
        R"({"occurs": {"event": "custom.x", "where": [["data.a", "exists", false], ["data.a", "<", 5]]}})",
        "when");
    row("what is missing is not equal",
        R"({"occurs": {"event": "custom.x", "where": [["data.a", "exists", false], ["data.a", "!=", 5]]}})",
        "");
    row("no such metaevent", R"({"any": [{"fired": "nobody"}, {"active": "nobody"}]})",
        "when.any.0.fired when.any.1.active");
}

void TestStaticChecks::conditions() {
    QFETCH(const QString, when);
    QFETCH(const QString, paths);
    const auto warnings = checked(read(toQt(withWhen(when.toStdString()))));
    QCOMPARE(pathsOf(warnings).join(QLatin1Char(' ')), paths);
}

void TestStaticChecks::feedback_data() {
    QTest::addColumn<QString>("definitions");
    QTest::addColumn<QString>("chain");  // none: no warning
    const auto row = [](const char* name, const char* definitions, const char* chain) {
        QTest::newRow(name) << toQt(definitions) << toQt(chain);
    };
    row("a job that fails of its own failure",
        R"({"metaevent": "a", "when": {"occurs": {"event": "execution.failed"}}, "jobs": [{"run": "f"}]})",
        "a -> job f -> execution.failed of f -> a");
    row("a job of another name", R"({"metaevent": "a", "when": {"occurs": "g"}, "jobs": [{"run": "f"}]})",
        "");
    row("only what people ask for",
        R"({"metaevent": "a", "when": {"occurs": {"event": "execution.failed", "where": [["depth", "==", 0]]}}, "jobs": [{"run": "f"}]})",
        "");
    row("not what metaevents ask for",
        R"({"metaevent": "a", "when": {"occurs": {"event": "*", "where": [["trigger", "!=", "metaevent"]]}}, "jobs": [{"run": "f"}]})",
        "");
    row("chains of one",
        R"({"metaevent": "a", "when": {"occurs": "f"}, "fire": {"max_depth": 1}, "jobs": [{"run": "f"}]})",
        "");
    row("an absence that its job ends",
        R"({"metaevent": "a", "when": {"absent": "f", "for": "5m"}, "jobs": [{"run": "f"}]})", "");
    row("a count that stays",
        R"({"metaevent": "a", "when": {"count": "f", "within": "5m", "is": [">", 0]}, "jobs": [{"run": "f"}]})",
        "");
    row("through another",
        R"([{"metaevent": "a", "when": {"occurs": "g"}, "jobs": [{"run": "f"}]}, {"metaevent": "b", "when": {"occurs": "f"}},
            {"metaevent": "c", "when": {"fired": "b"}, "jobs": [{"run": "g"}]}])",
        "a -> job f -> execution.succeeded of f -> b -> c -> job g -> execution.succeeded of g -> a");
    row("a sequence that needs more",
        R"({"metaevent": "a", "when": {"sequence": ["order", "f"], "within": "5m"}, "jobs": [{"run": "f"}]})",
        "");
}

void TestStaticChecks::feedback() {
    QFETCH(const QString, definitions);
    QFETCH(const QString, chain);
    const auto warnings = checked(read(definitions));
    QCOMPARE(warnings.size(), chain.isEmpty() ? std::size_t{0} : std::size_t{1});
    if (!chain.isEmpty()) QVERIFY2(toQt(warnings[0].message).contains(chain), warnings[0].message.c_str());
}

void TestStaticChecks::functions() {
    const auto definitions = read(toQt(withWhen(
        R"({"all": [{"absent": "backup", "for": "1h"}, {"gauge": "running", "function": "x*", "is": [">", 1]}]})",
        R"("jobs": [{"run": "page"}, {"run": "backup"}])")));
    QVERIFY(checked(definitions).empty());  // nothing is known of functions
    Surroundings surroundings;
    surroundings.functions.emplace();
    (*surroundings.functions)["backup"] = std::nullopt;
    QCOMPARE(pathsOf(checked(definitions, surroundings)), QStringList{QStringLiteral("jobs.0.run")});
    surroundings.functions->clear();
    QCOMPARE(pathsOf(checked(definitions, surroundings)),
             (QStringList{QStringLiteral("when.all.0"), QStringLiteral("jobs.0.run"),
                          QStringLiteral("jobs.1.run")}));
}

void TestStaticChecks::pausesOfASchedule() {
    Surroundings surroundings;
    surroundings.functions.emplace();
    (*surroundings.functions)["backup"] = *Cron::parse("0 2 * * *");
    const auto warned = [&](const char* duration) {
        const std::string when = std::string(R"({"absent": "backup", "for": ")") + duration + "\"}";
        return pathsOf(checked(read(toQt(withWhen(when))), surroundings));
    };
    QCOMPARE(warned("23h"), QStringList{QStringLiteral("when.for")});
    QCOMPARE(warned("24h"), QStringList{});
}

void TestStaticChecks::repeats() {
    const auto warned = [](const char* when, const char* fire) {
        return pathsOf(checked(read(toQt(withWhen(when, fire)))));
    };
    const QStringList told{QStringLiteral("fire.repeat")};
    QCOMPARE(warned(R"({"occurs": "a"})", R"("fire": {"repeat": "1h"})"), told);
    QCOMPARE(warned(R"({"recent": {"occurs": "a"}, "within": "5h"})", R"("fire": {"repeat": "1h"})"),
             QStringList{});
    QCOMPARE(warned(R"({"absent": "a", "for": "5h"})", R"("fire": {"repeat": "1h", "on": "fall"})"), told);
    QCOMPARE(warned(R"({"absent": "a", "for": "5h"})", R"("fire": {"repeat": "1h", "on": "both"})"),
             QStringList{});
}

void TestStaticChecks::schedules_data() {
    QTest::addColumn<QString>("when");
    QTest::addColumn<QString>("paths");
    const auto row = [](const char* name, const char* when, const char* paths) {
        QTest::newRow(name) << toQt(when) << toQt(paths);
    };
    // backup runs at 2:00 every day, beat every minute, other has no schedule.
    row("an absence in an alternative",
        R"({"any": [{"absent": "backup", "for": "1h"}, {"absent": "beat", "for": "5m"}]})", "when.any.0.for");
    row("an absence that something else must go with",
        R"({"all": [{"absent": "backup", "for": "1h"}, {"occurs": "beat"}]})", "");
    row("no schedule", R"({"absent": "other", "for": "1h"})", "");
    row("missed without grace", R"({"missed": "backup", "schedule": "0 2 * * *"})", "when.grace");
    row("missed with grace", R"({"missed": "backup", "schedule": "0 2 * * *", "grace": "30m"})", "");
    row("missed by another schedule", R"({"missed": "backup", "schedule": "0 * * * *", "grace": "30m"})",
        "when.schedule");
    row("missed in another time zone",
        R"({"missed": "backup", "schedule": "0 2 * * *", "timezone": "Asia/Tokyo", "grace": "30m"})",
        "when.schedule");
    row("none in a window between runs",
        R"({"count": {"event": "execution.succeeded", "function": "backup"}, "within": "1h", "is": ["==", 0]})",
        "when.within");
    row("none in a window as long as the pause",
        R"({"count": {"event": "execution.succeeded", "function": "backup"}, "within": "24h", "is": ["==", 0]})",
        "");
    row("more than a window holds",
        R"({"count": {"event": "execution.succeeded", "function": "backup"}, "within": "24h", "is": [">=", 3]})",
        "when.within");
    row("as many as a window holds",
        R"({"count": {"event": "execution.succeeded", "function": "beat"}, "within": "5m", "is": [">=", 5]})",
        "");
    row("failures, which may be tried again",
        R"({"count": {"event": "execution.failed", "function": "backup"}, "within": "1h", "is": [">=", 3]})",
        "");
    row("samples that never come",
        R"({"measure": "avg", "of": "duration_us", "over": {"event": "execution.succeeded", "function": "backup"}, "within": "24h",
            "is": [">", 5], "samples": 10})",
        "when.within");
}

void TestStaticChecks::schedules() {
    QFETCH(const QString, when);
    QFETCH(const QString, paths);
    Surroundings surroundings;
    surroundings.functions.emplace();
    (*surroundings.functions)["backup"] = *Cron::parse("0 2 * * *");
    (*surroundings.functions)["beat"] = *Cron::parse("* * * * *");
    (*surroundings.functions)["other"] = std::nullopt;
    QCOMPARE(pathsOf(checked(read(toQt(withWhen(when.toStdString()))), surroundings)).join(QLatin1Char(' ')),
             paths);
}

/// What people ordinarily write is warned of by nothing.
void TestStaticChecks::saysNothingOfOrdinaryOnes() {
    const auto definitions = read(QStringLiteral(R"([
        {"metaevent": "late", "when": {"absent": {"event": "execution.succeeded", "function": "backup"}, "for": "26h"},
         "fire": {"cooldown": "1h", "repeat": "6h"}, "jobs": [{"run": "page"}]},
        {"metaevent": "missed", "when": {"missed": "backup", "schedule": "0 2 * * *", "grace": "1h"}, "jobs": [{"run": "page"}]},
        {"metaevent": "streak", "when": {"streak": {"event": "execution.failed", "function": "beat"}, "among": "beat", "is": [">=", 3]},
         "jobs": [{"run": "page"}]},
        {"metaevent": "errors", "when": {"ratio": {"event": "execution.failed"}, "to": {"event": ["execution.succeeded", "execution.failed"]},
         "within": "10m", "is": [">", 0.2], "samples": 10}, "partition": ["function"], "expire": "1d"},
        {"metaevent": "slow", "when": {"measure": "p95", "of": "duration_us", "over": "beat", "within": "10m", "is": [">", 500000]}},
        {"metaevent": "queue", "when": {"held": {"gauge": "queued", "is": [">=", 100]}, "for": "5m"}},
        {"metaevent": "unanswered", "when": {"sequence": [{"event": "custom.order"}, {"not": {"event": "custom.invoice"}}], "within": "5m",
         "by": ["data.id"]}},
        {"metaevent": "changed", "when": {"changed": "result.version", "over": "beat"}},
        {"metaevent": "hours", "when": {"all": [{"active": "streak"}, {"during": "0 8 * * mon-fri", "for": "9h"}]}, "jobs": [{"run": "page"}]},
        {"metaevent": "escalate", "when": {"held": {"active": "late"}, "for": "2h"}, "jobs": [{"run": "page"}]},
        {"metaevent": "retries", "when": {"count": {"event": "execution.retrying", "function": "backup"}, "within": "1h", "is": [">", 3]}}])"));
    Surroundings surroundings;
    surroundings.functions.emplace();
    (*surroundings.functions)["backup"] = *Cron::parse("0 2 * * *");
    (*surroundings.functions)["beat"] = *Cron::parse("* * * * *");
    (*surroundings.functions)["page"] = std::nullopt;
    for (const auto& warning : checked(definitions, surroundings)) QFAIL(warning.text().c_str());
}

QTEST_APPLESS_MAIN(TestStaticChecks)
#include "tst_static_checks.moc"

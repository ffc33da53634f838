// Definitions in German: word order in main and subordinate clauses, declension, and nothing left in English,
// over each kind of condition and every definition of the conformance cases.
#include <QRegularExpression>
#include <QtTest>

#include "core/model/sentence.h"
#include "tests/model/model_data.h"

using namespace dogwatch;
using dogwatch::test::parsed;
using dogwatch::test::toQt;

class TestGerman : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void clauses_data();
    void clauses();
    void sentences_data();
    void sentences();
    void phrasesTellWhatTheyStandFor();
    void conformanceDefinitionsAreGermanThroughout();
    void durations();
};

void TestGerman::clauses_data() {
    QTest::addColumn<QString>("when");
    QTest::addColumn<QString>("main");
    QTest::addColumn<QString>("subordinate");
    const auto row = [](const char* when, const char* main, const char* subordinate) {
        QTest::newRow(main) << toQt(when) << toQt(main) << toQt(subordinate);
    };
    row(R"({"occurs": "backup"})", "backup wird fertig", "backup fertig wird");
    row(R"({"occurs": {"event": "execution.failed", "function": "import"}})", "import scheitert",
        "import scheitert");
    row(R"({"occurs": {"event": "execution.failed"}})",
        "es gibt einen Fehlschlag von einer beliebigen Funktion",
        "es einen Fehlschlag von einer beliebigen Funktion gibt");
    row(R"({"occurs": {"event": "custom.note", "function": ["a", "b*"], "where": [["data.x", ">", 1], ["tags.t", "in", ["u", "v"]]]}})",
        "es gibt einen Datensatz der Art custom.note zu a oder einer Funktion namens b* (data.x ist größer "
        "als 1 und "
        "tags.t ist \"u\" oder \"v\")",
        "es einen Datensatz der Art custom.note zu a oder einer Funktion namens b* (data.x ist größer als 1 "
        "und "
        "tags.t ist \"u\" oder \"v\") gibt");
    row(R"({"absent": {"event": "execution.succeeded", "function": "backup"}, "for": "24h"})",
        "backup war seit 24 Stunden nicht erfolgreich", "backup seit 24 Stunden nicht erfolgreich war");
    row(R"({"absent": {"event": "execution.started", "function": "backup"}, "for": "7d", "since": "first"})",
        "backup ist seit 7 Tagen nicht mehr gestartet", "backup seit 7 Tagen nicht mehr gestartet ist");
    row(R"({"absent": {"event": "custom.beat"}, "for": "90s", "since": "first"})",
        "es gab seit 1 Minute 30 Sekunden keinen weiteren Datensatz der Art custom.beat",
        "es seit 1 Minute 30 Sekunden keinen weiteren Datensatz der Art custom.beat gab");
    row(R"({"missed": "backup", "schedule": "0 2 * * *", "timezone": "Europe/Berlin", "grace": "30m"})",
        "backup ist 30 Minuten nach Fälligkeit laut Zeitplan \"0 2 * * *\" (Europe/Berlin) noch nicht fertig "
        "geworden",
        "backup 30 Minuten nach Fälligkeit laut Zeitplan \"0 2 * * *\" (Europe/Berlin) noch nicht fertig "
        "geworden ist");
    row(R"({"missed": {"event": "custom.x"}, "schedule": "0 2 * * *"})",
        "es gab bei Fälligkeit laut Zeitplan \"0 2 * * *\" (UTC) noch keinen Datensatz der Art custom.x",
        "es bei Fälligkeit laut Zeitplan \"0 2 * * *\" (UTC) noch keinen Datensatz der Art custom.x gab");
    row(R"({"count": {"event": "execution.failed", "function": "import"}, "within": "10m", "is": [">=", 5]})",
        "es gab in den letzten 10 Minuten mindestens 5 Fehlschläge von import",
        "es in den letzten 10 Minuten mindestens 5 Fehlschläge von import gab");
    row(R"({"count": {"event": "execution.succeeded", "function": "import"}, "within": "1h", "is": ["==", 0]})",
        "es gab in der letzten Stunde keinen Erfolg von import",
        "es in der letzten Stunde keinen Erfolg von import gab");
    row(R"({"measure": "p95", "of": "duration_us", "over": "import", "within": "5m", "is": [">", 0.5], "samples": 10})",
        "das 95. Perzentil von duration_us über abgeschlossene Ausführungen von import in den letzten 5 "
        "Minuten "
        "ist größer als 0,5 (bei mindestens 10 Werten)",
        "das 95. Perzentil von duration_us über abgeschlossene Ausführungen von import in den letzten 5 "
        "Minuten "
        "größer als 0,5 ist (bei mindestens 10 Werten)");
    row(R"({"ratio": {"event": "execution.failed"}, "to": "import", "within": "1h", "is": [">", 0.07]})",
        "der Anteil von Fehlschlägen von einer beliebigen Funktion an abgeschlossenen Ausführungen von "
        "import in "
        "der letzten Stunde ist größer als 7 %",
        "der Anteil von Fehlschlägen von einer beliebigen Funktion an abgeschlossenen Ausführungen von "
        "import in "
        "der letzten Stunde größer als 7 % ist");
    row(R"({"streak": {"event": "execution.failed", "function": "import"}, "among": "import", "is": [">=", 3]})",
        "es gab zuletzt mindestens 3 Fehlschläge von import in Folge unter abgeschlossenen Ausführungen von "
        "import",
        "es zuletzt mindestens 3 Fehlschläge von import in Folge unter abgeschlossenen Ausführungen von "
        "import gab");
    row(R"({"gauge": "queued", "is": [">", 0]})", "mindestens 1 Ausführung wartet",
        "mindestens 1 Ausführung wartet");
    row(R"({"gauge": "vms", "is": ["<", 2]})", "weniger als 2 VMs sind bereit oder in Arbeit",
        "weniger als 2 VMs bereit oder in Arbeit sind");
    row(R"({"changed": "result.version", "over": {"event": "execution.throttled", "function": "deploy"}})",
        "result.version ändert sich von einer gedrosselten Anforderung von deploy zur nächsten",
        "result.version sich von einer gedrosselten Anforderung von deploy zur nächsten ändert");
    row(R"({"sequence": ["order", {"not": "invoice"}], "within": "5m", "by": ["tags.order"]})",
        "auf eine abgeschlossene Ausführung von order folgt innerhalb von 5 Minuten keine abgeschlossene "
        "Ausführung "
        "von invoice, jeweils mit demselben Wert von tags.order",
        "auf eine abgeschlossene Ausführung von order innerhalb von 5 Minuten keine abgeschlossene "
        "Ausführung von "
        "invoice folgt, jeweils mit demselben Wert von tags.order");
    row(R"({"sequence": ["a", {"not": "b"}, "c", {"event": "execution.started", "function": "d"}], "within": "5m"})",
        "auf eine abgeschlossene Ausführung von a folgt eine abgeschlossene Ausführung von c ohne "
        "abgeschlossene "
        "Ausführung von b dazwischen, dann ein Start von d, alles innerhalb von 5 Minuten",
        "auf eine abgeschlossene Ausführung von a eine abgeschlossene Ausführung von c ohne abgeschlossene "
        "Ausführung von b dazwischen, dann ein Start von d folgt, alles innerhalb von 5 Minuten");
    row(R"({"at": "0 8 * * mon"})", "es ist laut Zeitplan \"0 8 * * mon\" (UTC) so weit",
        "es laut Zeitplan \"0 8 * * mon\" (UTC) so weit ist");
    row(R"({"during": "0 8 * * *", "for": "9h"})",
        "es ist innerhalb von 9 Stunden nach einem Termin laut Zeitplan \"0 8 * * *\" (UTC)",
        "es innerhalb von 9 Stunden nach einem Termin laut Zeitplan \"0 8 * * *\" (UTC) ist");
    row(R"({"fired": "m"})", "Metaevent m löst aus", "Metaevent m auslöst");
    row(R"({"active": "m"})", "Metaevent m ist aktiv", "Metaevent m aktiv ist");
    row(R"({"not": {"active": "m"}})", "Metaevent m ist nicht aktiv", "Metaevent m nicht aktiv ist");
    row(R"({"not": {"any": [{"occurs": "a"}, {"fired": "m"}]}})",
        "es trifft nicht zu, dass (a fertig wird oder Metaevent m auslöst)",
        "es nicht zutrifft, dass (a fertig wird oder Metaevent m auslöst)");
    row(R"({"all": [{"fired": "a"}, {"any": [{"fired": "b"}, {"active": "m"}]}]})",
        "Metaevent a löst aus und (Metaevent b löst aus oder Metaevent m ist aktiv)",
        "Metaevent a auslöst und (Metaevent b auslöst oder Metaevent m aktiv ist)");
    row(R"({"at_least": 2, "of": [{"fired": "a"}, {"fired": "b"}, {"fired": "c"}]})",
        "mindestens 2 dieser 3 Bedingungen treffen zu: Metaevent a löst aus; Metaevent b löst aus; Metaevent "
        "c löst "
        "aus",
        "mindestens 2 dieser 3 Bedingungen zutreffen: Metaevent a löst aus; Metaevent b löst aus; Metaevent "
        "c löst "
        "aus");
    row(R"({"held": {"gauge": "queued", "is": [">=", 10]}, "for": "5m"})",
        "mindestens 10 Ausführungen warten, und das ununterbrochen seit 5 Minuten",
        "mindestens 10 Ausführungen warten, und das ununterbrochen seit 5 Minuten");
    row(R"({"recent": {"fired": "m"}, "within": "3d"})",
        "Metaevent m löst aus, jetzt oder in den letzten 3 Tagen",
        "Metaevent m auslöst, jetzt oder in den letzten 3 Tagen");
}

void TestGerman::clauses() {
    QFETCH(const QString, when);
    QFETCH(const QString, main);
    QFETCH(const QString, subordinate);
    const auto condition = conditionFromJson(parsed(when));
    QVERIFY2(condition.has_value(), condition ? "" : condition.error().text().c_str());
    QCOMPARE(toQt(clauseOf(*condition, Grammar::german()).text()), main);
    QCOMPARE(toQt(clauseOf(*condition, Grammar::german(), Grammar::Order::Subordinate).text()), subordinate);
}

void TestGerman::sentences_data() {
    QTest::addColumn<QString>("rest");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* rest, const char* words) {
        QTest::newRow(words) << toQt(rest) << toQt(words);
    };
    row(R"("fire": {"cooldown": "1h"}, "jobs": [{"run": "page-oncall"}])",
        "wenn backup fertig wird, höchstens einmal pro Stunde, page-oncall ausführen");
    row(R"("jobs": [{"run": "a"}, {"run": "b"}, {"run": "c"}])",
        "wenn backup fertig wird, a, b und c ausführen");
    row(R"("jobs": [{"run": "a", "payload": {"to": "ops"}}, {"run": "b"}])",
        "wenn backup fertig wird, a (mit to) und b ausführen");
    row(R"("fire": {"on": "fall"})", "wenn es nicht mehr zutrifft, dass backup fertig wird, es vermerken");
    row(R"("fire": {"on": "both", "max_depth": 1})",
        "sobald es zutrifft und sobald es nicht mehr zutrifft, dass backup fertig wird, in Ketten von "
        "höchstens "
        "1 Auslösung, es vermerken");
    row(R"("partition": ["function", "tags.team"], "expire": "30d", "fire": {"repeat": "1m", "limit": {"count": 3, "within": "24h"}})",
        "für jede Kombination von function und tags.team getrennt (vergessen nach 30 Tagen ohne Datensatz), "
        "wenn "
        "backup fertig wird, jede Minute erneut, solange es anhält, insgesamt höchstens 3-mal innerhalb von "
        "24 "
        "Stunden, es vermerken");
    row(R"("partition": ["function"], "downtime": "excluded")",
        "für jeden Wert von function getrennt, wenn backup fertig wird, ohne die Zeit, in der Dogwatch nicht "
        "lief, "
        "es vermerken");
    row(R"("fire": {"repeat": "7d"}, "enabled": false)",
        "wenn backup fertig wird, alle 7 Tage erneut, solange es anhält, es vermerken (deaktiviert)");
}

void TestGerman::sentences() {
    QFETCH(const QString, rest);
    QFETCH(const QString, words);
    const auto definition =
        metaeventFromJson(parsed(test::withWhen(R"({"occurs": "backup"})", rest.toStdString())));
    QVERIFY2(definition.has_value(), definition ? "" : definition.error().text().c_str());
    QCOMPARE(toQt(sentenceOf(*definition, Grammar::german()).text()), words);
}

void TestGerman::phrasesTellWhatTheyStandFor() {
    const auto definition = metaeventFromJson(
        parsed(test::withWhen(R"({"any": [{"occurs": "a"}, {"held": {"active": "m"}, "for": "1m"}]})",
                              R"("jobs": [{"run": "f"}])")));
    std::map<std::string, std::string> byPath;
    for (const auto& phrase : sentenceOf(*definition, Grammar::german()).phrases)
        byPath[phrase.path] += phrase.text;
    QCOMPARE(toQt(byPath["when.any.0"]), QStringLiteral("a fertig wird"));
    QCOMPARE(toQt(byPath["when.any.1.held"]), QStringLiteral("Metaevent m aktiv ist"));
    QCOMPARE(toQt(byPath["when.any.1"]), QStringLiteral(", und das ununterbrochen seit 1 Minute"));
    QCOMPARE(toQt(byPath["jobs.0"]), QStringLiteral("f"));
}

namespace {

/// All that a definition itself brings into its sentence: names, paths, values.
void collectStrings(const json::value& value, QStringList& to) {
    if (value.is_string()) to.append(toQt(std::string(value.get_string())));
    if (value.is_bool()) to.append(value.get_bool() ? QStringLiteral("true") : QStringLiteral("false"));
    if (value.is_array())
        for (const json::value& each : value.get_array()) collectStrings(each, to);
    if (value.is_object())
        for (const auto& member : value.get_object()) collectStrings(member.value(), to);
}

}  // namespace

void TestGerman::conformanceDefinitionsAreGermanThroughout() {
    static const QRegularExpression kEnglish(QStringLiteral(
        "\\b(the|is|are|has|have|been|not|of|within|for|when|with|there|than|at|least|most|true|that|run|"
        "note|after|once|every|while|it|each|about|no|more|or|and|whose|time|days?|hours?|minutes?|"
        "seconds?|executions?|failures?|success(es)?|records?|kind|metaevent)\\b"));
    int told = 0;
    const QDir folder(QStringLiteral(DOGWATCH_CONFORMANCE));
    for (const QString& name : folder.entryList({QStringLiteral("*.json")})) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto read = parseJson(file.readAll().toStdString());
        if (!read || !read->is_object()) continue;
        const json::value* list = read->get_object().if_contains("metaevents");
        if (list == nullptr || !list->is_array()) continue;
        for (const json::value& each : list->get_array()) {
            const auto definition = metaeventFromJson(each);
            if (!definition) continue;  // a case of one that is refused
            QString text = toQt(sentenceOf(*definition, Grammar::german()).text());
            const QByteArray place = (name + QStringLiteral(": ") + text).toUtf8();
            QVERIFY2(!text.isEmpty() && !text.contains(QStringLiteral("  ")) &&
                         !text.contains(QStringLiteral(" ,")),
                     place);
            QCOMPARE(text.count(u'('), text.count(u')'));
            QStringList own;
            collectStrings(each, own);
            std::sort(own.begin(), own.end(),
                      [](const QString& a, const QString& b) { return a.size() > b.size(); });
            for (const QString& word : own)
                if (!word.isEmpty())
                    text.replace(
                        QRegularExpression(QStringLiteral("(?<![\\w])") + QRegularExpression::escape(word) +
                                           QStringLiteral("(?![\\w])")),
                        QStringLiteral("…"));
            const auto found = kEnglish.match(text);
            QVERIFY2(!found.hasMatch(), (place + " says " + found.captured().toUtf8()).constData());
            ++told;
        }
    }
    QVERIFY2(told > 200, QByteArray::number(told));
}

void TestGerman::durations() {
    using namespace std::chrono_literals;
    const auto words = [](Duration duration, Grammar::Case way) {
        return toQt(Grammar::german().duration(duration, way));
    };
    QCOMPARE(words(24h, Grammar::Case::Accusative), QStringLiteral("24 Stunden"));
    QCOMPARE(words(7 * 24h, Grammar::Case::Accusative), QStringLiteral("7 Tage"));
    QCOMPARE(words(7 * 24h, Grammar::Case::Dative), QStringLiteral("7 Tagen"));
    QCOMPARE(words(90min, Grammar::Case::Dative), QStringLiteral("1 Stunde 30 Minuten"));
    QCOMPARE(words(1001ms, Grammar::Case::Accusative), QStringLiteral("1 Sekunde 1 Millisekunde"));
}

QTEST_APPLESS_MAIN(TestGerman)
#include "tst_german.moc"

// Messages, of faults and warnings, in German: the table holds what the sources say and no more, with the
// same arguments; and some texts whole.
#include <fmt/args.h>
#include <fmt/format.h>

#include <QDirIterator>
#include <QtTest>
#include <set>

#include "core/model/german_messages.h"
#include "core/model/static_checks.h"
#include "tests/model/german_text.h"
#include "tests/model/model_data.h"

using namespace dogwatch;
using dogwatch::test::parsed;
using dogwatch::test::toQt;
using dogwatch::test::withWhen;

namespace {

/// Of the arguments of a call, the text of each that is nothing but string literals; null: it is more than
/// that. `at`: behind the opening parenthesis.
QStringList literalArguments(const QString& source, qsizetype at) {
    QStringList arguments;
    QString text = QStringLiteral("");
    bool isLiteral = false;
    const auto end = [&] {
        arguments.append(isLiteral ? text : QString());
        text = QStringLiteral("");
        isLiteral = false;
    };
    bool hasCode = false;
    for (int depth = 1; at < source.size(); ++at) {
        const QChar c = source[at];
        if (c == u'"') {
            while (++at + 1 < source.size() && source[at] != u'"') {
                if (source[at] == u'\\') ++at;
                text += source[at];
            }
            isLiteral = !hasCode;
            continue;
        }
        depth += c == u'(' || c == u'{' ? 1 : c == u')' || c == u'}' ? -1 : 0;
        const bool ends = depth == 0 || (depth == 1 && c == u',');
        if (ends) end();
        if (depth == 0) return arguments;
        hasCode = !ends && (hasCode || !c.isSpace());
        if (hasCode) isLiteral = false;
    }
    return arguments;
}

struct Sources {
    std::set<QString> messages;  ///< what is given to those who say them
    QString text;                ///< all that is written there
};

Sources sources() {
    struct Call {
        QString name;
        qsizetype argument;  ///< which of them is the message
    };
    static const Call kCalls[] = {{QStringLiteral("say"), 0},      {QStringLiteral("refuse"), 1},
                                  {QStringLiteral("refuseAt"), 1}, {QStringLiteral("warn"), 1},
                                  {QStringLiteral("scalar"), 2},   {QStringLiteral("tooShort"), 3}};
    Sources found;
    QDirIterator files(QStringLiteral(DOGWATCH_SOURCE_DIR "/core/model"),
                       {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.fileName().contains(QStringLiteral("german_messages")) || !file.open(QIODevice::ReadOnly))
            continue;
        const QString text = QString::fromUtf8(file.readAll());
        found.text += text;
        for (const Call& call : kCalls) {
            const QRegularExpression calls(QStringLiteral("\\b%1\\(").arg(call.name));
            for (auto match = calls.globalMatch(text); match.hasNext();) {
                const auto arguments = literalArguments(text, match.next().capturedEnd());
                if (arguments.size() > call.argument && !arguments[call.argument].isNull())
                    found.messages.insert(arguments[call.argument]);
            }
        }
    }
    return found;
}

/// The message with its arguments told apart.
QString filledIn(std::string_view message) {
    fmt::dynamic_format_arg_store<fmt::format_context> arguments;
    for (int i = 0; i < 6; ++i) arguments.push_back(fmt::format("<{}>", i));
    return toQt(fmt::vformat(fmt::string_view(message), arguments));
}

}  // namespace

class TestMessages : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void everyMessageOfTheSourcesIsInGerman();
    void theTableHoldsNothingElse();
    void argumentsAreTheSame();
    void faults_data();
    void faults();
    void warnings_data();
    void warnings();
    void ofLibraries();
    void loopsAreTold();
    void withoutGermanItStaysEnglish();
};

void TestMessages::everyMessageOfTheSourcesIsInGerman() {
    const auto found = sources().messages;
    QVERIFY2(found.size() > 60, QByteArray::number(static_cast<qulonglong>(found.size())));
    for (const QString& english : found) {
        const std::string key = english.toStdString();
        QVERIFY2(german::message(key) != key, qPrintable(QStringLiteral("no German for: ") + english));
    }
}

void TestMessages::theTableHoldsNothingElse() {
    const Sources found = sources();
    for (const auto& [english, german] : german::messages()) {
        const QString text = toQt(english);
        const bool isSaid =
            found.messages.contains(text) || found.text.contains(QStringLiteral("\"%1\"").arg(text));
        QVERIFY2(isSaid, qPrintable(QStringLiteral("said nowhere: ") + text));
    }
}

void TestMessages::argumentsAreTheSame() {
    static const QRegularExpression kArgument(QStringLiteral("<\\d>"));
    for (const auto& [english, german] : german::messages()) {
        std::multiset<QString> wanted;
        std::multiset<QString> given;
        for (auto match = kArgument.globalMatch(filledIn(english)); match.hasNext();)
            wanted.insert(match.next().captured());
        for (auto match = kArgument.globalMatch(filledIn(german)); match.hasNext();)
            given.insert(match.next().captured());
        QVERIFY2(wanted == given, qPrintable(toQt(german)));
    }
}

void TestMessages::faults_data() {
    QTest::addColumn<QString>("definitions");
    QTest::addColumn<QString>("english");
    QTest::addColumn<QString>("german");
    const auto row = [](const std::string& definitions, const char* english, const char* german) {
        QTest::newRow(english) << toQt(definitions) << toQt(english) << toQt(german);
    };
    row(R"([{"metaevent": "a b", "when": {"occurs": "a"}}])",
        R"(0.metaevent: a name: 1 to 64 of a-z, A-Z, 0-9, '-', '_', '.', not "a b")",
        R"(0.metaevent: ein Name: 1 bis 64 Zeichen aus a-z, A-Z, 0-9, '-', '_', '.', nicht "a b")");
    row(withWhen(R"({"absent": "a"})"), "when.for: required, but missing",
        "when.for: eine Angabe, die hier nötig ist, aber fehlt");
    row(withWhen(R"({"absent": "a", "for": "soon"})"),
        R"(when.for: a duration from 1ms to 366d, such as "5s" or "1h30m", not "soon")",
        R"(when.for: eine Dauer von 1ms bis 366d, etwa "5s" oder "1h30m", nicht "soon")");
    row(withWhen(R"({"occurs": "a", "for": "1h"})"), "when.for: no such key; one of occurs",
        "when.for: kein bekannter Schlüssel; möglich: occurs");
    row(withWhen(R"({"occurs": "a"})", R"("fire": {"on": "end"})"),
        R"(fire.on: one of rise, fall, both, not "end")",
        R"(fire.on: eines von rise, fall, both, nicht "end")");
    row(withWhen(R"({"at": "0 25 * * *"})"),
        "when.at: a schedule whose hour is *, */n, a number, a-b, a-b/n or a list of these, from 0 to 23, "
        "not "
        "\"25\"",
        "when.at: ein Zeitplan, dessen Feld Stunde *, */n, eine Zahl, a-b, a-b/n oder eine Liste davon ist, "
        "von 0 bis 23, nicht \"25\"");
    row(withWhen(R"({"occurs": {"event": "custom.x", "where": [["data.a", "matches", "(a"]]}})"),
        "when.occurs.where.0.2: a regular expression in RE2 syntax (missing ): (a)",
        "when.occurs.where.0.2: ein regulärer Ausdruck in der Syntax von RE2 (schließende Klammer ) fehlt: "
        "(a)");
    row(withWhen(R"({"at_least": 3, "of": [{"occurs": "a"}]})"),
        "when.at_least: a whole number from 1 to 1, the number of conditions, not 3",
        "when.at_least: eine ganze Zahl von 1 bis 1, der Anzahl der Bedingungen, nicht 3");
    row(R"([{"metaevent": "a", "when": {"active": "b"}}, {"metaevent": "b", "when": {"active": "a"}}])",
        "1.when.active: no cycle of `active`, but a depends on b itself",
        "1.when.active: keine Schleife von `active`, doch a hängt selbst von b ab");
}

void TestMessages::faults() {
    QFETCH(const QString, definitions);
    QFETCH(const QString, english);
    QFETCH(const QString, german);
    const json::value written = parsed(definitions);
    QCOMPARE(toQt(metaeventsFromJson(written).error().text()), english);
    QCOMPARE(toQt(metaeventsFromJson(written, Grammar::german()).error().text()), german);
}

void TestMessages::warnings_data() {
    QTest::addColumn<QString>("when");
    QTest::addColumn<QString>("english");
    QTest::addColumn<QString>("german");
    const auto row = [](const char* when, const char* english, const char* german) {
        QTest::newRow(english) << toQt(when) << toQt(english) << toQt(german);
    };
    row(R"({"ratio": "a", "to": "b", "within": "5s", "is": [">", 1]})",
        "this is never true: a ratio is a number from 0 to 1",
        "das ist nie wahr: Ein Anteil ist eine Zahl von 0 bis 1");
    row(R"({"absent": "backup", "for": "1h"})",
        "backup is scheduled with pauses of up to 7 days (\"0 2 * * 6\"), so it is absent for 1 hour between "
        "runs that are on time",
        "backup hat laut Zeitplan (\"0 2 * * 6\") Pausen von bis zu 7 Tagen und bleibt daher zwischen "
        "pünktlichen Läufen 1 Stunde lang aus");
    row(R"({"count": {"event": "execution.succeeded", "function": "backup"}, "within": "3d", "is": [">", 1]})",
        "by its schedule (\"0 2 * * 6\") backup runs at most 1 time within 3 days: with no runs besides, "
        "this "
        "is never true",
        "laut Zeitplan (\"0 2 * * 6\") läuft backup höchstens 1-mal innerhalb von 3 Tagen: Ohne weitere "
        "Läufe "
        "ist das nie wahr");
    row(R"({"fired": "b"})", "there is no metaevent b, so this is never true",
        "es gibt kein Metaevent b, daher ist das nie wahr");
    row(R"({"all": [{"occurs": "a"}, {"at": "0 * * * *"}]})",
        "when.all.0 and when.all.1 are never true together: they are pulses that never come at the same "
        "step; "
        "`recent` makes one of them last",
        "when.all.0 und when.all.1 sind nie zugleich wahr: Sie gelten nur für einen Augenblick und nie für "
        "denselben; mit `recent` hält eines davon an");
}

void TestMessages::warnings() {
    QFETCH(const QString, when);
    QFETCH(const QString, english);
    QFETCH(const QString, german);
    const auto definitions = metaeventsFromJson(parsed(withWhen(when.toStdString()))).value();
    Surroundings surroundings;
    surroundings.functions.emplace();
    (*surroundings.functions)["backup"] = *Cron::parse("0 2 * * 6");
    (*surroundings.functions)["a"] = std::nullopt;
    (*surroundings.functions)["b"] = std::nullopt;
    QCOMPARE(toQt(staticChecks(definitions, surroundings).at(0).message), english);
    QCOMPARE(toQt(staticChecks(definitions, surroundings, Grammar::german()).at(0).message), german);
}

/// What RE2 and the JSON parser say themselves is told in German, whatever it is of.
void TestMessages::ofLibraries() {
    for (const char* pattern : {"(a", "a)", "[a", "[[:x:]]", "[b-a]", "*", "a**", "a{2000}", "\\", "\\y",
                                "(?=a)", "(?P<a", "\xff"}) {
        const auto fault = [pattern](const Grammar& grammar) {
            return compileRegex(pattern, grammar).error().message;
        };
        const QString english = toQt(fault(Grammar::english()));
        const auto words = [](QString text) {
            return text.section(u'(', 1).section(QStringLiteral(": "), 0, 0);
        };
        QVERIFY2(words(english) != words(toQt(fault(Grammar::german()))), qPrintable(english));
    }
    for (const char* text : {"", "{", "{\"a\": 1,}", "[1 2]", "1 2", "\"\\x\"", "1e999", "\"\\ud800\""}) {
        const QString english = toQt(parseJson(text).error().message);
        const QString german = toQt(parseJson(text, {}, Grammar::german()).error().message);
        QVERIFY2(english.section(QStringLiteral(": "), 1) != german.section(QStringLiteral(": "), 1),
                 qPrintable(english));
    }
    QCOMPARE(toQt(parseJson("{\n  \"a\" 1}", {}, Grammar::german()).error().message),
             QStringLiteral("JSON, aber in Zeile 2, Spalte 7: Syntaxfehler"));
}

void TestMessages::loopsAreTold() {
    const auto definitions =
        metaeventsFromJson(parsed(withWhen(R"({"occurs": "a"})", R"("jobs": [{"run": "a"}])"))).value();
    const auto german = staticChecks(definitions, {}, Grammar::german());
    QCOMPARE(german.size(), std::size_t{1});
    QVERIFY(german[0].isLoop);
    QCOMPARE(
        toQt(german[0].message),
        QStringLiteral("das kann sich selbst auslösen: x -> Job a -> execution.succeeded von a -> x; eine "
                       "solche Kette endet bei Tiefe 8 (fire.max_depth)"));
}

void TestMessages::withoutGermanItStaysEnglish() {
    QCOMPARE(toQt(Grammar::german().say("never said of {}", "this")), QStringLiteral("never said of this"));
    QVERIFY(Grammar::in("de") == &Grammar::german());
    QVERIFY(Grammar::in("en") == &Grammar::english());
    QVERIFY(Grammar::in("") == nullptr && Grammar::in("fr") == nullptr);
}

QTEST_APPLESS_MAIN(TestMessages)
#include "tst_messages.moc"

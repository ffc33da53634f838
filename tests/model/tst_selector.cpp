// Selectors: which records match (spec section 3).
#include <QtTest>

#include "core/model/definition_reader.h"
#include "tests/model/model_data.h"

using namespace dogwatch;

class TestSelector : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void kinds_data() {
        QTest::addColumn<QString>("selector");
        QTest::addColumn<QString>("event");
        QTest::addColumn<bool>("matches");
        QTest::newRow("itself") << R"({"event": "vm.lost"})"
                                << "vm.lost" << true;
        QTest::newRow("not a beginning") << R"({"event": "vm"})"
                                         << "vm.lost" << false;
        QTest::newRow("a star at the end") << R"({"event": "vm.*"})"
                                           << "vm.lost" << true;
        QTest::newRow("a star for nothing") << R"({"event": "vm.lost*"})"
                                            << "vm.lost" << true;
        QTest::newRow("stars between") << R"({"event": "*e*u*on.*d"})"
                                       << "execution.failed" << true;
        QTest::newRow("a star is no dot of a regex") << R"({"event": "vm.l.st"})"
                                                     << "vm.lost" << false;
        QTest::newRow("goes back to the last star") << R"({"event": "*ab"})"
                                                    << "aab" << true;
        QTest::newRow("one of a list") << R"({"event": ["vm.lost", "vm.ready"]})"
                                       << "vm.ready" << true;
        QTest::newRow("none of a list") << R"({"event": ["vm.lost", "vm.ready"]})"
                                        << "vm.booting" << false;
        QTest::newRow("* stops before metaevents") << R"({"event": "*"})"
                                                   << "metaevent.fired" << false;
        QTest::newRow("so does m*") << R"({"event": "m*"})"
                                    << "metaevent.fired" << false;
        QTest::newRow("but metaevent.* reaches them") << R"({"event": "metaevent.*"})"
                                                      << "metaevent.fired" << true;
        QTest::newRow("a bare name is a finished execution") << R"("backup")"
                                                             << "execution.failed" << true;
        QTest::newRow("not a started one") << R"("backup")"
                                           << "execution.started" << false;
    }
    void kinds() {
        QFETCH(const QString, selector);
        QFETCH(const QString, event);
        QFETCH(const bool, matches);
        QCOMPARE(read(selector).matches(test::record(event.toStdString(), R"({"function": "backup"})")),
                 matches);
    }

    void functions_data() {
        QTest::addColumn<QString>("function");
        QTest::addColumn<QString>("fields");
        QTest::addColumn<bool>("matches");
        QTest::newRow("itself") << R"("a")"
                                << R"({"function": "a"})" << true;
        QTest::newRow("another") << R"("a")"
                                 << R"({"function": "b"})" << false;
        QTest::newRow("a star") << R"("import-*")"
                                << R"({"function": "import-orders"})" << true;
        QTest::newRow("one of a list") << R"(["a", "b*"])"
                                       << R"({"function": "bb"})" << true;
        QTest::newRow("none at all") << R"("*")"
                                     << "{}" << false;
        QTest::newRow("no string") << R"("*")"
                                   << R"({"function": 1})" << false;
    }
    void functions() {
        QFETCH(const QString, function);
        QFETCH(const QString, fields);
        QFETCH(const bool, matches);
        const Selector selector = read(QStringLiteral(R"({"event": "*", "function": %1})").arg(function));
        QCOMPARE(selector.matches(test::record("custom.a", fields.toStdString())), matches);
    }

    void clauses_data() {
        QTest::addColumn<QString>("clause");
        QTest::addColumn<QString>("value");  // none: the field is missing
        QTest::addColumn<bool>("holds");
        const auto row = [](const char* clause, const char* value, bool holds) {
            QTest::addRow("%s of %s", clause, value)
                << QString::fromUtf8(clause) << QString::fromUtf8(value) << holds;
        };
        row(R"("==", 1)", "1.0", true);
        row(R"("==", 1)", "true", false);
        row(R"("==", null)", "null", true);
        row(R"("==", null)", "", false);
        row(R"("!=", 1)", "1", false);
        row(R"("!=", 1)", "\"1\"", true);
        row(R"("!=", 1)", "", true);
        row(R"("!=", 1)", "[1]", true);
        row(R"("<", 5)", "4.5", true);
        row(R"("<", 5)", "\"4\"", false);
        row(R"("<=", "b")", "\"b\"", true);
        row(R"(">", "\uffff")", "\"\\ud83d\\ude00\"", true);  // by code point, not by UTF-16 unit
        row(R"(">=", 5)", "", false);
        row(R"("in", [1, "a", null])", "1.0", true);
        row(R"("in", [1, "a", null])", "null", true);
        row(R"("in", [1, "a", null])", "", false);
        row(R"("in", [1, "a"])", "true", false);
        row(R"("contains", "disk")", "\"no disk left\"", true);
        row(R"("contains", "disk")", "[\"disk\"]", false);
        row(R"("starts_with", "no")", "\"no disk\"", true);
        row(R"("starts_with", "disk")", "\"no disk\"", false);
        row(R"("matches", "d.sk")", "\"no disk\"", true);
        row(R"("matches", "^d.sk")", "\"no disk\"", false);
        row(R"("matches", "1")", "1", false);
        row(R"("exists", true)", "null", true);
        row(R"("exists", true)", "", false);
        row(R"("exists", false)", "", true);
    }
    void clauses() {
        QFETCH(const QString, clause);
        QFETCH(const QString, value);
        QFETCH(const bool, holds);
        const Selector selector = read(QStringLiteral(R"({"event": "*", "where": [["a", %1]]})").arg(clause));
        const QString fields =
            value.isEmpty() ? QStringLiteral("{}") : QStringLiteral(R"({"a": %1})").arg(value);
        QCOMPARE(selector.matches(test::record("custom.a", fields.toStdString())), holds);
    }

    void allOfWhereMustHold() {
        const Selector selector =
            read(QStringLiteral(R"({"event": "*", "where": [["a", ">", 1], ["a", "<", 3]]})"));
        QVERIFY(selector.matches(test::record("custom.a", R"({"a": 2})")));
        QVERIFY(!selector.matches(test::record("custom.a", R"({"a": 3})")));
    }

    void hostilePatternsStayCheap() {
        const Pattern pattern("*a*a*a*a*a*a*a*a*a*a*b");
        QVERIFY(!pattern.matches(std::string(10'000, 'a')));
    }

 private:
    static Selector read(const QString& text) {
        DefinitionReader reader{std::string()};
        const json::value value = test::parsed(text);
        Selector selector = reader.selector({&value, "when"});
        if (reader.failed()) qFatal("%s", reader.fault().text().c_str());
        return selector;
    }
};

QTEST_APPLESS_MAIN(TestSelector)
#include "tst_selector.moc"

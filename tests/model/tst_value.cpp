// JSON values as conditions compare them, and field paths.
#include <QtTest>

#include "core/model/value.h"
#include "tests/model/model_data.h"

using namespace dogwatch;
using dogwatch::test::parsed;

class TestValue : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void sameness_data() {
        QTest::addColumn<QString>("a");
        QTest::addColumn<QString>("b");
        QTest::addColumn<bool>("same");
        QTest::newRow("1 and 1.0") << "1"
                                   << "1.0" << true;
        QTest::newRow("0 and -0.0") << "0"
                                    << "-0.0" << true;
        QTest::newRow("1 and true") << "1"
                                    << "true" << false;
        QTest::newRow("0 and null") << "0"
                                    << "null" << false;
        QTest::newRow("1 and \"1\"") << "1"
                                     << "\"1\"" << false;
        QTest::newRow("beyond 2^53, where doubles meet") << "9007199254740993"
                                                         << "9007199254740992" << true;
        QTest::newRow("unsigned and double") << "18446744073709551615"
                                             << "1.8446744073709552e19" << true;
        QTest::newRow("members in any order") << R"({"a": 1, "b": [2]})"
                                              << R"({"b": [2.0], "a": 1})" << true;
        QTest::newRow("a member more") << R"({"a": 1})"
                                       << R"({"a": 1, "b": null})" << false;
        QTest::newRow("elements in order") << "[1, 2]"
                                           << "[2, 1]" << false;
        QTest::newRow("nested") << R"([{"a": [1]}])"
                                << R"([{"a": [true]}])" << false;
    }
    void sameness() {
        QFETCH(const QString, a);
        QFETCH(const QString, b);
        QFETCH(const bool, same);
        QCOMPARE(sameValue(parsed(a), parsed(b)), same);
        QCOMPARE(sameValue(parsed(b), parsed(a)), same);
        QCOMPARE(hashValue(parsed(a)) == hashValue(parsed(b)), same);
    }

    void paths_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("expected");  // none: missing
        QTest::newRow("a field") << "function"
                                 << "\"import\"";
        QTest::newRow("nested") << "tags.team"
                                << "\"red\"";
        QTest::newRow("an element") << "result.items.1.id"
                                    << "8";
        QTest::newRow("digits with zeros before") << "result.items.01.id"
                                                  << "8";
        QTest::newRow("past the end") << "result.items.2"
                                      << "";
        QTest::newRow("no digits") << "result.items.-1"
                                   << "";
        QTest::newRow("digits past all sizes") << "result.items.99999999999999999999999"
                                               << "";
        QTest::newRow("digits as a member") << "result.0"
                                            << "\"zero\"";
        QTest::newRow("into a scalar") << "function.0"
                                       << "";
        QTest::newRow("null is there") << "nothing"
                                       << "null";
        QTest::newRow("missing") << "message"
                                 << "";
        QTest::newRow("seq") << "seq"
                             << "7";
        QTest::newRow("event") << "event"
                               << "\"execution.failed\"";
        QTest::newRow("time") << "time"
                              << "1700000000000000";
        QTest::newRow("below the time") << "time.0"
                                        << "";
        QTest::newRow("depth where absent") << "depth"
                                            << "0";
    }
    void paths() {
        QFETCH(const QString, path);
        QFETCH(const QString, expected);
        const Record record = test::record("execution.failed",
                                           R"({"function": "import", "tags": {"team": "red"}, "nothing": null,
                                               "result": {"items": [{"id": 7}, {"id": 8}], "0": "zero"}})");
        json::value scratch;
        const auto* found = FieldPath::parse(path.toStdString())->find(record, scratch);
        QCOMPARE(found != nullptr ? test::toQt(toJson(*found)) : QString(), expected);
    }

    void aRecordWithoutSeqLacksIt() {
        Record record = test::record("custom.a");
        record.seq = 0;
        json::value scratch;
        QVERIFY(FieldPath::parse("seq")->find(record, scratch) == nullptr);
    }

    void refusesBrokenPaths() {
        for (const char* text : {"", ".", "a.", ".a", "a..b"}) QVERIFY2(!FieldPath::parse(text), text);
    }
};

QTEST_APPLESS_MAIN(TestValue)
#include "tst_value.moc"

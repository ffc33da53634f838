// Records: what is one, and what is refused as none (spec section 2).
#include <QtTest>

#include "core/model/record.h"
#include "tests/model/model_data.h"

using namespace dogwatch;
using dogwatch::test::toQt;

class TestRecord : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void readsAndWrites() {
        const auto value = test::parsed(
            R"({"seq": 12, "time": "2026-03-01T12:00:00.000001+01:00", "event": "execution.failed",
                "function": "import", "execution": "e-1", "depth": 2, "tags": {"team": "red"}})");
        const auto record = recordFromJson(value);
        QVERIFY(record.has_value());
        QCOMPARE(record->seq, 12);
        QCOMPARE(toQt(toIso(record->time)), QStringLiteral("2026-03-01T11:00:00.000001Z"));
        QCOMPARE(toQt(record->event), QStringLiteral("execution.failed"));
        QCOMPARE(toQt(record->function()), QStringLiteral("import"));
        QCOMPARE(record->depth(), 2);
        const auto again = recordFromJson(toJson(*record));
        QVERIFY(again.has_value());
        QVERIFY(toJson(*again) == toJson(*record));
    }

    void numbersMayBeWrittenWithAPoint() {
        const auto record = recordFromJson(test::parsed(R"({"seq": 1.0, "time": 1.5e3, "event": "x"})"));
        QVERIFY(record.has_value());
        QCOMPARE(record->seq, 1);
        QCOMPARE(toUs(record->time), 1500);
    }

    void oneYetToBeJournaledHasNoSeq() {
        const auto value = test::parsed(R"({"time": 5, "event": "custom.a"})");
        QVERIFY(!recordFromJson(value));
        const auto record = recordFromJson(value, false);
        QVERIFY(record.has_value());
        QVERIFY(!toJson(*record).contains("seq"));
    }

    void refuses_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("path");
        QTest::newRow("no object") << "[1]"
                                   << "$";
        QTest::newRow("no seq") << R"({"time": 1, "event": "a"})"
                                << "seq";
        QTest::newRow("no time") << R"({"seq": 1, "event": "a"})"
                                 << "time";
        QTest::newRow("no event") << R"({"seq": 1, "time": 1})"
                                  << "event";
        QTest::newRow("half a seq") << R"({"seq": 1.5, "time": 1, "event": "a"})"
                                    << "seq";
        QTest::newRow("a seq below 0") << R"({"seq": -1, "time": 1, "event": "a"})"
                                       << "seq";
        QTest::newRow("a seq past 2^53") << R"({"seq": 9007199254740993, "time": 1, "event": "a"})"
                                         << "seq";
        QTest::newRow("a seq of text") << R"({"seq": "1", "time": 1, "event": "a"})"
                                       << "seq";
        QTest::newRow("a time without zone") << R"({"seq": 1, "time": "2026-03-01T12:00:00", "event": "a"})"
                                             << "time";
        QTest::newRow("a time past 2^53") << R"({"seq": 1, "time": "2300-01-01T00:00:00Z", "event": "a"})"
                                          << "time";
        QTest::newRow("half a microsecond") << R"({"seq": 1, "time": 0.5, "event": "a"})"
                                            << "time";
        QTest::newRow("a time of null") << R"({"seq": 1, "time": null, "event": "a"})"
                                        << "time";
        QTest::newRow("an event of nothing") << R"({"seq": 1, "time": 1, "event": ""})"
                                             << "event";
        QTest::newRow("an event of 1") << R"({"seq": 1, "time": 1, "event": 1})"
                                       << "event";
    }
    void refuses() {
        QFETCH(const QString, text);
        QFETCH(const QString, path);
        const auto record = recordFromJson(test::parsed(text));
        QVERIFY(!record);
        QCOMPARE(toQt(record.error().path), path);
    }
};

QTEST_APPLESS_MAIN(TestRecord)
#include "tst_record.moc"

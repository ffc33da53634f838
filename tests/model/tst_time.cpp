// Times and durations as users write and read them (spec sections 1 and 4).
#include <QtTest>

#include "core/model/time.h"
#include "tests/model/model_data.h"

using namespace dogwatch;
using namespace std::chrono_literals;
using dogwatch::test::toQt;

class TestTime : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void durations_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("us");
        QTest::newRow("250ms") << "250ms" << qint64{250'000};
        QTest::newRow("5s") << "5s" << qint64{5'000'000};
        QTest::newRow("10m") << "10m" << qint64{600'000'000};
        QTest::newRow("24h") << "24h" << qint64{86'400'000'000};
        QTest::newRow("7d") << "7d" << qint64{604'800'000'000};
        QTest::newRow("a sum") << "1h30m" << qint64{5'400'000'000};
        QTest::newRow("any order, twice the same") << "1m1h1m" << qint64{3'720'000'000};
        QTest::newRow("a zero within") << "0h1ms" << qint64{1'000};
        QTest::newRow("leading zeros") << "0000000000000000000000005s" << qint64{5'000'000};
        QTest::newRow("the longest") << "366d" << qint64{31'622'400'000'000};
        for (const char* bad :
             {"", "0s", "366d1ms", "367d", "5", "s", "5 s", " 5s", "5s ", "-5s", "+5s", "1.5h", "5S", "2w",
              "5us", "1h-5m", "99999999999999999999d", "9223372036854775807ms", "5sx"}) {
            QTest::newRow(bad) << QString::fromLatin1(bad) << qint64{-1};
        }
    }
    void durations() {
        QFETCH(const QString, text);
        QFETCH(const qint64, us);
        const auto duration = parseDuration(text.toStdString());
        QCOMPARE(duration ? qint64{duration->count()} : qint64{-1}, us);
        if (duration) QCOMPARE(*parseDuration(toText(*duration)), *duration);
    }

    void times_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("iso");
        QTest::newRow("microseconds") << "1700000000000001"
                                      << "2023-11-14T22:13:20.000001Z";
        QTest::newRow("Z") << "2026-03-01T12:00:00Z"
                           << "2026-03-01T12:00:00Z";
        QTest::newRow("+01:00") << "2026-03-01T12:00:00+01:00"
                                << "2026-03-01T11:00:00Z";
        QTest::newRow("-0530") << "2026-03-01T12:00:00-0530"
                               << "2026-03-01T17:30:00Z";
        QTest::newRow("+02") << "2026-03-01T12:00:00+02"
                             << "2026-03-01T10:00:00Z";
        QTest::newRow("a fraction") << "2026-03-01T12:00:00.5Z"
                                    << "2026-03-01T12:00:00.500000Z";
        QTest::newRow("no seconds") << "2026-03-01T12:00Z"
                                    << "2026-03-01T12:00:00Z";
        QTest::newRow("a space") << "2026-03-01 12:00:00Z"
                                 << "2026-03-01T12:00:00Z";
        QTest::newRow("before 1970") << "-1"
                                     << "1969-12-31T23:59:59.999999Z";
        for (const char* bad : {"", "2026-03-01", "2026-03-01T12:00:00", "2026-02-30T12:00:00Z",
                                "2026-13-01T12:00:00Z", "2026-03-01T25:00:00Z", "soon", "1e3", "12:00",
                                "2026-03-01T12:00:00Zx", "99999999999999999999", "infinite-future"}) {
            QTest::newRow(bad) << QString::fromLatin1(bad) << QString();
        }
    }
    void times() {
        QFETCH(const QString, text);
        QFETCH(const QString, iso);
        const auto time = parseAbsoluteTime(text.toStdString());
        QCOMPARE(time ? toQt(toIso(*time)) : QString(), iso);
        if (time) QCOMPARE(*parseAbsoluteTime(toIso(*time)), *time);
    }

    void relativeTimes() {
        const Time now = timeFromUs(1'000'000'000'000);
        QCOMPARE(*parseTime("now", now), now);
        QCOMPARE(*parseTime("-24h", now), now - 24h);
        QCOMPARE(*parseTime("+5m", now), now + 5min);
        QVERIFY(!parseTime("24h", now));
        QVERIFY(!parseTime("-", now));
    }

    void forPeople() {
        QCOMPARE(toQt(toWords(420us)), QStringLiteral("420 µs"));
        QCOMPARE(toQt(toWords(17'500us)), QStringLiteral("17.5 ms"));
        QCOMPARE(toQt(toWords(1'200ms)), QStringLiteral("1.2 s"));
        QCOMPARE(toQt(toWords(250s)), QStringLiteral("4 min 10 s"));
        QCOMPARE(toQt(toWords(3h + 5min)), QStringLiteral("3 h 5 min"));
        QCOMPARE(toQt(toWords(52h)), QStringLiteral("2 d 4 h"));
        QCOMPARE(toQt(toWords(59'999ms)), QStringLiteral("1 min"));
        QCOMPARE(toQt(toWords(3'599'900ms)), QStringLiteral("1 h"));
    }
};

QTEST_APPLESS_MAIN(TestTime)
#include "tst_time.moc"

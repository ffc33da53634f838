// Schedules: what is refused, and the instants through changes of the clock (spec section 5, CRON).
#include <QtTest>

#include "core/model/cron.h"
#include "tests/model/model_data.h"

using namespace dogwatch;
using dogwatch::test::toQt;

class TestCron : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void instants_data();
    void instants();
    void refuses_data();
    void refuses();
    void refusesUnknownZones_data();
    void refusesUnknownZones();
    void endsWithTheRangeOfTime();
};

void TestCron::instants_data() {
    QTest::addColumn<QString>("schedule");
    QTest::addColumn<QString>("zone");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("expected");
    QTest::newRow("every minute") << "* * * * *"
                                  << "UTC"
                                  << "2026-03-01T12:00:30Z"
                                  << "2026-03-01T12:01:00Z 2026-03-01T12:02:00Z";
    QTest::newRow("strictly after an instant") << "0 * * * *"
                                               << "UTC"
                                               << "2026-03-01T12:00:00Z"
                                               << "2026-03-01T13:00:00Z 2026-03-01T14:00:00Z";
    QTest::newRow("seconds first")
        << "*/20 30 12 * * *"
        << "UTC"
        << "2026-03-01T12:00:00Z"
        << "2026-03-01T12:30:00Z 2026-03-01T12:30:20Z 2026-03-01T12:30:40Z 2026-03-02T12:30:00Z";
    QTest::newRow("a list of ranges with steps")
        << "0-10/5,40 8 * * *"
        << "UTC"
        << "2026-03-01T08:01:00Z"
        << "2026-03-01T08:05:00Z 2026-03-01T08:10:00Z 2026-03-01T08:40:00Z 2026-03-02T08:00:00Z";
    QTest::newRow("names of months and days")
        << "0 0 * MAR sun"
        << "UTC"
        << "2026-02-01T00:00:00Z"
        << "2026-03-01T00:00:00Z 2026-03-08T00:00:00Z 2026-03-15T00:00:00Z";
    QTest::newRow("Sunday is 7 too") << "0 0 * * 7"
                                     << "UTC"
                                     << "2026-03-02T00:00:00Z"
                                     << "2026-03-08T00:00:00Z 2026-03-15T00:00:00Z";
    QTest::newRow("either day field")
        << "0 0 13 * FRI"
        << "UTC"
        << "2026-03-01T00:00:00Z"
        << "2026-03-06T00:00:00Z 2026-03-13T00:00:00Z 2026-03-20T00:00:00Z 2026-03-27T00:00:00Z";
    QTest::newRow("a day field of */n is not *")
        << "0 0 */10 * fri"
        << "UTC"
        << "2026-03-01T00:00:00Z"
        << "2026-03-06T00:00:00Z 2026-03-11T00:00:00Z 2026-03-13T00:00:00Z 2026-03-20T00:00:00Z "
           "2026-03-21T00:00:00Z";
    QTest::newRow("29 February") << "0 0 29 2 *"
                                 << "UTC"
                                 << "2026-01-01T00:00:00Z"
                                 << "2028-02-29T00:00:00Z 2032-02-29T00:00:00Z";
    QTest::newRow("29 February across 2100") << "0 0 29 2 *"
                                             << "UTC"
                                             << "2096-03-01T00:00:00Z"
                                             << "2104-02-29T00:00:00Z";
    QTest::newRow("the 31st") << "0 0 31 * *"
                              << "UTC"
                              << "2026-01-31T00:00:00Z"
                              << "2026-03-31T00:00:00Z 2026-05-31T00:00:00Z 2026-07-31T00:00:00Z";
    QTest::newRow("in a zone") << "30 2 * * *"
                               << "Asia/Kathmandu"
                               << "2026-03-01T00:00:00Z"
                               << "2026-03-01T20:45:00Z 2026-03-02T20:45:00Z";
    QTest::newRow("skipped: at the end of the gap") << "30 2 * * *"
                                                    << "Europe/Zurich"
                                                    << "2026-03-28T12:00:00Z"
                                                    << "2026-03-29T01:00:00Z 2026-03-30T00:30:00Z";
    QTest::newRow("several skipped are one")
        << "0,30 2 * * *"
        << "Europe/Zurich"
        << "2026-03-28T12:00:00Z"
        << "2026-03-29T01:00:00Z 2026-03-30T00:00:00Z 2026-03-30T00:30:00Z";
    QTest::newRow("skipped and the end of the gap itself") << "0 2,3 * * *"
                                                           << "Europe/Zurich"
                                                           << "2026-03-28T12:00:00Z"
                                                           << "2026-03-29T01:00:00Z 2026-03-30T00:00:00Z";
    QTest::newRow("following the clock skips the gap") << "*/30 * * * *"
                                                       << "Europe/Zurich"
                                                       << "2026-03-29T00:30:00Z"
                                                       << "2026-03-29T01:00:00Z 2026-03-29T01:30:00Z";
    QTest::newRow("skipped of every second hour") << "0 */2 * * *"
                                                  << "Europe/Zurich"
                                                  << "2026-03-28T23:00:00Z"
                                                  << "2026-03-29T02:00:00Z 2026-03-29T04:00:00Z";
    QTest::newRow("repeated: the first time") << "30 2 * * *"
                                              << "Europe/Zurich"
                                              << "2026-10-24T12:00:00Z"
                                              << "2026-10-25T00:30:00Z 2026-10-26T01:30:00Z";
    QTest::newRow("following the clock: both times")
        << "30 * * * *"
        << "Europe/Zurich"
        << "2026-10-24T23:45:00Z"
        << "2026-10-25T00:30:00Z 2026-10-25T01:30:00Z 2026-10-25T02:30:00Z";
    QTest::newRow("repeated of every second hour")
        << "0 */2 * * *"
        << "Europe/Zurich"
        << "2026-10-24T22:30:00Z"
        << "2026-10-25T00:00:00Z 2026-10-25T01:00:00Z 2026-10-25T03:00:00Z";
    QTest::newRow("half an hour repeated")
        << "*/15 1,2 * * *"
        << "Australia/Lord_Howe"
        << "2026-04-04T14:00:00Z"
        << "2026-04-04T14:15:00Z 2026-04-04T14:30:00Z 2026-04-04T14:45:00Z 2026-04-04T15:00:00Z "
           "2026-04-04T15:15:00Z 2026-04-04T15:30:00Z 2026-04-04T15:45:00Z 2026-04-04T16:00:00Z";
    QTest::newRow("half an hour skipped") << "15 2 * * *"
                                          << "Australia/Lord_Howe"
                                          << "2026-10-03T00:00:00Z"
                                          << "2026-10-03T15:30:00Z 2026-10-04T15:15:00Z";
    QTest::newRow("two hours repeated")
        << "30 * * * *"
        << "Antarctica/Troll"
        << "2026-10-25T00:00:00Z"
        << "2026-10-25T00:30:00Z 2026-10-25T01:30:00Z 2026-10-25T02:30:00Z 2026-10-25T03:30:00Z";
    QTest::newRow("two hours skipped") << "0,30 1,2 * * *"
                                       << "Antarctica/Troll"
                                       << "2026-03-29T00:00:00Z"
                                       << "2026-03-29T01:00:00Z 2026-03-29T23:00:00Z 2026-03-29T23:30:00Z";
    QTest::newRow("repeated across midnight")
        << "*/30 23,0 * * *"
        << "America/Havana"
        << "2012-11-04T03:15:00Z"
        << "2012-11-04T03:30:00Z 2012-11-04T04:00:00Z 2012-11-04T04:30:00Z 2012-11-04T05:00:00Z "
           "2012-11-04T05:30:00Z 2012-11-05T04:00:00Z";
    QTest::newRow("a day skipped") << "0 12 * * *"
                                   << "Pacific/Apia"
                                   << "2011-12-29T12:00:00Z"
                                   << "2011-12-29T22:00:00Z 2011-12-30T10:00:00Z 2011-12-30T22:00:00Z";
    QTest::newRow("before 1970") << "0 0 1 1 *"
                                 << "UTC"
                                 << "1969-06-01T00:00:00Z"
                                 << "1970-01-01T00:00:00Z";
    QTest::newRow("two seconds of a skipped minute are one")
        << "0,30 30 2 * * *"
        << "Europe/Zurich"
        << "2026-03-28T12:00:00Z"
        << "2026-03-29T01:00:00Z 2026-03-30T00:30:00Z 2026-03-30T00:30:30Z";
}

void TestCron::instants() {
    QFETCH(const QString, schedule);
    QFETCH(const QString, zone);
    QFETCH(const QString, after);
    QFETCH(const QString, expected);
    const auto cron = Cron::parse(schedule.toStdString(), zone.toStdString());
    QVERIFY2(cron.has_value(), cron ? "" : cron.error().text().c_str());
    Time time = *parseAbsoluteTime(after.toStdString());
    for (const QString& instant : expected.split(QLatin1Char(' '))) {
        const auto next = cron->after(time);
        QVERIFY(next.has_value());
        QCOMPARE(toQt(toIso(*next)), instant);
        // What comes after an instant is strictly later; what comes after the moment before it, is it.
        QCOMPARE(*cron->after(*next - Duration{1}), *next);
        time = *next;
    }
}

void TestCron::refuses_data() {
    QTest::addColumn<QString>("schedule");
    for (const char* text : {"",
                             "* * * *",
                             "* * * * * * *",
                             "60 * * * *",
                             "* 24 * * *",
                             "* * 0 * *",
                             "* * * 13 *",
                             "* * * * 8",
                             "5/10 * * * *",
                             "*/0 * * * *",
                             "*/100 * * * *",
                             "30-10 * * * *",
                             "0 0 * * fri-mon",
                             "1, * * * *",
                             ",1 * * * *",
                             "1-2-3 * * * *",
                             "-1 * * * *",
                             "a * * * *",
                             "* * * foo *",
                             "1/ * * * *",
                             "*/5/5 * * * *",
                             "** * * * *",
                             "0 0 30 2 *",
                             "0 0 31 4,6 *",
                             "99999999999999999999 * * * *"}) {
        QTest::newRow(text) << QString::fromLatin1(text);
    }
}

void TestCron::refuses() {
    QFETCH(const QString, schedule);
    const auto cron = Cron::parse(schedule.toStdString());
    QVERIFY(!cron);
    QVERIFY(toQt(cron.error().message).contains(QLatin1String("schedule")));
}

void TestCron::refusesUnknownZones_data() {
    QTest::addColumn<QString>("zone");
    for (const char* name : {"", "Mars/Olympus", "localtime", "/etc/localtime", "../zoneinfo/UTC",
                             "right/UTC", "Fixed/UTC+01:00:00", "Europe/Berlin ", "zone.tab"}) {
        QTest::newRow(name) << QString::fromLatin1(name);
    }
}

void TestCron::refusesUnknownZones() {
    QFETCH(const QString, zone);
    const auto cron = Cron::parse("* * * * *", zone.toStdString());
    QVERIFY(!cron);
    QCOMPARE(toQt(cron.error().path), QStringLiteral("timezone"));
}

void TestCron::endsWithTheRangeOfTime() {
    QVERIFY(!Cron::parse("* * * * *")->after(Time::max()));
    QVERIFY(Cron::parse("* * * * *")->after(Time::min()));
    QVERIFY(Cron::parse("30 2 * * *", "Europe/Berlin")->after(timeFromUs(std::int64_t{1} << 62)));
}

QTEST_APPLESS_MAIN(TestCron)
#include "tst_cron.moc"

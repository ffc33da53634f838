// Silences: when they hold, and what of them is read back.
#include <QtTest>

#include "core/model/silence.h"

using namespace dogwatch;
using std::chrono::hours;
using std::chrono::minutes;

namespace {

/// A Thursday, at midnight in UTC.
const Time kMidnight = timeFromUs(1'750'291'200'000'000);

Silence recurring(const char* schedule, Duration lasts) {
    Silence silence;
    silence.since = kMidnight - hours{240};
    silence.schedule = *Cron::parse(schedule);
    silence.lasts = lasts;
    return silence;
}

}  // namespace

class TestSilence : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void holdsUntilItsEnd() {
        Silence silence;
        silence.since = kMidnight;
        silence.until = kMidnight + hours{1};
        QVERIFY(!silence.holdsUntil(kMidnight - Duration{1}));
        QVERIFY(silence.holdsUntil(kMidnight) == silence.until);
        QVERIFY(silence.holdsUntil(kMidnight + hours{1} - Duration{1}) == silence.until);
        QVERIFY(!silence.holdsUntil(kMidnight + hours{1}));
        QVERIFY(silence.isOver(kMidnight + hours{1}));
        QVERIFY(!silence.isOver(kMidnight));
    }

    void recursEachNight() {
        const Silence silence = recurring("0 2 * * *", hours{2});
        for (int day = 0; day < 3; ++day) {
            const Time two = kMidnight + hours{24 * day + 2};
            QVERIFY(!silence.holdsUntil(two - Duration{1}));
            QVERIFY(silence.holdsUntil(two) == two + hours{2});
            QVERIFY(silence.holdsUntil(two + hours{2} - Duration{1}) == two + hours{2});
            QVERIFY(!silence.holdsUntil(two + hours{2}));
        }
        QVERIFY(!silence.isOver(kMidnight + hours{24 * 365}));
    }

    void joinsWhatOverlaps() {
        const Silence silence = recurring("0 1,2,3 * * *", minutes{90});
        QVERIFY(silence.holdsUntil(kMidnight + minutes{61}) == kMidnight + minutes{270});
    }

    void silencesNothingBeforeItWasAskedFor() {
        Silence silence = recurring("0 2 * * *", hours{2});
        silence.since = kMidnight + hours{3};
        QVERIFY(!silence.holdsUntil(kMidnight + hours{2}));
        QVERIFY(silence.holdsUntil(kMidnight + hours{3}));
    }

    void isReadBackAsItWasWritten() {
        Silence nightly = recurring("0 2 * * 6", minutes{90});
        nightly.schedule = *Cron::parse("0 2 * * 6", "Europe/Berlin");
        nightly.reason = "backups";
        nightly.by = "ada";
        Silence once;
        once.since = kMidnight;
        once.until = kMidnight + hours{1};
        for (const Silence& silence : {nightly, once}) {
            const auto read = silenceFromJson(toJson(silence));
            QVERIFY(read);
            QVERIFY(toJson(*read) == toJson(silence));
            QCOMPARE(read->recurs(), silence.recurs());
        }
        QVERIFY(!silenceFromJson({{"schedule", "never"}, {"for", "1h"}}));
        QVERIFY(!silenceFromJson({{"schedule", "0 2 * * *"}, {"for", "long"}}));
    }
};

QTEST_GUILESS_MAIN(TestSilence)
#include "tst_silence.moc"

// Time as the journal is stamped, when the wall clock does not behave.
#include <QtTest>

#include "core/control/clock.h"

using dogwatch::Duration;
using dogwatch::Time;
using dogwatch::timeFromUs;
using dogwatch::control::SteadyTime;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

class TestClock : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() {
        time_ = SteadyTime();
        wall_ = timeFromUs(1'700'000'000'000'000);
        monotonic_ = seconds{100};
        time_.read(wall_, monotonic_);
    }

    void followsTheWallClock() {
        QCOMPARE(pass(seconds{5}), wall_);
        QVERIFY(!time_.takeJump());
    }

    void setBackItGoesOnSlowly() {
        const Time before = pass(seconds{1});
        wall_ -= hours{1};
        const Time after = pass(seconds{10});
        QCOMPARE(after - before, Duration(seconds{9}));
        QVERIFY(!time_.takeJump());
    }

    void setBackBeforeAStartItGoesOnFromTheJournal() {
        const Time last = wall_ + hours{3};
        time_.continueFrom(last);
        const Time after = pass(seconds{10});
        QCOMPARE(after - last, Duration(seconds{9}));
        QVERIFY(!time_.takeJump());
        const Time before = pass(hours{40});
        time_.continueFrom(before - hours{1});  // a journal that ends in the past changes nothing
        QCOMPARE(pass(seconds{1}) - before, Duration(seconds{1}));
    }

    void setBackItMeetsTheWallClockInTheEnd() {
        pass(seconds{1});
        wall_ -= seconds{60};
        Time last = pass(milliseconds{1});
        for (int second = 0; second < 601; ++second) {
            const Time now = pass(seconds{1});
            QVERIFY(now > last);
            last = now;
        }
        QCOMPARE(last, wall_);
    }

    void setForwardItFollowsAndSaysSo() {
        wall_ += hours{2};
        QCOMPARE(pass(seconds{1}), wall_);
        QVERIFY(time_.takeJump());
        QVERIFY(!time_.takeJump());
    }

    void setBackAndRightAgainIsNoJump() {
        wall_ -= hours{1};
        pass(seconds{1});
        wall_ += hours{1};
        pass(seconds{1});
        QVERIFY(!time_.takeJump());
    }

    void neverGoesBack() {
        Time last = wall_;
        for (const int step : {-500'000, 300'000, -1'000'000, 400'000, -1, 1}) {
            wall_ += Duration{step};
            const Time now = pass(milliseconds{3});
            QVERIFY(now >= last);
            last = now;
        }
    }

 private:
    Time pass(Duration duration) {
        wall_ += duration;
        monotonic_ += duration;
        return time_.read(wall_, monotonic_);
    }

    SteadyTime time_;
    Time wall_;
    Duration monotonic_{};
};

QTEST_GUILESS_MAIN(TestClock)
#include "tst_clock.moc"

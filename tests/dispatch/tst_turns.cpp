// Whose turn it is: limits, fairness between functions, the bounds of the queue, and schedules.
#include <QTest>

#include "core/dispatch/schedules.h"
#include "core/dispatch/token_bucket.h"
#include "tests/dispatch/plant.h"

using namespace dogwatch;
using namespace dogwatch::dispatch;
using namespace std::chrono_literals;

class TestTurns : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void limitsConcurrency() {
        Plant plant;
        plant.add("narrow", [](Function& f) { f.concurrency = 2; });
        std::vector<std::string> ids;
        for (int i = 0; i < 4; ++i) ids.push_back(plant.invoke("narrow"));
        plant.pump();
        QCOMPARE(plant.backend.running.size(), std::size_t{2});
        plant.pump();
        COMPARE_TEXT(plant.story(ids[2]), "queued throttled(concurrency)");
        COMPARE_TEXT(plant.story(ids[3]), "queued throttled(concurrency)");
        plant.run(ids[0]);
        QCOMPARE(plant.backend.running.size(), std::size_t{2});
        QCOMPARE(plant.backend.running.back().execution, ids[2]);
        COMPARE_TEXT(plant.story(ids[3]), "queued throttled(concurrency)");  // once
    }

    void limitsTheRate() {
        Plant plant;
        plant.add("rated", [](Function& f) { f.rate = RateLimit{2, 1s}; });
        std::vector<std::string> ids;
        for (int i = 0; i < 4; ++i) ids.push_back(plant.invoke("rated"));
        plant.pump();
        QCOMPARE(plant.backend.running.size(), std::size_t{2});
        COMPARE_TEXT(plant.story(ids[2]), "queued throttled(rate)");
        QCOMPARE(*plant.dispatcher.nextDue(), plant.now + 500ms);
        plant.advance(500ms);
        QCOMPARE(plant.backend.running.size(), std::size_t{3});
        plant.advance(499ms);
        QCOMPARE(plant.backend.running.size(), std::size_t{3});
        plant.advance(1ms);
        QCOMPARE(plant.backend.running.size(), std::size_t{4});
    }

    void functionsTakeTurns() {
        Plant plant;
        plant.backend.slots = 0;
        for (const char* name : {"flood", "one", "two"}) plant.add(name);
        for (int i = 0; i < 50; ++i) plant.invoke("flood");
        plant.invoke("one");
        plant.invoke("two");
        plant.pump();
        plant.backend.slots = 5;
        plant.dispatcher.capacityChanged();
        plant.pump();
        COMPARE_TEXT(plant.backend.functions(), "flood one two flood flood");
    }

    void oneFunctionThatCannotRunHoldsNobodyUp() {
        Plant plant;
        plant.backend.refused = {"stuck"};
        plant.add("stuck");
        plant.add("fine");
        plant.invoke("stuck");
        plant.invoke("fine");
        plant.pump();
        COMPARE_TEXT(plant.backend.functions(), "fine");
        const int offers = plant.backend.offers;
        plant.pump();
        QCOMPARE(plant.backend.offers, offers);  // not asked again before capacityChanged()
        plant.backend.refused.clear();
        plant.dispatcher.capacityChanged();
        plant.pump();
        COMPARE_TEXT(plant.backend.functions(), "fine stuck");
    }

    void aFloodLeavesRoomInTheQueue() {
        Limits limits;
        limits.queued = 100;
        Plant plant(limits);
        plant.backend.slots = 0;
        plant.add("flood");
        plant.add("single");
        int accepted = 0;
        while (plant.request("flood")) ++accepted;
        QCOMPARE(accepted, 80);
        const auto error = plant.request("flood").error();
        QCOMPARE(error.kind, Error::Kind::Refused);
        QVERIFY(error.message.find("queue_full") != std::string::npos);
        QCOMPARE(stringMember(plant.fields("execution.throttled"), "reason"), "queue_full");
        QVERIFY(!plant.last().execution);
        QVERIFY(plant.request("single"));
        QVERIFY(plant.request("flood", "metaevent"));  // the job of a firing is never refused
    }

    void deadLettersAreRetriedTogetherOrNot() {
        Limits limits;
        limits.queued = 10;
        Plant plant(limits);
        plant.backend.slots = 0;
        plant.add("f");
        for (int i = 0; i < 6; ++i) QVERIFY(plant.request("f"));
        QVERIFY(!plant.dispatcher.hasRoomFor(5, 20));
        QVERIFY(plant.dispatcher.hasRoomFor(4, 16));
        for (int i = 0; i < 4; ++i) QVERIFY(plant.request("f", "retry"));  // beyond its share
        QVERIFY(!plant.request("f", "retry"));
    }

    void boundsTheBytesThatWait() {
        Limits limits;
        limits.queuedBytes = 10;
        Plant plant(limits);
        plant.backend.slots = 0;
        plant.add("f");
        QVERIFY(plant.request("f"));
        QVERIFY(plant.request("f"));
        QVERIFY(!plant.request("f"));
    }

    void runsSchedules() {
        Plant plant;
        plant.now = *parseAbsoluteTime("2026-03-01T12:00:30Z");
        plant.add("tick", [](Function& f) { f.schedule = "* * * * *"; });
        QVERIFY(plant.last().scheduled);  // counts from here on, even after a crash
        QCOMPARE(*plant.dispatcher.nextDue(), plant.now + 30s);
        plant.advance(30s);
        QCOMPARE(plant.backend.running.size(), std::size_t{1});
        QCOMPARE(stringMember(plant.fields("execution.queued"), "trigger"), "schedule");
        QCOMPARE(plant.last().scheduled->second, plant.now);
        plant.advance(59s);
        QCOMPARE(plant.backend.running.size(), std::size_t{1});
        plant.advance(1s);
        QCOMPARE(plant.backend.running.size(), std::size_t{2});
        plant.add("tick");
        plant.advance(5min);
        QCOMPARE(plant.backend.running.size(), std::size_t{2});
    }

    void catchesUp_data() {
        QTest::addColumn<int>("catchUp");
        QTest::addColumn<int>("runs");
        QTest::newRow("once") << static_cast<int>(CatchUp::Once) << 1;
        QTest::newRow("skip") << static_cast<int>(CatchUp::Skip) << 0;
        QTest::newRow("all") << static_cast<int>(CatchUp::All) << 59;
    }

    void catchesUp() {
        QFETCH(int, catchUp);
        QFETCH(int, runs);
        Plant plant;
        plant.now = *parseAbsoluteTime("2026-03-01T12:59:30Z");
        Function function;
        function.name = "tick";
        function.runtime = "sh";
        function.code = "true";
        function.schedule = "* * * * *";
        function.catchUp = static_cast<CatchUp>(catchUp);
        plant.dispatcher.setFunction(std::make_shared<Function>(function), plant.now, plant.changes,
                                     *parseAbsoluteTime("2026-03-01T12:00:30Z"));
        plant.pump();
        QCOMPARE(static_cast<int>(plant.backend.running.size()), runs);
        plant.advance(30s);  // on time, whatever it says of missed ones
        QCOMPARE(static_cast<int>(plant.backend.running.size()), runs + 1);
    }

    void pausesAndGoesOn() {
        Plant plant;
        plant.add("f");
        plant.dispatcher.setPaused(true);
        plant.invoke("f");
        plant.pump();
        QCOMPARE(plant.backend.offers, 0);
        plant.dispatcher.setPaused(false);
        plant.pump();
        QCOMPARE(plant.backend.offers, 1);
    }

    void bucketRefillsEvenly() {
        const Time start = timeFromUs(0);
        TokenBucket bucket({3, 3s}, start);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(bucket.ready(start));
            bucket.take();
        }
        QVERIFY(!bucket.ready(start + 999ms));
        QCOMPARE(bucket.readyAt(), start + 1s);
        QVERIFY(bucket.ready(start + 1s));
        QVERIFY(bucket.ready(start + 1h));
        for (int i = 0; i < 3; ++i) bucket.take();
        QVERIFY(!bucket.ready(start + 1h));  // it never holds more than its count
    }
};

QTEST_APPLESS_MAIN(TestTurns)
#include "tst_turns.moc"

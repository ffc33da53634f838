// What becomes of an execution: from the request to its end, over retries, restarts and changes of its
// function.
#include <QTest>
#include <map>

#include "tests/dispatch/plant.h"

using namespace dogwatch;
using namespace dogwatch::dispatch;
using namespace std::chrono_literals;

class TestDispatcher : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void leavesTheRecordsOfARun() {
        Plant plant;
        plant.add("hello", [](Function& f) { f.tags["team"] = "data"; });
        const auto id = plant.invoke("hello");
        plant.now += 20ms;
        plant.pump();
        plant.now += 5ms;
        plant.run(id);
        COMPARE_TEXT(plant.story(id), "queued started succeeded");
        const auto& queued = plant.fields("execution.queued");
        QCOMPARE(intMember(queued, "payload_bytes"), 4);
        QCOMPARE(intMember(queued, "queue_depth"), 1);
        QCOMPARE(intMember(queued, "attempt"), 1);
        QCOMPARE(stringMember(queued, "trigger"), "api");
        QCOMPARE(queued.at("depth").as_int64(), 0);
        QCOMPARE(queued.at("tags").at("team").as_string(), "data");
        const auto& started = plant.fields("execution.started");
        QCOMPARE(intMember(started, "queue_us"), 20'000);
        QCOMPARE(intMember(started, "init_us"), 1500);
        QCOMPARE(stringMember(started, "start"), "warm");
        QCOMPARE(stringMember(started, "vm"), "vm-1");
        const auto& succeeded = plant.fields("execution.succeeded");
        QCOMPARE(succeeded.at("result").at("ok").as_bool(), true);
        QCOMPARE(stringMember(succeeded, "output"), "hello");
        QVERIFY(plant.last().isFinal());
        QVERIFY(!plant.dispatcher.execution(id));
        QCOMPARE(plant.dispatcher.load().queued + plant.dispatcher.load().running, 0);
    }

    void offersNothingBeforeItIsDurable() {
        Plant plant;
        plant.durableAtOnce = false;
        plant.add("hello");
        const auto id = plant.request("hello")->execution;
        plant.dispatcher.pump(plant.now, plant.changes);
        QCOMPARE(plant.backend.offers, 0);
        plant.dispatcher.durable(id);
        plant.dispatcher.pump(plant.now, plant.changes);
        QCOMPARE(plant.backend.running.size(), std::size_t{1});
    }

    void refusesWhatItCannotRun() {
        Plant plant;
        QCOMPARE(plant.request("nobody").error().kind, Error::Kind::NotFound);
        QVERIFY(plant.changes.empty());
    }

    void retriesWithGrowingDelays() {
        Plant plant;
        plant.add("flaky", [](Function& f) { f.retries = 2; });
        const auto id = plant.invoke("flaky");
        plant.pump();
        plant.run(id, FailureCause::Exception);
        COMPARE_TEXT(plant.story(id), "queued started failed retrying");
        QCOMPARE(intMember(plant.fields("execution.retrying"), "delay_us"),
                 500'000);  // 1 s less its random half
        QCOMPARE(intMember(plant.fields("execution.retrying"), "attempt"), 2);
        QCOMPARE(*plant.dispatcher.nextDue(), plant.now + 500ms);
        plant.advance(499ms);
        QVERIFY(plant.backend.running.empty());
        plant.advance(1ms);
        QCOMPARE(plant.backend.running.at(0).attempt, 2);
        plant.run(id, FailureCause::Exit);
        QCOMPARE(intMember(plant.fields("execution.retrying"), "delay_us"), 1'000'000);
        plant.advance(1s);
        plant.run(id, FailureCause::Timeout);
        COMPARE_TEXT(
            plant.story(id),
            "queued started failed retrying started failed retrying started failed dropped(attempts)");
        const auto& last = *plant.last().execution;
        QCOMPARE(last.execution.state, ExecutionState::Dropped);
        QCOMPARE(last.execution.attempt, 3);
        QVERIFY(last.terms.deadLetter);
        QCOMPARE(last.execution.error, std::string{"timeout"});
    }

    void failureWithoutRetriesIsFinal() {
        Plant plant;
        plant.add("plain");
        const auto id = plant.invoke("plain");
        plant.pump();
        plant.run(id, FailureCause::Exception);
        COMPARE_TEXT(plant.story(id), "queued started failed");
        QCOMPARE(plant.last().execution->execution.state, ExecutionState::Failed);
        QVERIFY(plant.last().isFinal());
    }

    void aRetryThatWorksEndsWell() {
        Plant plant;
        plant.add("flaky", [](Function& f) { f.retries = 1; });
        const auto id = plant.invoke("flaky");
        plant.pump();
        plant.run(id, FailureCause::Exception);
        plant.advance(1s);
        plant.run(id);
        COMPARE_TEXT(plant.story(id), "queued started failed retrying started succeeded");
        QCOMPARE(plant.last().execution->execution.error, std::string{});
    }

    void aLostVmBeforeTheStartCostsNothing() {
        Plant plant;
        plant.add("plain");
        const auto id = plant.invoke("plain");
        plant.pump();
        plant.finish(id, FailureCause::VmLost);
        plant.run(id);
        COMPARE_TEXT(plant.story(id), "queued started succeeded");
        const auto unlucky = plant.invoke("plain");
        plant.pump();
        for (int i = 0; i < 4; ++i) plant.finish(unlucky, FailureCause::VmLost);
        COMPARE_TEXT(plant.story(unlucky), "queued failed");
    }

    void aResultThatIsNoJsonIsAProtocolFault() {
        Plant plant;
        plant.add("odd");
        const auto id = plant.invoke("odd");
        plant.pump();
        plant.start(id);
        Outcome outcome;
        outcome.succeeded = true;
        outcome.result = "{broken";
        plant.dispatcher.finished(id, outcome, plant.now, plant.changes);
        QCOMPARE(stringMember(plant.fields("execution.failed"), "error"), "protocol");
    }

    void dropsWhatIsTooOld() {
        Plant plant;
        plant.backend.slots = 0;
        plant.add("slow", [](Function& f) { f.maxAge = 10s; });
        const auto id = plant.invoke("slow");
        plant.pump();
        QCOMPARE(*plant.dispatcher.nextDue(), plant.now + 10s);
        plant.advance(9s);
        COMPARE_TEXT(plant.story(id), "queued");
        plant.advance(1s);
        COMPARE_TEXT(plant.story(id), "queued dropped(age)");
        QVERIFY(!plant.dispatcher.nextDue());
    }

    void doesNotRetryBeyondTheAge() {
        Plant plant;
        plant.add("slow", [](Function& f) {
            f.maxAge = 400ms;
            f.retries = 5;
        });
        const auto id = plant.invoke("slow");
        plant.pump();
        plant.run(id, FailureCause::Exception);
        COMPARE_TEXT(plant.story(id), "queued started failed dropped(age)");
    }

    void cancelsWhatWaits() {
        Plant plant;
        plant.backend.slots = 0;
        plant.add("f");
        const auto id = plant.invoke("f");
        plant.pump();
        QCOMPARE(*plant.dispatcher.cancel(id, plant.now, plant.changes), ExecutionState::Dropped);
        COMPARE_TEXT(plant.story(id), "queued dropped(cancelled)");
        plant.backend.slots = 1;
        plant.dispatcher.capacityChanged();
        plant.pump();
        QVERIFY(plant.backend.running.empty());
        QCOMPARE(plant.dispatcher.cancel(id, plant.now, plant.changes).error().kind, Error::Kind::NotFound);
    }

    void cancelsWhatRuns() {
        Plant plant;
        plant.add("f", [](Function& f) { f.retries = 3; });
        const auto id = plant.invoke("f");
        plant.pump();
        plant.start(id);
        QCOMPARE(*plant.dispatcher.cancel(id, plant.now, plant.changes), ExecutionState::Running);
        QCOMPARE(plant.backend.cancelled, std::vector<std::string>{id});
        QVERIFY(plant.last().execution->terms.cancelRequested);
        QVERIFY(!plant.last().record);
        plant.finish(id, FailureCause::Exit);
        COMPARE_TEXT(plant.story(id), "queued started failed dropped(cancelled)");
    }

    void removingAFunctionDropsWhatWaits() {
        Plant plant;
        plant.backend.slots = 1;
        plant.add("f", [](Function& f) { f.retries = 3; });
        const auto running = plant.invoke("f");
        const auto waiting = plant.invoke("f");
        plant.pump();
        plant.start(running);
        plant.dispatcher.removeFunction("f", plant.now, plant.changes);
        COMPARE_TEXT(plant.story(waiting), "queued dropped(deleted)");
        plant.finish(running, FailureCause::Exception);
        COMPARE_TEXT(plant.story(running), "queued started failed dropped(deleted)");
        QCOMPARE(plant.request("f").error().kind, Error::Kind::NotFound);
    }

    void anUpdateDoesNotTouchWhatWasAccepted() {
        Plant plant;
        plant.add("f");
        plant.invoke("f");
        plant.add("f", [](Function& f) { f.version = 2; });
        plant.invoke("f");
        plant.pump();
        QCOMPARE(plant.backend.running.at(0).function->version, 1);
        QCOMPARE(plant.backend.running.at(1).function->version, 2);
    }

    void aRepeatedKeyMeansTheSameExecution() {
        Plant plant;
        plant.add("f");
        plant.add("g");
        const auto first = plant.request("f", "api", "k1");
        const auto again = plant.request("f", "api", "k1");
        QVERIFY(again->known && !first->known);
        QCOMPARE(again->execution, first->execution);
        QVERIFY(!plant.request("g", "api", "k1")->known);
        plant.now += 24h;
        QVERIFY(!plant.request("f", "api", "k1")->known);
    }

    void resumesAfterARestart() {
        Plant before;
        before.add("f");
        const auto ran = before.invoke("f");
        const auto waited = before.invoke("f");
        before.backend.slots = 1;
        before.pump();
        before.start(ran);

        std::map<std::string, ExecutionDetail> rows;  // as the journal would keep them
        for (const auto& change : before.changes) {
            if (!change.execution) continue;
            auto& row = rows[change.execution->execution.id];
            row.execution = change.execution->execution;
            row.terms = change.execution->terms;
            if (change.execution->payload) row.payload = *change.execution->payload;
        }
        Plant after;
        after.now = before.now + 1min;
        after.add("f");
        const auto function = after.dispatcher.function("f");
        for (const auto& [id, row] : rows) after.dispatcher.restore(row, function, after.now, after.changes);
        COMPARE_TEXT(after.story(ran), "retrying");
        QCOMPARE(intMember(after.fields("execution.retrying"), "delay_us"), 0);
        QCOMPARE(intMember(after.fields("execution.retrying"), "attempt"), 2);
        COMPARE_TEXT(after.story(waited), "");
        after.pump();
        QCOMPARE(after.backend.running.size(), std::size_t{2});
        after.run(ran);
        after.run(waited);
        COMPARE_TEXT(after.story(ran), "retrying started succeeded");
        COMPARE_TEXT(after.story(waited), "started succeeded");
    }

    void keepsCancellationsAndRemovalsOverARestart() {
        Plant plant;
        plant.add("f");
        ExecutionDetail detail;
        detail.execution.id = "a";
        detail.execution.function = "f";
        detail.execution.state = ExecutionState::Running;
        detail.execution.queuedAt = plant.now;
        detail.terms.cancelRequested = true;
        plant.dispatcher.restore(detail, plant.dispatcher.function("f"), plant.now, plant.changes);
        COMPARE_TEXT(plant.story("a"), "dropped(cancelled)");
        detail.execution.id = "b";
        detail.terms.cancelRequested = false;
        plant.dispatcher.restore(detail, nullptr, plant.now, plant.changes);
        COMPARE_TEXT(plant.story("b"), "dropped(deleted)");
        QCOMPARE(plant.dispatcher.load().queued, 0);
    }

    void passesOnRecordsOfUserCode() {
        Plant plant;
        plant.add("f");
        const auto id = plant.invoke("f");
        plant.pump();
        plant.start(id);
        QVERIFY(plant.dispatcher.emitted(id, "note", R"({"n":1})", plant.now, plant.changes));
        QCOMPARE(plant.fields("custom.note").at("data").at("n").as_int64(), 1);
        QCOMPARE(plant.dispatcher.emitted(id, "no name", "1", plant.now, plant.changes).error().path,
                 std::string{"name"});
        QCOMPARE(plant.dispatcher.emitted(id, "note", "{", plant.now, plant.changes).error().path,
                 std::string{"data"});
        QVERIFY(!plant.dispatcher.emitted("unknown", "note", "1", plant.now, plant.changes));
    }

    void passesOverWhatIsSaidOfTheDead() {
        Plant plant;
        plant.add("f");
        const auto id = plant.invoke("f");
        plant.pump();
        plant.run(id);
        const auto count = plant.changes.size();
        plant.start(id);
        plant.dispatcher.finished(id, {}, plant.now, plant.changes);
        QCOMPARE(plant.changes.size(), count);
    }

    void idsSortByTime() {
        Plant plant;
        plant.add("f");
        std::string previous;
        for (int i = 0; i < 100; ++i) {
            plant.now += 1ms;
            const auto id = plant.invoke("f");
            QCOMPARE(id.size(), std::size_t{20});
            QVERIFY(id > previous);
            previous = id;
        }
    }
};

QTEST_APPLESS_MAIN(TestDispatcher)
#include "tst_dispatcher.moc"

// The dispatcher against a scripted backend and a simulated clock. What happened is read from the records
// that it leaves: "queued started succeeded".
#include <QTest>
#include <map>
#include <set>

#include "core/dispatch/dispatcher.h"
#include "core/dispatch/schedules.h"
#include "core/dispatch/token_bucket.h"

using namespace dogwatch;
using namespace dogwatch::dispatch;
using namespace std::chrono_literals;

namespace {

/// Takes what there are slots for, and keeps the order.
class ScriptedBackend : public Backend {
 public:
    void setListener(BackendListener*) override {}
    bool offer(const Invocation& invocation) override {
        ++offers;
        if (static_cast<int>(running.size()) >= slots || refused.contains(invocation.function->name))
            return false;
        running.push_back(invocation);
        return true;
    }
    void cancel(std::string_view execution) override { cancelled.emplace_back(execution); }

    [[nodiscard]] QString functions() const {
        QStringList names;
        for (const auto& invocation : running) names << QString::fromStdString(invocation.function->name);
        return names.join(u' ');
    }

    int slots = 100;
    int offers = 0;
    std::set<std::string> refused;
    std::vector<Invocation> running;
    std::vector<std::string> cancelled;
};

/// Plays the sequencer: journals what is decided at once, and reports it durable unless told otherwise.
struct Plant {
    ScriptedBackend backend;
    std::uint64_t bits = 0;  // jitter 0, ids that count
    Dispatcher dispatcher;
    Time now = timeFromUs(1'700'000'000'000'000);
    Changes changes;
    bool durableAtOnce = true;

    explicit Plant(Limits limits = {})
        : dispatcher(
              backend, [this] { return bits++ & 0x7ffU; }, limits) {}

    void add(const std::string& name, const std::function<void(Function&)>& with = {}) {
        Function function;
        function.name = name;
        function.runtime = "sh";
        function.code = "true";
        if (with) with(function);
        dispatcher.setFunction(std::make_shared<Function>(function), now, changes);
    }
    Result<Accepted> request(const std::string& function, const std::string& trigger = "api",
                             const std::string& key = {}) {
        Request request;
        request.function = function;
        request.trigger = trigger;
        request.idempotencyKey = key;
        auto accepted = dispatcher.enqueue(std::move(request), now, changes);
        if (accepted && durableAtOnce) dispatcher.durable(accepted->execution);
        return accepted;
    }
    std::string invoke(const std::string& function) {
        auto accepted = request(function);
        return accepted ? accepted->execution : "";
    }
    void pump() {
        const auto before = changes.size();
        dispatcher.pump(now, changes);
        for (auto i = before; i < changes.size(); ++i) {
            const auto& change = changes[i];
            if (change.record && change.record->event == "execution.queued") {
                dispatcher.durable(change.execution->execution.id);
            }
        }
        if (changes.size() > before) dispatcher.pump(now, changes);
    }
    void advance(Duration by) {
        now += by;
        pump();
    }
    void start(const std::string& execution) {
        dispatcher.started(execution, "vm-1", StartKind::Warm, 1500, now, changes);
    }
    void finish(const std::string& execution, FailureCause cause = FailureCause::None) {
        Outcome outcome;
        outcome.succeeded = cause == FailureCause::None;
        outcome.cause = cause;
        outcome.message = outcome.succeeded ? "" : "it broke";
        outcome.result = outcome.succeeded ? R"({"ok":true})" : "";
        outcome.output = "hello";
        outcome.outputBytes = 5;
        outcome.vm = "vm-1";
        std::erase_if(backend.running, [&](const auto& one) { return one.execution == execution; });
        dispatcher.finished(execution, outcome, now, changes);
        pump();
    }
    void run(const std::string& execution, FailureCause cause = FailureCause::None) {
        start(execution);
        finish(execution, cause);
    }
    /// "queued started failed retrying", of one execution or of all.
    [[nodiscard]] QString story(const std::string& execution = {}) const {
        QStringList events;
        for (const auto& change : changes) {
            if (!change.record) continue;
            if (!execution.empty() && change.record->execution() != execution) continue;
            QString event = QString::fromStdString(change.record->event).section(u'.', 1);
            const auto reason = stringMember(change.record->fields, "reason");
            if (!reason.empty()) event += u'(' + QString::fromStdString(std::string{reason}) + u')';
            events << event;
        }
        return events.join(u' ');
    }
    [[nodiscard]] const Change& last() const { return changes.back(); }
    [[nodiscard]] const json::object& fields(const char* event) const {
        for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
            if (change->record && change->record->event == event) return change->record->fields;
        }
        qFatal("no %s", event);
    }
};

#define COMPARE_TEXT(actual, expected) QCOMPARE(QString(actual), QStringLiteral(expected))

}  // namespace

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

QTEST_APPLESS_MAIN(TestDispatcher)
#include "tst_dispatcher.moc"

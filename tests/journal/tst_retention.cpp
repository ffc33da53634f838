// What is old goes, in steps, and whatever something may still need stays.
#include <QTest>

#include "journal_fixture.h"

using namespace dogwatch;
using namespace dogwatch::journal;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t kRecords = 2'000;

ExecutionChange makeExecution(const std::string& id, std::int64_t seq, ExecutionState state) {
    ExecutionChange change;
    change.execution.id = id;
    change.execution.function = "f";
    change.execution.version = 1;
    change.execution.state = state;
    change.execution.trigger = "api";
    change.execution.queuedAt = at(seq * 1000);
    if (state >= ExecutionState::Succeeded) change.execution.finishedAt = at(seq * 1000);
    change.payload = "{}";
    return change;
}

Firing makeFiring(const std::string& id, std::int64_t seq, const std::string& metaevent) {
    Firing firing;
    firing.id = id;
    firing.seq = seq;
    firing.metaevent = metaevent;
    firing.time = at(seq * 1000);
    return firing;
}

FunctionChange makeVersion(std::int64_t version, std::int64_t seq) {
    auto function = std::make_shared<Function>();
    function->name = "f";
    function->version = version;
    function->runtime = "sh";
    function->code = "echo " + std::to_string(version);
    function->createdAt = function->updatedAt = at(seq * 1000);
    return {function, false};
}

class Space : public Workspace {
 public:
    /// Two thousand records a millisecond apart, each of an execution of its own: one in ten still waits, one
    /// in ten is a dead letter, one in ten has an idempotency key.
    void fill() {
        for (std::int64_t first = 1; first <= kRecords; first += 100) {
            Batch batch;
            for (auto seq = first; seq < first + 100; ++seq) {
                const std::string id = "e" + std::to_string(seq);
                batch.records.push_back(makeRecord(seq, "execution.queued", "f", id));
                auto change = makeExecution(
                    id, seq, seq % 10 == 1 ? ExecutionState::Queued : ExecutionState::Succeeded);
                if (seq % 10 == 2) {
                    change.execution.state = ExecutionState::Dropped;
                    change.terms.deadLetter = true;
                }
                if (seq % 10 == 3) change.terms.idempotencyKey = "key" + std::to_string(seq);
                batch.executions.push_back(std::move(change));
            }
            QVERIFY(commit(std::move(batch)));
        }
    }
    Result<Swept> sweep(Sweep what) {
        std::optional<Result<Swept>> result;
        writer->sweep(std::move(what), [&](const auto& swept) { result = swept; });
        if (!owner.runUntil([&] { return result.has_value(); })) qFatal("the sweep never ended");
        return *result;
    }
    [[nodiscard]] bool hasRecord(std::int64_t seq) const {
        const auto page = valueOf(reader().records({.afterSeq = seq - 1, .limit = 1}));
        return !page.records.empty() && page.records[0].seq == seq;
    }
};

}  // namespace

class TestRetention : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void removesWhatNothingNeeds() {
        Space space;
        space.fill();
        Sweep sweep;
        sweep.before = 1001;
        sweep.keep = {5, 700, 1500};
        sweep.time = at(std::int64_t{1001} * 1000);
        sweep.keysSince = at(std::int64_t{501} * 1000);
        const auto swept = valueOf(space.sweep(sweep));
        // Of a thousand records 100 wait, 100 are dead letters, two are referred to.
        QCOMPARE(swept.records, 1000 - 100 - 100 - 2);
        QVERIFY(space.hasRecord(1) && space.hasRecord(2) && space.hasRecord(5) && space.hasRecord(700));
        QVERIFY(!space.hasRecord(3) && !space.hasRecord(999) && space.hasRecord(1001));
        // Of a thousand executions 50 have a key that is remembered.
        QCOMPARE(swept.executions, 1000 - 100 - 100 - 50);
        auto reader = space.reader();
        QVERIFY(reader.execution("e1") && reader.execution("e2") && reader.execution("e503"));
        QVERIFY(!reader.execution("e3") && !reader.execution("e4") && reader.execution("e1004"));
        QCOMPARE(valueOf(reader.info()).records, kRecords - swept.records);
        QCOMPARE(valueOf(reader.info()).lastSeq, kRecords);
        QVERIFY(reader.check());
        QCOMPARE(valueOf(space.sweep(sweep)).records, 0);
    }

    void keepsTheLatestFiringOfEach() {
        Space space;
        Batch batch;
        for (std::int64_t seq = 1; seq <= 4; ++seq)
            batch.records.push_back(makeRecord(seq, "metaevent.fired"));
        batch.firings = {makeFiring("a", 1, "one"), makeFiring("b", 2, "one"), makeFiring("c", 3, "two")};
        QVERIFY(space.commit(batch));
        QCOMPARE(valueOf(space.sweep({.before = 5})).firings, 1);
        QVERIFY(!valueOf(space.reader().hasFiring("a")));
        QVERIFY(valueOf(space.reader().hasFiring("b")) && valueOf(space.reader().hasFiring("c")));
    }

    void keepsVersionsThatMayStillRun() {
        Space space;
        Batch batch;
        batch.records = {makeRecord(1, "function.created", "f")};
        batch.functions = {makeVersion(1, 1), makeVersion(2, 2), makeVersion(3, 3), makeVersion(4, 50)};
        auto waiting = makeExecution("e", 1, ExecutionState::Queued);
        waiting.execution.version = 2;
        batch.executions = {waiting};
        QVERIFY(space.commit(batch));
        // Version 3 was replaced after the time; 4 is the current one.
        QCOMPARE(valueOf(space.sweep({.before = 1, .time = at(10'000)})).versions, 1);
        auto reader = space.reader();
        QVERIFY(!reader.function("f", 1));
        QCOMPARE(valueOf(reader.function("f", 2)).code, std::string{"echo 2"});
        QVERIFY(reader.function("f", 3) && reader.function("f", 4));
        QCOMPARE(valueOf(reader.latestVersion("f")), 4);
    }

    void commitsGoOnMeanwhile() {
        Space space;
        space.fill();
        bool swept = false;
        space.writer->sweep({.before = kRecords, .time = at(kRecords * 1000)},
                            [&](const auto&) { swept = true; });
        int committed = 0;
        for (std::int64_t seq = kRecords + 1; seq <= kRecords + 50; ++seq) {
            Batch batch;
            batch.records = {makeRecord(seq, "vm.ready")};
            QVERIFY(space.commit(std::move(batch)));
            if (!swept) ++committed;
        }
        QVERIFY(committed > 0);  // a batch did not have to wait for the whole sweep
        QVERIFY(space.owner.runUntil([&] { return swept; }));
        QCOMPARE(valueOf(space.reader().info()).lastSeq, kRecords + 50);
    }

    void endsAtTheClose() {
        Space space;
        space.fill();
        space.writer->sweep({.before = kRecords, .time = at(kRecords * 1000)}, [](const auto&) {});
        space.writer.reset();
        QVERIFY(space.open());
        QVERIFY(space.reader().check());
    }
};

QTEST_APPLESS_MAIN(TestRetention)
#include "tst_retention.moc"

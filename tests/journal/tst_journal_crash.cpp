// A process that writes is killed in mid-load, again and again: whatever it acknowledged is there, and whole.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QTest>

#include "journal_fixture.h"

using namespace dogwatch;
using namespace dogwatch::journal;
using namespace std::chrono_literals;

namespace {

constexpr int kRecordsInBatch = 3;

/// One batch: three records, an execution and a firing that all carry its number.
std::shared_ptr<Batch> makeBatch(std::int64_t number) {
    auto batch = std::make_shared<Batch>();
    const auto id = std::to_string(number);
    for (int i = 1; i <= kRecordsInBatch; ++i) {
        batch->records.push_back(
            makeRecord((number - 1) * kRecordsInBatch + i, "execution.queued", "f", "e" + id));
    }
    ExecutionChange change;
    change.execution.id = "e" + id;
    change.execution.function = "f";
    change.execution.queuedAt = batch->records[0].time;
    change.payload = std::string(static_cast<std::size_t>(number % 5000), ' ') + id;
    batch->executions.push_back(std::move(change));
    Firing firing;
    firing.id = "f" + id;
    firing.seq = batch->records.back().seq;
    firing.metaevent = "m";
    firing.time = batch->records.back().time;
    firing.executions = {"e" + id};
    batch->firings.push_back(std::move(firing));
    return batch;
}

/// Writes batches as fast as they are taken, and tells the number of each acknowledged one through the pipe.
[[noreturn]] void writeUntilKilled(const Options& options, int pipe) {
    Owner owner;
    auto writer = Writer::open(options, owner.poster());
    if (!writer) ::_exit(3);
    std::int64_t number = (*writer)->opened().lastSeq / kRecordsInBatch;
    while (true) {
        while ((*writer)->backlog() < 20) {
            ++number;
            (*writer)->submit(makeBatch(number), [number, pipe](const Result<void>& result) {
                if (!result || ::write(pipe, &number, sizeof number) != sizeof number) ::_exit(4);
            });
        }
        owner.runUntil([&] { return (*writer)->backlog() < 20; }, 1s);
    }
}

/// The last number that came through the pipe until its end.
std::int64_t lastAcknowledged(int pipe) {
    std::int64_t number = 0;
    std::int64_t last = 0;
    while (::read(pipe, &number, sizeof number) == sizeof number) last = number;
    return last;
}

}  // namespace

class TestJournalCrash : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void keepsWhatWasAcknowledged() {
        const QTemporaryDir folder;
        const Options options{folder.path().toStdString(), "boot-1"};
        std::int64_t acknowledged = 0;
        constexpr int kKills = 12;
        for (int kill = 0; kill < kKills; ++kill) {
            std::array<int, 2> pipe{};
            QCOMPARE(::pipe2(pipe.data(), O_CLOEXEC), 0);
            const auto child = ::fork();
            QVERIFY(child >= 0);
            if (child == 0) writeUntilKilled(options, pipe[1]);
            ::close(pipe[1]);
            // Different moments of a writer's life, opening included.
            QTest::qSleep(20 + 37 * kill);
            ::kill(child, SIGKILL);
            int status = 0;
            QCOMPARE(::waitpid(child, &status, 0), child);
            QVERIFY(WIFSIGNALED(status));
            acknowledged = std::max(acknowledged, lastAcknowledged(pipe[0]));
            ::close(pipe[0]);
            verify(options, acknowledged);
        }
        QVERIFY(acknowledged > 20);
    }

 private:
    static void verify(const Options& options, std::int64_t acknowledged) {
        if (acknowledged == 0) return;
        auto reader = valueOf(Reader::open(options.directory));
        QVERIFY(reader.check());
        const auto last = valueOf(reader.info()).lastSeq;
        QVERIFY2(last >= acknowledged * kRecordsInBatch, "an acknowledged batch is gone");
        QCOMPARE(last % kRecordsInBatch, 0);  // none is there in part
        auto cursor = valueOf(reader.stream(0));
        std::int64_t expected = 0;
        while (valueOf(cursor.next())) QCOMPARE(cursor.seq(), ++expected);
        QCOMPARE(expected, last);
        for (std::int64_t number = 1; number <= last / kRecordsInBatch; ++number) {
            const auto id = std::to_string(number);
            const auto detail = reader.execution("e" + id);
            QVERIFY(detail);
            QCOMPARE(detail->payload.size(), static_cast<std::size_t>(number % 5000) + id.size());
            QVERIFY(valueOf(reader.hasFiring("f" + id)));
        }
        QVERIFY(!reader.execution("e" + std::to_string(last / kRecordsInBatch + 1)));
    }
};

QTEST_APPLESS_MAIN(TestJournalCrash)
#include "tst_journal_crash.moc"

// The pool while QEMU processes are killed at random: whatever it accepted ends exactly once, and nothing is
// left behind. And VMs started in a row: all come up, on a busy machine, too. Short by default; for the long
// runs: DOGWATCH_SOAK_EXECUTIONS=1000 DOGWATCH_SOAK_STARTS=500 tst_soak
#include <signal.h>
#include <unistd.h>

#include <QDirIterator>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTimer>
#include <algorithm>
#include <set>

#include "tests/vmpool/pool_harness.h"
#include "tests/vmpool/real_host.h"

using namespace dogwatch;
using namespace dogwatch::vmpool;
using namespace std::chrono_literals;

namespace {

int wanted(const char* variable, int otherwise) {
    bool isNumber = false;
    const int number = qEnvironmentVariableIntValue(variable, &isNumber);
    return isNumber ? number : otherwise;
}

/// Starts one VM after another until `count` came up. Those that did not in time were killed, and are
/// counted.
struct Starts {
    int failed = 0;
    std::chrono::milliseconds slowest{};
};
Starts startInARow(const VmHost& host, int count, const std::shared_ptr<const VmTemplate>& source) {
    Starts starts;
    for (int up = 0, number = 0; up < count && starts.failed <= count; ++number) {
        Vm vm(host, "soak-" + std::to_string(number), static_cast<std::uint32_t>(number),
              {"python3", 256, Network::None}, Accelerator::Tcg);
        QElapsedTimer timer;
        timer.start();
        if (source) {
            QObject::connect(&vm, &Vm::available, &vm, [&vm] {
                if (!vm.hasAnswered()) vm.resume();
            });
            vm.clone(source);
        } else {
            vm.boot();
        }
        // The VM keeps its deadline itself; this is for one that does not.
        const bool ended = QTest::qWaitFor([&] { return vm.hasAnswered() || vm.isOver(); }, 60'000);
        starts.slowest = std::max(starts.slowest, std::chrono::milliseconds(timer.elapsed()));
        if (ended && vm.hasAnswered()) {
            ++up;
        } else {
            ++starts.failed;
        }
    }
    return starts;
}

/// Processes whose parent we are, zombies included.
QStringList ourChildren() {
    QStringList children;
    QDirIterator processes(QStringLiteral("/proc"), QDir::Dirs);
    while (processes.hasNext()) {
        QFile stat(processes.next() + QStringLiteral("/stat"));
        if (!stat.open(QIODevice::ReadOnly)) continue;
        const QByteArray text = stat.readAll();
        const auto fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
        if (fields.value(1).toInt() == ::getpid()) children << QString::fromLatin1(text.left(40));
    }
    return children;
}

QStringList ourControlGroups() {
    QStringList groups;
    const auto pattern = QStringLiteral("dogwatch-%1-*").arg(::getpid());
    QDirIterator found(QStringLiteral("/sys/fs/cgroup"), {pattern}, QDir::Dirs, QDirIterator::Subdirectories);
    while (found.hasNext()) groups << found.next();
    return groups;
}

QStringList ourMemoryFiles() {
    QStringList files;
    const QDir descriptors(QStringLiteral("/proc/self/fd"));
    for (const auto& entry : descriptors.entryInfoList(QDir::System | QDir::Files | QDir::Hidden)) {
        if (entry.symLinkTarget().contains(QStringLiteral("memfd:dogwatch"))) files << entry.symLinkTarget();
    }
    return files;
}

}  // namespace

class TestSoak : public QObject {
    Q_OBJECT

 public:
    /// Called before anything else: Qt ends a test that takes more than five minutes.
    static void initMain() { qputenv("QTEST_FUNCTION_TIMEOUT", "7200000"); }

 private Q_SLOTS:
    void endsEachExecutionOnce();
    void comesUpInARow_data();
    void comesUpInARow();
};

void TestSoak::endsEachExecutionOnce() {
    auto harness = std::make_unique<PoolHarness>(2, 5);
    QVERIFY(harness->start());
    const auto nap =
        makeFunction("nap", "python3", "import time\ndef handler(e, c):\n    time.sleep(e)\n    return e\n");
    const std::vector<std::shared_ptr<const Function>> functions{
        nap, makeFunction("echo", "python3", "def handler(e, c): return e\n"),
        makeFunction("shell", "sh", "cat\n")};

    constexpr int kMostKillsInARow = 2;
    int kills = 0;
    int killsInARow = 0;  ///< without an execution that ended between
    QTimer killer;
    connect(&killer, &QTimer::timeout, this, [&] {
        killer.setInterval(QRandomGenerator::global()->bounded(20, 800));
        const auto vms = harness->pool->status().vms;
        // On a busy machine a boot takes long: some must come up, or nothing is tested.
        if (vms.empty() || killsInARow == kMostKillsInARow) return;
        const auto& victim =
            vms[static_cast<std::size_t>(QRandomGenerator::global()->bounded(static_cast<int>(vms.size())))];
        if (victim.pid > 0 && ::kill(static_cast<pid_t>(victim.pid), SIGKILL) == 0) {
            ++kills;
            ++killsInARow;
        }
    });
    killer.start(100);

    const int total = wanted("DOGWATCH_SOAK_EXECUTIONS", 40);
    std::set<std::string> open;
    int submitted = 0;
    int succeeded = 0;
    while (submitted < total || !open.empty()) {
        while (submitted < total && open.size() < 6) {
            const auto& function = functions[static_cast<std::size_t>(submitted) % functions.size()];
            open.insert(harness->submit(function, "0.05"));
            ++submitted;
        }
        QVERIFY2(QTest::qWaitFor(
                     [&] {
                         return std::any_of(open.begin(), open.end(),
                                            [&](const auto& id) { return harness->isFinished(id); });
                     },
                     120'000),
                 "no execution ended for two minutes");
        std::erase_if(open, [&](const auto& id) { return harness->isFinished(id); });
        killsInARow = 0;
    }
    killer.stop();
    for (const auto& [id, run] : harness->runs) {
        QVERIFY2(run.outcomes.size() == 1, id.c_str());
        const auto& outcome = run.outcomes.front();
        if (outcome.succeeded) ++succeeded;
        QVERIFY2(outcome.succeeded || outcome.cause == FailureCause::VmLost, outcome.message.c_str());
    }
    qInfo("%d executions, %d succeeded, %d QEMU processes killed", submitted, succeeded, kills);
    QVERIFY(kills > 0);
    QVERIFY(succeeded > 0);

    const QDir run(harness->dir.filePath(QStringLiteral("run")));
    // Sound again once it is left alone.
    const auto after = harness->invoke(functions[1], "7");
    QVERIFY2(after.succeeded, after.message.c_str());
    harness->pool.reset();
    QCOMPARE(run.entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());
    QCOMPARE(ourChildren(), QStringList());
    QCOMPARE(ourMemoryFiles(), QStringList());
    QCOMPARE(ourControlGroups(), QStringList());
}

void TestSoak::comesUpInARow_data() {
    QTest::addColumn<bool>("cloned");
    QTest::newRow("cold boots") << false;
    QTest::newRow("clones") << true;
}

void TestSoak::comesUpInARow() {
    QFETCH(bool, cloned);
    const QTemporaryDir dir;
    auto host = realHost(dir);
    QVERIFY2(host, host ? "" : host.error().message.c_str());
    std::shared_ptr<const VmTemplate> source;
    if (cloned) {
        source = makeTemplate(*host, {"python3", 256, Network::None});
        QVERIFY(source);
    }
    const int count = wanted("DOGWATCH_SOAK_STARTS", cloned ? 20 : 3);
    const auto starts = startInARow(*host, count, source);
    qInfo("%d came up, %d did not in time and were started again; the slowest took %d ms", count,
          starts.failed, static_cast<int>(starts.slowest.count()));
    QVERIFY(starts.failed <= count / 50);
    host->starter.reset();
    QCOMPARE(ourChildren(), QStringList());
}

QTEST_GUILESS_MAIN(TestSoak)
#include "tst_soak.moc"

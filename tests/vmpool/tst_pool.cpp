// The pool with real QEMU and the real guest image: boots, runs Python and shell, tells every way of failing
// apart, and leaves nothing behind. Needs the image: `make image`.
#include <signal.h>

#include <QProcess>
#include <QSignalSpy>
#include <fstream>

#include "tests/vmpool/pool_harness.h"

using namespace dogwatch;
using namespace dogwatch::vmpool;
using namespace std::chrono_literals;

namespace {

bool isAlive(qint64 pid) {
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly)) return false;
    const auto text = file.readAll();
    return text.mid(text.lastIndexOf(')') + 2, 1) != "Z";
}

std::shared_ptr<Function> python(std::string name, std::string code) {
    return makeFunction(std::move(name), "python3", std::move(code));
}

}  // namespace

class TestPool : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase();
    void keepsVmsWarm();
    void runsPython();
    void runsShell();
    void keepsCodeBetweenCalls();
    void newVersionsGetNewVms();
    void streamsOutputAndEmits();
    void failures_data();
    void failures();
    void cancels();
    void survivesFloods();
    void noticesKilledVms();
    void noticesKilledIdleVms();
    void evictsForOthers();
    void showsTheConsole();
    void drains();
    void tellsWhatIsMissing();
    void leavesNothingBehind();
    void diesWithItsOwner();

 private:
    std::unique_ptr<PoolHarness> harness_;
};

void TestPool::initTestCase() {
    harness_ = std::make_unique<PoolHarness>();
    const auto started = harness_->start();
    QVERIFY2(started, started ? "" : started.error().message.c_str());
}

void TestPool::keepsVmsWarm() {
    QTRY_COMPARE_WITH_TIMEOUT(harness_->count(VmState::Ready), 1, 60'000);
    const auto status = harness_->pool->status();
    QCOMPARE(status.accelerator, "tcg");
    const auto& vm = status.vms.at(0);
    QVERIFY(vm.bootUs > 0 && vm.rssBytes > 10'000'000 && vm.pid > 0);
    QCOMPARE(harness_->story(vm.vm), "vm.booting vm.ready");
}

void TestPool::runsPython() {
    const auto outcome = harness_->invoke(
        python("sum",
               "def handler(event, context):\n    print('adding')\n    return sum(event['numbers'])\n"),
        R"({"numbers": [1, 2, 39]})");
    QVERIFY2(outcome.succeeded, outcome.message.c_str());
    QCOMPARE(outcome.result, "42");
    QCOMPARE(outcome.output, "adding\n");
    QVERIFY(outcome.durationUs > 0 && outcome.cpuUs > 0);
    QVERIFY(!outcome.vm.empty());
    QCOMPARE(harness_->story(outcome.vm), "vm.booting vm.ready vm.assigned");
    QTRY_COMPARE_WITH_TIMEOUT(harness_->count(VmState::Ready), 1, 60'000);  // refilled
}

void TestPool::runsShell() {
    const auto outcome =
        harness_->invoke(makeFunction("greet", "sh", "read name; echo \"\\\"hello $name\\\"\"\n"), "7");
    QVERIFY2(outcome.succeeded, outcome.message.c_str());
}

void TestPool::keepsCodeBetweenCalls() {
    const auto counter =
        python("counter", "n = 0\ndef handler(event, context):\n    global n\n    n += 1\n    return n\n");
    const auto first = harness_->submit(counter);
    QCOMPARE(harness_->wait(first).result, "1");
    const auto second = harness_->submit(counter);
    QCOMPARE(harness_->wait(second).result, "2");
    QCOMPARE(harness_->runs[first].vm, harness_->runs[second].vm);
    QCOMPARE(harness_->runs[second].kind, StartKind::Warm);
}

void TestPool::newVersionsGetNewVms() {
    const auto first = python("versioned", "def handler(event, context): return 'one'\n");
    const auto one = harness_->invoke(first);
    QCOMPARE(one.result, "\"one\"");
    auto second = python("versioned", "def handler(event, context): return 'two'\n");
    second->version = 2;
    const auto two = harness_->invoke(second);
    QCOMPARE(two.result, "\"two\"");
    QVERIFY(one.vm != two.vm);
    QVERIFY(harness_->story(one.vm).ends_with("vm.retired"));
}

void TestPool::streamsOutputAndEmits() {
    const auto id =
        harness_->submit(python("talk",
                                "import sys\ndef handler(event, context):\n"
                                "    print('gr\\u00fc\\u00dfe')\n    print('oops', file=sys.stderr)\n"
                                "    context.emit('note', {'n': 1})\n"));
    const auto outcome = harness_->wait(id);
    QVERIFY2(outcome.succeeded, outcome.message.c_str());
    const auto& run = harness_->runs[id];
    QVERIFY(run.output.find("gr\u00fc\u00dfe\n") != std::string::npos);
    QVERIFY(run.output.find("oops\n") != std::string::npos);
    QCOMPARE(run.emitted.size(), 1U);
    QCOMPARE(run.emitted[0].first, "note");
    QCOMPARE(toJson(*parseJson(run.emitted[0].second)), R"({"n":1})");
}

void TestPool::failures_data() {
    QTest::addColumn<QString>("runtime");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("cause");
    QTest::addColumn<QString>("mentions");
    const auto handler = [](const char* body) {
        return QStringLiteral("import os, time, signal\ndef handler(event, context):\n    ") +
               QLatin1String(body) + QLatin1Char('\n');
    };
    const auto python = QStringLiteral("python3");
    QTest::newRow("raises") << python << handler("raise ValueError('too odd')") << "exception"
                            << "too odd";
    QTest::newRow("syntax") << python << QStringLiteral("def handler(:\n") << "exception"
                            << "";
    QTest::newRow("no handler") << python << QStringLiteral("x = 1\n") << "exception"
                                << "handler";
    QTest::newRow("no JSON") << python << handler("return {1, 2}") << "exception"
                             << "";
    QTest::newRow("exits") << python << handler("os._exit(3)") << "exit"
                           << "";
    QTest::newRow("killed") << python << handler("os.kill(os.getpid(), signal.SIGKILL)") << "exit"
                            << "";
    QTest::newRow("sleeps") << python << handler("time.sleep(60)") << "timeout"
                            << "";
    QTest::newRow("spins") << python << handler("while True: pass") << "timeout"
                           << "";
    QTest::newRow("memory") << python << handler("x = [b'x' * (1 << 20) for _ in range(400)]; return len(x)")
                            << "out_of_memory"
                            << "";
    QTest::newRow("shell status") << QStringLiteral("sh") << QStringLiteral("exit 4\n") << "exit"
                                  << "";
}

void TestPool::failures() {
    QFETCH(QString, runtime);
    QFETCH(QString, code);
    QFETCH(QString, cause);
    QFETCH(QString, mentions);
    // One name each: a VM serves one function.
    const auto name =
        "fails-" + QString::fromLatin1(QTest::currentDataTag()).replace(u' ', u'-').toStdString();
    const auto timeout =
        cause == QStringLiteral("timeout") ? std::chrono::seconds{2} : std::chrono::seconds{60};
    const auto outcome =
        harness_->invoke(makeFunction(name, runtime.toStdString(), code.toStdString()), "null", timeout);
    QVERIFY(!outcome.succeeded);
    QCOMPARE(QString::fromLatin1(causeName(outcome.cause)), cause);
    QVERIFY(!outcome.message.empty());
    QVERIFY2(outcome.message.find(mentions.toStdString()) != std::string::npos, outcome.message.c_str());
}

void TestPool::cancels() {
    const auto id =
        harness_->submit(python("sleeper", "import time\ndef handler(e, c): time.sleep(60)\n"), "null", 60s);
    QTRY_VERIFY_WITH_TIMEOUT(harness_->runs[id].started, 60'000);
    harness_->pool->cancel(id);
    const auto outcome = harness_->wait(id);
    QCOMPARE(outcome.cause, FailureCause::Exit);
    QCOMPARE(outcome.message, "cancelled");
}

void TestPool::survivesFloods() {
    const auto id = harness_->submit(
        makeFunction(
            "flood", "sh",
            "i=0; while [ $i -lt 40 ]; do head -c 1048576 /dev/zero | tr '\\0' x; i=$((i+1)); done >&2\n"),
        "null", 60s);
    const auto outcome = harness_->wait(id);
    QVERIFY2(outcome.succeeded, outcome.message.c_str());
    QCOMPARE(outcome.outputBytes, 40LL << 20);
    QVERIFY(outcome.output.size() <= kOutputKept);
    QVERIFY(harness_->runs[id].output.size() <= 1U << 20U);
}

void TestPool::noticesKilledVms() {
    const auto id = harness_->submit(
        python("victim",
               "import time\ndef handler(e, c):\n    print('in', flush=True)\n    time.sleep(60)\n"),
        "null", 60s);
    QTRY_VERIFY_WITH_TIMEOUT(harness_->runs[id].output == "in\n", 60'000);
    const auto vm = harness_->runs[id].vm;
    for (const auto& each : harness_->pool->status().vms) {
        if (each.vm == vm) ::kill(static_cast<pid_t>(each.pid), SIGKILL);
    }
    QTRY_VERIFY_WITH_TIMEOUT(harness_->isFinished(id), 5'000);
    const auto outcome = harness_->wait(id);
    QCOMPARE(outcome.cause, FailureCause::VmLost);
    QCOMPARE(outcome.output, "in\n");
    QCOMPARE(harness_->reason(vm), "QEMU was killed by signal 9");
    QCOMPARE(harness_->runs[id].outcomes.size(), 1U);
}

void TestPool::noticesKilledIdleVms() {
    QTRY_COMPARE_WITH_TIMEOUT(harness_->count(VmState::Ready), 1, 60'000);
    for (const auto& each : harness_->pool->status().vms) {
        if (each.state == VmState::Ready) ::kill(static_cast<pid_t>(each.pid), SIGKILL);
    }
    QTRY_COMPARE_WITH_TIMEOUT(harness_->count(VmState::Ready), 0, 5'000);
    QTRY_COMPARE_WITH_TIMEOUT(harness_->count(VmState::Ready), 1, 60'000);  // replaced
}

void TestPool::evictsForOthers() {
    // More functions than the pool may have VMs: the one that stood idle the longest makes room.
    for (int i = 0; i < 5; ++i) {
        const auto outcome = harness_->invoke(
            python("many-" + std::to_string(i), "def handler(e, c): return e\n"), std::to_string(i));
        QVERIFY2(outcome.succeeded, outcome.message.c_str());
        QCOMPARE(outcome.result, std::to_string(i));
        QVERIFY(harness_->pool->status().vms.size() <= 4);
    }
}

void TestPool::showsTheConsole() {
    QTRY_COMPARE_WITH_TIMEOUT(harness_->count(VmState::Ready) > 0 || harness_->count(VmState::Assigned) > 0,
                              true, 60'000);
    QVERIFY(harness_->pool->console(harness_->pool->status().vms.at(0).vm));
    const auto none = harness_->pool->console("vm-none");
    QVERIFY(!none);
    QCOMPARE(none.error().kind, Error::Kind::NotFound);
}

void TestPool::drains() {
    const auto before = harness_->pool->status().vms;
    harness_->pool->drain();
    for (const auto& vm : before) QTRY_VERIFY(!isAlive(vm.pid));
    QTRY_COMPARE_WITH_TIMEOUT(harness_->count(VmState::Ready), 1, 60'000);
}

void TestPool::tellsWhatIsMissing() {
    PoolConfig config;
    config.imageDir = imageFolder();
    config.runDir = harness_->dir.filePath(QStringLiteral("other")).toStdString();
    config.cacheDir = config.runDir;
    auto noQemu = config;
    noQemu.qemu = "qemu-system-none";
    auto error = Pool(noQemu).start();
    QVERIFY(!error);
    QVERIFY(error.error().message.find("apt-get install") != std::string::npos);
    auto noImage = config;
    noImage.imageDir = "/nonexistent";
    error = Pool(noImage).start();
    QVERIFY(!error);
    QVERIFY(error.error().message.find("make image") != std::string::npos);
}

void TestPool::leavesNothingBehind() {
    std::vector<std::int64_t> pids;
    for (const auto& vm : harness_->pool->status().vms) pids.push_back(vm.pid);
    QVERIFY(!pids.empty());
    const QDir run(harness_->dir.filePath(QStringLiteral("run")));
    QVERIFY(!run.entryList({QStringLiteral("*.pid")}).isEmpty());
    harness_->pool.reset();
    for (const auto pid : pids) QVERIFY(!isAlive(pid));
    QVERIFY(run.entryList(QDir::Files).isEmpty());
}

void TestPool::diesWithItsOwner() {
    // This program again, told to own a pool; then killed without a chance to clean up.
    QProcess owner;
    owner.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--own")});
    QVERIFY(owner.waitForReadyRead(90'000));
    const qint64 pid = owner.readLine().trimmed().toLongLong();
    QVERIFY(pid > 0 && isAlive(pid));
    owner.kill();
    owner.waitForFinished();
    QTRY_VERIFY(!isAlive(pid));
}

int main(int argc, char** argv) {
    QCoreApplication app(argc, argv);
    if (argc == 2 && qstrcmp(argv[1], "--own") == 0) {
        PoolHarness harness;
        if (!harness.start()) return 1;
        QObject::connect(harness.pool.get(), &Pool::capacityChanged, &app, [&harness] {
            for (const auto& vm : harness.pool->status().vms)
                printf("%lld\n", static_cast<long long>(vm.pid));
            fflush(stdout);
        });
        return QCoreApplication::exec();
    }
    TestPool test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_pool.moc"

// Limits and their causes inside a real VM: one function and one VM for every case, so that each shows not
// only the right cause but that the VM goes on serving after it.
#include "tests/vmpool/pool_harness.h"

using namespace dogwatch;
using namespace dogwatch::vmpool;
using namespace std::chrono_literals;

namespace {

constexpr const char* kCode = R"(
import os, resource, signal, subprocess, sys, time

def forks(event):
    """How many processes there may be."""
    count = 0
    try:
        while True:
            if os.fork() == 0:
                time.sleep(60)
            count += 1
    except BlockingIOError as error:
        return [count, error.errno]

def bomb(event):
    while True:
        try:
            os.fork()
        except OSError:
            pass

def files(event):
    opened = []
    try:
        while True:
            opened.append(open("/dev/null"))
    except OSError as error:
        count = len(opened)
        del opened
        return [count, error.errno]

def disk(event):
    written = 0
    try:
        with open("/tmp/large", "wb", buffering=0) as file:
            while True:
                written += file.write(b"d" * (1 << 20))
    except OSError as error:
        return [written >> 20, error.errno]
    finally:
        os.remove("/tmp/large")

def places(event):
    """Where one may write."""
    allowed = []
    for folder in ("/", "/usr", "/etc", "/dev", "/run", "/var", "/proc", "/opt/dogwatch", "/tmp", "/var/task"):
        try:
            with open(folder + "/probe", "w") as file:
                file.write("x")
            os.remove(folder + "/probe")
            allowed.append(folder)
        except OSError:
            pass
    return allowed

def memory(event):
    return len([b"m" * (1 << 20) for _ in range(1000)])

def memory_of_child(event):
    return subprocess.run([sys.executable, "-c", "x = [b'm' * (1 << 20) for _ in range(1000)]"]).returncode

def memory_in_tmp(event):
    held = [b"m" * (1 << 20) for _ in range(80)]
    with open("/tmp/large", "wb") as file:
        for _ in range(60):
            file.write(b"d" * (1 << 20))
    return len(held)

def flood(event):
    chunk = b"f" * (1 << 16)
    for _ in range(event["mib"] * 16):
        os.write(1, chunk)

def huge(event):
    return "h" * (10 << 20)

def deep(event):
    value = []
    for _ in range(100000):
        value = [value]
    return value

def daemon(event):
    """Leaves a process behind that has a session and a parent of its own."""
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            time.sleep(60)
        os._exit(0)
    os.wait()

def processes(event):
    """Those that one sees: the others' are hidden."""
    return [int(name) for name in os.listdir("/proc") if name.isdigit()] == [os.getpid()]

def rights(event):
    """What an unprivileged process must not be able to do."""
    allowed = []
    for name, attempt in (("kill init", lambda: os.kill(1, 9)), ("become root", lambda: os.setuid(0)),
                          ("leave the root", lambda: os.chroot("/tmp")), ("limits", lambda: resource.setrlimit(
                              resource.RLIMIT_NOFILE, (1 << 20, 1 << 20))), ("port", lambda: open("/dev/vport0p1")),
                          ("host name", lambda: open("/proc/sys/kernel/hostname", "w").write("x")),
                          ("sysrq", lambda: open("/proc/sysrq-trigger", "w").write("c")),
                          ("mount", lambda: subprocess.run(["mount", "-t", "tmpfs", "x", "/tmp"], check=True,
                                                            capture_output=True))):
        try:
            attempt()
            allowed.append(name)
        except (OSError, ValueError, subprocess.CalledProcessError):
            pass
    return allowed

def spin(event):
    while True:
        pass

def sleep(event):
    time.sleep(60)

def stop(event):
    os.kill(os.getpid(), signal.SIGSTOP)

def crash(event):
    os.kill(os.getpid(), signal.SIGSEGV)

def leave(event):
    os._exit(7)

def no_json(event):
    return {1, 2}

def break_channel(event):
    os.write(3, b"\xff\xff\xff\x7f")
    time.sleep(60)

def handler(event, context):
    return globals()[event["do"]](event)
)";

}  // namespace

class TestLimits : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase();
    void limits_data();
    void limits();

 private:
    std::unique_ptr<PoolHarness> harness_;
    std::shared_ptr<Function> function_;
    std::string vm_;  ///< the one that serves them all
};

void TestLimits::initTestCase() {
    harness_ = std::make_unique<PoolHarness>(0, 1);
    const auto started = harness_->start();
    QVERIFY2(started, started ? "" : started.error().message.c_str());
    function_ = makeFunction("limits", "python3", kCode);
    const auto first = harness_->invoke(function_, R"({"do":"processes"})", 60s);
    QVERIFY2(first.succeeded, first.message.c_str());
    QCOMPARE(first.result, "true");
    vm_ = first.vm;
}

void TestLimits::limits_data() {
    QTest::addColumn<QString>("payload");
    QTest::addColumn<FailureCause>("cause");
    QTest::addColumn<QString>("told");  // the result, or part of the message
    QTest::addColumn<qint64>("resultBytes");
    const auto row = [](const char* what, FailureCause cause, const char* told, qint64 resultBytes = -1) {
        QTest::newRow(what) << QStringLiteral(R"({"do":"%1","mib":256})").arg(QLatin1String(what)) << cause
                            << QString::fromLatin1(told) << resultBytes;
    };
    row("forks", FailureCause::None, "[63,11]");
    row("bomb", FailureCause::Timeout, "timed out after 3000 ms");
    row("files", FailureCause::None, "[1020,24]");
    row("disk", FailureCause::None, "[64,28]");
    row("places", FailureCause::None, R"(["/tmp","/var/task"])");
    row("rights", FailureCause::None, "[]");
    row("memory", FailureCause::OutOfMemory, "more than its 128 MiB of memory");
    row("memory_of_child", FailureCause::OutOfMemory, "128 MiB");
    row("memory_in_tmp", FailureCause::OutOfMemory, "128 MiB");
    row("flood", FailureCause::None, "null");
    row("huge", FailureCause::None, "", (10 << 20) + 2);
    row("deep", FailureCause::Exception, "no JSON");
    row("no_json", FailureCause::Exception, "no JSON");
    row("daemon", FailureCause::None, "null");
    row("processes", FailureCause::None, "true");
    row("spin", FailureCause::Timeout, "timed out after 3000 ms");
    row("sleep", FailureCause::Timeout, "timed out after 3000 ms");
    row("stop", FailureCause::Timeout, "timed out after 3000 ms");
    row("crash", FailureCause::Exit, "killed by signal 11 (SIGSEGV)");
    row("leave", FailureCause::Exit, "exited with status 7");
    row("break_channel", FailureCause::Protocol, "a frame of 2147483647 bytes");
    QTest::newRow("and the VM still serves") << QStringLiteral(R"({"do":"processes"})") << FailureCause::None
                                             << QStringLiteral("true") << qint64{4};
}

void TestLimits::limits() {
    QFETCH(QString, payload);
    QFETCH(FailureCause, cause);
    QFETCH(QString, told);
    QFETCH(qint64, resultBytes);
    const auto timeout = cause == FailureCause::Timeout ? 3s : 80s;
    const auto outcome = harness_->invoke(function_, payload.toStdString(), timeout);
    QVERIFY2(outcome.cause == cause && outcome.succeeded == (cause == FailureCause::None),
             outcome.message.c_str());
    const auto& text = outcome.succeeded ? outcome.result : outcome.message;
    if (outcome.succeeded) QCOMPARE(QString::fromStdString(text), told);
    QVERIFY2(text.find(told.toStdString()) != std::string::npos, text.c_str());
    if (resultBytes >= 0) QCOMPARE(outcome.resultBytes, resultBytes);
    if (payload.contains(QLatin1String("flood"))) QCOMPARE(outcome.outputBytes, std::int64_t{256} << 20);
    if (payload.contains(QLatin1String("spin")))
        QVERIFY(outcome.cpuUs > 0 && outcome.cpuUs <= outcome.durationUs + 500'000);
    QCOMPARE(outcome.vm, vm_);
}

QTEST_GUILESS_MAIN(TestLimits)
#include "tst_limits.moc"

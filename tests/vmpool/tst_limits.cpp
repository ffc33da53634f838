// Limits and their causes inside a real VM: one function and one VM for every case, so that each shows not
// only the right cause but that the VM goes on serving after it.
#include "tests/vmpool/pool_harness.h"

using namespace dogwatch;
using namespace dogwatch::vmpool;
using namespace std::chrono_literals;

namespace {

/// How much the function prints that floods; for gigabytes: DOGWATCH_FLOOD_MIB=2048 tst_limits limits:flood
int floodMiB() {
    bool isNumber = false;
    const int wanted = qEnvironmentVariableIntValue("DOGWATCH_FLOOD_MIB", &isNumber);
    return isNumber ? wanted : 256;
}

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
    QFile code(QStringLiteral(DOGWATCH_SOURCE_DIR "/tests/vmpool/limits.py"));
    QVERIFY(code.open(QIODevice::ReadOnly));
    function_ = makeFunction("limits", "python3", code.readAll().toStdString());
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
        QTest::newRow(what)
            << QStringLiteral(R"({"do":"%1","mib":%2})").arg(QLatin1String(what)).arg(floodMiB()) << cause
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
    row("break_channel", FailureCause::Protocol, "write to descriptor 3? a frame of 2147483647 bytes");
    QTest::newRow("and the VM still serves") << QStringLiteral(R"({"do":"processes"})") << FailureCause::None
                                             << QStringLiteral("true") << qint64{4};
}

void TestLimits::limits() {
    QFETCH(QString, payload);
    QFETCH(FailureCause, cause);
    QFETCH(QString, told);
    QFETCH(qint64, resultBytes);
    const auto timeout = cause == FailureCause::Timeout ? 3s : 80s * (1 + floodMiB() / 256);
    const auto outcome = harness_->invoke(function_, payload.toStdString(), timeout);
    QVERIFY2(outcome.cause == cause && outcome.succeeded == (cause == FailureCause::None),
             outcome.message.c_str());
    const auto& text = outcome.succeeded ? outcome.result : outcome.message;
    if (outcome.succeeded) QCOMPARE(QString::fromStdString(text), told);
    QVERIFY2(text.find(told.toStdString()) != std::string::npos, text.c_str());
    if (resultBytes >= 0) QCOMPARE(outcome.resultBytes, resultBytes);
    if (payload.contains(QLatin1String("flood")))
        QCOMPARE(outcome.outputBytes, std::int64_t{floodMiB()} << 20);
    if (payload.contains(QLatin1String("spin")))
        QVERIFY(outcome.cpuUs > 0 && outcome.cpuUs <= outcome.durationUs + 500'000);
    QCOMPARE(outcome.vm, vm_);
}

QTEST_GUILESS_MAIN(TestLimits)
#include "tst_limits.moc"

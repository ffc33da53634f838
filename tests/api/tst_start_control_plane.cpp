// Starting a control plane, with scripts in its place: what it says is understood, and why it does not come
// up.
#include <signal.h>
#include <sys/wait.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "core/api/start_control_plane.h"

using namespace dogwatch;
using namespace dogwatch::api;

class TestStartControlPlane : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }
    void understandsReady();
    void tellsWhyItDidNotStart_data();
    void tellsWhyItDidNotStart();
    void givesUpOnASlowOne();
    void answersFromTheEventLoop();
    void needsAFolderToWriteTo();

 private:
    std::string script(const char* text) {
        const auto path = folder_->path() + QStringLiteral("/dogwatchd");
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly)) qFatal("cannot write %s", qPrintable(path));
        file.write(QByteArray("#!/bin/sh\n") + text);
        file.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
        return path.toStdString();
    }
    [[nodiscard]] std::string data() const {
        return (folder_->path() + QStringLiteral("/data")).toStdString();
    }
    std::unique_ptr<QTemporaryDir> folder_;
};

void TestStartControlPlane::understandsReady() {
    StartOptions options{script("echo \"ready $2/sock http://127.0.0.1:9\"; exec sleep 60"), {}, true};
    const auto started = startControlPlane(data(), options);
    QVERIFY2(started.has_value(), started ? "" : started.error().message.c_str());
    QCOMPARE(started->socket, data() + "/sock");
    QCOMPARE(started->http, std::string{"http://127.0.0.1:9"});
    QCOMPARE(::kill(started->pid, SIGKILL), 0);
    QCOMPARE(::waitpid(started->pid, nullptr, 0), started->pid);
}

void TestStartControlPlane::tellsWhyItDidNotStart_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("a sentence") << QByteArray("echo noise >&2; echo 'Process 7 holds the lock.' >&2; exit 1")
                                << "Process 7 holds the lock.";
    QTest::newRow("nothing") << QByteArray("exit 1") << "without a word";
    QTest::newRow("something else") << QByteArray("echo 'Strange.' >&2; echo hello; exit 0") << "Strange.";
}

void TestStartControlPlane::tellsWhyItDidNotStart() {
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    const auto started = startControlPlane(data(), {script(text.constData())});
    QVERIFY(!started.has_value());
    QVERIFY2(QString::fromStdString(started.error().message).contains(expected),
             started.error().message.c_str());
}

void TestStartControlPlane::givesUpOnASlowOne() {
    const StartOptions options{script("exec sleep 60"), {}, true, std::chrono::milliseconds{200}};
    const auto started = startControlPlane(data(), options);
    QVERIFY(!started.has_value());
    QVERIFY(started.error().message.find("200 ms") != std::string::npos);
    QCOMPARE(::waitpid(-1, nullptr, WNOHANG), -1);  // it was ended and reaped: no child is left
}

void TestStartControlPlane::answersFromTheEventLoop() {
    QObject context;
    std::optional<Result<StartedControlPlane>> answer;
    startControlPlane(data(), {script("sleep 0.1; echo ready /x/sock; sleep 0.1")}, &context,
                      [&](Result<StartedControlPlane> started) { answer = std::move(started); });
    QVERIFY(!answer);
    QTRY_VERIFY(answer);
    QVERIFY(answer->has_value());
    QCOMPARE((*answer)->socket, std::string{"/x/sock"});

    bool told = false;
    {
        QObject gone;
        startControlPlane(data(), {script("exit 1")}, &gone, [&](const auto&) { told = true; });
    }
    QTest::qWait(200);
    QVERIFY(!told);
}

void TestStartControlPlane::needsAFolderToWriteTo() {
    const auto started = startControlPlane("/proc/nowhere/data", {script("exit 0")});
    QVERIFY(!started.has_value());
    QVERIFY(started.error().message.find("/proc/nowhere/data") != std::string::npos);
}

QTEST_GUILESS_MAIN(TestStartControlPlane)
#include "tst_start_control_plane.moc"

// A starter begins our own children, confined as if we had executed them, and its end is not theirs. A small
// program stands in for QEMU: it tells what it finds.
#include <signal.h>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "tests/vmpool/is_alive.h"
#include "tests/vmpool/pool_harness.h"
#include "vmpool/qemu_process.h"
#include "vmpool/qemu_starter.h"

using namespace dogwatch;
using namespace dogwatch::vmpool;

namespace {

const char* const kStandIn = DOGWATCH_STAND_IN;

VmSpec specNamed(const char* name) {
    VmSpec spec;
    spec.qemu = kStandIn;
    spec.name = name;
    spec.firstFd = QemuStarter::firstFd();
    spec.agentFd = spec.qmpFd = spec.consoleFd = spec.kernelFd = spec.initrdFd = STDIN_FILENO;
    return spec;
}

/// The starters among our children.
QList<qint64> starters() {
    QList<qint64> found;
    for (const auto& entry : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        QFile file(QStringLiteral("/proc/%1/stat").arg(entry));
        if (!file.open(QIODevice::ReadOnly)) continue;
        const auto text = file.readAll();
        const auto fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
        if (text.contains("(qemu-starter)") && fields.value(1).toLongLong() == ::getpid()) {
            found << entry.toLongLong();
        }
    }
    return found;
}

}  // namespace

class TestQemuStarter : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init();
    void confinesWhatItBegins();
    void itsLayoutIsCommon();
    void servesManyInARow();
    void whatItBeganIsOurs();
    void whatItBeganSurvivesIt();
    void allDieWithTheirOwner();
    void aCrashHasItLoadedAnew();
    void comesBackWhenKilled();
    void loadsWhatReplacedTheProgram();
    void isNeverReadyWithoutLibraryOrProgram();
    void refusesTooManyArguments();

 private:
    /// What a stand-in of this name says until its end.
    std::string outcome(const char* name, const Confinement& confinement = {});
    [[nodiscard]] std::string pidFile() const {
        return dir_->filePath(QStringLiteral("vm.pid")).toStdString();
    }

    std::unique_ptr<QTemporaryDir> dir_;
    std::unique_ptr<QemuStarter> starter_;
};

void TestQemuStarter::init() {
    dir_ = std::make_unique<QTemporaryDir>();
    QVERIFY(dir_->isValid());
    starter_.reset();
    starter_ = std::make_unique<QemuStarter>(kStandIn, openPreloads(preloadFolder()));
    QTRY_VERIFY(starter_->isReady());
}

std::string TestQemuStarter::outcome(const char* name, const Confinement& confinement) {
    QemuProcess process(pidFile());
    QSignalSpy finished(&process, &QemuProcess::finished);
    const auto started = process.startFrom(*starter_, QemuCommandLine(specNamed(name)), confinement);
    if (!started) return "not started: " + started.error().message;
    if (!finished.wait(10'000)) return "did not end";
    return finished[0][0].value<std::string>();
}

void TestQemuStarter::confinesWhatItBegins() {
    QFile secret(dir_->filePath(QStringLiteral("secret")));
    QVERIFY(secret.open(QIODevice::WriteOnly));
    qputenv("SECRET_TOKEN", "hunter2");
    auto spec = specNamed("report");
    QFile disk(QStringLiteral("/proc/self/exe"));
    QVERIFY(disk.open(QIODevice::ReadOnly));
    spec.agentFd = spec.qmpFd = spec.consoleFd = spec.kernelFd = spec.initrdFd = disk.handle();
    QemuProcess process(pidFile());
    QSignalSpy finished(&process, &QemuProcess::finished);
    const auto started = process.startFrom(*starter_, QemuCommandLine(spec), confinementFor(spec, 5));
    QVERIFY2(started, started ? "" : started.error().message.c_str());
    QVERIFY(QFile::exists(QString::fromStdString(pidFile())));
    QVERIFY(finished.wait(10'000));
    const auto text = QString::fromStdString(finished[0][0].value<std::string>());
    const auto says = [&](const char* words) { return text.contains(QLatin1String(words)); };
    QVERIFY2(says("QEMU ended with status 3"), qPrintable(text));
    QVERIFY(says("NoNewPrivs:\t1") && says("Name:\tqemu-system-x86") && says("thread 1"));
    QVERIFY(text.contains(QStringLiteral("PPid:\t%1").arg(::getpid())));
    QVERIFY(text.contains(QRegularExpression(QStringLiteral("Max core file size +0 +0"))));
    QVERIFY2(!says("hunter2") && !says("secret") && !says("DOGWATCH_QEMU_STARTER"), qPrintable(text));
    QVERIFY(says("env LC_ALL=C.UTF-8"));
    // Standard ones, and exactly those of the command line, under the numbers that this names.
    QVERIFY(says("fd 0 /dev/null") && says("fd 1 /dev/null") && says("fd 2 pipe:") && !says("fd 3 "));
    QVERIFY(says("fd 4 ") && says("arg /proc/self/fd/4") && says("fd 8 ") && !says("fd 9 "));
    QVERIFY2(!says("socket:"), qPrintable(text));
    if (::geteuid() == 0) {
        QVERIFY2(says("Uid:\t1879048197\t1879048197") && says("Groups:\t1879048197"), qPrintable(text));
        QVERIFY(says("CapEff:\t0000000000000000"));
    }
    QVERIFY(!QFile::exists(QString::fromStdString(pidFile())));
}

void TestQemuStarter::itsLayoutIsCommon() {
    // This is why it is fast; security.md tells what it means.
    const auto first = outcome("end");
    QVERIFY2(first.find("main at 0x") != std::string::npos, first.c_str());
    QCOMPARE(outcome("end"), first);
}

void TestQemuStarter::servesManyInARow() {
    const auto before = starters();
    std::vector<std::unique_ptr<QemuProcess>> processes;
    for (int i = 0; i < 20; ++i) {
        const auto file = dir_->filePath(QStringLiteral("vm-%1.pid").arg(i)).toStdString();
        auto& process = processes.emplace_back(std::make_unique<QemuProcess>(file));
        QVERIFY(process->startFrom(*starter_, QemuCommandLine(specNamed("sleep")), {}));
        QTest::qWait(i % 2);
    }
    processes.clear();
    QTest::qWait(50);
    QVERIFY(starter_->isReady());
    QCOMPARE(starters(), before);
}

void TestQemuStarter::whatItBeganIsOurs() {
    qint64 pid = 0;
    {
        QemuProcess process(pidFile());
        QVERIFY(process.startFrom(*starter_, QemuCommandLine(specNamed("sleep")), {}));
        pid = process.pid();
        QVERIFY(process.isRunning() && isAlive(pid));
    }
    QVERIFY(!isAlive(pid));
    QemuProcess process(pidFile());
    QSignalSpy finished(&process, &QemuProcess::finished);
    QVERIFY(process.startFrom(*starter_, QemuCommandLine(specNamed("sleep")), {}));
    process.kill();
    QTRY_COMPARE(finished.count(), 1);
    const auto why = finished[0][0].value<std::string>();
    QVERIFY2(why.find("QEMU was killed by signal 9") == 0, why.c_str());
    QVERIFY(!process.isRunning());
    QVERIFY(starter_->isReady());  // a kill is no crash
}

void TestQemuStarter::whatItBeganSurvivesIt() {
    QemuProcess process(pidFile());
    QSignalSpy finished(&process, &QemuProcess::finished);
    QVERIFY(process.startFrom(*starter_, QemuCommandLine(specNamed("sleep")), {}));
    starter_.reset();
    QTRY_VERIFY(starters().isEmpty());  // what was just forked bears its name for a moment
    QTest::qWait(200);
    QVERIFY(isAlive(process.pid()));
    QCOMPARE(finished.count(), 0);
}

void TestQemuStarter::allDieWithTheirOwner() {
    // The owner is a process of its own: this test program, told to start one and wait.
    QProcess owner;
    owner.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--own"), dir_->path()});
    QVERIFY(owner.waitForReadyRead(10'000));
    const auto pids = owner.readLine().trimmed().split(' ');
    QCOMPARE(pids.size(), 2);
    for (const auto& pid : pids) QVERIFY(isAlive(pid.toLongLong()));
    owner.kill();
    owner.waitForFinished();
    for (const auto& pid : pids) QTRY_VERIFY(!isAlive(pid.toLongLong()));
}

void TestQemuStarter::aCrashHasItLoadedAnew() {
    const auto before = outcome("end");
    const auto crash = outcome("abort");
    QVERIFY2(crash.find("QEMU was killed by signal 6") == 0, crash.c_str());
    QTRY_VERIFY(starter_->isReady());
    QVERIFY(outcome("end") != before);
    QCOMPARE(starters().size(), 1);
}

void TestQemuStarter::comesBackWhenKilled() {
    QCOMPARE(starters().size(), 1);
    ::kill(static_cast<pid_t>(starters().first()), SIGKILL);
    // Whether it was noticed already or not: an error, and nothing begun.
    const auto meanwhile = outcome("end");
    QVERIFY2(meanwhile.find("not started") == 0, meanwhile.c_str());
    QTRY_VERIFY(starter_->isReady());
    QVERIFY(outcome("end").find("status 3") != std::string::npos);
}

void TestQemuStarter::loadsWhatReplacedTheProgram() {
    const auto program = dir_->filePath(QStringLiteral("qemu"));
    QVERIFY(QFile::copy(QString::fromLatin1(kStandIn), program));
    starter_ = std::make_unique<QemuStarter>(program.toStdString(), openPreloads(preloadFolder()));
    QTRY_VERIFY(starter_->isReady());
    QVERIFY(outcome("end").find("status 3") != std::string::npos);
    QVERIFY(QFile::remove(program) && QFile::copy(QString::fromLatin1(kStandIn), program));  // an upgrade
    const auto meanwhile = outcome("end");
    QCOMPARE(meanwhile, "not started: QEMU was replaced");
    QTRY_VERIFY(starter_->isReady());
    QVERIFY(outcome("end").find("status 3") != std::string::npos);
}

void TestQemuStarter::isNeverReadyWithoutLibraryOrProgram() {
    QemuStarter none(kStandIn, openPreloads(dir_->path().toStdString()));
    QemuStarter missing("/nonexistent/qemu", openPreloads(preloadFolder()));
    // Such as a wrapper of QEMU: what would be loaded is the shell.
    QFile script(dir_->filePath(QStringLiteral("qemu-wrapper")));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("#!/bin/sh\nexec qemu-system-x86_64 \"$@\"\n");
    script.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
    script.close();
    QemuStarter wrapped(script.fileName().toStdString(), openPreloads(preloadFolder()));
    QTest::qWait(300);
    QVERIFY(!none.isReady() && !missing.isReady() && !wrapped.isReady());
}

void TestQemuStarter::refusesTooManyArguments() {
    QemuProcess process(pidFile());
    const std::string name(20'000, 'x');
    const auto started = process.startFrom(*starter_, QemuCommandLine(specNamed(name.c_str())), {});
    QVERIFY(!started);
    QVERIFY(starter_->isReady());
}

int main(int argc, char** argv) {
    QCoreApplication app(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "--own") == 0) {
        QemuStarter starter(kStandIn, openPreloads(preloadFolder()));
        if (!QTest::qWaitFor([&] { return starter.isReady(); })) return 1;
        const auto loaded = starters().value(0);
        QemuProcess process(std::string(argv[2]) + "/owned.pid");
        (void)process.startFrom(starter, QemuCommandLine(specNamed("sleep")), {});
        printf("%lld %lld\n", static_cast<long long>(process.pid()), loaded);
        fflush(stdout);
        return QCoreApplication::exec();
    }
    TestQemuStarter test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_qemu_starter.moc"

// Processes: noticed when they end, confined, and gone with their owner. `sleep` and `sh` stand in for QEMU;
// the command line is only a carrier here.
#include <signal.h>
#include <sys/wait.h>

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "tests/vmpool/is_alive.h"
#include "vmpool/qemu_process.h"

using namespace dogwatch;
using namespace dogwatch::vmpool;

namespace {

/// A command line whose program ignores QEMU's arguments: a script that runs `body`.
class Script {
 public:
    explicit Script(const QString& path, const QByteArray& body) {
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly)) qFatal("cannot write the script");
        file.write("#!/bin/sh\n" + body + '\n');
        file.setPermissions(QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther);
        spec.qemu = path.toStdString();
    }
    [[nodiscard]] QemuCommandLine line() const { return QemuCommandLine(spec); }
    VmSpec spec;
};

}  // namespace

class TestQemuProcess : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init();
    void noticesDeath();
    void tellsTheErrorText();
    void tellsThatItCannotStart();
    void diesWithItsObject();
    void diesWithItsOwnerEvenBySigkill();
    void dropsRights();
    void inheritsOnlyWhatItIsGiven();
    void killsLeftoversButNotStrangers();

 private:
    [[nodiscard]] QString path(const char* name) const { return dir_->filePath(QLatin1String(name)); }
    [[nodiscard]] std::string pidFile() const { return path("vm.pid").toStdString(); }
    std::unique_ptr<QTemporaryDir> dir_;
};

void TestQemuProcess::init() {
    dir_ = std::make_unique<QTemporaryDir>();
    QVERIFY(dir_->isValid());
    QFile::setPermissions(dir_->path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner |
                                            QFile::ReadOther | QFile::ExeOther);
}

void TestQemuProcess::noticesDeath() {
    const Script script(path("run"), "exec sleep 100");
    QemuProcess process(pidFile());
    QSignalSpy finished(&process, &QemuProcess::finished);
    process.start(script.line(), {});
    QVERIFY(process.pid() > 0);
    QVERIFY(QFile::exists(path("vm.pid")));
    ::kill(static_cast<pid_t>(process.pid()), SIGKILL);
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(finished[0][0].value<std::string>(), "QEMU was killed by signal 9");
    QVERIFY(!QFile::exists(path("vm.pid")));
}

void TestQemuProcess::tellsTheErrorText() {
    const Script script(path("run"), "echo 'Could not open disk' >&2; exit 1");
    QemuProcess process(pidFile());
    QSignalSpy finished(&process, &QemuProcess::finished);
    process.start(script.line(), {});
    QTRY_COMPARE(finished.count(), 1);
    QCOMPARE(finished[0][0].value<std::string>(), "QEMU ended with status 1: Could not open disk");
}

void TestQemuProcess::tellsThatItCannotStart() {
    VmSpec spec;
    spec.qemu = "/nonexistent/qemu";
    QemuProcess process(pidFile());
    QSignalSpy finished(&process, &QemuProcess::finished);
    process.start(QemuCommandLine(spec), {});
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(finished[0][0].value<std::string>().find("could not be started") != std::string::npos);
}

void TestQemuProcess::diesWithItsObject() {
    const Script script(path("run"), "exec sleep 100");
    qint64 pid = 0;
    {
        QemuProcess process(pidFile());
        process.start(script.line(), {});
        pid = process.pid();
        QVERIFY(isAlive(pid));
    }
    QVERIFY(!isAlive(pid));
}

void TestQemuProcess::diesWithItsOwnerEvenBySigkill() {
    // The owner is a process of its own: this test program, told to start one and wait.
    QProcess owner;
    owner.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--own"), dir_->path()});
    QVERIFY(owner.waitForReadyRead(10'000));
    const qint64 pid = owner.readLine().trimmed().toLongLong();
    QVERIFY(pid > 0 && isAlive(pid));
    owner.kill();
    owner.waitForFinished();
    QTRY_VERIFY(!isAlive(pid));
}

void TestQemuProcess::dropsRights() {
    const Script script(path("run"), "cat /proc/self/status; ulimit -c; ulimit -f; env; exit 3) >&2 ; (:");
    QFile file(path("run"));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(
        "#!/bin/sh\nexec >&2\ngrep -E 'NoNewPrivs|Uid|CapEff' /proc/self/status\necho core $(ulimit "
        "-c)\nenv\nexit 3\n");
    file.close();
    qputenv("SECRET_TOKEN", "hunter2");
    QemuProcess process(pidFile());
    QSignalSpy finished(&process, &QemuProcess::finished);
    process.start(script.line(), confinementFor(script.spec, 5));
    QTRY_COMPARE(finished.count(), 1);
    const auto text = finished[0][0].value<std::string>();
    QVERIFY2(text.find("NoNewPrivs:\t1") != std::string::npos, text.c_str());
    QVERIFY(text.find("core 0") != std::string::npos);
    QVERIFY(text.find("hunter2") == std::string::npos);
    if (::geteuid() == 0) {
        QVERIFY(text.find("Uid:\t1879048197\t1879048197") != std::string::npos);
        QVERIFY(text.find("CapEff:\t0000000000000000") != std::string::npos);
    }
}

void TestQemuProcess::inheritsOnlyWhatItIsGiven() {
    QFile secret(path("secret"));
    QVERIFY(secret.open(QIODevice::WriteOnly));
    const int leaky = ::dup(secret.handle());  // not closed on exec, as a careless library leaves it
    const Script script(path("run"), "ls -l /proc/self/fd >&2; exit 1");
    QemuProcess process(pidFile());
    QSignalSpy finished(&process, &QemuProcess::finished);
    process.start(script.line(), {});
    QTRY_COMPARE(finished.count(), 1);
    ::close(leaky);
    const auto text = finished[0][0].value<std::string>();
    QVERIFY2(text.find("secret") == std::string::npos, text.c_str());
    QVERIFY(text.find("/dev/null") != std::string::npos);
}

void TestQemuProcess::killsLeftoversButNotStrangers() {
    QProcess leftover;
    leftover.start(QStringLiteral("sleep"), {QStringLiteral("100")});
    QVERIFY(leftover.waitForStarted());
    QProcess stranger;
    stranger.start(QStringLiteral("sleep"), {QStringLiteral("100")});
    QVERIFY(stranger.waitForStarted());
    QFile stat(QStringLiteral("/proc/%1/stat").arg(leftover.processId()));
    QVERIFY(stat.open(QIODevice::ReadOnly));
    const auto text = stat.readAll();
    const auto ticks = text.mid(text.lastIndexOf(')') + 2).split(' ')[19];
    const auto write = [&](const char* name, const QByteArray& bytes) {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    };
    write("a.pid", QByteArray::number(leftover.processId()) + ' ' + ticks + '\n');
    write("b.pid", QByteArray::number(stranger.processId()) + " 1\n");  // the pid was given to another since
    write("c.pid", "garbage\n");
    write("d.pid", "1 1\n");
    QCOMPARE(killLeftovers(dir_->path().toStdString()), 1);
    QVERIFY(leftover.waitForFinished());
    QVERIFY(isAlive(stranger.processId()));
    QVERIFY(QDir(dir_->path()).entryList({QStringLiteral("*.pid")}).isEmpty());
    stranger.kill();
    stranger.waitForFinished();
}

int main(int argc, char** argv) {
    QCoreApplication app(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "--own") == 0) {
        const QString dir = QString::fromLocal8Bit(argv[2]);
        const Script script(dir + QStringLiteral("/owned"), "exec sleep 100");
        QemuProcess process((dir + QStringLiteral("/owned.pid")).toStdString());
        process.start(script.line(), confinementFor(script.spec, 1));
        printf("%lld\n", static_cast<long long>(process.pid()));
        fflush(stdout);
        return QCoreApplication::exec();
    }
    TestQemuProcess test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_qemu_process.moc"

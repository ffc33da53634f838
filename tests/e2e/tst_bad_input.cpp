// What cannot be done is refused with one clear sentence and the exit status of the contract, and leaves
// nothing half-written; and no client at the door can harm another.
#include <QDir>
#include <QLocalSocket>
#include <QProcess>
#include <QtTest>

#include "tests/e2e/processes.h"

using dogwatch::e2e::ControlPlane;
using dogwatch::e2e::Finished;
using dogwatch::e2e::haveImage;
using dogwatch::e2e::program;
using dogwatch::e2e::runProgram;

namespace {

QStringList words(const char* text) {
    return QString::fromUtf8(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

bool isOneSentence(const Finished& finished) {
    const QString text = finished.err.trimmed();
    return finished.out.isEmpty() && !text.isEmpty() && !text.contains(QLatin1Char('\n'));
}

Finished startBadly(const QStringList& arguments, const char* variable = nullptr, const QString& value = {}) {
    auto environment = QProcessEnvironment::systemEnvironment();
    if (variable != nullptr) environment.insert(QString::fromUtf8(variable), value);
    return runProgram(QStringLiteral("dogwatchd"), arguments, 20'000, environment);
}

}  // namespace

class TestBadInput : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void wrongUsage_data() {
        QTest::addColumn<QString>("arguments");
        QTest::newRow("unknown option") << QStringLiteral("--nonsense");
        QTest::newRow("operand") << QStringLiteral("nonsense");
        QTest::newRow("accelerator") << QStringLiteral("--accel fast");
        QTest::newRow("number") << QStringLiteral("--max-vms many");
        QTest::newRow("no address") << QStringLiteral("--http nonsense");
        QTest::newRow("more warm than all") << QStringLiteral("--max-vms 2 --warm 3");
    }

    void wrongUsage() {
        QFETCH(QString, arguments);
        const auto finished = startBadly(arguments.split(QLatin1Char(' ')));
        QCOMPARE(finished.status, 2);
        QVERIFY2(isOneSentence(finished), qPrintable(finished.err));
    }

    void theConsoleTellsOfItselfWithoutADisplay() {
        auto environment = QProcessEnvironment::systemEnvironment();
        for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
            environment.remove(QString::fromUtf8(name));
        const auto help = runProgram(QStringLiteral("dogwatch"), words("--help"), 20'000, environment);
        QCOMPARE(help.status, 0);
        QVERIFY2(help.out.contains(QStringLiteral("--demo")), qPrintable(help.err));
        const auto version = runProgram(QStringLiteral("dogwatch"), words("--version"), 20'000, environment);
        QCOMPARE(version.status, 0);
        QVERIFY2(version.out.startsWith(QStringLiteral("dogwatch ")), qPrintable(version.out));
    }

    void noImage() {
        const QString data = scratch_.filePath(QStringLiteral("no-image"));
        const auto finished = startBadly({QStringLiteral("--data"), data, QStringLiteral("--image"),
                                          scratch_.filePath(QStringLiteral("nowhere"))});
        QCOMPARE(finished.status, 1);
        QVERIFY2(isOneSentence(finished), qPrintable(finished.err));
        QVERIFY(finished.err.contains(QStringLiteral("make image")));
        QVERIFY(!QFile::exists(data));
    }

    void noQemu() {
        if (!haveImage()) QSKIP("there is no guest image: \"make image\" builds it");
        const QString data = scratch_.filePath(QStringLiteral("no-qemu"));
        const auto finished = startBadly({QStringLiteral("--data"), data}, "PATH", scratch_.path());
        QCOMPARE(finished.status, 1);
        QVERIFY2(isOneSentence(finished), qPrintable(finished.err));
        QVERIFY2(finished.err.contains(QStringLiteral("qemu-system-x86")), qPrintable(finished.err));
        QVERIFY(!QFile::exists(data));
    }

    void unusableDataDirectory() {
        if (!haveImage()) QSKIP("there is no guest image: \"make image\" builds it");
        const auto finished = startBadly(words("--data /proc/dogwatch"));
        QCOMPARE(finished.status, 1);
        QVERIFY2(isOneSentence(finished), qPrintable(finished.err));
        QVERIFY(finished.err.contains(QStringLiteral("--data")));
    }

    void aReadOnlyDisk() {
        if (!haveImage()) QSKIP("there is no guest image: \"make image\" builds it");
        const QString data = scratch_.filePath(QStringLiteral("read-only"));
        QDir{}.mkpath(data);
        const QString mounted =
            QStringLiteral("mount --bind \"$1\" \"$1\" && mount -o remount,ro,bind \"$1\" && ");
        const auto run = [&](const QString& command) {
            QProcess process;
            process.start(
                QStringLiteral("unshare"),
                {QStringLiteral("-m"), QStringLiteral("sh"), QStringLiteral("-c"), mounted + command,
                 QStringLiteral("sh"), data, program(QStringLiteral("dogwatchd"))});
            process.waitForFinished(20'000);
            return Finished{process.exitCode(), {}, QString::fromUtf8(process.readAllStandardError())};
        };
        if (run(QStringLiteral("true")).status != 0) QSKIP("mounts need rights that this user has not");
        const auto finished = run(QStringLiteral("exec \"$2\" --data \"$1\""));
        QCOMPARE(finished.status, 1);
        QVERIFY2(isOneSentence(finished), qPrintable(finished.err));
        QVERIFY2(finished.err.contains(QStringLiteral("Read-only")), qPrintable(finished.err));
    }

    void requests() {
        if (!haveImage()) QSKIP("there is no guest image: \"make image\" builds it");
        ControlPlane plane;
        QVERIFY2(plane.start(), qPrintable(plane.log()));

        const auto second = startBadly({QStringLiteral("--data"), plane.dataDir()});
        QCOMPARE(second.status, 1);
        QVERIFY2(isOneSentence(second), qPrintable(second.err));
        QVERIFY(second.err.contains(QStringLiteral("held by dogwatchd pid %1 since ").arg(plane.pid())));

        const QString code = plane.file(QStringLiteral("f.sh"), "echo '{}'\n");
        const QString large = plane.file(QStringLiteral("large.sh"), QByteArray((50 << 20) + 1, '#'));
        const QString broken = plane.file(QStringLiteral("broken.json"), "{\"metaevent\": ");
        const QString malformed = plane.file(QStringLiteral("malformed.json"),
                                             R"({"metaevent": "m", "when": {"absent": "f", "for": "0s"}})");
        QCOMPARE(plane.ctl(words("functions add f --runtime sh --code") << code).status, 0);
        const struct {
            QStringList arguments;
            const char* says;
        } refused[] = {
            {words("functions add f --runtime sh --code") << code, "f"},
            {words("functions add g --runtime cobol --code") << code, "runtime"},
            {words("functions add g --runtime sh --code") << large, "50 MiB"},
            {words("invoke f --payload {"), "JSON"},
            {words("invoke nobody"), "nobody"},
            {words("metaevents apply") << broken, "JSON"},
            {words("metaevents apply") << malformed, "when.for"},
            {words("executions show nothing"), "nothing"},
        };
        for (const auto& each : refused) {
            const auto finished = plane.ctl(each.arguments);
            const QString what = each.arguments.join(QLatin1Char(' ')) + QStringLiteral(": ") + finished.err;
            QVERIFY2(finished.status == 1 || finished.status == 2, qPrintable(what));
            QVERIFY2(isOneSentence(finished), qPrintable(what));
            QVERIFY2(finished.err.contains(QString::fromUtf8(each.says)), qPrintable(what));
        }
        QCOMPARE(plane.ctlJson(words("functions list")).jsonLines().size(), std::size_t{1});
        QCOMPARE(plane.ctlJson(words("metaevents list")).jsonLines().size(), std::size_t{0});

        garbageAtTheDoor(plane);
        QCOMPARE(plane.stop(), 0);
    }

 private:
    static void garbageAtTheDoor(ControlPlane& plane) {
        QLocalSocket half;
        half.connectToServer(plane.socket());
        QVERIFY(half.waitForConnected());
        half.write("{\"jsonrpc\":\"2.0\",\"id\":1,\"meth");
        half.flush();

        QLocalSocket garbage;
        garbage.connectToServer(plane.socket());
        QVERIFY(garbage.waitForConnected());
        garbage.write(QByteArray(
            "\xff\x00\x01 no JSON\n{}\n[1,2]\n{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"no\"}\n", 60));
        QTRY_VERIFY_WITH_TIMEOUT(garbage.bytesAvailable() > 0, 5000);

        QLocalSocket endless;  // a line without an end is cut off
        endless.connectToServer(plane.socket());
        QVERIFY(endless.waitForConnected());
        const QByteArray megabyte(1 << 20, 'x');
        for (int i = 0; i < 80 && endless.state() == QLocalSocket::ConnectedState; ++i) {
            endless.write(megabyte);
            while (endless.bytesToWrite() > 0 && endless.waitForBytesWritten(5000)) continue;
        }
        QTRY_VERIFY_WITH_TIMEOUT(endless.state() != QLocalSocket::ConnectedState, 10'000);

        QCOMPARE(plane.ctl(words("functions list")).status, 0);
    }

    QTemporaryDir scratch_;
};

QTEST_GUILESS_MAIN(TestBadInput)
#include "tst_bad_input.moc"

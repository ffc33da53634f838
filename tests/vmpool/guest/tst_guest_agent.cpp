// The guest agent over its port: every message, the causes of failure that need no virtual machine, hostile
// hosts.
#include <QFile>
#include <QRegularExpression>

#include "tests/vmpool/guest/guest_process.h"

namespace {

QString text(const QCborMap& message, const char* key) {
    return message[QLatin1String(key)].toString();
}
qint64 number(const QCborMap& message, const char* key) {
    return message[QLatin1String(key)].toInteger(-1);
}
QByteArray bytes(const QCborMap& message, const char* key) {
    return message[QLatin1String(key)].toByteArray();
}
QCborMap type(const char* name) {
    return {{QStringLiteral("type"), QLatin1String(name)}};
}

const QByteArray kPython = R"(
import os, signal, subprocess, sys, time
calls = 0

class Odd(Exception):
    def __str__(self): return "odd \u00e4"

def handler(event, context):
    global calls
    calls += 1
    what = event.get("do") if isinstance(event, dict) else None
    if what == "raise": raise Odd()
    if what == "exit": sys.exit(3)
    if what == "die": os._exit(0)
    if what == "signal": os.kill(os.getpid(), signal.SIGSEGV)
    if what == "sleep": time.sleep(60)
    if what == "stop": os.kill(os.getpid(), signal.SIGSTOP)
    if what == "set": return {1, 2}
    if what == "nan": return float("nan")
    if what == "garbage": os.write(3, b"\xff\xff\xff\xffgarbage"); time.sleep(60)
    if what == "close": os.close(3); time.sleep(60)
    if what == "child":
        child = subprocess.Popen(["sleep", "1000"], start_new_session=True)
        return child.pid
    if what == "print":
        for i in range(event["lines"]): print("x" * 99)
        sys.stderr.write("end\n")
    if what == "big": return "r" * event["size"]
    if what == "emit":
        for i in range(event["times"]): context.emit("tick", {"i": i})
    if what == "pour":
        for i in range(500): context.emit("tick", "e" * 60000); print("p" * 60000)
    if what == "context":
        return [context.function_name, context.function_version, context.aws_request_id, context.memory_limit_in_mb,
                0 < context.get_remaining_time_in_millis() <= 20000, os.environ["DOGWATCH_FUNCTION"],
                os.environ["DOGWATCH_EXECUTION"], int(os.environ["DOGWATCH_DEADLINE"]) > 0, os.environ["COLOUR"]]
    if what == "length": return len(event["text"])
    return calls
)";

/// -1: there is no such process.
int residentKilobytes(qint64 process) {
    QFile status(QStringLiteral("/proc/%1/status").arg(process));
    if (!status.open(QIODevice::ReadOnly)) return -1;
    const QRegularExpression resident(QStringLiteral("VmRSS:\\s+(\\d+) kB"));
    const auto match = resident.match(QString::fromUtf8(status.readAll()));
    return match.hasMatch() ? match.captured(1).toInt() : -1;
}

}  // namespace

class GuestAgentTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void saysHelloFirst();
    void refusesWhatComesTooEarly();
    void keepsModuleStateBetweenExecutions();
    void givesContextAndEnvironment();
    void tellsWhyPythonFailed_data();
    void tellsWhyPythonFailed();
    void tellsWhyLoadingFailed_data();
    void tellsWhyLoadingFailed();
    void unpacksZip();
    void refusesBrokenZip();
    void runsShell();
    void killsChildrenLeftBehind();
    void boundsFloodOfOutput();
    void streamsOutputWhileRunning();
    void leavesOutTooLargeResult();
    void takesLargePayload();
    void emitsInOrderAndBounded();
    void makesCodeWaitForHostThatDoesNotRead();
    void cancels();
    void answersPingWhileRunning();
    void refusesSecondRun();
    void endsHostThatBreaksProtocol_data();
    void endsHostThatBreaksProtocol();
    void endsWithItsPort();
};

void GuestAgentTest::saysHelloFirst() {
    GuestProcess agent;
    const auto hello = agent.receive();
    QCOMPARE(GuestProcess::typeOf(hello), QStringLiteral("hello"));
    QCOMPARE(number(hello, "protocol"), 1);
    const auto runtimes = hello[QStringLiteral("runtimes")].toArray();
    QVERIFY(runtimes.contains(QStringLiteral("python3")));
    QVERIFY(runtimes.contains(QStringLiteral("sh")));
    QVERIFY(!agent.await("warm").isEmpty());
    agent.send(type("shutdown"));
    QVERIFY(agent.exits());
    QCOMPARE(agent.exitStatus(), 0);
}

void GuestAgentTest::refusesWhatComesTooEarly() {
    GuestProcess agent;
    agent.begin("1");
    auto refused = agent.await("refused");
    QCOMPARE(text(refused, "request"), QStringLiteral("run"));
    QCOMPARE(text(refused, "execution"), QStringLiteral("e1"));
    QCborMap load{{QStringLiteral("type"), QStringLiteral("load")},
                  {QStringLiteral("function"), QStringLiteral("f")},
                  {QStringLiteral("version"), 1},
                  {QStringLiteral("runtime"), QStringLiteral("sh")},
                  {QStringLiteral("code_bytes"), 4},
                  {QStringLiteral("zip"), false},
                  {QStringLiteral("memory_bytes"), 64 << 20}};
    agent.send(load);
    QCOMPARE(text(agent.await("refused"), "request"), QStringLiteral("load"));
    agent.configure();
    load[QStringLiteral("runtime")] = QStringLiteral("cobol");
    agent.send(load);
    QVERIFY(text(agent.await("refused"), "message").contains(QStringLiteral("cobol")));
    QCOMPARE(GuestProcess::typeOf(agent.load("sh", "echo 1")), QStringLiteral("loaded"));
    load[QStringLiteral("runtime")] = QStringLiteral("sh");
    agent.send(load);
    QCOMPARE(text(agent.await("refused"), "request"), QStringLiteral("load"));
    QCOMPARE(text(agent.run("null"), "result"), QStringLiteral("1"));
}

void GuestAgentTest::keepsModuleStateBetweenExecutions() {
    GuestProcess agent;
    agent.configure();
    QCOMPARE(GuestProcess::typeOf(agent.load("python3", kPython)), QStringLiteral("loaded"));
    for (int call = 1; call <= 3; ++call) {
        const auto result = agent.run("null");
        QCOMPARE(text(result, "status"), QStringLiteral("succeeded"));
        QCOMPARE(text(result, "result"), QString::number(call));
        QCOMPARE(number(result, "result_bytes"), 1);
        QCOMPARE(number(agent.passed.value(0), "init_us"), 0);
        QVERIFY(number(result, "memory_peak_bytes") > 1 << 20);
    }
}

void GuestAgentTest::givesContextAndEnvironment() {
    GuestProcess agent;
    agent.configure();
    const QCborMap env{{QStringLiteral("COLOUR"), QStringLiteral("blue=ä")}};
    agent.load("python3", kPython, {{QStringLiteral("env"), env}});
    QCOMPARE(text(agent.run(R"({"do":"context"})"), "result"),
             QStringLiteral(R"(["f","3","e1",128,true,"f","e1",true,"blue=ä"])"));
}

void GuestAgentTest::tellsWhyPythonFailed_data() {
    QTest::addColumn<QByteArray>("what");
    QTest::addColumn<QString>("cause");
    QTest::addColumn<QString>("message");
    QTest::addColumn<qint64>("exitCode");
    QTest::newRow("exception") << QByteArray("raise") << "exception"
                               << "odd ä" << qint64(-1);
    QTest::newRow("exit") << QByteArray("exit") << "exit"
                          << "exited with status 3" << qint64(3);
    QTest::newRow("exit 0 without a result") << QByteArray("die") << "exit"
                                             << "exited with status 0" << qint64(0);
    QTest::newRow("signal") << QByteArray("signal") << "exit"
                            << "SIGSEGV" << qint64(139);
    QTest::newRow("timeout") << QByteArray("sleep") << "timeout"
                             << "timed out after 1000 ms" << qint64(-1);
    QTest::newRow("stopped") << QByteArray("stop") << "timeout"
                             << "timed out" << qint64(-1);
    QTest::newRow("no JSON") << QByteArray("set") << "exception"
                             << "no JSON" << qint64(-1);
    QTest::newRow("not a number") << QByteArray("nan") << "exception"
                                  << "no JSON" << qint64(-1);
    QTest::newRow("garbage to the agent") << QByteArray("garbage") << "protocol"
                                          << "4294967295 bytes" << qint64(-1);
    QTest::newRow("closed channel") << QByteArray("close") << ""
                                    << "" << qint64(-1);
}

void GuestAgentTest::tellsWhyPythonFailed() {
    QFETCH(QByteArray, what);
    QFETCH(QString, cause);
    QFETCH(QString, message);
    QFETCH(qint64, exitCode);
    GuestProcess agent;
    agent.configure();
    agent.load("python3", kPython);
    const auto result =
        agent.run(R"({"do":")" + what + "\"}", cause == QLatin1String("timeout") ? 1'000'000 : 3'000'000);
    QCOMPARE(text(result, "status"), QStringLiteral("failed"));
    if (cause.isEmpty()) {
        QVERIFY(text(result, "cause") == QLatin1String("protocol"));
    } else {
        QCOMPARE(text(result, "cause"), cause);
    }
    QVERIFY2(text(result, "message").contains(message), qPrintable(text(result, "message")));
    QCOMPARE(number(result, "exit_code"), exitCode);
    QCOMPARE(text(result, "vm"), QStringLiteral("usable"));
    if (cause == QLatin1String("timeout")) QVERIFY(number(result, "duration_us") < 1'500'000);
    if (what == "raise") {
        QVERIFY(text(result, "traceback").contains(QStringLiteral("main.py")));
        QVERIFY(!text(result, "traceback").contains(QStringLiteral("runner.py")));
    }
    // An exception keeps the process, everything else gets a fresh one.
    QCOMPARE(text(agent.run("null"), "result"),
             cause == QLatin1String("exception") ? QStringLiteral("2") : QStringLiteral("1"));
}

void GuestAgentTest::tellsWhyLoadingFailed_data() {
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("handler");
    QTest::addColumn<QString>("cause");
    QTest::addColumn<QString>("message");
    QTest::newRow("syntax") << QByteArray("def handler(:") << "main.handler"
                            << "exception"
                            << "SyntaxError";
    QTest::newRow("import") << QByteArray("import nothing_like_it") << "main.handler"
                            << "exception"
                            << "nothing_like_it";
    QTest::newRow("no function") << QByteArray("x = 1") << "main.handler"
                                 << "exception"
                                 << "'handler'";
    QTest::newRow("exits") << QByteArray("import sys; sys.exit(4)") << "main.handler"
                           << "exit"
                           << "status 4";
    QTest::newRow("too long") << QByteArray("import time; time.sleep(60)") << "main.handler"
                              << "timeout"
                              << "loading";
    QTest::newRow("handler") << QByteArray("x = 1") << "../../etc/x.y"
                             << "exception"
                             << "MODULE.FUNCTION";
}

void GuestAgentTest::tellsWhyLoadingFailed() {
    QFETCH(QByteArray, code);
    QFETCH(QString, handler);
    QFETCH(QString, cause);
    QFETCH(QString, message);
    GuestProcess agent;
    agent.configure();
    agent.await("warm");
    const auto failed =
        agent.load("python3", code,
                   {{QStringLiteral("handler"), handler}, {QStringLiteral("init_timeout_us"), 2'000'000}});
    QCOMPARE(GuestProcess::typeOf(failed), QStringLiteral("load_failed"));
    QCOMPARE(text(failed, "cause"), cause);
    QVERIFY2(text(failed, "message").contains(message), qPrintable(text(failed, "message")));
    QCOMPARE(GuestProcess::typeOf(agent.load("python3", kPython)), QStringLiteral("loaded"));
    QCOMPARE(text(agent.run("null"), "result"), QStringLiteral("1"));
}

void GuestAgentTest::unpacksZip() {
    QTemporaryDir folder;
    QFile module(folder.filePath(QStringLiteral("app.py")));
    QVERIFY(module.open(QIODevice::WriteOnly));
    module.write("import json\ndef main(event, context): return json.load(open('data.json'))");
    module.close();
    QFile data(folder.filePath(QStringLiteral("data.json")));
    QVERIFY(data.open(QIODevice::WriteOnly));
    data.write("[7]");
    data.close();
    QProcess zip;
    zip.setWorkingDirectory(folder.path());
    zip.start(QStringLiteral("/usr/bin/python3"),
              {QStringLiteral("-m"), QStringLiteral("zipfile"), QStringLiteral("-c"),
               QStringLiteral("code.zip"), QStringLiteral("app.py"), QStringLiteral("data.json")});
    QVERIFY(zip.waitForFinished());
    QFile archive(folder.filePath(QStringLiteral("code.zip")));
    QVERIFY(archive.open(QIODevice::ReadOnly));
    GuestProcess agent;
    agent.configure();
    const auto loaded =
        agent.load("python3", archive.readAll(),
                   {{QStringLiteral("zip"), true}, {QStringLiteral("handler"), QStringLiteral("app.main")}});
    QVERIFY2(GuestProcess::typeOf(loaded) == QLatin1String("loaded"), qPrintable(text(loaded, "message")));
    QCOMPARE(text(agent.run("null"), "result"), QStringLiteral("[7]"));
}

void GuestAgentTest::refusesBrokenZip() {
    GuestProcess agent;
    agent.configure();
    const auto failed = agent.load("python3", QByteArray(3 << 20, 'z'), {{QStringLiteral("zip"), true}});
    QCOMPARE(GuestProcess::typeOf(failed), QStringLiteral("load_failed"));
    QVERIFY(text(failed, "message").contains(QStringLiteral("zip")));
}

void GuestAgentTest::runsShell() {
    GuestProcess agent;
    agent.configure();
    agent.load("sh", R"(
read payload
echo "got $payload"
echo oops >&2
case $payload in
    7) exit 7 ;;
    8) kill -9 $$ ;;
    9) echo "no JSON"; exit 0 ;;
    10) sleep 1000 & ;;
    11) i=0; while [ $i -lt 200000 ]; do i=$((i + 1)); done ;;
esac
echo '{"payload": '$payload'}'
)");
    auto result = agent.run("1");
    QCOMPARE(text(result, "result"), QStringLiteral(R"({"payload": 1})"));
    QVERIFY(bytes(result, "output").contains("oops"));
    result = agent.run("7");
    QCOMPARE(text(result, "cause"), QStringLiteral("exit"));
    QCOMPARE(number(result, "exit_code"), 7);
    result = agent.run("8");
    QCOMPARE(text(result, "message"), QStringLiteral("killed by signal 9 (SIGKILL)"));
    result = agent.run("9");
    QCOMPARE(text(result, "status"), QStringLiteral("succeeded"));
    QVERIFY(!result.contains(QStringLiteral("result")));
    QCOMPARE(number(result, "result_bytes"), 0);
    result = agent.run("10");  // what is left behind neither holds the end up nor lives on
    QCOMPARE(text(result, "result"), QStringLiteral(R"({"payload": 10})"));
    for (int call = 0; call < 2; ++call) {  // each call has CPU time of its own
        QVERIFY(number(agent.run("11"), "cpu_us") > 10'000);
    }
}

void GuestAgentTest::killsChildrenLeftBehind() {
    GuestProcess agent;
    agent.configure();
    agent.load("python3", kPython);
    const auto child = text(agent.run(R"({"do":"child"})"), "result").toInt();
    QVERIFY(child > 1);
    QFile stat(QStringLiteral("/proc/%1/stat").arg(child));
    QVERIFY(!stat.open(QIODevice::ReadOnly) ||
            stat.readAll().contains(") Z"));                           // dead, if not yet asked about
    QCOMPARE(text(agent.run("null"), "result"), QStringLiteral("2"));  // the runner itself was spared
}

void GuestAgentTest::boundsFloodOfOutput() {
    GuestProcess agent;
    agent.configure();
    agent.load("python3", kPython, {{QStringLiteral("stream_bytes"), 50'000}});
    const auto result = agent.run(R"({"do":"print","lines":20000})");
    QCOMPARE(number(result, "output_bytes"), 20000 * 100 + 4);
    QCOMPARE(bytes(result, "output").size(), 4096);
    QVERIFY(bytes(result, "output").contains("x\n"));
    qsizetype streamed = 0;
    for (const auto& message : agent.passed) {
        if (GuestProcess::typeOf(message) != QLatin1String("output")) continue;
        QVERIFY(bytes(message, "data").size() <= 16384);
        streamed += bytes(message, "data").size();
    }
    QCOMPARE(streamed, 50'000);
}

void GuestAgentTest::streamsOutputWhileRunning() {
    GuestProcess agent;
    agent.configure();
    agent.load("sh", "echo early; sleep 30; echo late");
    agent.begin("null");
    const auto output = agent.await("output", 5000);
    QCOMPARE(bytes(output, "data"), QByteArray("early\n"));
    QCOMPARE(text(output, "stream"), QStringLiteral("stdout"));
}

void GuestAgentTest::leavesOutTooLargeResult() {
    GuestProcess agent;
    agent.configure();
    agent.load("python3", kPython, {{QStringLiteral("result_bytes"), 1000}});
    auto result = agent.run(R"({"do":"big","size":998})");
    QCOMPARE(text(result, "result").size(), 1000);
    result = agent.run(R"({"do":"big","size":999})");
    QCOMPARE(text(result, "status"), QStringLiteral("succeeded"));
    QVERIFY(!result.contains(QStringLiteral("result")));
    QCOMPARE(number(result, "result_bytes"), 1001);
}

void GuestAgentTest::takesLargePayload() {
    GuestProcess agent;
    agent.configure();
    agent.load("python3", kPython);
    const auto size = (6 << 20) - 100;
    QCOMPARE(text(agent.run(R"({"do":"length","text":")" + QByteArray(size, 't') + "\"}"), "result"),
             QString::number(size));
}

void GuestAgentTest::emitsInOrderAndBounded() {
    GuestProcess agent;
    agent.configure();
    agent.load("python3", kPython);
    const auto emitted = [&] {
        QList<QString> data;
        for (const auto& message : agent.passed) {
            if (GuestProcess::typeOf(message) == QLatin1String("emitted")) data.append(text(message, "data"));
        }
        return data;
    };
    QCOMPARE(text(agent.run(R"({"do":"emit","times":3})"), "status"), QStringLiteral("succeeded"));
    QCOMPARE(emitted(), (QList<QString>{QStringLiteral(R"({"i":0})"), QStringLiteral(R"({"i":1})"),
                                        QStringLiteral(R"({"i":2})")}));
    const auto result = agent.run(R"({"do":"emit","times":1001})");
    QCOMPARE(text(result, "cause"), QStringLiteral("exception"));
    QCOMPARE(emitted().size(), 1000);
}

void GuestAgentTest::makesCodeWaitForHostThatDoesNotRead() {
    GuestProcess agent;
    agent.configure();
    agent.load("python3", kPython, {{QStringLiteral("stream_bytes"), 64 << 20}});
    const int before = residentKilobytes(agent.processId());
    agent.begin(R"({"do":"pour"})");
    QTest::qWait(1500);
    const int grown = residentKilobytes(agent.processId()) - before;
    QVERIFY2(before > 0 && grown < 20 * 1024, qPrintable(QStringLiteral("%1 kB").arg(grown)));
    const auto result = agent.await("result");
    QCOMPARE(text(result, "status"), QStringLiteral("succeeded"));
    qsizetype emitted = 0;
    qsizetype streamed = 0;
    for (const auto& message : agent.passed) {
        emitted += text(message, "data").size();
        streamed += bytes(message, "data").size();
    }
    QCOMPARE(emitted, 500 * 60'002);
    QCOMPARE(streamed, 500 * 60'001);
    QCOMPARE(text(agent.run("null"), "result"), QStringLiteral("2"));
}

void GuestAgentTest::cancels() {
    GuestProcess agent;
    agent.configure();
    agent.load("python3", kPython);
    agent.begin(R"({"do":"sleep"})");
    QVERIFY(!agent.await("started").isEmpty());
    agent.send({{QStringLiteral("type"), QStringLiteral("cancel")},
                {QStringLiteral("execution"), QStringLiteral("other")}});
    agent.send({{QStringLiteral("type"), QStringLiteral("cancel")},
                {QStringLiteral("execution"), QStringLiteral("e1")}});
    const auto result = agent.await("result", 5000);
    QCOMPARE(text(result, "cause"), QStringLiteral("exit"));
    QCOMPARE(text(result, "message"), QStringLiteral("cancelled"));
    QCOMPARE(text(agent.run("null"), "result"), QStringLiteral("1"));
}

void GuestAgentTest::answersPingWhileRunning() {
    GuestProcess agent;
    agent.configure();
    agent.load("python3", kPython);
    agent.begin(R"({"do":"sleep"})");
    agent.send({{QStringLiteral("type"), QStringLiteral("ping")}, {QStringLiteral("nonce"), 42}});
    QCOMPARE(number(agent.await("pong", 5000), "nonce"), 42);
}

void GuestAgentTest::refusesSecondRun() {
    GuestProcess agent;
    agent.configure();
    agent.load("python3", kPython);
    agent.begin(R"({"do":"sleep"})", 1'000'000, "first");
    agent.begin("null", 1'000'000, "second");
    QCOMPARE(text(agent.await("refused"), "execution"), QStringLiteral("second"));
    QCOMPARE(text(agent.await("result"), "execution"), QStringLiteral("first"));
}

void GuestAgentTest::endsHostThatBreaksProtocol_data() {
    QTest::addColumn<QByteArray>("sent");
    const auto framed = [](const QByteArray& body) {
        QByteArray length(4, '\0');
        qToLittleEndian(quint32(body.size()), length.data());
        return length + body;
    };
    const auto message = [&](const QCborMap& map) { return framed(map.toCborValue().toCbor()); };
    auto ping = type("ping");
    QTest::newRow("length 0") << QByteArray(4, '\0');
    QTest::newRow("length 8 MiB + 1") << QByteArray("\x01\x00\x80\x00", 4);
    QTest::newRow("no CBOR") << framed("hello");
    QTest::newRow("nested arrays") << framed(QByteArray(1 << 20, '\x81'));
    QTest::newRow("nested strings") << framed("\xa1\x64type" + QByteArray(1 << 20, '\x7f'));
    QTest::newRow("huge string") << framed(
        QByteArray("\xa1\x64type\x7b\x7f\xff\xff\xff\xff\xff\xff\xff", 14));
    QTest::newRow("huge map") << framed(QByteArray("\xbb\x00\xff\xff\xff\xff\xff\xff\xff", 9));
    QTest::newRow("unknown type") << message(type("reboot"));
    QTest::newRow("no type") << message({{QStringLiteral("nonce"), 1}});
    QTest::newRow("missing key") << message(ping);
    ping[QStringLiteral("nonce")] = QStringLiteral("1");
    QTest::newRow("ill-typed key") << message(ping);
    ping[QStringLiteral("nonce")] = -1;
    QTest::newRow("out of range") << message(ping);
    ping[QStringLiteral("nonce")] = 1;
    QTest::newRow("bytes after") << framed(ping.toCborValue().toCbor() + '\0');
    ping[QStringLiteral("more")] = 1;
    QTest::newRow("unknown key") << message(ping);
    QTest::newRow("bad environment") << message(
        {{QStringLiteral("type"), QStringLiteral("load")},
         {QStringLiteral("env"), QCborMap{{QStringLiteral("A=B"), QStringLiteral("")}}}});
}

void GuestAgentTest::endsHostThatBreaksProtocol() {
    QFETCH(QByteArray, sent);
    GuestProcess agent;
    agent.sendBytes(sent);
    const auto fault = agent.await("fault", 5000);
    QVERIFY2(!text(fault, "message").isEmpty(), "no fault was told");
    QVERIFY(agent.exits());
    QCOMPARE(agent.exitStatus(), 2);
}

void GuestAgentTest::endsWithItsPort() {
    GuestProcess agent;
    agent.configure();
    agent.load("python3", kPython);
    agent.begin(R"({"do":"sleep"})");
    agent.await("started");
    agent.sendBytes(QByteArray("\x10\x00\x00\x00half", 8));
    agent.hangUp();
    QVERIFY(agent.exits());
}

QTEST_GUILESS_MAIN(GuestAgentTest)
#include "tst_guest_agent.moc"

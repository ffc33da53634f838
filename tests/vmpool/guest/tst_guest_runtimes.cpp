// The runtimes over the agent's port, as plain processes on this machine: Lua, Node.js, and programs that
// speak the runtime API.
#include <QFile>
#include <QRegularExpression>

#include "tests/vmpool/guest/guest_process.h"
#include "tests/vmpool/guest/zip_file.h"

namespace {

QString text(const QCborMap& message, const char* key) {
    return message[QLatin1String(key)].toString();
}
qint64 number(const QCborMap& message, const char* key) {
    return message[QLatin1String(key)].toInteger(-1);
}

const QByteArray kLua = R"(
local json = require("json")
local calls = 0
local M = {}
local odd = setmetatable({}, { __tostring = function() return "odd" end })

function M.handler(event, context)
    calls = calls + 1
    local what = type(event) == "table" and event["do"]
    if what == "raise" then error("too odd") end
    if what == "raise table" then error({ message = "from a table" }) end
    if what == "raise odd" then error(odd) end
    if what == "nil" then return nil end
    if what == "function" then return M.handler end
    if what == "nan" then return 0 / 0 end
    if what == "bytes" then return "\xff" end
    if what == "cycle" then local t = {}; t.t = t; return t end
    if what == "gaps" then return { 1, nil, 3, [7] = 1 } end
    if what == "exit" then os.exit(3) end
    if what == "echo" then return event.value end
    if what == "types" then
        return { math.type(event.value[1]), math.type(event.value[2]), event.value[3] == json.null, event.missing == nil }
    end
    if what == "arrays" then return { empty = json.array(), none = {}, some = json.array({ 1 }), third = 1 / 3 } end
    if what == "context" then
        return { context.function_name, context.function_version, context.aws_request_id, context.memory_limit_in_mb,
            context.get_remaining_time_in_millis() > 0, os.getenv("DOGWATCH_FUNCTION"), os.getenv("DOGWATCH_EXECUTION"),
            tonumber(os.getenv("DOGWATCH_DEADLINE")) > 0, os.getenv("COLOUR") }
    end
    if what == "emit" then
        context.emit("dot", { i = 0 })
        context:emit("colon", { i = 1 })
        context:emit("bare")
    end
    if what == "bad emit" then context:emit("no name", {}) end
    if what == "large emit" then context:emit("tick", string.rep("x", 70000)) end
    if what == "many" then for i = 1, 1001 do context:emit("tick", i) end end
    if what == "c module" then require("posix") end
    if what == "print" then print("out"); io.stderr:write("err\n") end
    return calls
end

return M
)";

const QByteArray kNode = R"(
let calls = 0;
exports.handler = async (event, context) => {
    ++calls;
    const what = event?.do;
    if (what === 'raise') throw new TypeError('too odd');
    if (what === 'raise text') throw 'only text';
    if (what === 'reject') await Promise.reject(new Error('rejected'));
    if (what === 'later') { setTimeout(() => { throw new Error('thrown later'); }, 1); await new Promise(() => {}); }
    if (what === 'unhandled') { Promise.reject(new Error('nobody caught')); await new Promise((r) => setTimeout(r, 1000)); }
    if (what === 'never') await new Promise(() => {});
    if (what === 'wait') { await new Promise((r) => setTimeout(r, 20)); return 'waited'; }
    if (what === 'bigint') return 1n;
    if (what === 'cycle') { const o = {}; o.o = o; return o; }
    if (what === 'function') return () => 1;
    if (what === 'undefined') return undefined;
    if (what === 'exit') process.exit(3);
    if (what === 'abort') process.abort();
    if (what === 'spin') for (;;);
    if (what === 'echo') return event.value;
    if (what === 'random') return [Math.random.toString().includes('native'), Math.random() !== Math.random()];
    if (what === 'context') {
        return [context.functionName, context.functionVersion, context.awsRequestId, context.memoryLimitInMB,
            context.getRemainingTimeInMillis() > 0, context.function_name, process.env.DOGWATCH_FUNCTION,
            process.env.DOGWATCH_EXECUTION, Number(process.env.DOGWATCH_DEADLINE) > 0, process.env.COLOUR];
    }
    if (what === 'emit') { context.emit('one', { i: 0 }); await null; context.emit('two'); }
    if (what === 'bad emit') context.emit('no name', {});
    if (what === 'large emit') context.emit('tick', 'x'.repeat(70000));
    if (what === 'print') { console.log('out'); console.error('err'); }
    return calls;
};
exports.back = (event, context, callback) => { setTimeout(() => callback(event === 0 ? new Error('called back') : null, event), 1); };
exports.plain = (event) => event * 2;
)";

/// The row of a table of payloads: what the result, or the cause and the message, must be.
void addOutcomes() {
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("result");
    QTest::addColumn<QString>("cause");
    QTest::addColumn<QString>("message");
}
void succeeds(const char* payload, const char* result) {
    QTest::newRow(payload) << QByteArray(payload) << QString::fromUtf8(result) << QString() << QString();
}
void fails(const char* payload, const char* cause, const char* message) {
    QTest::newRow(payload) << QByteArray(payload) << QString() << QString::fromUtf8(cause)
                           << QString::fromUtf8(message);
}

const QCborMap kColour{{QStringLiteral("COLOUR"), QStringLiteral("blue")}};

}  // namespace

class GuestRuntimesTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void lua_data();
    void lua();
    void luaKeepsStateAndEmits();
    void luaFindsHandlers_data();
    void luaFindsHandlers();
    void node_data();
    void node();
    void nodeKeepsStateAndEmits();
    void nodeFindsHandlers_data();
    void nodeFindsHandlers();
    void nodeSeedsOpenSslAnew();
    void programs_data();
    void programs();
    void programsTellHowTheyFailToStart_data();
    void programsTellHowTheyFailToStart();
    void programsStartAgain();
    void takesZips();
    void rehearsalsLeaveNothing_data();
    void rehearsalsLeaveNothing();
    void rehearsalsGoTheWholeWay();

 private:
    void runs(GuestProcess& agent);
    void loads(GuestProcess& agent, const char* runtime, const QByteArray& code, const QCborMap& more = {});
    [[nodiscard]] static QByteArray bootstrap();
    QString tellsNoNode() const {
        return QFile::exists(QStringLiteral("/usr/bin/node"))
                   ? QString()
                   : QStringLiteral("there is no /usr/bin/node here");
    }
    std::unique_ptr<GuestProcess> shared_;  ///< for the rows of a table
    QByteArray sharedFor_;
};

void GuestRuntimesTest::loads(GuestProcess& agent, const char* runtime, const QByteArray& code,
                              const QCborMap& more) {
    agent.configure();
    auto with = more;
    with[QStringLiteral("env")] = kColour;
    const auto loaded = agent.load(runtime, code, with);
    QVERIFY2(GuestProcess::typeOf(loaded) == QLatin1String("loaded"), qPrintable(text(loaded, "message")));
}

void GuestRuntimesTest::runs(GuestProcess& agent) {
    QFETCH(QByteArray, payload);
    QFETCH(QString, result);
    QFETCH(QString, cause);
    QFETCH(QString, message);
    const auto outcome = agent.run(payload, cause == QLatin1String("timeout") ? 300'000 : 20'000'000);
    QVERIFY2(text(outcome, "cause") == cause,
             qPrintable(text(outcome, "cause") + u' ' + text(outcome, "message")));
    QCOMPARE(text(outcome, "result"), result);
    QVERIFY2(text(outcome, "message").contains(message), qPrintable(text(outcome, "message")));
    QCOMPARE(text(outcome, "vm"), QStringLiteral("usable"));
}

void GuestRuntimesTest::rehearsalsLeaveNothing_data() {
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("python3") << QByteArray(
        "calls = 0\n"
        "def handler(event, context):\n"
        "    global calls\n"
        "    calls += 1\n"
        "    return [event, calls, context.function_name]\n");
    QTest::newRow("lua") << QByteArray(
        "local calls = 0\n"
        "return { handler = function(event, context)\n"
        "    calls = calls + 1\n"
        "    return { event, calls, context.function_name }\n"
        "end }\n");
    QTest::newRow("sh") << QByteArray(
        "read -r event\n"
        "[ -e calls ] && echo '\"called before\"' && exit\n"
        "touch calls\n"
        "echo \"[$event,1,\\\"$DOGWATCH_FUNCTION\\\"]\"\n");
    QTest::newRow("node") << QByteArray(
        "let calls = 0;\n"
        "exports.handler = async (event, context) =>\n"
        "    [event, ++calls, context.function_name];\n");
}

void GuestRuntimesTest::rehearsalsLeaveNothing() {
    QFETCH(QByteArray, code);
    const QByteArray runtime = QTest::currentDataTag();
    if (runtime == "node" && !tellsNoNode().isEmpty()) QSKIP(qPrintable(tellsNoNode()));
    GuestProcess agent({QString::fromLatin1(runtime)});
    if (runtime != "sh") QVERIFY(!agent.await("warm").isEmpty());
    agent.send({{QStringLiteral("type"), QStringLiteral("rehearse")}});
    QVERIFY(!agent.await("refused").isEmpty());  // not before it is configured
    agent.configure();
    for (int i = 0; i < 2; ++i) {
        agent.send({{QStringLiteral("type"), QStringLiteral("rehearse")}});
        QVERIFY(!agent.await("rehearsed").isEmpty());
    }
    loads(agent, runtime.constData(), code);
    QCOMPARE(text(agent.run("7"), "result"), QStringLiteral("[7,1,\"f\"]"));
    agent.send({{QStringLiteral("type"), QStringLiteral("rehearse")}});
    QVERIFY(!agent.await("refused").isEmpty());  // it serves a function now
}

void GuestRuntimesTest::rehearsalsGoTheWholeWay() {
    GuestProcess agent({QStringLiteral("python3")});
    const QString mark = agent.folder() + QStringLiteral("/mark");
    QFile code(agent.folder() + QStringLiteral("/runtimes/python3/rehearsal.py"));
    QVERIFY(code.remove() && code.open(QIODevice::WriteOnly));
    code.write(
        "import time\n"
        "def handler(event, context):\n"
        "    print('unheard')\n"
        "    context.emit('unheard', event)\n"
        "    time.sleep(0.3)\n"
        "    open('" +
        mark.toUtf8() + "', 'w').write(context.function_name)\n");
    code.close();
    QVERIFY(!agent.await("warm").isEmpty());
    agent.configure();
    agent.send({{QStringLiteral("type"), QStringLiteral("rehearse")}});
    const auto refused =
        agent.load("python3", "def handler(e, c): return e\n");  // it would meet the stand-in
    QCOMPARE(text(refused, "message"), QStringLiteral("a rehearsal is under way"));
    QVERIFY(!agent.await("rehearsed").isEmpty());
    for (const auto& message : agent.passed)
        QCOMPARE(GuestProcess::typeOf(message), QLatin1String("refused"));
    QFile left(mark);
    QVERIFY(left.open(QIODevice::ReadOnly));
    QCOMPARE(left.readAll(), QByteArray("rehearsal"));
    loads(agent, "python3", "def handler(e, c): return e\n");
    QCOMPARE(text(agent.run("7"), "result"), QStringLiteral("7"));
}

void GuestRuntimesTest::lua_data() {
    addOutcomes();
    fails(R"({"do":"raise"})", "exception", "main.lua:10: too odd");
    fails(R"({"do":"raise table"})", "exception", "from a table");
    fails(R"({"do":"raise odd"})", "exception", "odd");
    succeeds(R"({"do":"nil"})", "null");
    fails(R"({"do":"function"})", "exception", "a function is no JSON value");
    fails(R"({"do":"nan"})", "exception", "not finite");
    fails(R"({"do":"bytes"})", "exception", "not UTF-8");
    fails(R"({"do":"cycle"})", "exception", "within itself");
    fails(R"({"do":"gaps"})", "exception", "no JSON");
    fails(R"({"do":"exit"})", "exit", "status 3");
    succeeds(R"({"do":"echo","value":[1,2.5,"ä\n\u0001\"",true,[],{},{"b":1,"a":[null]}]})",
             R"([1,2.5,"ä\u000a\u0001\"",true,[],{},{"a":[null],"b":1}])");
    succeeds(R"({"do":"echo","value":1700000000000000})", "1700000000000000");
    succeeds(R"({"do":"echo","value":18446744073709551615})", "18446744073709551616");
    succeeds(R"({"do":"types","value":[1,1.0,null]})", R"(["integer","float",true,true])");
    succeeds(R"({"do":"arrays"})", R"({"empty":[],"none":{},"some":[1],"third":0.3333333333333333})");
    succeeds(R"({"do":"context"})", R"(["f","3","e1",128,true,"f","e1",true,"blue"])");
    fails(R"({"do":"bad emit"})", "exception", "a record's name is");
    fails(R"({"do":"large emit"})", "exception", "not 70002");
    fails(R"({"do":"many"})", "exception", "1000 records at most");
    fails(R"({"do":"c module"})", "exception", "module 'posix' not found");
}

void GuestRuntimesTest::lua() {
    if (sharedFor_ != "lua") {
        shared_ = std::make_unique<GuestProcess>(QStringList{QStringLiteral("lua")});
        loads(*shared_, "lua", kLua);
        sharedFor_ = "lua";
    }
    runs(*shared_);
}

void GuestRuntimesTest::luaKeepsStateAndEmits() {
    GuestProcess agent({QStringLiteral("lua")});
    loads(agent, "lua", kLua);
    QCOMPARE(text(agent.run("null"), "result"), QStringLiteral("1"));
    const auto raised = agent.run(R"({"do":"raise"})");
    QVERIFY(text(raised, "traceback").contains(QStringLiteral("in function 'main.handler'")));
    QCOMPARE(text(agent.run(R"({"do":"emit"})"), "result"), QStringLiteral("3"));
    QStringList emitted;
    for (const auto& message : agent.passed) {
        if (GuestProcess::typeOf(message) == QLatin1String("emitted")) {
            emitted.append(text(message, "name") + u'=' + text(message, "data"));
        }
    }
    QCOMPARE(emitted, (QStringList{QStringLiteral("dot={\"i\":0}"), QStringLiteral("colon={\"i\":1}"),
                                   QStringLiteral("bare=null")}));
    QCOMPARE(agent.run(R"({"do":"print"})")[QStringLiteral("output")].toByteArray(),
             QByteArray("out\nerr\n"));
}

void GuestRuntimesTest::luaFindsHandlers_data() {
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("failure");  // empty: it answers 7
    QTest::newRow("table") << QByteArray("return { handler = function() return 7 end }") << "";
    QTest::newRow("function") << QByteArray("return function() return 7 end") << "";
    QTest::newRow("global") << QByteArray("function handler() return 7 end") << "";
    QTest::newRow("none") << QByteArray("return { other = 1 }") << "has no function \"handler\"";
    QTest::newRow("syntax") << QByteArray("return {") << "main.lua:1:";
    QTest::newRow("raises") << QByteArray("error('at once')") << "at once";
}

void GuestRuntimesTest::luaFindsHandlers() {
    QFETCH(QByteArray, code);
    QFETCH(QString, failure);
    GuestProcess agent({QStringLiteral("lua")});
    agent.configure();
    const auto answer = agent.load("lua", code);
    if (failure.isEmpty()) {
        QCOMPARE(text(agent.run("null"), "result"), QStringLiteral("7"));
    } else {
        QCOMPARE(text(answer, "cause"), QStringLiteral("exception"));
        QVERIFY2(text(answer, "message").contains(failure), qPrintable(text(answer, "message")));
    }
}

void GuestRuntimesTest::node_data() {
    addOutcomes();
    succeeds(R"({"do":"random"})", "[false,true]");
    fails(R"({"do":"raise"})", "exception", "TypeError: too odd");
    fails(R"({"do":"raise text"})", "exception", "'only text'");
    fails(R"({"do":"reject"})", "exception", "rejected");
    fails(R"({"do":"later"})", "exception", "thrown later");
    fails(R"({"do":"unhandled"})", "exception", "nobody caught");
    fails(R"({"do":"never"})", "exception", "waits for what cannot come");
    succeeds(R"({"do":"wait"})", R"("waited")");
    fails(R"({"do":"bigint"})", "exception", "no JSON");
    fails(R"({"do":"cycle"})", "exception", "no JSON");
    fails(R"({"do":"function"})", "exception", "no JSON");
    succeeds(R"({"do":"undefined"})", "null");
    fails(R"({"do":"exit"})", "exit", "status 3");
    fails(R"({"do":"abort"})", "exit", "SIGABRT");
    fails(R"({"do":"spin"})", "timeout", "timed out");
    succeeds(R"({"do":"echo","value":[1,2.5,"ä\n",null,{"b":1}]})", R"([1,2.5,"ä\n",null,{"b":1}])");
    succeeds(R"({"do":"context"})", R"(["f","3","e1",128,true,"f","f","e1",true,"blue"])");
    fails(R"({"do":"bad emit"})", "exception", "a record's name is");
    fails(R"({"do":"large emit"})", "exception", "not 70002");
}

void GuestRuntimesTest::node() {
    if (const auto why = tellsNoNode(); !why.isEmpty()) QSKIP(qPrintable(why));
    if (sharedFor_ != "node") {
        shared_ = std::make_unique<GuestProcess>(QStringList{QStringLiteral("node")});
        loads(*shared_, "node", kNode);
        sharedFor_ = "node";
    }
    runs(*shared_);
}

void GuestRuntimesTest::nodeKeepsStateAndEmits() {
    if (const auto why = tellsNoNode(); !why.isEmpty()) QSKIP(qPrintable(why));
    GuestProcess agent({QStringLiteral("node")});
    loads(agent, "node", kNode);
    QCOMPARE(text(agent.run("null"), "result"), QStringLiteral("1"));
    const auto raised = text(agent.run(R"({"do":"raise"})"), "traceback");
    QVERIFY2(raised.contains(QStringLiteral("main.js:6")) && !raised.contains(QStringLiteral("runner.js")),
             qPrintable(raised));
    QCOMPARE(text(agent.run(R"({"do":"emit"})"), "result"), QStringLiteral("3"));
    int emitted = 0;
    for (const auto& message : agent.passed)
        emitted += GuestProcess::typeOf(message) == QLatin1String("emitted") ? 1 : 0;
    QCOMPARE(emitted, 2);
    const auto printed = agent.run(R"({"do":"print"})")[QStringLiteral("output")].toByteArray();
    QVERIFY(printed.contains("out\n") && printed.contains("err\n"));
}

void GuestRuntimesTest::nodeFindsHandlers_data() {
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("handler");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("result");  // of the load, when it fails
    QTest::newRow("callback") << kNode << "main.back" << QByteArray("5") << "5";
    QTest::newRow("callback with an error")
        << kNode << "main.back" << QByteArray("0") << "Error: called back";
    QTest::newRow("not async") << kNode << "main.plain" << QByteArray("4") << "8";
    QTest::newRow("ES module") << QByteArray("export const handler = async (event) => event + 1;")
                               << "main.handler" << QByteArray("1") << "2";
    QTest::newRow("ES module that imports")
        << QByteArray("import os from 'os';\nexport default { handler: () => typeof os.EOL };")
        << "main.handler" << QByteArray("1") << "\"string\"";
    QTest::newRow("none") << QByteArray("exports.other = 1") << "main.handler" << QByteArray("1")
                          << "exports no function \"handler\"";
    QTest::newRow("syntax") << QByteArray("exports.handler = (") << "main.handler" << QByteArray("1")
                            << "SyntaxError";
    QTest::newRow("raises") << QByteArray("throw new Error('at once')") << "main.handler" << QByteArray("1")
                            << "at once";
}

void GuestRuntimesTest::nodeFindsHandlers() {
    if (const auto why = tellsNoNode(); !why.isEmpty()) QSKIP(qPrintable(why));
    QFETCH(QByteArray, code);
    QFETCH(QString, handler);
    QFETCH(QByteArray, payload);
    QFETCH(QString, result);
    GuestProcess agent({QStringLiteral("node")});
    agent.configure();
    auto answer = agent.load("node", code, {{QStringLiteral("handler"), handler}});
    if (GuestProcess::typeOf(answer) == QLatin1String("loaded")) answer = agent.run(payload);
    const auto told =
        answer.contains(QStringLiteral("result")) ? text(answer, "result") : text(answer, "message");
    QVERIFY2(told.contains(result), qPrintable(told));
}

void GuestRuntimesTest::nodeSeedsOpenSslAnew() {
    if (const auto why = tellsNoNode(); !why.isEmpty()) QSKIP(qPrintable(why));
    QProcess node;
    node.start(QStringLiteral("/usr/bin/node"),
               {QStringLiteral("-e"),
                QStringLiteral(
                    "const m={exports:{}};process.dlopen(m,process.argv[1]);console.log(m.exports.reseed())"),
                qEnvironmentVariable("DOGWATCH_BIN") + QStringLiteral("/dogwatch-reseed.node")});
    QVERIFY(node.waitForFinished());
    QCOMPARE(node.readAllStandardOutput(), QByteArray("true\n"));
}

QByteArray GuestRuntimesTest::bootstrap() {
    QFile program(QStringLiteral(DOGWATCH_BOOTSTRAP));
    return program.open(QIODevice::ReadOnly) ? program.readAll() : QByteArray();
}

void GuestRuntimesTest::programs_data() {
    addOutcomes();
    const auto raw = [](const char* name, const QByteArray& bytes, const char* status) {
        auto escaped = bytes;
        escaped.replace("\r", "\\r").replace("\n", "\\n").replace("\"", "\\\"");
        QTest::newRow(name) << QByteArray("\"raw:" + escaped + '"')
                            << QString::fromLatin1("\"HTTP/1.1 %1\"").arg(QLatin1String(status)) << QString()
                            << QString();
    };
    const QByteArray post = "POST /2018-06-01/runtime/invocation/";
    const QByteArray end = " HTTP/1.1\r\nConnection: close\r\n";
    succeeds("[1,\"ä\"]", R"({"calls":1,"payload":[1,"ä"]})");
    succeeds("7", R"({"calls":2,"payload":7})");
    succeeds(R"("chunked")", "[1,2]");
    succeeds(R"("expect")", R"("expected")");
    fails(R"("error")", "exception", "Odd.Error: too odd");
    fails(R"("bare error")", "exception", "Bare: went wrong");
    fails(R"("text")", "exception", "no JSON");
    succeeds(R"("big")", "");  // beyond what is kept of results
    fails(R"("huge")", "exception", "more than 6291456 bytes");
    fails(R"("endless")", "exception", "more than 6291456 bytes");
    raw("another id", post + "e0/response" + end + "Content-Length: 1\r\n\r\n1", "400 Bad Request");
    raw("no such resource", "GET /2018-06-01/secrets" + end + "\r\n", "404 Not Found");
    raw("no such outcome", post + "{id}/applause" + end + "Content-Length: 0\r\n\r\n", "404 Not Found");
    raw("wrong method", "DELETE /2018-06-01/runtime/invocation/next" + end + "\r\n",
        "405 Method Not Allowed");
    raw("no HTTP", "hello\r\n\r\n", "400 Bad Request");
    raw("HTTP/2", "GET /2018-06-01/runtime/invocation/next HTTP/2.0\r\n\r\n",
        "505 HTTP Version Not Supported");
    raw("two lengths",
        post + "{id}/response" + end + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "400 Bad Request");
    raw("odd length", post + "{id}/response" + end + "Content-Length: -1\r\n\r\n", "400 Bad Request");
    raw("odd chunk", post + "{id}/response" + end + "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        "400 Bad Request");
    raw("other encoding", post + "{id}/response" + end + "Transfer-Encoding: gzip\r\n\r\n",
        "501 Not Implemented");
    raw("large head", "GET /" + QByteArray(20'000, 'a') + end + "\r\n",
        "431 Request Header Fields Too Large");
    raw("init error while running",
        "POST /2018-06-01/runtime/init/error" + end + "Content-Length: 2\r\n\r\n{}", "202 Accepted");
    fails(R"("exit")", "exit", "bootstrap exited with status 3");
    fails(R"("abort")", "exit", "SIGABRT");
    fails(R"("sleep")", "timeout", "timed out");
    fails(R"("stop")", "timeout", "timed out");
    succeeds(R"("once")", R"({"calls":1,"payload":"once"})");
    succeeds("8", R"({"calls":1,"payload":8})");  // it had ended, so it began anew
}

void GuestRuntimesTest::programs() {
    if (sharedFor_ != "provided") {
        shared_ = std::make_unique<GuestProcess>(QStringList{QStringLiteral("provided")});
        loads(*shared_, "provided", bootstrap());
        sharedFor_ = "provided";
    }
    runs(*shared_);
}

void GuestRuntimesTest::programsTellHowTheyFailToStart_data() {
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("boot");
    QTest::addColumn<QString>("cause");
    QTest::addColumn<QString>("message");
    const auto zip = [](quint32 mode, const char* name) {
        return zipOf({{name, "#!/bin/sh\nexit 6\n", mode}});
    };
    QTest::newRow("ends") << bootstrap() << "exit"
                          << "exit"
                          << "bootstrap exited with status 5";
    QTest::newRow("says why") << bootstrap() << "error"
                              << "exception"
                              << "Init.Error: no configuration";
    QTest::newRow("never asks") << bootstrap() << "sleep"
                                << "timeout"
                                << "loading took longer";
    QTest::newRow("no program") << QByteArray("hello") << ""
                                << "exception"
                                << "Exec format error";
    QTest::newRow("not executable") << zip(0100644, "bootstrap") << ""
                                    << "exception"
                                    << "not executable";
    QTest::newRow("another name") << zip(0100755, "main") << ""
                                  << "exception"
                                  << "no file \"bootstrap\"";
    QTest::newRow("script that ends") << zip(0100755, "bootstrap") << ""
                                      << "exit"
                                      << "status 6";
}

void GuestRuntimesTest::programsTellHowTheyFailToStart() {
    QFETCH(QByteArray, code);
    QFETCH(QString, boot);
    QFETCH(QString, cause);
    QFETCH(QString, message);
    GuestProcess agent({QStringLiteral("provided")});
    agent.configure();
    const QCborMap env{{QStringLiteral("BOOT"), boot}};
    const auto failed = agent.load("provided", code,
                                   {{QStringLiteral("zip"), code.startsWith("PK")},
                                    {QStringLiteral("env"), env},
                                    {QStringLiteral("init_timeout_us"), 2'000'000}});
    QCOMPARE(GuestProcess::typeOf(failed), QStringLiteral("load_failed"));
    QVERIFY2(text(failed, "cause") == cause && text(failed, "message").contains(message),
             qPrintable(text(failed, "cause") + u' ' + text(failed, "message")));
    QCOMPARE(GuestProcess::typeOf(agent.load("provided", bootstrap())), QStringLiteral("loaded"));
}

void GuestRuntimesTest::programsStartAgain() {
    GuestProcess agent({QStringLiteral("provided")});
    loads(agent, "provided", bootstrap(), {{QStringLiteral("handler"), QStringLiteral("my.handler")}});
    const auto context = text(agent.run(R"("context")"), "result");
    const auto pattern = QStringLiteral(
        R"(^\["e1","\d{13}","arn:aws:lambda:us-east-1:000000000000:function:f",)"
        R"("Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0","my\.handler","f","3","128",".*/task","blue"\]$)");
    QVERIFY2(QRegularExpression(pattern).match(context).hasMatch(), qPrintable(context));
    QCOMPARE(text(agent.run(R"("print")"), "status"), QStringLiteral("succeeded"));
    QCOMPARE(text(agent.run(R"("exit")"), "cause"), QStringLiteral("exit"));
    QCOMPARE(text(agent.run("1"), "result"), QStringLiteral(R"({"calls":1,"payload":1})"));
    QVERIFY(number(agent.passed.value(0), "init_us") > 0);
    QCOMPARE(text(agent.run("2"), "result"), QStringLiteral(R"({"calls":2,"payload":2})"));
}

void GuestRuntimesTest::takesZips() {
    GuestProcess agent({QStringLiteral("lua")});
    agent.configure();
    const auto zip = zipOf(
        {{"app/main.lua", "local part = require('lib.part')\nreturn { go = function() return part() end }"},
         {"lib/part.lua", "return function() return 'part' end"}});
    const auto loaded = agent.load(
        "lua", zip,
        {{QStringLiteral("zip"), true}, {QStringLiteral("handler"), QStringLiteral("app/main.go")}});
    QVERIFY2(GuestProcess::typeOf(loaded) == QLatin1String("loaded"), qPrintable(text(loaded, "message")));
    QCOMPARE(text(agent.run("null"), "result"), QStringLiteral("\"part\""));
}

QTEST_GUILESS_MAIN(GuestRuntimesTest)
#include "tst_guest_runtimes.moc"

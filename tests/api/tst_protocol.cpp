// The wire form of the local API: what is written is read back, and garbage is refused with a reason.
#include <QTest>
#include <cstdlib>
#include <string>

#include "core/api/protocol.h"
#include "core/api/socket_path.h"

using namespace dogwatch;
using namespace dogwatch::api;

class TestProtocol : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void readsBackWhatItWrites();
    void cutsLinesHoweverTheyArrive();
    void boundsLines();
    void refusesBadRequests_data();
    void refusesBadRequests();
    void refusesBadMessages_data();
    void refusesBadMessages();
    void carriesErrors_data();
    void carriesErrors();
    void explainsUnknownMethods();
    void keepsSocketPathsShort();
};

void TestProtocol::readsBackWhatItWrites() {
    const auto line = requestLine(7, "invoke", {{"function", "héartbeat\n"}, {"payload", {{"n", 0.5}}}});
    QCOMPARE(line.find('\n'), line.size() - 1);  // one line, whatever is in it
    const auto request = decodeRequest(line);
    QVERIFY(request.has_value());
    QCOMPARE(request->method, std::string{"invoke"});
    QVERIFY(*request->id == json::value(7));
    QCOMPARE(std::string{stringMember(request->params, "function")}, std::string{"héartbeat\n"});

    const auto answer = decodeMessage(resultLine(7, {{"execution", "e1"}}));
    QVERIFY(answer.has_value());
    const auto& response = std::get<Response>(*answer);
    QCOMPARE(response.id, 7);
    QVERIFY(response.result.has_value());
    QCOMPARE(toJson(*response.result), std::string{R"({"execution":"e1"})"});

    const auto told =
        decodeMessage(notificationLine("records", {{"subscription", 3}, {"records", json::array{}}}));
    QVERIFY(told.has_value());
    QCOMPARE(std::get<Notification>(*told).subscription(), 3);
}

void TestProtocol::cutsLinesHoweverTheyArrive() {
    const std::string text = "one\n\ntwo three\nrest";
    for (std::size_t step = 1; step <= text.size(); ++step) {
        LineReader reader;
        std::vector<std::string> lines;
        for (std::size_t at = 0; at < text.size(); at += step) {
            reader.feed(std::string_view{text}.substr(at, step));
            for (;;) {
                auto line = reader.next();
                QVERIFY(line.has_value());
                if (!*line) break;
                lines.push_back(**line);
            }
        }
        QCOMPARE(lines, (std::vector<std::string>{"one", "", "two three"}));
    }
}

void TestProtocol::boundsLines() {
    LineReader reader(8);
    reader.feed("12345678\n");
    QCOMPARE(reader.next()->value(), std::string{"12345678"});
    reader.feed("123456789");  // no end yet, and already too long
    QVERIFY(!reader.next().has_value());

    LineReader another(8);
    another.feed("ok\n123456789\n");
    QCOMPARE(another.next()->value(), std::string{"ok"});
    QVERIFY(!another.next().has_value());
}

void TestProtocol::refusesBadRequests_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("path");
    QTest::newRow("nothing") << QByteArray("") << kParseError << "";
    QTest::newRow("no JSON") << QByteArray("GET / HTTP/1.1") << kParseError << "";
    QTest::newRow("bytes") << QByteArray("\xff\xfe\x00{", 4) << kParseError << "";
    QTest::newRow("a list") << QByteArray("[1]") << kInvalidRequest << "";
    QTest::newRow("no version") << QByteArray(R"({"id":1,"method":"hello"})") << kInvalidRequest << "jsonrpc";
    QTest::newRow("an old version") << QByteArray(R"({"jsonrpc":"1.0","id":1,"method":"hello"})")
                                    << kInvalidRequest << "jsonrpc";
    QTest::newRow("no method") << QByteArray(R"({"jsonrpc":"2.0","id":1})") << kInvalidRequest << "method";
    QTest::newRow("a number for a method")
        << QByteArray(R"({"jsonrpc":"2.0","id":1,"method":3})") << kInvalidRequest << "method";
    QTest::newRow("an object for an id")
        << QByteArray(R"({"jsonrpc":"2.0","id":{},"method":"hello"})") << kInvalidRequest << "id";
    QTest::newRow("parameters by position")
        << QByteArray(R"({"jsonrpc":"2.0","id":1,"method":"hello","params":[1]})") << kInvalidParams
        << "params";
    QTest::newRow("too deep") << QByteArray(200, '[') << kParseError << "";
}

void TestProtocol::refusesBadRequests() {
    QFETCH(QByteArray, line);
    QFETCH(int, code);
    QFETCH(QString, path);
    const auto request = decodeRequest(line.toStdString());
    QVERIFY(!request.has_value());
    QCOMPARE(request.error().code, code);
    QCOMPARE(QString::fromStdString(request.error().error.path), path);
    QVERIFY(!request.error().error.message.empty());
}

void TestProtocol::refusesBadMessages_data() {
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("nothing") << QByteArray("");
    QTest::newRow("no JSON") << QByteArray("ready");
    QTest::newRow("no version") << QByteArray(R"({"id":1,"result":{}})");
    QTest::newRow("no id") << QByteArray(R"({"jsonrpc":"2.0","result":{}})");
    QTest::newRow("a text for an id") << QByteArray(R"({"jsonrpc":"2.0","id":"x","result":{}})");
    QTest::newRow("neither result nor error") << QByteArray(R"({"jsonrpc":"2.0","id":1})");
    QTest::newRow("an error that is no object") << QByteArray(R"({"jsonrpc":"2.0","id":1,"error":"no"})");
    QTest::newRow("a notification without parameters")
        << QByteArray(R"({"jsonrpc":"2.0","method":"records"})");
}

void TestProtocol::refusesBadMessages() {
    QFETCH(QByteArray, line);
    const auto message = decodeMessage(line.toStdString());
    QVERIFY(!message.has_value());
    QVERIFY(!message.error().message.empty());
}

void TestProtocol::carriesErrors_data() {
    QTest::addColumn<int>("kind");
    for (const auto kind :
         {Error::Kind::Invalid, Error::Kind::NotFound, Error::Kind::Conflict, Error::Kind::Refused,
          Error::Kind::Unavailable, Error::Kind::Io, Error::Kind::Internal}) {
        QTest::newRow(kindName(kind)) << static_cast<int>(kind);
    }
}

void TestProtocol::carriesErrors() {
    QFETCH(int, kind);
    const Error error{static_cast<Error::Kind>(kind), "No such thing.", "0.when"};
    const auto message = decodeMessage(errorLine(9, error));
    QVERIFY(message.has_value());
    const auto& response = std::get<Response>(*message);
    QVERIFY(!response.result.has_value());
    QVERIFY(response.result.error() == error);
}

void TestProtocol::explainsUnknownMethods() {
    auto message =
        decodeMessage(errorLine(1, {Error::Kind::Invalid, "no such method", "method"}, kMethodNotFound));
    QVERIFY(message.has_value());
    const auto outcome = outcomeOf("pool.dance", std::get<Response>(std::move(*message)));
    QVERIFY(!outcome.has_value());
    QVERIFY(outcome.error().message.find("pool.dance") != std::string::npos);
    QVERIFY(outcome.error().message.find("older") != std::string::npos);
}

void TestProtocol::keepsSocketPathsShort() {
    qputenv("XDG_RUNTIME_DIR", "/run/user/7");
    QCOMPARE(socketPath("/srv/dogwatch/"), std::string{"/srv/dogwatch/dogwatchd.sock"});
    const std::string deep = "/" + std::string(120, 'd');
    const auto path = socketPath(deep);
    QVERIFY2(path.starts_with("/run/user/7/dogwatch-") && path.size() <= 100, path.c_str());
    QCOMPARE(socketPath(deep + "/"), path);   // the same directory
    QVERIFY(socketPath(deep + "e") != path);  // another one
    qunsetenv("XDG_RUNTIME_DIR");
    QVERIFY(socketPath(deep).starts_with("/tmp/dogwatch-"));
}

QTEST_GUILESS_MAIN(TestProtocol)
#include "tst_protocol.moc"

// The HTTP server over real sockets: what it serves, what it refuses, and that no peer harms another.
#include <QTcpSocket>
#include <QtTest>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "core/http/server.h"

using namespace dogwatch;
using namespace dogwatch::http;

namespace {

constexpr int kPatience = 20'000;

/// Answers with what came; "/wait" when the test says so; refuses "/no" by its head alone.
class Echo : public Service {
 public:
    std::variant<std::size_t, Response> admit(const Request& head) override {
        if (head.path() == "/no") return Response{403, {{"Content-Type", "text/plain"}}, "no\n"};
        return head.path() == "/large" ? std::size_t{4} << 20U : std::size_t{1000};
    }
    void serve(Request request, Respond respond) override {
        const auto make = [request] {
            return Response{200,
                            {{"Content-Type", "text/plain"}},
                            request.method + " " + request.target + " " + request.body};
        };
        if (request.path() != "/wait") return respond(make);
        const std::lock_guard lock(mutex_);
        waiting_.emplace_back([respond = std::move(respond), make] { respond(make); });
    }
    std::size_t waiting() {
        const std::lock_guard lock(mutex_);
        return waiting_.size();
    }
    void answerAll() {
        const std::lock_guard lock(mutex_);
        for (const auto& answer : waiting_) answer();
        waiting_.clear();
    }

 private:
    std::mutex mutex_;
    std::deque<std::function<void()>> waiting_;
};

class Peer {
 public:
    explicit Peer(const Server& server) {
        const QString url = QString::fromStdString(server.url());
        socket_.connectToHost(QStringLiteral("127.0.0.1"), url.section(QLatin1Char(':'), 2).toUShort());
        isConnected_ = socket_.waitForConnected(kPatience);
    }
    [[nodiscard]] bool isConnected() const { return isConnected_; }
    void send(const QByteArray& bytes) {
        socket_.write(bytes);
        while (socket_.bytesToWrite() > 0 && socket_.waitForBytesWritten(kPatience)) continue;
    }
    /// Reads until this stands in what came, or the connection ends.
    QByteArray until(const QByteArray& text) {
        while (!read_.contains(text)) {
            if (!socket_.waitForReadyRead(kPatience)) break;
            read_ += socket_.readAll();
        }
        return std::exchange(read_, {});
    }
    /// All that comes until the server closes; false when it does not.
    bool closes(QByteArray* all = nullptr) {
        while (socket_.state() != QAbstractSocket::UnconnectedState) {
            if (!socket_.waitForReadyRead(kPatience)) break;
            read_ += socket_.readAll();
        }
        read_ += socket_.readAll();
        if (all != nullptr) *all = read_;
        return socket_.state() == QAbstractSocket::UnconnectedState;
    }
    QByteArray get(const QByteArray& target) {
        send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
        return until("GET " + target + " ");
    }

 private:
    QTcpSocket socket_;
    QByteArray read_;
    bool isConnected_ = false;
};

std::unique_ptr<Server> listen(Service& service, const ServerLimits& limits = {}) {
    auto server = Server::listen({"127.0.0.1", 0}, service, limits);
    if (server) return std::move(*server);
    qWarning("%s", server.error().text().c_str());
    return nullptr;
}

}  // namespace

class TestHttpServer : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void addresses() {
        QCOMPARE(parseAddress("127.0.0.1:9000")->host, std::string("127.0.0.1"));
        QCOMPARE(parseAddress("[::1]:9000")->host, std::string("::1"));
        QCOMPARE(parseAddress("localhost:0")->port, std::uint16_t{0});
        for (const char* text :
             {"", "9000", ":9000", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:9x", "::1:9000",
              "example.org:80", "[127.0.0.1]:1", "300.1.1.1:1"}) {
            QVERIFY2(!parseAddress(text), text);
        }
    }

    void aConnectionIsKept() {
        Echo echo;
        const auto server = listen(echo);
        Peer peer(*server);
        QVERIFY(peer.get("/a%20b?c=d").startsWith("HTTP/1.1 200 OK\r\n"));
        peer.send("POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
        QVERIFY(peer.until("POST /p hello").startsWith("HTTP/1.1 200 OK\r\n"));
        peer.send(
            "POST /c HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
            "chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n");
        QVERIFY(peer.until("POST /c hello").startsWith("HTTP/1.1 200 OK\r\n"));
        peer.send("GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        QVERIFY(peer.closes());
    }

    void aLargeBodyIsFineWhereItMayBe() {
        Echo echo;
        const auto server = listen(echo);
        Peer peer(*server);
        const QByteArray body = QByteArray(3 << 20, 'x') + "end";
        peer.send("POST /large HTTP/1.1\r\nHost: a\r\nContent-Length: " + QByteArray::number(body.size()) +
                  "\r\n\r\n" + body);
        QVERIFY(peer.until("xend").startsWith("HTTP/1.1 200 "));
        peer.send("POST /large HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n300003\r\n" + body +
                  "\r\n0\r\n\r\n");
        QVERIFY(peer.until("xend").startsWith("HTTP/1.1 200 "));
    }

    void requestsInOneGoAreAnsweredInOrder() {
        Echo echo;
        const auto server = listen(echo);
        Peer peer(*server);
        QByteArray all;
        for (int i = 0; i < 500; ++i)
            all += "GET /" + QByteArray::number(i) + "- HTTP/1.1\r\nHost: a\r\n\r\n";
        peer.send(all);
        const QByteArray answers = peer.until("GET /499- ");
        qsizetype at = 0;
        for (int i = 0; i < 500; ++i) {
            at = answers.indexOf("GET /" + QByteArray::number(i) + "- ", at);
            QVERIFY2(at >= 0, qPrintable(QString::number(i)));
        }
    }

    void aClientMayAskBeforeItSendsABody() {
        Echo echo;
        const auto server = listen(echo);
        Peer peer(*server);
        peer.send("POST /p HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        QVERIFY(peer.until("\r\n\r\n").startsWith("HTTP/1.1 100 "));
        peer.send("ok");
        QVERIFY(peer.until("POST /p ok").startsWith("HTTP/1.1 200 "));
        peer.send("POST /no HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
        QByteArray all;
        QVERIFY(peer.closes(&all));
        QVERIFY(all.startsWith("HTTP/1.1 403 "));
    }

    void whatIsTooMuchIsRefused_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("status");
        QTest::newRow("long body") << QByteArray(
                                          "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n") +
                                          QByteArray(1001, 'x')
                                   << QByteArray("413");
        QTest::newRow("long body, chunked")
            << QByteArray("POST /p HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n7d1\r\n") +
                   QByteArray(2001, 'x') + "\r\n0\r\n\r\n"
            << QByteArray("413");
        QTest::newRow("endless head")
            << QByteArray("GET / HTTP/1.1\r\nHost: ") + QByteArray(100'000, 'x') << QByteArray("431");
        QTest::newRow("no HTTP") << QByteArray("\x16\x03\x01\x02\x00 hello \xff\xfe\r\n\r\n", 18)
                                 << QByteArray("400");
        QTest::newRow("two lengths")
            << QByteArray("POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx")
            << QByteArray("400");
        QTest::newRow("length and chunks") << QByteArray(
                                                  "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: "
                                                  "1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
                                           << QByteArray("400");
        QTest::newRow("refused by its head")
            << QByteArray("POST /no HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n") +
                   QByteArray(900, 'x')
            << QByteArray("403");
    }

    void whatIsTooMuchIsRefused() {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, status);
        Echo echo;
        const auto server = listen(echo);
        Peer peer(*server);
        peer.send(bytes);
        QByteArray all;
        QVERIFY(peer.closes(&all));
        QVERIFY2(all.startsWith("HTTP/1.1 " + status + ' '), all.left(100));
        QVERIFY(Peer(*server).get("/after").startsWith("HTTP/1.1 200 "));
    }

    void aSlowHeadOrBodyEndsTheConnection() {
        Echo echo;
        ServerLimits limits;
        limits.headTime = limits.bodyTime = limits.idleTime = std::chrono::seconds{1};
        const auto server = listen(echo, limits);
        Peer silent(*server);
        Peer head(*server);
        Peer body(*server);
        head.send("GET / HTTP/1.1\r\nHo");
        body.send("POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe");
        QVERIFY(silent.closes());
        QVERIFY(head.closes());
        QVERIFY(body.closes());
    }

    void idleConnectionsAndGarbageHarmNobody() {
        Echo echo;
        const auto server = listen(echo);
        std::vector<std::unique_ptr<Peer>> idle;
        for (int i = 0; i < 200; ++i) {
            idle.push_back(std::make_unique<Peer>(*server));
            QVERIFY(idle.back()->isConnected());
            if (i % 2 == 0) idle.back()->send("GET / HT");
        }
        for (int i = 0; i < 50; ++i) {
            Peer garbage(*server);
            garbage.send(QByteArray(1000, static_cast<char>(i + 128)) + "\r\n\r\n");
            QVERIFY(Peer(*server).get("/x").startsWith("HTTP/1.1 200 "));
        }
        idle[0]->send("TP/1.1\r\nHost: a\r\n\r\n");
        QVERIFY(idle[0]->until("GET / ").startsWith("HTTP/1.1 200 "));
        QVERIFY(idle[1]->get("/late").startsWith("HTTP/1.1 200 "));
    }

    void beyondTheLimitConnectionsAreToldSo() {
        Echo echo;
        ServerLimits limits;
        limits.connections = 3;
        const auto server = listen(echo, limits);
        std::vector<std::unique_ptr<Peer>> inside;
        for (int i = 0; i < 3; ++i) {
            inside.push_back(std::make_unique<Peer>(*server));
            QVERIFY(inside.back()->get("/in").startsWith("HTTP/1.1 200 "));
        }
        QByteArray all;
        QVERIFY(Peer(*server).closes(&all));
        QVERIFY2(all.startsWith("HTTP/1.1 503 "), all);
        inside.pop_back();
        bool entered = false;  // the next one to try may come before the last one has left
        QTRY_VERIFY_WITH_TIMEOUT((entered = entered || Peer(*server).get("/in").startsWith("HTTP/1.1 200 ")),
                                 kPatience);
    }

    void allBodiesTogetherHaveALimit() {
        Echo echo;
        ServerLimits limits;
        limits.bodiesInFlight = 1500;
        const auto server = listen(echo, limits);
        Peer first(*server);
        first.send("POST /wait HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n" + QByteArray(1000, 'x'));
        QTRY_COMPARE_WITH_TIMEOUT(echo.waiting(), std::size_t{1}, kPatience);
        Peer second(*server);
        second.send("POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n" + QByteArray(1000, 'x'));
        QByteArray all;
        QVERIFY(second.closes(&all));
        QVERIFY(all.startsWith("HTTP/1.1 503 "));
        echo.answerAll();
        QVERIFY(first.until("POST /wait x").startsWith("HTTP/1.1 200 "));
        Peer third(*server);
        third.send("POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n" + QByteArray(1000, 'x'));
        QVERIFY(third.until("POST /p x").startsWith("HTTP/1.1 200 "));
    }

    void drainingAnswersWhatIsUnderWay() {
        Echo echo;
        const auto server = listen(echo);
        Peer idle(*server);
        QVERIFY(idle.get("/a").startsWith("HTTP/1.1 200 "));
        Peer busy(*server);
        busy.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
        QTRY_COMPARE_WITH_TIMEOUT(echo.waiting(), std::size_t{1}, kPatience);
        server->drain();
        QVERIFY(idle.closes());
        echo.answerAll();
        QByteArray all;
        QVERIFY(busy.closes(&all));
        QVERIFY(all.startsWith("HTTP/1.1 200 "));
        QVERIFY(all.contains("Connection: close"));
        server->finish(std::chrono::milliseconds{kPatience});
        QVERIFY(!Peer(*server).isConnected());
    }

    void answersThatComeTooLateReachNobody() {
        Echo echo;
        auto server = listen(echo);
        Peer peer(*server);
        peer.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n");
        QTRY_COMPARE_WITH_TIMEOUT(echo.waiting(), std::size_t{1}, kPatience);
        server.reset();
        echo.answerAll();
        QVERIFY(peer.closes());
    }

    void aTakenPortIsToldWithTheMend() {
        Echo echo;
        const auto server = listen(echo);
        const QString url = QString::fromStdString(server->url());
        const auto second = Server::listen({"127.0.0.1", url.section(QLatin1Char(':'), 2).toUShort()}, echo);
        QVERIFY(!second.has_value());
        QVERIFY(second.error().kind == Error::Kind::Io);
        QVERIFY(second.error().message.find("choose another") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(TestHttpServer)
#include "tst_http_server.moc"

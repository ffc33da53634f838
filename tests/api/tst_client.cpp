// The clients against a scripted peer: calls, errors, lost connections, subscriptions that go on without a
// gap.
#include <sys/socket.h>

#include <unistd.h>
#include <QLocalServer>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <memory>
#include <thread>

#include "core/api/blocking_client.h"
#include "core/api/client.h"
#include "core/api/protocol.h"

using namespace dogwatch;
using namespace dogwatch::api;

namespace {

/// A control plane of which the test decides every word.
class Peer {
 public:
    explicit Peer(QString path) : path_(std::move(path)) { listen(); }

    void listen() {
        server_ = std::make_unique<QLocalServer>();
        QLocalServer::removeServer(path_);
        QVERIFY(server_->listen(path_));
    }
    void accept() {
        QTRY_VERIFY(server_->hasPendingConnections());
        socket_ = server_->nextPendingConnection();
        reader_ = LineReader{};
    }
    void drop() {
        socket_ = nullptr;
        server_.reset();
    }
    Request next() {
        for (int i = 0; i < 500; ++i) {
            auto line = reader_.next();
            if (line && *line) return decodeRequest(**line).value();
            QTest::qWait(10);
            const auto bytes = socket_->readAll();
            reader_.feed({bytes.constData(), static_cast<std::size_t>(bytes.size())});
        }
        return {};
    }
    void send(const std::string& bytes) {
        socket_->write(bytes.data(), static_cast<qint64>(bytes.size()));
        socket_->flush();
    }
    /// Takes the connection and answers `hello`.
    void greet(int protocol = kProtocolVersion) {
        accept();
        const auto hello = next();
        QCOMPARE(hello.method, std::string{"hello"});
        send(resultLine(*hello.id, {{"program", "dogwatchd"}, {"protocol", protocol}}));
    }
    /// Answers a request to subscribe, and returns its parameters.
    json::object subscribed(std::int64_t id, std::int64_t lastSeq) {
        const auto request = next();
        if (request.method != "subscribe") qWarning("not a subscribe but %s", request.method.c_str());
        send(resultLine(*request.id, {{"subscription", id}, {"last_seq", lastSeq}}));
        return request.params;
    }
    void records(std::int64_t subscription, std::initializer_list<int> seqs) {
        json::array records;
        for (const int seq : seqs) records.push_back({{"seq", seq}, {"event", "custom.x"}});
        send(notificationLine("records", {{"subscription", subscription}, {"records", records}}));
    }

 private:
    QString path_;
    std::unique_ptr<QLocalServer> server_;
    QLocalSocket* socket_ = nullptr;
    LineReader reader_;
};

}  // namespace

class TestClient : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void init();
    void cleanup() { folder_.reset(); }
    void answersCalls();
    void failsCallsWithoutAConnection();
    void failsCallsWhenTheConnectionGoes();
    void timesOut();
    void dropsRepliesOfGoneContexts();
    void refusesAnotherProtocol();
    void givesUpOnGarbage();
    void resubscribesFromTheLastRecord();
    void catchesUpWithWhatItMissed();
    void sendsMoreThanTheSocketTakes();
    void survivesItsDeletionInAReply();
    void blockingCallKeepsNotifications();
    void blockingCallTellsALostConnection();

 private:
    [[nodiscard]] std::string path() const { return (folder_->path() + QStringLiteral("/s")).toStdString(); }
    std::unique_ptr<QTemporaryDir> folder_;
};

void TestClient::init() {
    folder_ = std::make_unique<QTemporaryDir>();
}

void TestClient::answersCalls() {
    Peer peer(QString::fromStdString(path()));
    Client client;
    QSignalSpy connected(&client, &Client::connected);
    client.connectTo(path());
    peer.greet();
    QTRY_COMPARE(connected.count(), 1);
    QCOMPARE(std::string{stringMember(client.hello(), "program")}, std::string{"dogwatchd"});

    std::vector<std::string> answers;
    const auto note = [&](const Result<json::value>& answer) {
        answers.push_back(answer ? toJson(*answer) : answer.error().text());
    };
    client.call("gauges", {}, note);
    client.call("functions.show", {{"name", "x"}}, note);
    QVERIFY(answers.empty());  // never from within call()
    const auto first = peer.next();
    const auto second = peer.next();
    peer.send(errorLine(*second.id, {Error::Kind::NotFound, "There is no function x.", {}}));  // out of order
    peer.send(resultLine(*first.id, {{"queued", 0}}));
    QTRY_COMPARE(answers.size(), 2U);
    QCOMPARE(answers, (std::vector<std::string>{"There is no function x.", R"({"queued":0})"}));
}

void TestClient::failsCallsWithoutAConnection() {
    Client client;
    QSignalSpy lost(&client, &Client::disconnected);
    client.connectTo(path());
    QTRY_COMPARE(lost.count(), 1);
    QVERIFY(lost.first().first().toString().contains(QString::fromStdString(path())));
    std::optional<Error> error;
    client.call("hello", {}, [&](const Result<json::value>& answer) { error = answer.error(); });
    QTRY_VERIFY(error);
    QVERIFY(error->kind == Error::Kind::Unavailable);

    Peer peer(QString::fromStdString(path()));  // it comes up later: found without being asked
    QSignalSpy connected(&client, &Client::connected);
    peer.greet();
    QTRY_COMPARE(connected.count(), 1);
    QCOMPARE(lost.count(), 1);  // told once an outage, not once an attempt
}

void TestClient::failsCallsWhenTheConnectionGoes() {
    Peer peer(QString::fromStdString(path()));
    Client client;
    client.connectTo(path());
    peer.greet();
    QTRY_VERIFY(client.isConnected());
    std::optional<Error> error;
    client.call("invoke", {}, [&](const Result<json::value>& answer) { error = answer.error(); });
    QCOMPARE(peer.next().method, std::string{"invoke"});
    peer.drop();
    QTRY_VERIFY(error);
    QVERIFY(error->kind == Error::Kind::Unavailable);
    QVERIFY(!client.isConnected());
}

void TestClient::timesOut() {
    Peer peer(QString::fromStdString(path()));
    Client client;
    client.connectTo(path());
    peer.greet();
    QTRY_VERIFY(client.isConnected());
    int answers = 0;
    std::optional<Error> error;
    client.call(
        "status", {},
        [&](const Result<json::value>& answer) {
            ++answers;
            error = answer.error();
        },
        nullptr, std::chrono::milliseconds{50});
    const auto request = peer.next();
    QTRY_COMPARE(answers, 1);
    QVERIFY(error->message.find("status") != std::string::npos);
    peer.send(resultLine(*request.id, {}));  // late: nobody waits any more
    QTest::qWait(50);
    QCOMPARE(answers, 1);
    QVERIFY(client.isConnected());
}

void TestClient::dropsRepliesOfGoneContexts() {
    Peer peer(QString::fromStdString(path()));
    Client client;
    client.connectTo(path());
    peer.greet();
    QTRY_VERIFY(client.isConnected());
    auto context = std::make_unique<QObject>();
    bool toldGone = false;
    bool toldOther = false;
    client.call(
        "a", {}, [&](const auto&) { toldGone = true; }, context.get());
    client.call("b", {}, [&](const auto&) { toldOther = true; });
    context.reset();
    for (int i = 0; i < 2; ++i) peer.send(resultLine(*peer.next().id, {}));
    QTRY_VERIFY(toldOther);
    QVERIFY(!toldGone);
}

void TestClient::refusesAnotherProtocol() {
    Peer peer(QString::fromStdString(path()));
    Client client;
    QSignalSpy lost(&client, &Client::disconnected);
    QSignalSpy connected(&client, &Client::connected);
    client.connectTo(path());
    peer.greet(kProtocolVersion + 1);
    QTRY_COMPARE(lost.count(), 1);
    QVERIFY(lost.first().first().toString().contains(QStringLiteral("version 2")));
    QCOMPARE(connected.count(), 0);
}

void TestClient::givesUpOnGarbage() {
    Peer peer(QString::fromStdString(path()));
    Client client;
    QSignalSpy lost(&client, &Client::disconnected);
    client.connectTo(path());
    peer.greet();
    QTRY_VERIFY(client.isConnected());
    peer.send(std::string("\0\xff}{\n", 5));
    peer.send("this is no JSON\n");
    QTRY_COMPARE(lost.count(), 1);
    QVERIFY(lost.first().first().toString().contains(QStringLiteral("not understood")));
    peer.greet();  // and comes again
    QTRY_VERIFY(client.isConnected());
}

void TestClient::resubscribesFromTheLastRecord() {
    Peer peer(QString::fromStdString(path()));
    Client client;
    std::vector<int> seqs;
    connect(&client, &Client::notification, this, [&](int, const std::string&, const json::object& params) {
        for (const auto& record : params.at("records").as_array()) {
            seqs.push_back(static_cast<int>(record.at("seq").as_int64()));
        }
    });
    client.subscribe({{"records"}, {{"function", "backup"}}, std::nullopt});
    client.connectTo(path());
    peer.greet();
    auto params = peer.subscribed(4, 10);
    QVERIFY(!params.contains("after_seq"));
    QCOMPARE(std::string{stringMember(params, "function")}, std::string{"backup"});
    peer.records(4, {11, 12});
    QTRY_COMPARE(seqs.size(), 2U);

    peer.drop();
    QTRY_VERIFY(!client.isConnected());
    peer.listen();
    peer.greet();
    params = peer.subscribed(1, 20);
    QCOMPARE(intMember(params, "after_seq"), 12);
    peer.records(4, {99});  // of the old connection's subscription: not ours
    peer.records(1, {13});
    QTRY_COMPARE(seqs, (std::vector<int>{11, 12, 13}));
}

void TestClient::catchesUpWithWhatItMissed() {
    Peer peer(QString::fromStdString(path()));
    Client client;
    QStringList told;
    connect(&client, &Client::notification, this, [&](int, const std::string& method, const json::object&) {
        told << QString::fromStdString(method);
    });
    client.connectTo(path());
    peer.greet();
    QTRY_VERIFY(client.isConnected());
    client.subscribe({{"records"}, {}, 5});
    QCOMPARE(intMember(peer.subscribed(1, 9), "after_seq"), 5);
    peer.records(1, {6});
    peer.send(notificationLine("missed", {{"subscription", 1}, {"count", 100}, {"resume_after_seq", 6}}));
    peer.records(1, {107});  // would come twice: those after 6 are asked for anew
    QCOMPARE(peer.next().method, std::string{"unsubscribe"});
    QCOMPARE(intMember(peer.subscribed(2, 110), "after_seq"), 6);
    peer.records(2, {7});
    QTRY_COMPARE(
        told, (QStringList{QStringLiteral("records"), QStringLiteral("missed"), QStringLiteral("records")}));
}

void TestClient::sendsMoreThanTheSocketTakes() {
    Peer peer(QString::fromStdString(path()));
    Client client;
    client.connectTo(path());
    peer.greet();
    QTRY_VERIFY(client.isConnected());
    const std::string code(5U << 20U, 'x');
    client.call("functions.add", {{"code", code}}, [](const auto&) {});
    QCOMPARE(stringMember(peer.next().params, "code").size(), code.size());
}

void TestClient::survivesItsDeletionInAReply() {
    Peer peer(QString::fromStdString(path()));
    auto client = std::make_unique<Client>();
    client->connectTo(path());
    peer.greet();
    QTRY_VERIFY(client->isConnected());
    client->call("a", {}, [&](const auto&) { client.reset(); });
    client->call("b", {}, [](const auto&) { QFAIL("told after the end"); });
    const auto first = peer.next();
    const auto second = peer.next();
    peer.send(resultLine(*first.id, {}) + resultLine(*second.id, {}));
    QTRY_VERIFY(!client);
}

void TestClient::blockingCallKeepsNotifications() {
    std::array<int, 2> ends{};
    QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
    BlockingClient client(LocalSocket::adopt(ends[0]));
    const auto script = notificationLine("records", {{"subscription", 1}, {"records", json::array{}}}) +
                        resultLine(1, {{"ok", true}});
    QCOMPARE(::write(ends[1], script.data(), script.size()), static_cast<ssize_t>(script.size()));
    const auto answer = client.call("status", {});
    QVERIFY(answer.has_value());
    const auto told = client.next(std::chrono::seconds{1});
    QVERIFY(told.has_value() && told->has_value());
    QCOMPARE((*told)->method, std::string{"records"});
    const auto nothing = client.next(std::chrono::milliseconds{20});
    QVERIFY(nothing.has_value() && !nothing->has_value());
    ::close(ends[1]);
}

void TestClient::blockingCallTellsALostConnection() {
    std::array<int, 2> ends{};
    QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
    BlockingClient client(LocalSocket::adopt(ends[0]));
    std::thread peer([&] {
        char byte = 0;
        while (::read(ends[1], &byte, 1) == 1 && byte != '\n') {
        }
        ::close(ends[1]);
    });
    const auto answer = client.call("status", {});
    peer.join();
    QVERIFY(!answer.has_value());
    QVERIFY(answer.error().kind == Error::Kind::Unavailable);
}

QTEST_GUILESS_MAIN(TestClient)
#include "tst_client.moc"

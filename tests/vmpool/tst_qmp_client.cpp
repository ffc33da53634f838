// QmpClient against a scripted peer over a socket pair.
#include <fcntl.h>
#include <sys/socket.h>

#include <QSignalSpy>
#include <QTest>
#include <array>
#include <cstring>
#include <optional>

#include "vmpool/qmp_client.h"

using namespace dogwatch;
using namespace dogwatch::vmpool;
using namespace std::chrono_literals;

namespace {

/// QEMU's side, played by the test: blocking, line by line.
class Peer {
 public:
    explicit Peer(UniqueFd fd) : fd_(std::move(fd)) { ::fcntl(fd_.get(), F_SETFL, O_NONBLOCK); }

    void say(std::string_view text) const {
        QVERIFY(::send(fd_.get(), text.data(), text.size(), MSG_NOSIGNAL) >= 0);
    }
    void greet() const {
        say(R"({"QMP": {"version": {"qemu": {"micro": 22, "minor": 2, "major": 7}}, "capabilities": ["oob"]}})"
            "\r\n");
    }
    void hangUp() { fd_.reset(); }
    void setSmallBuffer() const {
        const int bytes = 4096;
        ::setsockopt(fd_.get(), SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
    }

    /// The next command, waiting for it on the event loop; a descriptor that came along is kept.
    json::object hear() {
        for (int i = 0; i < 500; ++i) {
            if (const auto end = heard_.find('\n'); end != std::string::npos) {
                const auto value = parseJson(heard_.substr(0, end));
                heard_.erase(0, end + 1);
                return value && value->is_object() ? value->get_object() : json::object{};
            }
            QTest::qWait(1);
            readSome();
        }
        return {};
    }
    void answer(const json::object& command, std::string_view value = "{}") const {
        say(R"({"return": )" + std::string(value) + R"(, "id": )" + std::to_string(intMember(command, "id")) +
            "}\r\n");
    }
    UniqueFd received;

 private:
    void readSome() {
        std::array<char, 4096> buffer{};
        iovec part{buffer.data(), buffer.size()};
        alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
        msghdr message{};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        const ssize_t count = ::recvmsg(fd_.get(), &message, MSG_CMSG_CLOEXEC);
        if (count > 0) heard_.append(buffer.data(), static_cast<std::size_t>(count));
        if (const cmsghdr* header = CMSG_FIRSTHDR(&message); count > 0 && header != nullptr) {
            int fd = -1;
            std::memcpy(&fd, CMSG_DATA(header), sizeof fd);
            received = UniqueFd{fd};
        }
    }

    UniqueFd fd_;
    std::string heard_;
};

struct Setup {
    SocketPair pair = makeSocketPair().value();
    QmpClient client{std::move(pair.ours)};
    Peer peer{std::move(pair.theirs)};

    void negotiate() {
        QSignalSpy ready(&client, &QmpClient::ready);
        peer.greet();
        peer.answer(peer.hear());
        QTRY_COMPARE(ready.count(), 1);
    }
};

}  // namespace

class TestQmpClient : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void negotiates();
    void keepsCommandsUntilNegotiated();
    void answersByIdInAnyOrder();
    void tellsQemusOwnRefusal();
    void givesUpAfterTheTimeout();
    void ignoresLateAnswers();
    void reportsEvents();
    void takesMessagesInPieces();
    void passesDescriptors();
    void sendsMoreThanTheSocketHolds();
    void answersEverythingWhenQemuDies();
    void refusesWhatIsNoQmp_data();
    void refusesWhatIsNoQmp();
};

void TestQmpClient::negotiates() {
    Setup s;
    QSignalSpy ready(&s.client, &QmpClient::ready);
    s.peer.greet();
    const auto command = s.peer.hear();
    QCOMPARE(stringMember(command, "execute"), "qmp_capabilities");
    QVERIFY(!s.client.isReady());
    s.peer.answer(command);
    QTRY_COMPARE(ready.count(), 1);
    QCOMPARE(s.client.qemuVersion(), "7.2.22");
}

void TestQmpClient::keepsCommandsUntilNegotiated() {
    Setup s;
    bool answered = false;
    s.client.execute("query-status", {}, [&](const auto& result) { answered = result.has_value(); });
    s.peer.greet();
    const auto first = s.peer.hear();
    QCOMPARE(stringMember(first, "execute"), "qmp_capabilities");
    s.peer.answer(first);
    const auto second = s.peer.hear();
    QCOMPARE(stringMember(second, "execute"), "query-status");
    s.peer.answer(second);
    QTRY_VERIFY(answered);
}

void TestQmpClient::answersByIdInAnyOrder() {
    Setup s;
    s.negotiate();
    std::vector<std::string> answers;
    const auto note = [&](const Result<json::value>& result) { answers.push_back(toJson(result.value())); };
    s.client.execute("stop", {}, note);
    s.client.execute("cont", {{"why", "test"}}, note);
    const auto stop = s.peer.hear();
    const auto cont = s.peer.hear();
    QCOMPARE(toJson(cont.at("arguments")), R"({"why":"test"})");
    s.peer.answer(cont, R"("second")");
    s.peer.answer(stop, R"("first")");
    QTRY_COMPARE(answers.size(), 2U);
    QCOMPARE(answers[0], R"("second")");
    QCOMPARE(answers[1], R"("first")");
}

void TestQmpClient::tellsQemusOwnRefusal() {
    Setup s;
    s.negotiate();
    std::optional<Error> error;
    s.client.execute("migrate", {}, [&](const auto& result) { error = result.error(); });
    const auto command = s.peer.hear();
    s.peer.say(R"({"error": {"class": "GenericError", "desc": "no such channel"}, "id": )" +
               std::to_string(intMember(command, "id")) + "}\r\n");
    QTRY_VERIFY(error.has_value());
    QCOMPARE(error->kind, Error::Kind::Refused);
    QCOMPARE(error->text(), "QEMU refused migrate: no such channel");
}

void TestQmpClient::givesUpAfterTheTimeout() {
    Setup s;
    s.negotiate();
    std::vector<Error> errors;
    bool quickAnswered = false;
    s.client.execute(
        "slow", {}, [&](const auto& result) { errors.push_back(result.error()); }, 20ms);
    s.client.execute(
        "quick", {}, [&](const auto& result) { quickAnswered = result.has_value(); }, 60s);
    (void)s.peer.hear();
    const auto quick = s.peer.hear();
    QTRY_COMPARE(errors.size(), 1U);
    QCOMPARE(errors[0].kind, Error::Kind::Unavailable);
    QVERIFY(errors[0].text().find("slow") != std::string::npos);
    s.peer.answer(quick);  // the other one is unharmed
    QTRY_VERIFY(quickAnswered);
}

void TestQmpClient::ignoresLateAnswers() {
    Setup s;
    s.negotiate();
    int calls = 0;
    s.client.execute(
        "slow", {}, [&](const auto&) { ++calls; }, 10ms);
    const auto slow = s.peer.hear();
    QTRY_COMPARE(calls, 1);
    s.peer.answer(slow);
    QTest::qWait(20);
    QCOMPARE(calls, 1);
    QVERIFY(s.client.isReady());
}

void TestQmpClient::reportsEvents() {
    Setup s;
    s.negotiate();
    std::string seen;
    connect(&s.client, &QmpClient::eventCame, this, [&](const std::string& name, const json::object& data) {
        seen += name + ' ' + toJson(data) + ';';
    });
    s.peer.say(R"({"event": "SHUTDOWN", "data": {"guest": true, "reason": "guest-reset"}})"
               "\n"
               R"({"event": "STOP", "timestamp": {"seconds": 1}})"
               "\n");
    QTRY_COMPARE(seen, std::string(R"(SHUTDOWN {"guest":true,"reason":"guest-reset"};STOP {};)"));
}

void TestQmpClient::takesMessagesInPieces() {
    Setup s;
    s.negotiate();
    QSignalSpy events(&s.client, &QmpClient::eventCame);
    for (const char c : std::string_view(R"({"event": "RESUME"})"
                                         "\r\n")) {
        s.peer.say(std::string_view(&c, 1));
        QTest::qWait(0);
    }
    QTRY_COMPARE(events.count(), 1);
}

void TestQmpClient::passesDescriptors() {
    Setup s;
    s.negotiate();
    std::array<int, 2> pipe{};
    QCOMPARE(::pipe(pipe.data()), 0);
    UniqueFd readEnd{pipe[0]};
    s.client.execute("getfd", {{"fdname", "m"}}, {}, 5s, UniqueFd{pipe[1]});
    QCOMPARE(stringMember(s.peer.hear(), "execute"), "getfd");
    QVERIFY(s.peer.received.valid());
    QCOMPARE(::write(s.peer.received.get(), "x", 1), 1);
    char c = 0;
    QCOMPARE(::read(readEnd.get(), &c, 1), 1);
    s.peer.received.reset();
    QCOMPARE(::read(readEnd.get(), &c, 1), 0);  // ours was closed once it was sent
}

void TestQmpClient::sendsMoreThanTheSocketHolds() {
    Setup s;
    s.peer.setSmallBuffer();
    s.negotiate();
    s.client.execute("long", {{"text", std::string(900'000, 'x')}});
    const auto command = s.peer.hear();
    QCOMPARE(command.at("arguments").at("text").get_string().size(), 900'000U);
}

void TestQmpClient::answersEverythingWhenQemuDies() {
    Setup s;
    s.negotiate();
    QSignalSpy failed(&s.client, &QmpClient::failed);
    int errors = 0;
    const auto count = [&](const auto& result) { errors += result ? 0 : 1; };
    s.client.execute("a", {}, count);
    s.client.execute("b", {}, count);
    s.peer.hangUp();
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(errors, 2);
    s.client.execute("c", {}, count);
    QCOMPARE(errors, 3);
}

void TestQmpClient::refusesWhatIsNoQmp_data() {
    QTest::addColumn<bool>("negotiated");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("no greeting") << false << QByteArray("{\"return\": {}}\n");
    QTest::newRow("no JSON") << false << QByteArray("SSH-2.0\n");
    QTest::newRow("no object") << true << QByteArray("[1]\n");
    QTest::newRow("broken JSON") << true << QByteArray("{\"event\": \n");
    QTest::newRow("neither answer nor event") << true << QByteArray("{\"id\": 1}\n");
    QTest::newRow("answer to nothing") << true << QByteArray("{\"return\": {}, \"id\": 99}\n");
    QTest::newRow("answer without id") << true << QByteArray("{\"return\": {}}\n");
    QTest::newRow("nested too deeply") << true << QByteArray(100'000, '[') + "\n";
}

void TestQmpClient::refusesWhatIsNoQmp() {
    QFETCH(bool, negotiated);
    QFETCH(QByteArray, said);
    Setup s;
    if (negotiated) s.negotiate();
    QSignalSpy failed(&s.client, &QmpClient::failed);
    s.peer.say(said.toStdString());
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(!s.client.isReady());
}

QTEST_GUILESS_MAIN(TestQmpClient)
#include "tst_qmp_client.moc"

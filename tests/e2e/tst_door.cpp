// The local socket under clients that misbehave: others are served, memory stays bounded, and who reads too
// slowly is told what it missed and can catch up. No VM is needed for any of it.
#include <QLocalSocket>
#include <QtTest>
#include <memory>
#include <set>
#include <vector>

#include "tests/e2e/processes.h"

using dogwatch::e2e::ControlPlane;
using dogwatch::e2e::haveImage;

namespace {

// moc loses its way in raw strings with odd braces, so they stand outside of the class.
constexpr const char* kHalf = R"({"jsonrpc":"2.0","id":1,"meth)";
constexpr const char* kWatch = R"({"topics":["records"],"event":"custom.note"})";
constexpr const char* kWatchAfter = R"({"topics":["records"],"event":"custom.note","after_seq":)";
constexpr const char* kDefinition =
    R"({"definitions":{"metaevent":"quiet","when":{"absent":{"event":"execution.succeeded"},"for":"5s"},"jobs":[{"run":"page"}]}})";
constexpr const char* kNever = R"({"gauge":"vms","is":["<",0]})";
constexpr const char* kNoName = R"({"fired":7})";
constexpr const char* kCheck = R"({"definitions":{"metaevent":"m","when":)";
constexpr const char* kInLanguage = R"(},"language":)";
constexpr const char* kRequest = R"({"jsonrpc":"2.0","id":)";

constexpr int kPatience = 60'000;
constexpr qint64 kMostMemory = 600LL << 20;  // of dogwatchd, bytes

class Peer {
 public:
    explicit Peer(const ControlPlane& plane) {
        socket_.connectToServer(plane.socket());
        isConnected_ = socket_.waitForConnected(kPatience);
    }
    [[nodiscard]] bool isConnected() const { return isConnected_; }
    [[nodiscard]] bool isOpen() const { return socket_.state() == QLocalSocket::ConnectedState; }
    void send(const QByteArray& bytes) {
        socket_.write(bytes);
        while (isOpen() && socket_.bytesToWrite() > 0 && socket_.waitForBytesWritten(kPatience)) continue;
    }
    /// The next line; empty when none comes.
    QByteArray line() {
        while (!read_.contains('\n')) {
            if (!socket_.waitForReadyRead(kPatience)) return {};
            read_ += socket_.readAll();
        }
        const auto end = read_.indexOf('\n') + 1;
        const QByteArray first = read_.left(end);
        read_.remove(0, end);
        return first;
    }
    boost::json::value ask(const QByteArray& method, const QByteArray& params = "{}") {
        send(R"({"jsonrpc":"2.0","id":1,"method":")" + method + R"(","params":)" + params + "}\n");
        boost::system::error_code error;
        return boost::json::parse(line().toStdString(), error);
    }
    QLocalSocket& socket() { return socket_; }

 private:
    QLocalSocket socket_;
    QByteArray read_;
    bool isConnected_ = false;
};

boost::json::value checked(Peer& peer, const char* when, const char* language) {
    return peer.ask("metaevents.check", QByteArray(kCheck) + when + kInLanguage + language + "}");
}

/// The most memory that the process ever had.
qint64 peakMemory(qint64 pid) {
    QFile file(QStringLiteral("/proc/%1/status").arg(pid));
    if (!file.open(QIODevice::ReadOnly)) return -1;
    for (const QByteArray& line : file.readAll().split('\n')) {
        if (line.startsWith("VmHWM:")) return line.mid(6).trimmed().split(' ').front().toLongLong() * 1024;
    }
    return -1;
}

bool isServed(const ControlPlane& plane) {
    const auto answer = Peer(plane).ask("status");
    return answer.is_object() && answer.get_object().contains("result");
}

QByteArray recordsFrom(int first, int count) {
    QByteArray list = R"({"records":[)";
    const QByteArray note(400, 'n');
    for (int i = first; i < first + count; ++i) {
        if (i > first) list += ',';
        list += R"({"time":)" + QByteArray::number(1'700'000'000'000'000 + i) +
                R"(,"event":"custom.note","data":")" + note + "\"}";
    }
    return list + "]}";
}

}  // namespace

class TestDoor : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() {
        if (!haveImage()) QSKIP("there is no guest image: \"make image\" builds it");
        plane_ = std::make_unique<ControlPlane>();
        QVERIFY2(plane_->start({QStringLiteral("--accel"), QStringLiteral("tcg"), QStringLiteral("--warm"),
                                QStringLiteral("0")}),
                 qPrintable(plane_->log()));
    }

    void cleanup() {
        if (!plane_) return;
        const qint64 peak = peakMemory(plane_->pid());
        QVERIFY2(peak > 0 && peak < kMostMemory, qPrintable(QStringLiteral("%1 bytes").arg(peak)));
        QCOMPARE(plane_->stop(), 0);
        plane_.reset();
    }

    void idleClientsAndGarbage() {
        std::vector<std::unique_ptr<Peer>> idle;
        for (int i = 0; i < 200; ++i) {
            idle.push_back(std::make_unique<Peer>(*plane_));
            QVERIFY(idle.back()->isConnected());
            if (i % 2 == 0) idle.back()->send(kHalf);
        }
        for (int i = 0; i < 100; ++i) {
            Peer garbage(*plane_);
            garbage.send(QByteArray(4096, static_cast<char>(i + 128)) + '\n');
            const auto answer = garbage.line();
            QVERIFY2(answer.contains("-32700"), answer);
            QVERIFY(isServed(*plane_));
        }
        idle.front()->send("od\":\"hello\"}\n");
        QVERIFY(idle.front()->line().contains("\"protocol\":1"));
        const auto hello = idle.back()->ask("hello");
        QVERIFY(hello.at("result").is_object());
    }

    /// Clients in other languages can link each part of a sentence to the part of the definition it stands
    /// for.
    void definitionsAreToldInPhrases() {
        const auto answer = Peer(*plane_).ask("metaevents.check", kDefinition);
        QVERIFY(answer.at("result").is_object());
        const auto& result = answer.at("result").get_object();
        std::string text;
        std::set<std::string> paths;
        for (const auto& phrase : result.at("phrases").at(0).get_array()) {
            text += phrase.at("text").get_string();
            if (const auto* path = phrase.get_object().if_contains("path")) paths.emplace(path->get_string());
        }
        QCOMPARE(text, std::string(result.at("sentences").at(0).get_string()));
        QVERIFY(paths.contains("when"));
        QVERIFY(paths.contains("jobs.0"));
    }

    /// Faults, warnings and sentences of definitions come in the language asked for.
    void definitionsAreToldInGerman() {
        Peer peer(*plane_);
        const auto said = [&peer](const char* key, const char* language) {
            const auto answer = checked(peer, kNever, language);
            return QString::fromStdString(std::string(answer.at("result").at(key).at(0).get_string()));
        };
        QCOMPARE(said("sentences", "\"de\""),
                 QStringLiteral("wenn weniger als 0 VMs bereit oder in Arbeit sind, es vermerken"));
        QCOMPARE(said("warnings", "\"de\""),
                 QStringLiteral("m, when.is: das ist nie wahr: Die Anzahl von "
                                "Ausführungen oder VMs ist eine ganze Zahl ab 0"));
        QCOMPARE(said("warnings", "\"en\""),
                 QStringLiteral("m, when.is: this is never true: a gauge is a whole number from 0"));
        const auto fault = checked(peer, kNoName, "\"de\"");
        QCOMPARE(QString::fromStdString(std::string(fault.at("error").at("message").get_string())),
                 QStringLiteral("ein Name: 1 bis 64 Zeichen aus a-z, A-Z, 0-9, '-', '_', '.', nicht 7"));
        for (const char* unknown : {"\"fr\"", "\"DE\"", "7"}) {
            const auto refused = checked(peer, kNever, unknown);
            QCOMPARE(std::string(refused.at("error").at("data").at("path").get_string()),
                     std::string("language"));
        }
    }

    void linesWithoutAnEnd() {
        std::vector<std::unique_ptr<Peer>> peers;
        const QByteArray megabyte(1 << 20, 'x');
        for (int i = 0; i < 8; ++i) peers.push_back(std::make_unique<Peer>(*plane_));
        // 8 times 100 MB, a little of each in turn: they cannot all be kept.
        for (int sent = 0; sent < 100; ++sent) {
            for (auto& peer : peers) {
                if (peer->isOpen()) peer->send(megabyte);
            }
            if (sent % 10 == 0) QVERIFY(isServed(*plane_));
        }
        for (auto& peer : peers) {
            QVERIFY(!peer->isOpen() || peer->socket().waitForDisconnected(kPatience));
        }
        QVERIFY(isServed(*plane_));
        QVERIFY(peakMemory(plane_->pid()) < kMostMemory);
    }

    void floods() {
        // 100,000 requests in one go by a client that does not read, and as many by one that does.
        QByteArray requests;
        for (int i = 0; i < 100'000; ++i) {
            requests += kRequest + QByteArray::number(i) + ",\"method\":\"" +
                        (i % 3 == 0 ? "records.list" : "status") + "\"}\n";
        }
        Peer deaf(*plane_);
        deaf.socket().write(requests);
        for (int i = 0; i < 20; ++i) {
            deaf.socket().waitForBytesWritten(20);
            QVERIFY(isServed(*plane_));
        }
        Peer reader(*plane_);
        reader.socket().write(requests);
        std::set<int> answered;
        while (answered.size() < 100'000) {
            const auto line = reader.line();
            QVERIFY2(!line.isEmpty(), qPrintable(QString::number(answered.size())));
            const auto id = line.indexOf("\"id\":") + 5;
            answered.insert(line.mid(id, line.indexOf(',', id) - id).toInt());
            if (answered.size() % 10'000 == 0) QVERIFY(isServed(*plane_));
        }
    }

    void aSlowReaderIsToldWhatItMissed() {
        constexpr int kRecords = 120'000;
        constexpr int kBatch = 10'000;
        Peer slow(*plane_);
        const auto subscribed = slow.ask("subscribe", kWatch);
        QVERIFY(subscribed.at("result").is_object());
        Peer writer(*plane_);
        for (int first = 0; first < kRecords; first += kBatch) {
            const auto imported = writer.ask("records.import", recordsFrom(first, kBatch));
            QVERIFY2(imported.as_object().contains("result"), boost::json::serialize(imported).c_str());
        }
        // The writer was never kept waiting. Now it reads, and is told of what it was spared.
        std::int64_t last = 0;
        std::int64_t got = 0;
        std::int64_t missed = 0;
        while (missed == 0) {
            const auto line = slow.line();
            QVERIFY(!line.isEmpty());
            const auto message = boost::json::parse(line.toStdString());
            const auto& params = message.at("params");
            if (message.at("method").as_string() == "missed") {
                missed = params.at("count").as_int64();
                QCOMPARE(params.at("resume_after_seq").as_int64(), last);
                break;
            }
            for (const auto& record : params.at("records").as_array()) {
                QVERIFY(record.at("seq").as_int64() > last);
                last = record.at("seq").as_int64();
                ++got;
            }
        }
        QCOMPARE(got + missed, std::int64_t{kRecords});
        // It catches up from there, and then sees what is new.
        const auto again = slow.ask("subscribe", kWatchAfter + QByteArray::number(qint64{last}) + "}");
        const auto id = again.at("result").at("subscription").as_int64();
        while (got < kRecords) {
            const auto message = boost::json::parse(slow.line().toStdString());
            QCOMPARE(message.at("params").at("subscription").as_int64(), id);
            for (const auto& record : message.at("params").at("records").as_array()) {
                QVERIFY(record.at("seq").as_int64() > last);
                last = record.at("seq").as_int64();
                ++got;
            }
        }
        QCOMPARE(got, std::int64_t{kRecords});
    }

 private:
    std::unique_ptr<ControlPlane> plane_;
};

QTEST_GUILESS_MAIN(TestDoor)
#include "tst_door.moc"

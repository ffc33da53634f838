// One VM and its connection: a hostile agent played over a socket pair, and a real guest that stops
// answering.
#include <signal.h>
#include <sys/socket.h>

#include <QCborMap>
#include <QCborValue>
#include <QSignalSpy>
#include <QtEndian>

#include "tests/vmpool/pool_harness.h"
#include "tests/vmpool/real_host.h"
#include "vmpool/vm.h"

using namespace dogwatch;
using namespace dogwatch::vmpool;
using namespace std::chrono_literals;

namespace {

/// The guest's side of a link, played by the test.
struct HostileGuest {
    SocketPair pair = makeSocketPair().value();
    UniqueFd fd = std::move(pair.theirs);
    GuestLink link;
    QSignalSpy messages{&link, &GuestLink::message};
    QSignalSpy failures{&link, &GuestLink::failed};

    explicit HostileGuest(GuestSession session = GuestSession::restored({"python3"}),
                          GuestLink::Watchdog watchdog = {})
        : link(std::move(pair.ours), std::move(session), watchdog) {}

    void sayBytes(std::string_view bytes) const {
        while (!bytes.empty()) {
            const auto sent = ::send(fd.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
            if (sent < 0 && errno != EAGAIN) return;  // the host hung up, as it should on a violation
            QCoreApplication::processEvents();
        }
    }
    static std::string frameOf(const QCborMap& map) {
        const QByteArray body = QCborValue(map).toCbor();
        std::string frame(4, '\0');
        qToLittleEndian(static_cast<quint32>(body.size()), frame.data());
        return frame + body.toStdString();
    }
    void say(const QCborMap& map) const { sayBytes(frameOf(map)); }
    /// Up to an execution e-1 that runs: two messages.
    void startRunning();
    std::string failure() {
        return QTest::qWaitFor([&] { return !failures.isEmpty(); }, 5000)
                   ? failures[0][0].value<Error>().message
                   : "";
    }
};

QCborMap message(const char* type, std::initializer_list<std::pair<const char*, QCborValue>> members = {}) {
    QCborMap map{{QStringLiteral("type"), QLatin1String(type)}};
    for (const auto& [key, value] : members) map[QLatin1String(key)] = value;
    return map;
}

void HostileGuest::startRunning() {
    Function function;
    function.code = "x";
    link.load(function);
    say(message("loaded", {{"init_us", 1}}));
    QTRY_COMPARE(messages.count(), 1);
    Invocation invocation;
    invocation.execution = "e-1";
    link.run(invocation);
    say(message("started", {{"execution", QStringLiteral("e-1")}, {"init_us", 0}}));
    QTRY_COMPARE(messages.count(), 2);
}

}  // namespace

class TestVm : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void endsLiars();
    void endsWhoAnswersForAnother();
    void endsWhoAnswersTwice();
    void endsWhoRehearsesUnasked();
    void boundsWhatAStallingGuestCosts();
    void letsOthersHaveTheirTurn();
    void staysResponsiveUnderAFlood();
    void noticesSilence();
    void bootsAndNoticesAWedgedGuest();
    void givesUpBootingAtTheDeadline();
};

void TestVm::endsLiars() {
    HostileGuest guest;
    guest.sayBytes("\xff\xff\xff\x7f");
    QVERIFY(guest.failure().find("frame of 2147483647 bytes") != std::string::npos);
    QCOMPARE(guest.messages.count(), 0);
}

void TestVm::endsWhoAnswersForAnother() {
    HostileGuest guest;
    Invocation invocation;
    invocation.execution = "e-1";
    Function function;
    function.runtime = "python3";
    function.code = "x";
    guest.link.load(function);
    guest.say(message("loaded", {{"init_us", 1}}));
    QTRY_COMPARE(guest.messages.count(), 1);
    guest.link.run(invocation);
    guest.say(message("started", {{"execution", QStringLiteral("e-2")}, {"init_us", 0}}));
    QVERIFY(!guest.failure().empty());
    guest.say(message("loaded", {{"init_us", 1}}));  // after the violation nothing is heard any more
    QTest::qWait(20);
    QCOMPARE(guest.messages.count(), 1);
    QCOMPARE(guest.failures.count(), 1);
}

void TestVm::endsWhoAnswersTwice() {
    HostileGuest guest;
    guest.startRunning();
    const auto once = message("result", {{"execution", QStringLiteral("e-1")},
                                         {"status", QStringLiteral("succeeded")},
                                         {"result", QStringLiteral("1")},
                                         {"result_bytes", 1},
                                         {"output", QByteArray()},
                                         {"output_bytes", 0},
                                         {"duration_us", 1},
                                         {"cpu_us", 1},
                                         {"memory_peak_bytes", 0},
                                         {"vm", QStringLiteral("usable")}});
    guest.say(once);
    guest.say(once);
    QVERIFY(guest.failure().find("a `result` of what does not run") != std::string::npos);
    QCOMPARE(guest.messages.count(), 3);
}

void TestVm::endsWhoRehearsesUnasked() {
    HostileGuest guest;
    guest.link.rehearse();
    guest.say(message("rehearsed"));
    guest.say(message("rehearsed"));
    QVERIFY(guest.failure().find("an unexpected `rehearsed`") != std::string::npos);
    QCOMPARE(guest.messages.count(), 1);
}

void TestVm::letsOthersHaveTheirTurn() {
    // As many small frames as the socket takes, all at once: they are worked off a few at a time.
    HostileGuest guest;
    guest.startRunning();
    const auto frame = HostileGuest::frameOf(message("output", {{"execution", QStringLiteral("e-1")},
                                                                {"stream", QStringLiteral("stdout")},
                                                                {"data", QByteArray("x")}}));
    std::string many;
    for (int i = 0; i < 2000; ++i) many += frame;
    const auto bytes = ::send(guest.fd.get(), many.data(), many.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    const auto sent = static_cast<qsizetype>(bytes) / static_cast<qsizetype>(frame.size());
    // Once for what was left over, once for what was read.
    constexpr qsizetype kMost = qsizetype{2} * GuestLink::kMessagesAtOnce;
    QVERIFY(sent > kMost);
    const auto before = guest.messages.count();
    while (guest.messages.count() < before + sent) {
        const auto handled = guest.messages.count();
        QCoreApplication::processEvents();
        QVERIFY(guest.messages.count() - handled <= kMost);
    }
    QCOMPARE(guest.failures.count(), 0);
}

void TestVm::boundsWhatAStallingGuestCosts() {
    // It announces the largest frame, sends half of it, and stalls: the rest of the program goes on.
    HostileGuest guest;
    std::string header(4, '\0');
    qToLittleEndian(static_cast<quint32>(kLargestFrame), header.data());
    guest.sayBytes(header + std::string(kLargestFrame / 2, 'x'));
    bool turned = false;
    QTimer::singleShot(0, this, [&] { turned = true; });
    QTRY_VERIFY(turned);
    QCOMPARE(guest.failures.count(), 0);
    guest.sayBytes(std::string(kLargestFrame / 2, 'x'));  // and then it is garbage
    QVERIFY(!guest.failure().empty());
}

void TestVm::staysResponsiveUnderAFlood() {
    HostileGuest guest;
    guest.startRunning();
    const auto emitted = message(
        "emitted",
        {{"execution", QStringLiteral("e-1")}, {"name", QStringLiteral("n")}, {"data", QStringLiteral("1")}});
    for (int i = 0; i < 10'000 && guest.failures.isEmpty(); ++i) guest.say(emitted);
    QVERIFY(guest.failure().find("more `emitted` than allowed") != std::string::npos);
    QVERIFY(guest.messages.count() <= 2 + 1000);
}

void TestVm::noticesSilence() {
    HostileGuest guest(GuestSession::restored({}), {20ms, 60ms});
    guest.link.watch(true);
    QVERIFY(guest.failure().find("has not answered") != std::string::npos);
    QCOMPARE(guest.failures[0][0].value<Error>().kind, Error::Kind::Unavailable);
}

void TestVm::bootsAndNoticesAWedgedGuest() {
    const QTemporaryDir dir;
    auto host = realHost(dir);
    QVERIFY2(host, host ? "" : host.error().message.c_str());
    host->watchdog = {200ms, 5s};
    host->bootDeadline = 60s;
    Vm vm(*host, "vm-1", 1, defaultShape(*host->image), Accelerator::Tcg);
    std::string story;
    connect(&vm, &Vm::changed, this, [&](const VmEvent& event) {
        story += event.event + ' ' + std::string(stringMember(event.fields, "reason")) + ';';
    });
    QSignalSpy gone(&vm, &Vm::gone);
    vm.boot();
    QTRY_COMPARE_WITH_TIMEOUT(vm.state(), VmState::Ready, 60'000);
    ::kill(static_cast<pid_t>(vm.status().pid), SIGSTOP);
    QTRY_COMPARE_WITH_TIMEOUT(vm.state(), VmState::Lost, 20'000);
    QTRY_COMPARE(gone.count(), 1);
    QCOMPARE(story, "vm.booting ;vm.ready ;vm.lost the guest has not answered for 5 s;");
}

void TestVm::givesUpBootingAtTheDeadline() {
    const QTemporaryDir dir;
    auto host = realHost(dir);
    QVERIFY2(host, host ? "" : host.error().message.c_str());
    host->bootDeadline = 50ms;  // no guest is as fast
    Vm vm(*host, "vm-1", 1, defaultShape(*host->image), Accelerator::Tcg);
    QSignalSpy gone(&vm, &Vm::gone);
    vm.boot();
    QTRY_COMPARE_WITH_TIMEOUT(gone.count(), 1, 10'000);
    QCOMPARE(vm.state(), VmState::Lost);
    QVERIFY(QDir(dir.path()).isEmpty());
}

QTEST_GUILESS_MAIN(TestVm)
#include "tst_vm.moc"

// The guest protocol on the host's side: what well-behaved guests say is understood, what hostile ones say is
// turned away before it costs anything.
#include <QCborMap>
#include <QCborStreamWriter>
#include <QCborValue>
#include <QRandomGenerator>
#include <QTest>
#include <QtEndian>

#include "vmpool/guest_protocol.h"
#include "vmpool/guest_session.h"
#include "vmpool/utf8.h"

using namespace dogwatch;
using namespace dogwatch::vmpool;

Q_DECLARE_METATYPE(QCborMap)

namespace {

QByteArray cbor(const QCborMap& map) {
    return QCborValue(map).toCbor();
}

std::string_view view(const QByteArray& bytes) {
    return {bytes.data(), static_cast<std::size_t>(bytes.size())};
}

Result<GuestMessage> decode(const QCborMap& map) {
    return decodeGuestMessage(view(cbor(map)));
}

QCborMap message(const char* type) {
    return {{QStringLiteral("type"), QLatin1String(type)}};
}

QCborMap with(QCborMap map, const char* key, const QCborValue& value) {
    map[QLatin1String(key)] = value;
    return map;
}

QCborMap result() {
    auto map = message("result");
    map = with(map, "execution", QStringLiteral("e-1"));
    map = with(map, "status", QStringLiteral("succeeded"));
    map = with(map, "result", QStringLiteral("42"));
    map = with(map, "result_bytes", 2);
    map = with(map, "output", QByteArray("hi\n"));
    map = with(map, "output_bytes", 3);
    map = with(map, "duration_us", 1500);
    map = with(map, "cpu_us", 1400);
    map = with(map, "memory_peak_bytes", 8'000'000);
    return with(map, "vm", QStringLiteral("usable"));
}

std::string frame(const QByteArray& body) {
    QByteArray bytes(4, '\0');
    qToLittleEndian(static_cast<quint32>(body.size()), bytes.data());
    return (bytes + body).toStdString();
}

/// The map in a frame that we encoded.
QCborMap sent(const std::string& frame) {
    const auto length = qFromLittleEndian<quint32>(frame.data());
    if (frame.size() != length + 4) return {};
    return QCborValue::fromCbor(frame.data() + 4, static_cast<qsizetype>(length)).toMap();
}

GuestSession running(std::int64_t streamBytes = 100) {
    auto session = GuestSession::restored({"python3", "sh"});
    session.sentLoad();
    (void)session.accept(Loaded{1});
    session.sentRun("e-1", streamBytes);
    return session;
}

RunResult success(const char* execution = "e-1") {
    RunResult result;
    result.execution = execution;
    result.outcome.succeeded = true;
    return result;
}

}  // namespace

class TestGuestCodec : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void readsHello();
    void readsResults();
    void readsFailures();
    void readsOutput();
    void refusesMalformed_data();
    void refusesMalformed();
    void neverAllocatesByClaimedLengths_data();
    void neverAllocatesByClaimedLengths();
    void survivesMutations();
    void cutsFrames();
    void takesManyFramesAtOnce();
    void refusesFrames_data();
    void refusesFrames();
    void encodesRequests();
    void sessionAllowsTheNormalCourse();
    void sessionRefuses_data();
    void sessionRefuses();
    void makesTextOfAnyBytes();
};

void TestGuestCodec::readsHello() {
    auto map = with(message("hello"), "protocol", 1);
    map = with(map, "agent", QStringLiteral("0.1.0"));
    map = with(map, "kernel", QStringLiteral("6.1.0"));
    map = with(map, "runtimes", QCborArray{QStringLiteral("python3"), QStringLiteral("sh")});
    const auto read = decode(map);
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    const auto& hello = std::get<Hello>(*read);
    QCOMPARE(hello.protocol, 1);
    QCOMPARE(hello.runtimes, (std::vector<std::string>{"python3", "sh"}));
}

void TestGuestCodec::readsResults() {
    const auto read = decode(result());
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    const auto& value = std::get<RunResult>(*read);
    QCOMPARE(value.execution, "e-1");
    QVERIFY(value.outcome.succeeded);
    QCOMPARE(value.outcome.result, "42");
    QCOMPARE(value.outcome.output, "hi\n");
    QCOMPARE(value.outcome.durationUs, 1500);
    QVERIFY(!value.tainted);
}

void TestGuestCodec::readsFailures() {
    auto map = with(result(), "status", QStringLiteral("failed"));
    map.remove(QStringLiteral("result"));
    map = with(map, "result_bytes", 0);
    map = with(map, "cause", QStringLiteral("out_of_memory"));
    map = with(map, "message", QStringLiteral("it used more than 128 MiB"));
    map = with(map, "exit_code", 137);
    map = with(map, "vm", QStringLiteral("tainted"));
    map = with(map, "output", QByteArray());  // an empty string is a string
    const auto read = decode(map);
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    const auto& value = std::get<RunResult>(*read);
    QCOMPARE(value.outcome.cause, FailureCause::OutOfMemory);
    QCOMPARE(value.outcome.exitCode, 137);
    QVERIFY(value.tainted);
}

void TestGuestCodec::readsOutput() {
    auto map = with(message("output"), "execution", QStringLiteral("e-1"));
    map = with(map, "stream", QStringLiteral("stderr"));
    map = with(map, "data", QByteArray("\xff\x00z", 3));
    const auto read = decode(map);
    QVERIFY2(read, read ? "" : read.error().message.c_str());
    QCOMPARE(std::get<Output>(*read).data, std::string("\xff\x00z", 3));
    QVERIFY(std::get<Output>(*read).isError);
}

void TestGuestCodec::refusesMalformed_data() {
    QTest::addColumn<QCborMap>("map");
    QTest::newRow("no type") << QCborMap{{QStringLiteral("nonce"), 1}};
    QTest::newRow("unknown type") << message("reboot");
    QTest::newRow("type is a number") << QCborMap{{QStringLiteral("type"), 3}};
    QTest::newRow("missing key") << message("pong");
    QTest::newRow("unknown key") << with(with(message("pong"), "nonce", 1), "more", 1);
    QTest::newRow("wrong type") << with(message("pong"), "nonce", QStringLiteral("1"));
    QTest::newRow("negative size") << with(message("pong"), "nonce", -1);
    QTest::newRow("integer above int64") << with(message("pong"), "nonce", QCborValue(1e30));
    QTest::newRow("float") << with(message("pong"), "nonce", 1.5);
    QTest::newRow("null") << with(message("pong"), "nonce", nullptr);
    QTest::newRow("tag") << with(message("pong"), "nonce",
                                 QCborValue(QCborKnownTags::PositiveBignum, QByteArray("a")));
    QTest::newRow("nested map") << with(message("pong"), "nonce", QCborMap{{1, 2}});
    QTest::newRow("nested list") << with(message("hello"), "runtimes", QCborArray{QCborArray{}});
    QTest::newRow("key is a number") << QCborMap{{QStringLiteral("type"), QLatin1String("pong")}, {1, 2}};
    QTest::newRow("long key") << with(message("configured"), std::string(33, 'k').c_str(), 1);
    QTest::newRow("id with a blank") << with(result(), "execution", QStringLiteral("e 1"));
    QTest::newRow("empty id") << with(result(), "execution", QString());
    QTest::newRow("unknown status") << with(result(), "status", QStringLiteral("great"));
    QTest::newRow("cause of a success") << with(result(), "cause", QStringLiteral("exit"));
    QTest::newRow("failed without a cause") << with(result(), "status", QStringLiteral("failed"));
    auto lost = with(with(result(), "status", QStringLiteral("failed")), "message", QStringLiteral("m"));
    QTest::newRow("cause is the host's") << with(lost, "cause", QStringLiteral("vm_lost"));
    QTest::newRow("size of the result lies") << with(result(), "result_bytes", 3);
    QTest::newRow("size of the output lies") << with(result(), "output_bytes", 2);
    QTest::newRow("output too long") << with(result(), "output", QByteArray(4097, 'x'));
    QTest::newRow("exit code") << with(result(), "exit_code", 256);
    QTest::newRow("name of a record") << with(
        with(with(message("emitted"), "execution", QStringLiteral("e")), "name", QStringLiteral("no good")),
        "data", QStringLiteral("1"));
}

void TestGuestCodec::refusesMalformed() {
    QFETCH(QCborMap, map);
    const auto read = decode(map);
    QVERIFY(!read);
    QVERIFY(!read.error().message.empty());
}

void TestGuestCodec::neverAllocatesByClaimedLengths_data() {
    QTest::addColumn<QByteArray>("body");
    // 0x7b, 0x5b, 0x9b, 0xbb: text, bytes, list, map with a length of eight bytes.
    const QByteArray huge("\x7f\xff\xff\xff\xff\xff\xff\xff", 8);
    QTest::newRow("map") << QByteArray("\xbb") + huge;
    QTest::newRow("map of 33") << QByteArray("\xb8\x21");
    QTest::newRow("key") << QByteArray("\xa1\x7b") + huge;
    QTest::newRow("text") << QByteArray("\xa1\x64type\x7b") + huge;
    QTest::newRow("bytes") << QByteArray("\xa1\x64type\x5b") + huge;
    QTest::newRow("bytes, 4 GiB") << QByteArray("\xa1\x64type\x5a\xff\xff\xff\xff", 11);
    QTest::newRow("list") << QByteArray("\xa1\x64type\x9b") + huge;
    QTest::newRow("list of 257") << QByteArray("\xa1\x64type\x99\x01\x01");
    QTest::newRow("indefinite map") << QByteArray("\xbf\x64type\x64pong\xff");
    QTest::newRow("indefinite text") << QByteArray("\xa1\x64type\x7f\x64pong\xff");
    QTest::newRow("indefinite key") << QByteArray("\xa1\x7f\x64type\xff\x64pong");
    QTest::newRow("no UTF-8") << QByteArray("\xa1\x64type\x62\xff\xfe");
    QTest::newRow("a key twice") << QByteArray(
        "\xa2\x64type\x6a"
        "configured\x64type\x6a"
        "configured");
    QTest::newRow("bytes after it") << QByteArray(
        "\xa1\x64type\x6a"
        "configured\x00",
        18);
    QTest::newRow("cut off") << QByteArray(
        "\xa2\x64type\x6a"
        "configured");
    QTest::newRow("deep nesting") << QByteArray("\xa1\x64type") + QByteArray(200'000, '\x81');
    QTest::newRow("empty") << QByteArray();
}

void TestGuestCodec::neverAllocatesByClaimedLengths() {
    QFETCH(QByteArray, body);
    QVERIFY(!decodeGuestMessage(view(body)));
}

void TestGuestCodec::survivesMutations() {
    // Whatever becomes of the bytes: an answer, and no crash (this runs under ASan and UBSan, too).
    const QByteArray good = cbor(result());
    QVERIFY(decodeGuestMessage(view(good)));
    QRandomGenerator random(42);
    int accepted = 0;
    for (int round = 0; round < 50'000; ++round) {
        QByteArray body = good;
        for (int flips = random.bounded(1, 4); flips > 0; --flips) {
            body[random.bounded(body.size())] = static_cast<char>(random.bounded(256));
        }
        body.truncate(random.bounded(1, static_cast<int>(body.size()) + 1) > 20 ? body.size()
                                                                                : random.bounded(20));
        if (decodeGuestMessage(view(body))) ++accepted;
    }
    QVERIFY(accepted > 0);  // a flipped digit is still a digit
}

void TestGuestCodec::cutsFrames() {
    const auto whole = frame(cbor(message("configured")));
    FrameReader reader;
    for (std::size_t i = 0; i + 1 < whole.size(); ++i) {
        reader.append(whole.substr(i, 1));
        const auto next = reader.next();
        QVERIFY(next && !*next);
    }
    reader.append(whole.substr(whole.size() - 1));
    const auto next = reader.next();
    QVERIFY(next && *next);
    QVERIFY(decodeGuestMessage(**next));
    QVERIFY(!*reader.next());
}

void TestGuestCodec::takesManyFramesAtOnce() {
    FrameReader reader;
    std::string many;
    for (int i = 0; i < 5000; ++i) many += frame(cbor(with(message("pong"), "nonce", i)));
    reader.append(many);
    for (int i = 0; i < 5000; ++i) {
        const auto body = reader.next();
        QVERIFY(body && *body);
        QCOMPARE(std::get<Pong>(*decodeGuestMessage(**body)).nonce, i);
    }
    QCOMPARE(reader.buffered(), 0U);
}

void TestGuestCodec::refusesFrames_data() {
    QTest::addColumn<quint32>("length");
    QTest::newRow("nothing") << 0U;
    QTest::newRow("one too many") << static_cast<quint32>(kLargestFrame + 1);
    QTest::newRow("4 GiB") << 0xffffffffU;
}

void TestGuestCodec::refusesFrames() {
    QFETCH(quint32, length);
    std::string header(4, '\0');
    qToLittleEndian(length, header.data());
    FrameReader reader;
    reader.append(header);
    QVERIFY(!reader.next());
}

void TestGuestCodec::encodesRequests() {
    Function function;
    function.name = "hello";
    function.version = 3;
    function.runtime = "python3";
    function.code = "print(1)";
    function.memoryMiB = 128;
    function.environment = {{"A", "1"}};
    const auto load = sent(encodeLoad(function, {}));
    QCOMPARE(load[QStringLiteral("type")].toString(), QStringLiteral("load"));
    QCOMPARE(load[QStringLiteral("memory_bytes")].toInteger(), 128LL << 20);
    QCOMPARE(load[QStringLiteral("code_bytes")].toInteger(), 8);
    QCOMPARE(load[QStringLiteral("env")].toMap()[QStringLiteral("A")].toString(), QStringLiteral("1"));
    QVERIFY(!load.contains(QStringLiteral("handler")));
    function.handler = "main.handler";
    QCOMPARE(sent(encodeLoad(function, {}))[QStringLiteral("handler")].toString(),
             QStringLiteral("main.handler"));

    Invocation invocation;
    invocation.execution = "e-1";
    invocation.payload = R"({"a":1})";
    invocation.timeout = std::chrono::seconds{2};
    const auto run = sent(encodeRun(invocation));
    QCOMPARE(run[QStringLiteral("payload")].toString(), QStringLiteral(R"({"a":1})"));
    QCOMPARE(run[QStringLiteral("timeout_us")].toInteger(), 2'000'000);
    QCOMPARE(sent(encodeCode("abc"))[QStringLiteral("data")].toByteArray(), QByteArray("abc"));
    QCOMPARE(sent(encodeConfigure({"vm-1", timeFromUs(5), std::string(32, 'e')}))[QStringLiteral("time_us")]
                 .toInteger(),
             5);
    QCOMPARE(sent(encodePing(7))[QStringLiteral("nonce")].toInteger(), 7);
    QCOMPARE(sent(encodeShutdown())[QStringLiteral("type")].toString(), QStringLiteral("shutdown"));
    QCOMPARE(sent(encodeCancel("e-1"))[QStringLiteral("execution")].toString(), QStringLiteral("e-1"));
}

void TestGuestCodec::sessionAllowsTheNormalCourse() {
    GuestSession session;
    QVERIFY(session.accept(Hello{1, "a", "k", {"python3"}}));
    session.sentConfigure();
    QVERIFY(session.accept(Configured{}));
    QVERIFY(session.accept(Warm{"python3", 5}));
    session.sentLoad();
    session.sentPing(1);
    QVERIFY(session.accept(Pong{1}));
    QVERIFY(session.accept(Loaded{9}));
    for (const char* execution : {"e-1", "e-2"}) {
        session.sentRun(execution, 10);
        QVERIFY(session.accept(Started{execution, 0}));
        QVERIFY(session.accept(Output{execution, false, "0123456789"}));
        QVERIFY(session.accept(Emitted{execution, "note", "1"}));
        QVERIFY(session.accept(success(execution)));
        QCOMPARE(session.phase(), GuestSession::Phase::Ready);
    }
}

void TestGuestCodec::sessionRefuses_data() {
    QTest::addColumn<int>("number");
    for (const char* name : {"a message before hello",
                             "a second hello",
                             "another protocol",
                             "warm of what is not listed",
                             "warm twice",
                             "configured unasked",
                             "loaded unasked",
                             "load_failed when loaded",
                             "started for another",
                             "started twice",
                             "output before started",
                             "output for another",
                             "too much output",
                             "too many emitted",
                             "two results",
                             "a result for another",
                             "success without started",
                             "pong unasked",
                             "another pong",
                             "refused out of place",
                             "output after the result"}) {
        QTest::newRow(name) << 0;
    }
}

void TestGuestCodec::sessionRefuses() {
    const std::string name = QTest::currentDataTag();
    auto session = running();
    const auto start = [&] { QVERIFY(session.accept(Started{"e-1", 0})); };
    Result<void> verdict;
    if (name == "a message before hello") verdict = GuestSession().accept(Configured{});
    if (name == "a second hello") verdict = session.accept(Hello{1, "a", "k", {}});
    if (name == "another protocol") verdict = GuestSession().accept(Hello{2, "a", "k", {}});
    if (name == "warm of what is not listed") verdict = session.accept(Warm{"cobol", 1});
    if (name == "warm twice") {
        QVERIFY(session.accept(Warm{"python3", 1}));
        verdict = session.accept(Warm{"python3", 1});
    }
    if (name == "configured unasked") verdict = session.accept(Configured{});
    if (name == "loaded unasked") verdict = session.accept(Loaded{1});
    if (name == "load_failed when loaded") verdict = session.accept(LoadFailed{});
    if (name == "started for another") verdict = session.accept(Started{"e-2", 0});
    if (name == "started twice") {
        start();
        verdict = session.accept(Started{"e-1", 0});
    }
    if (name == "output before started") verdict = session.accept(Output{"e-1", false, "x"});
    if (name == "output for another") {
        start();
        verdict = session.accept(Output{"e-2", false, "x"});
    }
    if (name == "too much output") {
        start();
        QVERIFY(session.accept(Output{"e-1", false, std::string(100, 'x')}));
        verdict = session.accept(Output{"e-1", true, "x"});
    }
    if (name == "too many emitted") {
        start();
        for (int i = 0; i < 1000; ++i) QVERIFY(session.accept(Emitted{"e-1", "n", "1"}));
        verdict = session.accept(Emitted{"e-1", "n", "1"});
    }
    if (name == "two results") {
        start();
        QVERIFY(session.accept(success()));
        verdict = session.accept(success());
    }
    if (name == "a result for another") {
        start();
        verdict = session.accept(success("e-2"));
    }
    if (name == "success without started") verdict = session.accept(success());
    if (name == "pong unasked") verdict = session.accept(Pong{1});
    if (name == "another pong") {
        session.sentPing(1);
        verdict = session.accept(Pong{2});
    }
    if (name == "refused out of place") verdict = session.accept(Refused{"load", "", "no"});
    if (name == "output after the result") {
        start();
        QVERIFY(session.accept(success()));
        verdict = session.accept(Output{"e-1", false, "x"});
    }
    QVERIFY(!verdict);
}

void TestGuestCodec::makesTextOfAnyBytes() {
    QCOMPARE(tailAsUtf8("\xa4z\xc3\xa4", 10), "z\xc3\xa4");  // cut inside a character
    QCOMPARE(tailAsUtf8("a\xff", 10), "a\xef\xbf\xbd");
    QVERIFY(tailAsUtf8(std::string(4096, '\xff'), 4096).size() <= 4096);
    Utf8Stream stream;
    std::string text = stream.add("\xc3");
    text += stream.add("\xa4!");
    QCOMPARE(text, "\xc3\xa4!");
}

QTEST_GUILESS_MAIN(TestGuestCodec)
#include "tst_guest_codec.moc"

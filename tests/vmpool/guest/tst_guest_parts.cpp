// The pure parts of the guest agent: messages, frames, text, output.
#include <QtTest>

#include "tests/vmpool/guest/zip_file.h"
#include "vmpool/guest/frames.h"
#include "vmpool/guest/host_message.h"
#include "vmpool/guest/message.h"
#include "vmpool/guest/output_relay.h"
#include "vmpool/guest/runner_frame.h"
#include "vmpool/guest/runtime.h"
#include "vmpool/guest/sandbox.h"
#include "vmpool/guest/text.h"
#include "vmpool/guest/zip.h"

using namespace dogwatch::guest;

class GuestPartsTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void decodesWhatItEncodes();
    void refusesEveryTruncation();
    void refusesKeyThatStandsTwice();
    void survivesFlippedBits();
    void cutsFramesWhereverTheyAreSplit();
    void refusesLengthsOutOfBounds();
    void decodesRunnerFramesStrictly();
    void repairsText();
    void findsLastLine_data();
    void findsLastLine();
    void relaysWithinBudget();
    void namesSourceFiles();
    void staysInside();
    void checksZips_data();
    void checksZips();
    void refusesDamagedZips();
};

namespace {

Message sample() {
    return {{"type", "load"},
            {"small", std::int64_t{23}},
            {"byte", std::int64_t{24}},
            {"negative", std::int64_t{-257}},
            {"large", std::int64_t{1} << 62},
            {"flag", true},
            {"off", false},
            {"text", std::string("ä\0b", 4)},
            {"bytes", Bytes{std::string(300, '\xff')}},
            {"list", TextList{"a", "", "c"}},
            {"map", TextMap{{"A", "1"}, {"B", ""}}}};
}

}  // namespace

void GuestPartsTest::decodesWhatItEncodes() {
    const auto decoded = decodeMessage(encodeMessage(sample()));
    QVERIFY(decoded.has_value());
    QVERIFY(*decoded == sample());
}

void GuestPartsTest::refusesEveryTruncation() {
    const auto body = encodeMessage(sample());
    for (std::size_t size = 0; size < body.size(); ++size) {
        QVERIFY2(!decodeMessage(std::string_view(body).substr(0, size)), qPrintable(QString::number(size)));
    }
    QVERIFY(!decodeMessage(body + '\0'));
}

void GuestPartsTest::refusesKeyThatStandsTwice() {
    const auto twice = decodeMessage(
        "\xa2\x61"
        "a\x01\x61"
        "a\x02");
    QVERIFY(!twice);
    QVERIFY(twice.error().find("twice") != std::string::npos);
}

void GuestPartsTest::survivesFlippedBits() {
    const auto body = encodeMessage(sample());
    int accepted = 0;
    for (std::size_t bit = 0; bit < body.size() * 8; ++bit) {
        auto damaged = body;
        damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
        if (auto message = decodeMessage(damaged)) {
            ++accepted;
            QVERIFY(!toHostMessage(std::move(*message)));  // it never was a complete one
        }
    }
    QVERIFY(accepted > 0);  // a flipped bit inside a string goes unseen; elsewhere it must not
}

void GuestPartsTest::cutsFramesWhereverTheyAreSplit() {
    const auto stream = frame("one") + frame(std::string(300, 't')) + frame("3");
    for (std::size_t at = 0; at <= stream.size(); ++at) {
        FrameReader reader;
        std::vector<std::string> bodies;
        for (const auto part :
             {std::string_view(stream).substr(0, at), std::string_view(stream).substr(at)}) {
            reader.feed(part);
            for (auto body = reader.next(); body && *body; body = reader.next()) bodies.push_back(**body);
        }
        QCOMPARE(bodies.size(), std::size_t{3});
        QCOMPARE(bodies[1], std::string(300, 't'));
    }
}

void GuestPartsTest::refusesLengthsOutOfBounds() {
    for (const auto size : {std::size_t{0}, kLargestFrame + 1, std::size_t{0xFFFFFFFF}}) {
        std::string head;
        putU32(head, size);
        FrameReader reader;
        reader.feed(head);
        QVERIFY(!reader.next());
    }
    std::string head;
    putU32(head, kLargestFrame);
    FrameReader reader;
    reader.feed(head);
    const auto waiting = reader.next();
    QVERIFY(waiting && !*waiting);
}

void GuestPartsTest::decodesRunnerFramesStrictly() {
    const auto framed = encodeRunnerFrame({'O', {"2", "{}"}});
    const auto body = std::string_view(framed).substr(4);
    const auto decoded = decodeRunnerFrame(body);
    QVERIFY(decoded && decoded->type == 'O' && decoded->fields == (std::vector<std::string>{"2", "{}"}));
    for (std::size_t size = 2; size < body.size(); ++size) {
        if (size == 6) continue;  // exactly one field
        QVERIFY2(!decodeRunnerFrame(body.substr(0, size)), qPrintable(QString::number(size)));
    }
    QVERIFY(!decodeRunnerFrame(""));
    QVERIFY(!decodeRunnerFrame(std::string_view("O\xff\xff\xff\xff", 5)));
}

void GuestPartsTest::repairsText() {
    QCOMPARE(toUtf8("a\xff\xc3(\xed\xa0\x80z", 100), std::string("a\ufffd\ufffd(\ufffd\ufffd\ufffdz"));
    QCOMPARE(toUtf8("ääää", 5), std::string("ää"));
    QVERIFY(isUtf8("plain ascii that is long enough, then ä€😀"));
    for (const auto* bad : {"\xc0\x80", "\xe0\x80\x80", "\xed\xbf\xbf", "\xf4\x90\x80\x80", "\xf5",
                            "12345678\xff", "\xe2\x82"}) {
        QVERIFY(!isUtf8(bad));
    }
    QVERIFY(isJson("{\"a\":[1,null]}") && !isJson("{'a':1}") && !isJson("") && !isJson("1 2"));
    QVERIFY(isJson(std::string(100'000, '[') +
                   std::string(100'000, ']')));  // deep nesting must not end the agent
}

void GuestPartsTest::findsLastLine_data() {
    QTest::addColumn<QString>("chunks");  // separated by '|'
    QTest::addColumn<QString>("line");
    QTest::newRow("none") << ""
                          << "";
    QTest::newRow("unended") << "a\nb"
                             << "b";
    QTest::newRow("ended") << "a\nb\n"
                           << "b";
    QTest::newRow("blank after") << "a\nb\n\n  \n"
                                 << "b";
    QTest::newRow("split") << "a\nb|c|d\n|"
                           << "bcd";
    QTest::newRow("too long") << "ok\n123456789\n"
                              << "";
    QTest::newRow("too long, then short") << "12345|6789\nok\n"
                                          << "ok";
}

void GuestPartsTest::findsLastLine() {
    QFETCH(QString, chunks);
    QFETCH(QString, line);
    LastLine last(8);
    for (const auto& chunk : chunks.split(QLatin1Char('|'))) last.feed(chunk.toStdString());
    QCOMPARE(QString::fromStdString(last.line()), line);
}

void GuestPartsTest::relaysWithinBudget() {
    OutputRelay relay(40'000);
    relay.append(Stream::Output, std::string(10'000, 'a'));
    relay.append(Stream::Errors, "e");
    relay.append(Stream::Output, std::string(100'000, 'b') + "end");
    QCOMPARE(relay.total(), std::int64_t{110'004});
    QCOMPARE(relay.tail().size(), kOutputKept);
    QVERIFY(relay.tail().ends_with("bend"));
    QCOMPARE(relay.waiting(), std::size_t{40'000});
    std::size_t sent = 0;
    std::string order;
    while (auto chunk = relay.next()) {
        QVERIFY(chunk->data.size() <= kLargestChunk);
        sent += chunk->data.size();
        order += chunk->data.front();
    }
    QCOMPARE(sent, std::size_t{40'000});
    QCOMPARE(order, std::string("aebb"));
}

void GuestPartsTest::namesSourceFiles() {
    const auto python = parseRuntime(
        "p", "kind = resident\ncommand = run {dir}/x # why\nhandler = main.handler\nsuffix = .py",
        {"/d", 64});
    QVERIFY(python.has_value());
    QCOMPARE(python->command, (std::vector<std::string>{"run", "/d/x"}));
    QCOMPARE(python->sourceFile("").value_or(""), std::string("main.py"));
    QCOMPARE(python->sourceFile("app.run").value_or(""), std::string("app.py"));
    for (const auto* bad : {"app", "app.", ".run", "a.b.c", "../x.y", "a/b.c"})
        QVERIFY(!python->sourceFile(bad));
    const auto sized = parseRuntime("n", "command = run --heap={heap_mib}\nhandler = x", {"/d", 86});
    QCOMPARE(sized->command.at(1), std::string("--heap=86"));
    const auto program = parseRuntime("a", "kind = api\ncommand = bootstrap\nhandler = any", {"/d", 64});
    QCOMPARE(program->sourceFile("whatever.it/is").value_or(""), std::string("bootstrap"));
    QVERIFY(!parseRuntime("p", "kind = call\nhandler = x", {"/d", 64}));
    QVERIFY(!parseRuntime("p", "colour = blue", {"/d", 64}));
}

void GuestPartsTest::staysInside() {
    QVERIFY(isInside("a") && isInside("a/b.sh") && isInside("..a"));
    QVERIFY(!isInside("") && !isInside("/a") && !isInside("../a") && !isInside("a/../b") &&
            !isInside("a/.."));
}

void GuestPartsTest::checksZips_data() {
    QTest::addColumn<QByteArray>("archive");
    QTest::addColumn<QString>("fault");  // empty: it is taken
    const auto row = [](const char* what, const QList<ZipEntry>& entries, const char* fault) {
        QTest::newRow(what) << zipOf(entries) << QString::fromLatin1(fault);
    };
    row("files and folders", {{"lib/", "", 040755}, {"lib/a.py", "1"}, {"bootstrap", "#!", 0100755}}, "");
    row("empty", {}, "");
    row("as large as allowed", {{"a", QByteArray(1 << 20, 'a')}}, "");
    row("larger than allowed", {{"a", QByteArray(1 << 20, 'a')}, {"b", "b"}}, "larger than the 1 MiB");
    row("says to be small", {{"a", "a", 0100644, 0xFFFFFFF0}}, "larger than the 1 MiB");
    row("upwards", {{"../evil", "x"}}, "\"../evil\" would lie outside");
    row("upwards from within", {{"a/../../evil", "x"}}, "outside");
    row("absolute", {{"/etc/passwd", "x"}}, "outside");
    row("absolute elsewhere", {{"a\\..\\b", "x"}}, "outside");
    row("without a name", {{"", "x"}}, "outside");
    row("link", {{"link", "/etc/passwd", 0120777}}, "links are not unpacked");
    row("device", {{"null", "", 0020666}}, "neither a file nor a folder");
    row("two names", {{"../evil", "x", 0100644, -1, "tame"}}, "directory and its content differ");
}

void GuestPartsTest::checksZips() {
    QFETCH(QByteArray, archive);
    QFETCH(QString, fault);
    const auto checked = checkZip(archive.toStdString(), 1 << 20);
    const auto told = checked ? QString() : QString::fromStdString(checked.error());
    QVERIFY2(fault.isEmpty() ? checked.has_value() : told.contains(fault), qPrintable(told));
}

void GuestPartsTest::refusesDamagedZips() {
    const auto whole = zipOf({{"a/b.py", "content"}, {"c", "1"}}).toStdString();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        QVERIFY2(!checkZip(std::string_view(whole).substr(0, size), 1 << 20),
                 qPrintable(QString::number(size)));
    }
    for (std::size_t bit = 0; bit < whole.size() * 8;
         ++bit) {  // whatever it says of them, it reads nothing else
        auto damaged = whole;
        damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
        (void)checkZip(damaged, 1 << 20);
    }
    QVERIFY(checkZip(whole.substr(0, whole.size() - 2) + std::string("\x05\0hello", 7),
                     1 << 20));  // with a comment
}

QTEST_GUILESS_MAIN(GuestPartsTest)
#include "tst_guest_parts.moc"

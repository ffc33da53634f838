// dogwatchctl without a process: what is wrong usage, which status it ends with, what it prints.
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <sstream>

#include "core/cli/commands.h"
#include "core/cli/files.h"
#include "core/cli/format.h"
#include "core/cli/help.h"
#include "core/cli/run.h"
#include "core/demo/workspace.h"
#include "core/model/function.h"
#include "core/model/metaevent.h"

using namespace dogwatch;
using namespace dogwatch::cli;

namespace {

struct Ran {
    int status = -1;
    std::string out;
    std::string err;
};

Ran runLine(const std::vector<std::string>& words) {
    std::ostringstream out;
    std::ostringstream err;
    const int status = run(words, out, err);
    return {status, out.str(), err.str()};
}

std::vector<std::string> words(const QString& line) {
    std::vector<std::string> list;
    for (const auto& word : line.split(u' ', Qt::SkipEmptyParts)) list.push_back(word.toStdString());
    return list;
}

}  // namespace

class TestCommandLine : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { QVERIFY(folder_.isValid()); }
    void tellsMisuse_data();
    void tellsMisuse();
    void readsOptionsAnywhere();
    void needsAControlPlane_data();
    void needsAControlPlane();
    void tellsErrorsAsJson();
    void refusesBadFiles();
    void checksDefinitions();
    void checkWarns();
    void backtestsAFile();
    void backtestCompares();
    void backtestNamesTheFault_data();
    void backtestNamesTheFault();
    void helpKnowsEveryCommand();
    void referenceIsThatOfTheTable();
    void alignsTables();
    void keepsTerminalsSafe();
    void newFilesComeWhole();
    void demoIsWellFormed();

 private:
    std::string write(const char* name, const QByteArray& text) {
        QFile file(folder_.filePath(QString::fromLatin1(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write %s", name);
        return file.fileName().toStdString();
    }
    QTemporaryDir folder_;
};

void TestCommandLine::tellsMisuse_data() {
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* line, const char* says) {
        QTest::newRow(*line != 0 ? line : "nothing") << QString::fromUtf8(line) << QString::fromUtf8(says);
    };
    row("", "A command is missing");
    row("functions", "add, list, show, update, remove");
    row("functions lst", "did you mean \"list\"");
    row("invok x", "did you mean \"invoke\"");
    row("invoke", "lacks its NAME");
    row("invoke a b", "\"b\" is too much");
    row("invoke a --payload", "must be followed by a value");
    row("invoke a --payload {", "--payload is no valid JSON");
    row("invoke a --payload @/nowhere", "/nowhere");
    row("invoke a --timeout 3", "such as 30s");
    row("invoke a --async=yes", "takes no value");
    row("invoke a --asinc", "did you mean \"--async\"");
    row("functions add a", "needs --runtime");
    row("functions add a --runtime sh", "--code FILE or --zip FILE");
    row("functions add a --runtime sh --code x --zip y", "exclude each other");
    row("functions add a --runtime sh --code x --memory much", "whole number of at least 1");
    row("functions add a --runtime sh --code x --env K", "must be K=V");
    row("functions add a --runtime sh --runtime lua --code x", "given twice");
    row("functions update a", "Nothing to change");
    row("executions list --state happy", "queued, running");
    row("executions list --limit 0", "at least 1");
    row("records tail --since yesterday", "such as -24h");
    row("deadletters retry", "lacks its ID");
    row("backtest", "needs --metaevents");
    row("bench everything", "engine, pool, journal or all");
    row("--data", "must be followed by a value");
}

void TestCommandLine::tellsMisuse() {
    QFETCH(QString, line);
    QFETCH(QString, says);
    const auto ran = runLine(words(line));
    QCOMPARE(ran.status, 2);
    QVERIFY2(QString::fromStdString(ran.err).contains(says), ran.err.c_str());
    QCOMPARE(ran.out, std::string{});
    QCOMPARE(std::count(ran.err.begin(), ran.err.end(), '\n'), 1);  // one sentence
}

void TestCommandLine::readsOptionsAnywhere() {
    const auto line = parseCommandLine(
        {"--json", "records", "tail", "--since", "-24h", "--event=custom.*", "--data", "/d", "--follow"},
        commands());
    QVERIFY(line.has_value());
    QVERIFY(line->json);
    QCOMPARE(line->dataDir, std::string{"/d"});
    QCOMPARE(*line->arguments.value("--since"), std::string{"-24h"});
    QCOMPARE(*line->arguments.value("--event"), std::string{"custom.*"});
    QVERIFY(line->arguments.has("--follow"));

    const auto dashed = parseCommandLine({"functions", "show", "--", "--odd"}, commands());
    QVERIFY(dashed.has_value());
    QCOMPARE(dashed->arguments.operand(), std::string{"--odd"});

    const auto pairs = parseCommandLine(
        {"functions", "add", "f", "--runtime", "sh", "--code", "c", "--env", "A=1", "--env", "B=x=y"},
        commands());
    QVERIFY(pairs.has_value());
    QCOMPARE(pairs->arguments.values("--env"), (std::vector<std::string>{"A=1", "B=x=y"}));
}

void TestCommandLine::needsAControlPlane_data() {
    QTest::addColumn<QString>("line");
    for (const auto* line : {"functions list",
                             "functions show a",
                             "functions remove a",
                             "invoke a",
                             "executions list",
                             "executions show e",
                             "executions logs e",
                             "executions cancel e",
                             "deadletters list",
                             "deadletters drop e",
                             "records tail",
                             "records tail --follow",
                             "records export -",
                             "metaevents list",
                             "metaevents show m",
                             "metaevents explain m",
                             "metaevents export -",
                             "firings list",
                             "firings show f",
                             "firings ack f",
                             "metaevents silence m --for 1h",
                             "metaevents unsilence m",
                             "pool status",
                             "pool drain",
                             "pool console v",
                             "gauges"}) {
        QTest::newRow(line) << QString::fromLatin1(line);
    }
}

void TestCommandLine::needsAControlPlane() {
    QFETCH(QString, line);
    auto all = words(line);
    all.insert(all.end(), {"--data", folder_.filePath(QStringLiteral("empty")).toStdString()});
    const auto ran = runLine(all);
    QCOMPARE(ran.status, 3);
    QVERIFY2(ran.err.starts_with("No control plane answers at ") &&
                 ran.err.find("dogwatchd --data") != std::string::npos,
             ran.err.c_str());
    QCOMPARE(ran.out, std::string{});
}

void TestCommandLine::tellsErrorsAsJson() {
    for (const auto& line : {"invoke --json", "gauges --json --data /nowhere"}) {
        const auto ran = runLine(words(QString::fromLatin1(line)));
        const auto error = parseJson(ran.err.substr(0, ran.err.size() - 1));
        QVERIFY2(error.has_value(), ran.err.c_str());
        QVERIFY(!stringMember(error->at("error").as_object(), "message").empty());
    }
}

void TestCommandLine::refusesBadFiles() {
    auto ran = runLine({"functions", "add", "f", "--runtime", "sh", "--code", "/nowhere/code.sh"});
    QCOMPARE(ran.status, 1);
    QCOMPARE(ran.err, std::string{"Cannot read /nowhere/code.sh: No such file or directory.\n"});
    ran = runLine({"functions", "add", "f", "--runtime", "sh", "--code", write("bytes", "\xff\xfe")});
    QCOMPARE(ran.status, 1);
    QVERIFY(ran.err.find("--zip") != std::string::npos);
    QFile large(folder_.filePath(QStringLiteral("large")));
    QVERIFY(large.open(QIODevice::WriteOnly) && large.resize(static_cast<qint64>(kLargestCode) + 1));
    ran = runLine({"functions", "add", "f", "--runtime", "sh", "--code", large.fileName().toStdString()});
    QCOMPARE(ran.status, 1);
    QVERIFY2(ran.err.find("50 MiB") != std::string::npos, ran.err.c_str());
}

void TestCommandLine::checksDefinitions() {
    const auto good = write("good.json", R"({"metaevent":"a","when":{"absent":"backup","for":"24h"}})");
    QCOMPARE(runLine({"metaevents", "check", good}).status, 0);
    const auto bad = write(
        "bad.json", R"([{"metaevent":"b","when":{"occurs":"x"}},{"metaevent":"c","when":{"absent":"x"}}])");
    auto ran = runLine({"metaevents", "check", bad});
    QCOMPARE(ran.status, 1);
    QVERIFY2(ran.err.starts_with("1.when.for: "), ran.err.c_str());
    ran = runLine({"metaevents", "apply", good, bad});  // the file is named where there are several
    QCOMPARE(ran.status, 1);
    QVERIFY2(ran.err.starts_with(bad + ": 1.when.for: "), ran.err.c_str());
}

void TestCommandLine::checkWarns() {
    const auto odd =
        write("odd.json", R"({"metaevent":"a","when":{"count":"x","within":"1h","is":["<",0]}})");
    const auto ran = runLine({"metaevents", "check", odd});
    QCOMPARE(ran.status, 0);
    QVERIFY2(ran.out.starts_with("a: when "), ran.out.c_str());
    QVERIFY2(ran.err.starts_with("warning: a, when.is: this is never true"), ran.err.c_str());
    const auto asJson = runLine({"metaevents", "check", odd, "--json"});
    QCOMPARE(asJson.err, std::string{});
    const auto answer = parseJson(asJson.out);
    QVERIFY(answer);
    QCOMPARE(answer->as_object().at("warnings").as_array().size(), std::size_t{2});
}

void TestCommandLine::backtestsAFile() {
    const auto definitions =
        write("silent.json", R"({"metaevent":"silent","when":{"absent":"backup","for":"10s"}})");
    const auto records = write(
        "records", "{\"seq\":1,\"time\":2000000,\"event\":\"execution.succeeded\",\"function\":\"order\"}\n");
    const auto ran =
        runLine({"backtest", "--metaevents", definitions, "--records", records, "--until", "40000000"});
    QCOMPARE(ran.err, std::string{});
    QCOMPARE(ran.status, 0);
    QCOMPARE(
        ran.out,
        std::string{R"({"metaevent":"silent","time":12000000,"key":null,"cause":0,"depth":1,"edge":"rise"})"
                    "\n"});
}

void TestCommandLine::backtestCompares() {
    const auto draft = write("draft.json", R"({"metaevent":"new","when":{"absent":"backup","for":"10s"}})");
    const auto applied =
        write("applied.json", R"({"metaevent":"old","when":{"absent":"backup","for":"20s"}})");
    const auto records = write(
        "records", "{\"seq\":1,\"time\":2000000,\"event\":\"execution.succeeded\",\"function\":\"order\"}\n");
    std::vector<std::string> line{"backtest",  "--metaevents", draft,     "--compare", applied,
                                  "--records", records,        "--until", "40000000"};
    const auto ran = runLine(line);
    QCOMPARE(ran.status, 0);
    QCOMPARE(
        ran.out,
        std::string{R"(+ {"metaevent":"new","time":12000000,"key":null,"cause":0,"depth":1,"edge":"rise"})"
                    "\n"
                    R"(- {"metaevent":"old","time":22000000,"key":null,"cause":0,"depth":1,"edge":"rise"})"
                    "\n"});
    QCOMPARE(ran.err, std::string{"1 gained, 1 lost, 0 kept\n"});
    line.emplace_back("--json");
    const auto asJson = runLine(line);
    QVERIFY2(asJson.out.starts_with(R"({"change":"gained","metaevent":"new",)"), asJson.out.c_str());
    QCOMPARE(asJson.err, std::string{});
    line[4] = draft;
    QCOMPARE(runLine(line).out, std::string{});
}

void TestCommandLine::backtestNamesTheFault_data() {
    QTest::addColumn<QByteArray>("definition");
    QTest::addColumn<QByteArray>("records");
    QTest::addColumn<QString>("begins");
    const QByteArray good = R"({"metaevent":"a","when":{"occurs":"x"}})";
    const QByteArray record = "{\"seq\":5,\"time\":5,\"event\":\"custom.x\"}\n";
    QTest::newRow("definition") << QByteArray(R"({"metaevent":"a","when":{"occurs":"x","of":1}})") << record
                                << "when.of: ";
    QTest::newRow("no object") << QByteArray("3") << record << "$: ";
    QTest::newRow("no record") << good << QByteArray(record + "{}\n") << "line 2: ";
    QTest::newRow("no JSON") << good << QByteArray(record + "\n\nseq 6\n") << "line 4: ";
    QTest::newRow("back in seq") << good << QByteArray(record + record) << "line 2: ";
    QTest::newRow("back in time") << good
                                  << QByteArray(record + "{\"seq\":6,\"time\":4,\"event\":\"custom.x\"}\n")
                                  << "line 2: ";
}

void TestCommandLine::backtestNamesTheFault() {
    QFETCH(QByteArray, definition);
    QFETCH(QByteArray, records);
    QFETCH(QString, begins);
    const auto ran = runLine({"backtest", "--metaevents", write("definition", definition), "--records",
                              write("records", records)});
    QCOMPARE(ran.status, 1);
    QVERIFY2(QString::fromStdString(ran.err).startsWith(begins), ran.err.c_str());
    QCOMPARE(std::count(ran.err.begin(), ran.err.end(), '\n'), 1);
}

void TestCommandLine::helpKnowsEveryCommand() {
    const auto all = runLine({"--help"});
    QCOMPARE(all.status, 0);
    for (const auto& command : commands()) {
        QVERIFY2(all.out.find(std::string{command.words}) != std::string::npos,
                 std::string{command.words}.c_str());
        QVERIFY(command.run != nullptr);
        auto words = ::words(QString::fromStdString(std::string{command.words}));
        words.emplace_back("--help");
        const auto one = runLine(words);
        QCOMPARE(one.status, 0);
        for (const auto& option : command.options)
            QVERIFY(one.out.find(std::string{option.name}) != std::string::npos);
    }
}

void TestCommandLine::referenceIsThatOfTheTable() {
    QFile file(QStringLiteral(DOGWATCH_SOURCE_DIR "/docs/cli.md"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto text = file.readAll().toStdString();
    QVERIFY2(
        text.ends_with(referenceMarkdown(commands())),
        "docs/cli.md is out of date: put the output of `dogwatchctl help reference` below its introduction");
}

void TestCommandLine::alignsTables() {
    Table table({"NAME", ">COUNT"});
    table.row({"héé", "7"});
    table.row({"longer", "1234"});
    std::ostringstream out;
    table.print(out, Palette(false));
    QCOMPARE(out.str(), std::string{"NAME    COUNT\nhéé         7\nlonger   1234\n"});
}

void TestCommandLine::keepsTerminalsSafe() {
    QCOMPARE(printable("a\x1b[31mb\nc\xC2\x9b"), std::string{"a?[31mb?c?"});
    const auto line =
        recordLine({{"time", 0}, {"event", "execution.failed"}, {"message", "x\x1b]0;owned\x07"}}, Time{},
                   Palette(false));
    QVERIFY(line.find('\x1b') == std::string::npos);
    const auto down =
        recordLine({{"time", 0}, {"event", "control.down"}, {"down_us", 90'000'000}, {"reason", "killed"}},
                   Time{}, Palette(false));
    QVERIFY2(down.find("90 s") != std::string::npos || down.find("1 min 30 s") != std::string::npos,
             down.c_str());
    QVERIFY2(down.find("killed") != std::string::npos, down.c_str());
    QCOMPARE(bytesText(1536), std::string{"1.5 KiB"});
}

void TestCommandLine::newFilesComeWhole() {
    const std::string path = folder_.filePath(QStringLiteral("kept.json")).toStdString();
    const auto content = [&] { return readFile(path, 1000).value_or("nothing"); };
    {
        NewFile file(path);
        file.stream() << "first";
        QCOMPARE(content(), std::string("nothing"));
        QVERIFY(file.finish().has_value());
    }
    QCOMPARE(content(), std::string("first"));
    {
        NewFile givenUp(path);
        givenUp.stream() << "sec";
    }
    QCOMPARE(content(), std::string("first"));
    QVERIFY(!QFile::exists(QString::fromStdString(path + ".part")));

    NewFile nowhere(path + "/below/a/file");
    const auto refused = nowhere.finish();
    QVERIFY(!refused.has_value());
    QVERIFY(refused.error().text().find("/below/a/file") != std::string::npos);
}

void TestCommandLine::demoIsWellFormed() {
    QCOMPARE(demo::functions().size(), 4U);
    for (const auto& value : demo::functions()) {
        const auto function = functionFromJson(value);
        QVERIFY2(function.has_value(), function ? "" : function.error().text().c_str());
        QVERIFY(!function->code.empty());
    }
    const auto metaevents = metaeventsFromJson(demo::metaevents());
    QVERIFY2(metaevents.has_value(), metaevents ? "" : metaevents.error().text().c_str());
    QCOMPARE(metaevents->size(), 2U);
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_command_line.moc"

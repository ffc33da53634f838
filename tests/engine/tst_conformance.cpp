// The conformance cases of the metaevent contract, run in process, one row a case.
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>
#include <map>

#include "core/engine/backtest.h"

using namespace dogwatch;

namespace {

const QString kCases = QStringLiteral(CONFORMANCE_CASES);
const QString kShared = QStringLiteral(CONFORMANCE_SHARED);  // beside the checkout; may be missing

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray{};
}

QStringList caseFiles(const QString& folder) {
    return QDir(folder).entryList({QStringLiteral("[0-9]*.json")}, QDir::Files, QDir::Name);
}

QByteArray text(const json::value& value) {
    return QByteArray::fromStdString(toJson(value));
}

/// A line has all that is expected of it, and is a firing exactly where one is expected.
bool agrees(const json::object& expected, const json::object& line) {
    if (expected.contains("event") != line.contains("event")) return false;
    return std::all_of(expected.begin(), expected.end(), [&line](const auto& member) {
        const auto* found = line.if_contains(member.key());
        return found != nullptr && sameValue(*found, member.value());
    });
}

std::optional<Time> timeIn(const json::object& test, const char* key) {
    const auto* value = test.if_contains(key);
    if (value == nullptr || !value->is_int64()) return std::nullopt;
    return timeFromUs(value->get_int64());
}

json::array run(const json::object& test, const std::vector<Metaevent>& definitions) {
    std::vector<Record> records;
    for (const auto& value : test.at("records").as_array()) records.push_back(recordFromJson(value).value());
    engine::BacktestOptions options;
    options.from = timeIn(test, "from");
    options.until = timeIn(test, "until");
    const bool everything = boolMember(test, "all");
    json::array lines;
    const auto done =
        engine::backtest(definitions, engine::readerOf(records), options, [&](engine::Derived&& derived) {
            if (everything || derived.kind == engine::Derived::Kind::Fired)
                lines.push_back(derived.toBacktestLine());
        });
    if (!done) lines.push_back(json::value(done.error().text()));
    return lines;
}

json::object countsOf(const json::array& lines) {
    json::object counts;
    for (const auto& value : lines) {
        const auto& line = value.as_object();
        const std::string name = std::string{stringMember(line, "metaevent")} + ' ' +
                                 std::string{stringMember(line, "event", "metaevent.fired")};
        counts[name] = intMember(counts, name) + 1;
    }
    return counts;
}

}  // namespace

class ConformanceTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void agrees_data() {
        QTest::addColumn<QString>("file");
        for (const auto& file : caseFiles(kCases)) QTest::newRow(qPrintable(file)) << kCases + u'/' + file;
    }

    void agrees() {
        QFETCH(QString, file);
        const QByteArray content = contentOf(file);
        const auto parsed = parseJson({content.data(), static_cast<std::size_t>(content.size())});
        QVERIFY2(parsed, parsed ? "" : parsed.error().text().c_str());
        const json::object& test = parsed->as_object();
        const auto definitions = metaeventsFromJson(test.at("metaevents"));
        if (test.contains("error")) {
            QVERIFY2(!definitions, "accepted, but it is malformed");
            QCOMPARE(QString::fromStdString(definitions.error().path),
                     QString::fromStdString(std::string{stringMember(test, "error")}));
            return;
        }
        QVERIFY2(definitions, definitions ? "" : definitions.error().text().c_str());
        const json::array lines = run(test, *definitions);
        if (const auto* counts = test.if_contains("expect_counts")) {
            QVERIFY2(sameValue(countsOf(lines), *counts), text(countsOf(lines)).constData());
            return;
        }
        const json::array& expected = test.at("expect").as_array();
        for (std::size_t i = 0; i < std::min(expected.size(), lines.size()); ++i) {
            QVERIFY2(::agrees(expected[i].as_object(), lines[i].as_object()),
                     "expected " + text(expected[i]) + " but got " + text(lines[i]));
        }
        QVERIFY2(expected.size() == lines.size(), text(lines).constData());
    }

    /// Our copies of the cases are those of the contract, where that lies beside the checkout.
    void casesAreTheContracts() {
        const QString shared = kShared + QStringLiteral("/conformance");
        if (!QDir(shared).exists()) QSKIP("The contract's conformance cases are not beside this checkout");
        QCOMPARE(caseFiles(kCases), caseFiles(shared));
        for (const auto& file : caseFiles(shared)) {
            QVERIFY2(contentOf(kCases + u'/' + file) == contentOf(shared + u'/' + file), qPrintable(file));
        }
    }

    /// On generated streams the engine agrees with the independent evaluator, where that lies beside the
    /// checkout.
    void agreesWithTheOracle() {
        const QString differ = kShared + QStringLiteral("/conformance/differ.py");
        if (!QFile::exists(differ) || !QDir(kShared + QStringLiteral("/oracle")).exists()) {
            QSKIP("The independent evaluator is not beside this checkout");
        }
        QProcess process;
        process.start(QStringLiteral("python3"),
                      {differ, QStringLiteral("--engine"), QStringLiteral(BACKTEST_DRIVER),
                       QStringLiteral("--seeds"), QStringLiteral("5000..5060")});
        QVERIFY2(process.waitForFinished(100'000), qPrintable(process.errorString()));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardOutput().constData());
    }
};

QTEST_GUILESS_MAIN(ConformanceTest)
#include "tst_conformance.moc"

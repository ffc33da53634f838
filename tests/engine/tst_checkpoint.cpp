// A checkpoint and the rest of the journal is the whole journal, wherever it is cut.
#include <QDir>
#include <QFile>
#include <QTest>
#include <algorithm>
#include <random>

#include "core/engine/engine.h"
#include "tests/engine/generated.h"

using namespace dogwatch;
using engine::Derived;
using engine::Engine;

namespace {

struct Case {
    std::vector<Metaevent> definitions;
    std::vector<Record> records;
    Duration after = std::chrono::hours{1};  ///< how long time passes behind them
};

constexpr auto kNever = [](std::size_t) { return false; };

/// Folds the records, going through a checkpoint before each record for which `cut` says so, and through an
/// edit of a definition where `edit` does.
template <typename Cut, typename Edit>
std::vector<std::string> fold(const Case& test, Cut cut, Edit edit) {
    std::vector<std::string> lines;
    const engine::Sink sink = [&lines](Derived&& derived) {
        lines.push_back(toJson(derived.toRecord().fields) + ' ' + toJson(derived.toBacktestLine()));
    };
    const engine::RecordSource journal = [&test](std::int64_t seq) -> std::optional<json::object> {
        const auto found = std::find_if(test.records.begin(), test.records.end(),
                                        [seq](const Record& record) { return record.seq == seq; });
        return found == test.records.end() ? std::nullopt : std::optional{toJson(*found)};
    };
    Engine engine;
    engine.setRecordSource(journal);
    if (test.records.empty()) return lines;
    for (const Metaevent& definition : test.definitions) {
        if (!engine.define(definition, 1, test.records.front().time)) return {"refused"};
    }
    for (std::size_t i = 0; i < test.records.size(); ++i) {
        engine.advance(test.records[i].time - Duration{1}, sink);
        if (cut(i)) {
            auto restored = Engine::restore(engine.checkpoint());
            if (!restored) return {restored.error().text()};
            engine = std::move(*restored);
            engine.setRecordSource(journal);
        }
        edit(engine, i, test.records[i].time);
        engine.fold(test.records[i], sink);
    }
    engine.advance(test.records.back().time + test.after, sink);
    return lines;
}

template <typename Cut>
std::vector<std::string> fold(const Case& test, Cut cut) {
    return fold(test, cut, [](Engine&, std::size_t, Time) {});
}

/// What a backtest prints: without ids, evidence and jobs, which tell of versions.
std::vector<std::string> backtestLines(const std::vector<std::string>& lines) {
    std::vector<std::string> kept;
    for (const auto& line : lines) kept.push_back(line.substr(line.rfind("} {") + 2));
    return kept;
}

Case generated(std::uint64_t seed) {
    engine::Generator generator(seed);
    return {generator.definitions(4), generator.records(80), std::chrono::minutes{1}};
}

}  // namespace

class CheckpointTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void sameFuture_data() {
        QTest::addColumn<QString>("file");
        const QDir folder(QStringLiteral(CONFORMANCE_CASES));
        for (const auto& file : folder.entryList({QStringLiteral("[1-7]*.json")}, QDir::Files, QDir::Name)) {
            QTest::newRow(qPrintable(file)) << folder.filePath(file);
        }
    }

    void sameFuture() {
        QFETCH(QString, file);
        QFile stream(file);
        QVERIFY(stream.open(QIODevice::ReadOnly));
        const QByteArray content = stream.readAll();
        const json::value parsed =
            parseJson({content.data(), static_cast<std::size_t>(content.size())}).value();
        const json::object& object = parsed.as_object();
        Case test{metaeventsFromJson(object.at("metaevents")).value(), {}};
        for (const auto& value : object.at("records").as_array()) {
            test.records.push_back(recordFromJson(value).value());
        }
        const auto whole = fold(test, kNever);
        QVERIFY(fold(test, [](std::size_t) { return true; }) == whole);
        std::mt19937 random(7);
        for (int run = 0; run < 3; ++run) {
            QVERIFY(fold(test, [&random](std::size_t) { return random() % 3 == 0; }) == whole);
        }
    }

    /// Definitions and records that nobody thought of, cut anywhere.
    void generatedFuture() {
        std::size_t derived = 0;
        for (std::uint64_t seed = 1; seed <= 150; ++seed) {
            const Case test = generated(seed);
            const auto whole = fold(test, kNever);
            derived += whole.size();
            std::mt19937_64 random(seed);
            const auto always = fold(test, [](std::size_t) { return true; });
            const auto sometimes = fold(test, [&random](std::size_t) { return random() % 8 == 0; });
            QVERIFY2(always == whole && sometimes == whole, qPrintable(QString::number(seed)));
        }
        QVERIFY(derived > 1500);  // else the cases say nothing
    }

    /// An edit that leaves the criteria alone changes nothing of what fires.
    void editsKeepTheState() {
        for (std::uint64_t seed = 1; seed <= 100; ++seed) {
            const Case test = generated(seed);
            engine::Generator edits(seed);
            const auto edit = [&](Engine& engine, std::size_t record, Time at) {
                if (!edits.chance(20)) return;
                const auto& definition = test.definitions[static_cast<std::size_t>(edits.number(4))];
                const auto version = static_cast<std::int64_t>(record) + 2;
                QVERIFY(engine.define(edits.edited(definition), version, at));
            };
            QVERIFY2(backtestLines(fold(test, kNever, edit)) == backtestLines(fold(test, kNever)),
                     qPrintable(QString::number(seed)));
        }
    }

    /// A change of the criteria arms anew: nothing of the old state is left.
    void newCriteriaStartEmpty() {
        Case test = generated(1);
        const auto definition = [](const char* within) {
            return metaeventFromJson(json::object{{"metaevent", "m"},
                                                  {"when",
                                                   {{"count", {{"event", "custom.note"}}},
                                                    {"within", within},
                                                    {"is", json::array{">=", 2}}}}})
                .value();
        };
        test.definitions = {definition("1h")};
        test.records.resize(2);
        for (auto& record : test.records) record.event = "custom.note";
        const auto second = [&](const char* within) {
            return fold(test, kNever, [&, within](Engine& engine, std::size_t record, Time at) {
                if (record == 1) QVERIFY(engine.define(definition(within), 2, at));
            });
        };
        QCOMPARE(second("1h").size(), std::size_t{1});
        QCOMPARE(second("2h").size(), std::size_t{0});
    }

    void refusesWhatIsBroken() {
        const std::string good = Engine().checkpoint();
        QVERIFY(Engine::restore(good));
        QVERIFY(!Engine::restore({}));
        QVERIFY(!Engine::restore(std::string_view{good}.substr(0, good.size() - 1)));
        std::string flipped = good;
        flipped.back() = static_cast<char>(flipped.back() ^ 1);
        QVERIFY(!Engine::restore(flipped));
    }
};

QTEST_GUILESS_MAIN(CheckpointTest)
#include "tst_checkpoint.moc"

// A checkpoint and the rest of the journal is the whole journal, wherever it is cut.
#include <QDir>
#include <QFile>
#include <QTest>
#include <algorithm>
#include <random>

#include "core/engine/engine.h"

using namespace dogwatch;
using engine::Derived;
using engine::Engine;

namespace {

struct Case {
    std::vector<Metaevent> definitions;
    std::vector<Record> records;
};

/// Folds the records, going through a checkpoint before each record for which `cut` says so.
template <typename Cut>
std::vector<std::string> fold(const Case& test, Cut cut) {
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
        engine.fold(test.records[i], sink);
    }
    engine.advance(test.records.back().time + std::chrono::hours{1}, sink);
    return lines;
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
        const auto whole = fold(test, [](std::size_t) { return false; });
        QVERIFY(fold(test, [](std::size_t) { return true; }) == whole);
        std::mt19937 random(7);
        for (int run = 0; run < 3; ++run) {
            QVERIFY(fold(test, [&random](std::size_t) { return random() % 3 == 0; }) == whole);
        }
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

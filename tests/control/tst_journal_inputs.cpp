// Backtests over the journal: what is decoded lazily is what the records say.
#include <QTest>

#include "core/control/journal_inputs.h"
#include "core/engine/backtest.h"
#include "tests/engine/generated.h"
#include "tests/journal/journal_fixture.h"

using namespace dogwatch;

namespace {

using Lines = std::vector<std::string>;

engine::Sink collect(Lines& lines) {
    return [&lines](engine::Derived&& derived) { lines.push_back(toJson(derived.toBacktestLine())); };
}

/// Records of every shape that the columns and the text beside them can have.
std::vector<Record> odd() {
    std::vector<Record> records = engine::Generator(5).records(12);
    records[0].fields["function"] = "";
    records[1].fields["function"] = 7;
    records[2].fields.erase("function");
    records[3].fields["execution"] = json::object{{"id", "x"}};
    records[4].fields.erase("execution");
    records[5].fields["tags"] =
        json::object{{"team", "r\"e\\d"}, {"deep", json::array{1, json::object{{"n", 2}}}}};
    records[6].fields["a \"quoted\" key"] = 1;
    records[7].event = "vm.ready";
    records[7].fields = {{"vm", "vm-1"}};
    records[8].event = "vm.lost";
    records[8].fields = {{"vm", "vm-1"}};
    records[9].fields["depth"] = 3;
    records[10].fields["result"] = "text, with } and ] and \"";
    return records;
}

}  // namespace

class JournalInputsTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void sameAsTheRecordsThemselves() {
        for (std::uint64_t seed = 1; seed <= 30; ++seed) {
            engine::Generator generator(seed);
            const auto definitions = generator.definitions(8);
            compare(definitions, generator.records(120));
        }
    }

    void oddRecords() {
        const auto occurs = [](const char* path, const char* op, const json::value& value) {
            const json::object when{
                {"occurs", {{"event", "*"}, {"where", json::array(1, json::array{path, op, value})}}}};
            const std::string name =
                std::string{"m"} + std::to_string(std::hash<std::string>{}(toJson(when)));
            return metaeventFromJson(json::object{{"metaevent", name.substr(0, 40)}, {"when", when}}).value();
        };
        std::vector<Metaevent> definitions{occurs("function", "exists", true),
                                           occurs("function", "==", ""),
                                           occurs("function", "==", 7),
                                           occurs("execution", "exists", true),
                                           occurs("execution.id", "==", "x"),
                                           occurs("tags.team", "==", "r\"e\\d"),
                                           occurs("tags.deep.1.n", "==", 2),
                                           occurs("a \"quoted\" key", "==", 1),
                                           occurs("vm", "==", "vm-1"),
                                           occurs("depth", "==", 3),
                                           occurs("result", "contains", "] and"),
                                           occurs("nothing", "exists", true)};
        definitions.push_back(
            metaeventFromJson(parseJson(R"({"metaevent":"vms","when":{"gauge":"vms","is":[">=",1]},
                                            "fire":{"on":"both"}})")
                                  .value())
                .value());
        definitions.push_back(
            metaeventFromJson(
                parseJson(R"({"metaevent":"named","when":{"occurs":{"event":"*","function":"*"}}})").value())
                .value());
        compare(definitions, odd());
    }

 private:
    static void compare(const std::vector<Metaevent>& definitions, const std::vector<Record>& records) {
        journal::Workspace workspace;
        journal::Batch batch;
        batch.records = records;
        QVERIFY(workspace.commit(std::move(batch)));
        auto reader = workspace.reader();
        auto cursor = reader.stream(0);
        QVERIFY(cursor);
        control::JournalInputs inputs(*cursor);
        Lines lazily;
        QVERIFY(engine::backtest(
            definitions, [&](engine::Symbols& symbols) { return inputs.next(symbols); }, {},
            collect(lazily)));
        Lines whole;
        QVERIFY(engine::backtest(definitions, engine::inputsOf(records, definitions), {}, collect(whole)));
        QVERIFY(!whole.empty());
        QCOMPARE(lazily, whole);
    }
};

QTEST_GUILESS_MAIN(JournalInputsTest)
#include "tst_journal_inputs.moc"

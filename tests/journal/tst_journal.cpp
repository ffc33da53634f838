// What is put into the journal comes out of it again, in pages and streams; what is no sound journal is
// refused with the mend.
#include <sqlite3.h>
#include <sys/mount.h>

#include <QDir>
#include <QFile>
#include <QTest>
#include <algorithm>

#include "core/journal/schema.h"
#include "journal_fixture.h"

using namespace dogwatch;
using namespace dogwatch::journal;
using namespace std::chrono_literals;

namespace {

std::vector<std::int64_t> seqsOf(const RecordPage& page) {
    std::vector<std::int64_t> seqs;
    for (const auto& record : page.records) seqs.push_back(record.seq);
    return seqs;
}

using Seqs = std::vector<std::int64_t>;

/// 1 queued f a, 2 started f a, 3 queued g b, 4 failed f a, 5 vm.ready, 6 started g b, 7 custom.note f a
Batch sevenRecords() {
    Batch batch;
    batch.records = {makeRecord(1, "execution.queued", "f", "a"),
                     makeRecord(2, "execution.started", "f", "a"),
                     makeRecord(3, "execution.queued", "g", "b"),
                     makeRecord(4, "execution.failed", "f", "a"),
                     makeRecord(5, "vm.ready"),
                     makeRecord(6, "execution.started", "g", "b"),
                     makeRecord(7, "custom.note", "f", "a")};
    return batch;
}

ExecutionChange makeExecution(const std::string& id, const std::string& function, std::int64_t us,
                              ExecutionState state = ExecutionState::Queued) {
    ExecutionChange change;
    change.execution.id = id;
    change.execution.function = function;
    change.execution.version = 1;
    change.execution.state = state;
    change.execution.trigger = "api";
    change.execution.queuedAt = at(us);
    return change;
}

std::shared_ptr<const Function> makeFunction(const std::string& name, std::int64_t version,
                                             const std::string& code) {
    auto function = std::make_shared<Function>();
    function->name = name;
    function->version = version;
    function->runtime = "python3";
    function->code = code;
    function->rate = RateLimit{10, 1s};
    function->environment["LANG"] = "C";
    function->createdAt = at(1);
    function->updatedAt = at(version);
    return function;
}

void overwrite(const std::string& path, qint64 offset, const QByteArray& bytes) {
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(offset));
    QCOMPARE(file.write(bytes), bytes.size());
}

}  // namespace

class TestJournal : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void recordsComeBackAsTheyWere() {
        Workspace space;
        Record record{1, at(5), "execution.succeeded", {}};
        record.fields =
            parseJson(R"({"function":"f","execution":"x","tags":{"team":"ü"},"result":[1,2.5,null,"é"],
            "duration_us":9007199254740991})")
                ->as_object();
        Record odd{2, at(5), "custom.odd", {}};
        odd.fields = parseJson(R"({"function":7,"execution":"","data":true})")->as_object();
        Batch batch;
        batch.records = {record, odd};
        QVERIFY(space.commit(batch));
        const auto page = valueOf(space.reader().records({}));
        QCOMPARE(page.records.size(), std::size_t{2});
        QCOMPARE(toJson(page.records[0]), toJson(record));
        QCOMPARE(toJson(page.records[1]), toJson(odd));
        QVERIFY(!page.more);
    }

    void filtersRecords_data() {
        QTest::addColumn<RecordQuery>("query");
        QTest::addColumn<Seqs>("expected");
        const auto row = [](const char* name, const RecordQuery& query, const Seqs& seqs) {
            QTest::newRow(name) << query << seqs;
        };
        row("all", {}, {1, 2, 3, 4, 5, 6, 7});
        row("event", {.events = {"execution.queued"}}, {1, 3});
        row("events", {.events = {"execution.queued", "vm.ready"}}, {1, 3, 5});
        row("wildcard", {.events = {"execution.*"}}, {1, 2, 3, 4, 6});
        row("function", {.functions = {"f"}}, {1, 2, 4, 7});
        row("functions and events", {.events = {"execution.started"}, .functions = {"*"}}, {2, 6});
        row("unknown event", {.events = {"nothing"}}, {});
        row("event that the function never had", {.events = {"vm.ready"}, .functions = {"f"}}, {});
        row("execution", {.execution = "b"}, {3, 6});
        row("execution and event", {.events = {"execution.started"}, .execution = "b"}, {6});
        row("since", {.since = at(5000)}, {5, 6, 7});
        row("since between", {.since = at(4001)}, {5, 6, 7});
        row("until", {.until = at(3000)}, {1, 2, 3});
        row("between", {.since = at(2000), .until = at(3999)}, {2, 3});
        row("after", {.afterSeq = 5}, {6, 7});
        row("before", {.beforeSeq = 3}, {1, 2});
        row("limit", {.limit = 2}, {1, 2});
        row("newest", {.limit = 2, .newest = true}, {6, 7});
        row("newest of a function", {.functions = {"f"}, .limit = 2, .newest = true}, {4, 7});
    }
    void filtersRecords() {
        QFETCH(RecordQuery, query);
        QFETCH(Seqs, expected);
        Workspace space;
        QVERIFY(space.commit(sevenRecords()));
        const auto page = valueOf(space.reader().records(query));
        QCOMPARE(seqsOf(page), expected);
        QCOMPARE(page.more, query.limit == 2);
    }

    void pagesThroughManyRecords() {
        Workspace space;
        Batch batch;
        for (std::int64_t seq = 1; seq <= 2500; ++seq) {
            batch.records.push_back(
                makeRecord(seq, seq % 2 == 0 ? "even" : "odd", "f" + std::to_string(seq % 3)));
        }
        QVERIFY(space.commit(std::move(batch)));
        auto reader = space.reader();
        RecordQuery query{.events = {"even"}, .limit = 100};
        std::int64_t seen = 0;
        for (bool more = true; more;) {
            const auto page = valueOf(reader.records(query));
            for (const auto& record : page.records) QCOMPARE(record.seq, 2 * ++seen);
            more = page.more;
            query.afterSeq = page.records.back().seq;
        }
        QCOMPARE(seen, 1250);
        QCOMPARE(valueOf(reader.info()).records, 2500);
    }

    void streamsOneSnapshot() {
        Workspace space;
        QVERIFY(space.commit(sevenRecords()));
        auto reader = space.reader();
        auto cursor = valueOf(reader.stream(1, std::nullopt, at(6000), {"execution.*"}));
        Seqs seqs;
        while (valueOf(cursor.next())) {
            if (seqs.empty()) {
                QCOMPARE(cursor.event(), std::string_view{"execution.started"});
                QCOMPARE(cursor.function(), std::string_view{"f"});
                QCOMPARE(cursor.execution(), std::string_view{"a"});
                Batch later;
                later.records = {makeRecord(8, "execution.queued")};
                QVERIFY(space.commit(std::move(later)));
            }
            const auto record = valueOf(cursor.record());
            QCOMPARE(intMember(record.fields, "n"), record.seq);
            seqs.push_back(record.seq);
        }
        QCOMPARE(seqs, (Seqs{2, 3, 4, 6}));
    }

    void refusesWhatGoesBack() {
        Workspace space;
        QVERIFY(space.commit(sevenRecords()));
        Batch again;
        again.records = {makeRecord(7, "vm.ready")};
        const auto refused = space.commit(std::move(again));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, Error::Kind::Internal);
    }

    void executionsFollowTheirChanges() {
        Workspace space;
        auto first = makeExecution("e1", "f", 10);
        first.payload = R"({"a":1})";
        first.terms.timeout = 30s;
        first.terms.idempotencyKey = "key";
        Batch batch;
        batch.executions = {first, makeExecution("e2", "g", 20)};
        QVERIFY(space.commit(batch));
        auto reader = space.reader();
        QCOMPARE(valueOf(reader.unfinished()).size(), std::size_t{2});
        QCOMPARE(valueOf(reader.idempotencyKeys(at(0))).at(0).second, std::string{"e1"});
        QVERIFY(valueOf(reader.idempotencyKeys(at(15))).empty());

        first.payload.reset();
        first.execution.state = ExecutionState::Failed;
        first.execution.error = "exit";
        first.execution.finishedAt = at(30);
        first.output = ExecutionOutput{};
        first.output->output = "text";
        first.output->exitCode = 3;
        batch = {};
        batch.executions = {first};
        QVERIFY(space.commit(batch));
        const auto detail = valueOf(reader.execution("e1"));
        QCOMPARE(detail.payload, std::string{R"({"a":1})"});
        QCOMPARE(detail.execution.error, std::string{"exit"});
        QCOMPARE(detail.output.exitCode, std::optional<int>{3});
        QCOMPARE(detail.terms.timeout, Duration{30s});
        QCOMPARE(*detail.execution.finishedAt, at(30));
        QCOMPARE(valueOf(reader.unfinished()).size(), std::size_t{1});
        QCOMPARE(reader.execution("none").error().kind, Error::Kind::NotFound);
        const auto shown = toJson(detail);
        QCOMPARE(shown.at("payload").at("a").as_int64(), 1);
        QCOMPARE(shown.at("error").as_string(), "exit");
        QVERIFY(shown.at("vm").is_null());
    }

    void listsExecutions_data() {
        QTest::addColumn<ExecutionQuery>("query");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const ExecutionQuery& query, const char* ids) {
            QTest::newRow(name) << query << QString::fromLatin1(ids);
        };
        row("all", {}, "e5 e4 e3 e2 e1");
        row("function", {.function = "f"}, "e5 e3 e1");
        row("pattern", {.function = "f*"}, "e5 e3 e1");
        row("state", {.state = ExecutionState::Failed}, "e3 e2");
        row("function and state", {.function = "f", .state = ExecutionState::Failed}, "e3");
        row("since", {.since = at(30)}, "e5 e4 e3");
        row("before", {.before = "e3"}, "e2 e1");
        row("limit", {.limit = 2}, "e5 e4");
        row("dead letters", {.deadLetters = true}, "e5 e4");
        row("dead letters of a function", {.function = "g", .deadLetters = true}, "e4");
        row("unknown function", {.function = "h"}, "");
    }
    void listsExecutions() {
        QFETCH(ExecutionQuery, query);
        QFETCH(QString, expected);
        Workspace space;
        Batch batch;
        batch.executions = {makeExecution("e1", "f", 10, ExecutionState::Succeeded),
                            makeExecution("e2", "g", 20, ExecutionState::Failed),
                            makeExecution("e3", "f", 30, ExecutionState::Failed),
                            makeExecution("e4", "g", 40, ExecutionState::Dropped),
                            makeExecution("e5", "f", 50, ExecutionState::Dropped)};
        batch.executions[3].terms.deadLetter = batch.executions[4].terms.deadLetter = true;
        QVERIFY(space.commit(std::move(batch)));
        QStringList ids;
        for (const auto& execution : valueOf(space.reader().executions(query))) {
            ids << QString::fromStdString(execution.id);
        }
        QCOMPARE(ids.join(u' '), expected);
    }

    void deadLettersCanBeTaken() {
        Workspace space;
        Batch batch;
        batch.executions = {makeExecution("e1", "f", 10, ExecutionState::Dropped)};
        batch.executions[0].terms.deadLetter = true;
        QVERIFY(space.commit(batch));
        batch = {};
        batch.deadLettersTaken = {"e1"};
        QVERIFY(space.commit(batch));
        QVERIFY(valueOf(space.reader().executions({.deadLetters = true})).empty());
    }

    void firingsAreKeptOnce() {
        Workspace space;
        Firing firing{"id-1", 3,    "late-backup", 2,  at(9), json::array{"k"}, 1, "rise",
                      1,      true, {"e1"},        {}, {}};
        Batch batch;
        batch.firings = {firing};
        QVERIFY(space.commit(batch));
        firing.edge = "fall";
        batch.firings = {firing};
        QVERIFY(space.commit(batch));
        auto reader = space.reader();
        const auto list = valueOf(reader.firings({.metaevent = "late-backup", .since = at(9)}));
        QCOMPARE(list.size(), std::size_t{1});
        QCOMPARE(list[0].edge, std::string{"rise"});
        QCOMPARE(toJson(list[0]).at("executions").at(0).as_string(), "e1");
        QVERIFY(list[0].late);
        QVERIFY(valueOf(reader.hasFiring("id-1")));
        QVERIFY(!valueOf(reader.hasFiring("id-2")));
        QVERIFY(valueOf(reader.firings({.since = at(10)})).empty());
    }

    void functionsKeepTheirVersions() {
        Workspace space;
        const std::string binary{"PK\0\xff", 4};
        auto zipped = std::make_shared<Function>(*makeFunction("f", 3, binary));
        zipped->zip = true;
        Batch batch;
        batch.functions = {
            {makeFunction("f", 1, "one"), false}, {makeFunction("f", 2, "one"), false}, {zipped, false}};
        QVERIFY(space.commit(batch));
        auto reader = space.reader();
        QCOMPARE(valueOf(reader.functions()).size(), std::size_t{1});
        QCOMPARE(valueOf(reader.function("f")).code, binary);
        QVERIFY(valueOf(reader.function("f")).zip);
        const auto second = valueOf(reader.function("f", 2));
        QCOMPARE(second.code, std::string{"one"});
        QCOMPARE(second.rate, (std::optional<RateLimit>{RateLimit{10, 1s}}));
        QCOMPARE(second.createdAt, at(1));
        batch.functions = {{zipped, true}};
        QVERIFY(space.commit(batch));
        QVERIFY(valueOf(reader.functions()).empty());
        QCOMPARE(reader.function("f").error().kind, Error::Kind::NotFound);
        QCOMPARE(valueOf(reader.function("f", 1)).version, 1);  // executions under way still find theirs
    }

    void smallFactsComeBack() {
        Workspace space;
        Batch batch;
        batch.definitions = {{{"b", 1, true, {{"metaevent", "b"}}, 2, at(1)}, false},
                             {{"a", 1, false, {{"metaevent", "a"}}, 5, at(2)}, false}};
        batch.schedules = {{"tick", at(60)}};
        batch.meta = {{"note", "text"}};
        for (std::int64_t seq = 1; seq <= 4; ++seq) {
            batch.checkpoint = Checkpoint{seq, at(seq), std::string("\0engine", 7)};
            QVERIFY(space.commit(batch));
        }
        auto reader = space.reader();
        const auto definitions = valueOf(reader.definitions());
        QCOMPARE(definitions.size(), std::size_t{2});
        QCOMPARE(definitions[0].name, std::string{"b"});
        QVERIFY(!definitions[1].enabled);
        QCOMPARE(valueOf(reader.schedules()).at(0).instant, at(60));
        QCOMPARE(valueOf(reader.meta("note")), std::string{"text"});
        QCOMPARE(valueOf(reader.checkpoints()).front().seq, 4);
        QCOMPARE(valueOf(reader.checkpoints()).front().engine, std::string("\0engine", 7));
        batch = {};
        batch.definitions = {{{"b", 1, true, {}, 2, at(1)}, true}};
        batch.meta = {{"note", ""}};
        QVERIFY(space.commit(batch));
        QCOMPARE(valueOf(reader.definitions()).size(), std::size_t{1});
        QCOMPARE(valueOf(reader.meta("note")), std::string{});
    }

    void opensAgainWhereItEnded() {
        Workspace space;
        QVERIFY(space.writer->opened().created);
        QVERIFY(space.commit(sevenRecords()));
        space.writer.reset();
        QVERIFY(!QFile::exists(QString::fromStdString(space.file() + "-wal")));  // folded in
        QVERIFY(space.open());
        QVERIFY(!space.writer->opened().created);
        QVERIFY(!space.writer->opened().unclean);
        QCOMPARE(space.writer->opened().lastSeq, 7);
        QCOMPARE(space.writer->opened().lastTime, at(7000));
        Batch next;
        next.records = {makeRecord(8, "vm.ready")};
        QVERIFY(space.commit(std::move(next)));
    }

    void answersInOrderAndBeforeItCloses() {
        Workspace space;
        std::vector<int> order;
        for (int i = 0; i < 200; ++i) {
            auto batch = std::make_shared<Batch>();
            batch->records = {makeRecord(i + 1, "vm.ready")};
            space.writer->submit(batch, [&order, i](const auto& result) {
                if (result) order.push_back(i);
            });
        }
        space.writer.reset();
        QVERIFY(space.owner.runUntil([&] { return order.size() == 200; }));
        QVERIFY(std::is_sorted(order.begin(), order.end()));
    }

    void refusesUnsoundFiles_data() {
        QTest::addColumn<QString>("damage");
        QTest::addColumn<QString>("says");
        QTest::newRow("truncated to nothing") << "empty"
                                              << "is empty";
        QTest::newRow("no database") << "noise"
                                     << "is damaged";
        QTest::newRow("pages overwritten") << "pages"
                                           << "is damaged";
        QTest::newRow("missing, but its log is there") << "missing"
                                                       << "is missing";
        QTest::newRow("another program's") << "foreign"
                                           << "is no Dogwatch journal";
        QTest::newRow("newer") << "newer"
                               << "newer Dogwatch";
    }
    void refusesUnsoundFiles() {
        QFETCH(QString, damage);
        QFETCH(QString, says);
        Workspace space;
        for (std::int64_t first = 1; first < 4000; first += 100) {
            Batch batch;
            for (auto seq = first; seq < first + 100; ++seq)
                batch.records.push_back(makeRecord(seq, "vm.ready", "f"));
            QVERIFY(space.commit(std::move(batch)));
        }
        space.writer.reset();
        const auto path = QString::fromStdString(space.file());
        const auto edit = [&](const char* sql) {
            sqlite3* database = nullptr;
            QCOMPARE(sqlite3_open(space.file().c_str(), &database), SQLITE_OK);
            QCOMPARE(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
            sqlite3_close(database);
        };
        if (damage == u"empty") QVERIFY(QFile::resize(path, 0));
        if (damage == u"noise") overwrite(space.file(), 0, QByteArray(4096, 'x'));
        if (damage == u"pages") {
            edit("UPDATE meta SET value = '0' WHERE name = 'journal.closed'");
            const auto size = QFile(path).size();
            for (qint64 page = qint64{8192} * 4; page < size; page += 8192)
                overwrite(space.file(), page, QByteArray(64, '\xff'));
        }
        if (damage == u"missing") QVERIFY(QFile::rename(path, path + QStringLiteral("-wal")));
        if (damage == u"foreign") edit("PRAGMA application_id = 7");
        if (damage == u"newer") edit("PRAGMA user_version = 999");
        const auto before = QFile::exists(path) ? QFile(path).size() : -1;
        QVERIFY(!space.open());
        QCOMPARE(space.error.kind, Error::Kind::Io);
        QVERIFY2(space.error.message.find(says.toStdString()) != std::string::npos,
                 space.error.message.c_str());
        QVERIFY(space.error.message.find(';') != std::string::npos);  // and the mend
        QCOMPARE(QFile::exists(path) ? QFile(path).size() : -1, before);
    }

    void migratesStepByStep() {
        QTemporaryDir folder;
        const auto path = folder.path().toStdString() + "/any.db";
        const auto database = valueOf(Database::open(path, Database::Mode::Create));
        const std::vector<Migration> old = {{1, "CREATE TABLE a (x); INSERT INTO a VALUES (7)"}};
        QCOMPARE(valueOf(migrate(database, old)), 0);
        const std::vector<Migration> current = {
            old[0], {2, "ALTER TABLE a ADD COLUMN y"}, {3, "UPDATE a SET y = x + 1"}};
        QCOMPARE(valueOf(migrate(database, current)), 1);
        QCOMPARE(valueOf(database.queryInteger("SELECT y FROM a")), 8);
        QCOMPARE(valueOf(migrate(database, current)), 3);
        // One that fails leaves everything as it was.
        auto broken = current;
        broken.push_back({4, "UPDATE a SET y = 0; UPDATE nowhere SET y = 0"});
        QVERIFY(!migrate(database, broken));
        QCOMPARE(valueOf(database.queryInteger("SELECT y FROM a")), 8);
        QCOMPARE(valueOf(database.queryInteger("PRAGMA user_version")), 3);
        QVERIFY(migrate(database, old).error().message.find("newer") != std::string::npos);
    }

    void waitsOutAFullDisk() {
        QTemporaryDir mountPoint;
        const auto path = mountPoint.path().toStdString();
        if (::mount("tmpfs", path.c_str(), "tmpfs", 0, "size=2m") != 0)
            QSKIP("a small tmpfs needs the right to mount");
        struct Unmount {
            std::string path;
            ~Unmount() { ::umount2(path.c_str(), MNT_DETACH); }
        } const unmount{path};

        Owner owner;
        std::vector<std::optional<Error>> health;
        auto writer = valueOf(Writer::open({path, "", 20ms}, owner.poster(),
                                           [&](const auto& trouble) { health.push_back(trouble); }));
        QFile ballast(mountPoint.path() + QStringLiteral("/ballast"));
        QVERIFY(ballast.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        const QByteArray block(4096, 'b');
        while (ballast.write(block) == block.size()) {
        }
        auto batch = std::make_shared<Batch>();
        for (std::int64_t seq = 1; seq <= 500; ++seq)
            batch->records.push_back(makeRecord(seq, "vm.ready", "f"));
        std::optional<Result<void>> result;
        writer->submit(batch, [&](const auto& done) { result = done; });
        QVERIFY(owner.runUntil([&] { return !health.empty(); }));
        QVERIFY(health[0].has_value());
        QCOMPARE(health[0]->kind, Error::Kind::Io);
        QVERIFY2(health[0]->message.find("full") != std::string::npos, health[0]->message.c_str());
        QVERIFY(!result);  // neither acknowledged nor given up
        ballast.close();
        QVERIFY(ballast.remove());
        QVERIFY(owner.runUntil([&] { return result.has_value() && health.size() == 2; }));
        QVERIFY(result->has_value());
        QVERIFY(!health[1]);
        QCOMPARE(valueOf(valueOf(Reader::open(path)).info()).lastSeq, 500);
        writer.reset();
    }
};

QTEST_APPLESS_MAIN(TestJournal)
#include "tst_journal.moc"

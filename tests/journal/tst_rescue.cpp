// Backups, restoring them, and salvaging what can be read of a damaged journal.
#include <sqlite3.h>

#include <QDir>
#include <QFile>
#include <QTest>

#include "core/journal/schema.h"
#include "journal_fixture.h"

using namespace dogwatch;
using namespace dogwatch::journal;

namespace {

constexpr std::int64_t kRecords = 4'000;
constexpr qint64 kPage = 8192;
const Time kNow = at(1'000'000'000);

/// Records, an execution that waits, a function, a definition.
void fill(Workspace& space) {
    for (std::int64_t first = 1; first <= kRecords; first += 100) {
        Batch batch;
        for (auto seq = first; seq < first + 100; ++seq)
            batch.records.push_back(makeRecord(seq, "vm.ready", "f", "e" + std::to_string(seq)));
        QVERIFY(space.commit(std::move(batch)));
    }
    Batch batch;
    ExecutionChange change;
    change.execution.id = "e1";
    change.execution.function = "f";
    change.execution.queuedAt = at(1);
    change.payload = R"({"a":1})";
    batch.executions = {change};
    auto function = std::make_shared<Function>();
    function->name = "f";
    function->runtime = "sh";
    function->code = "echo";
    batch.functions = {{function, false}};
    batch.definitions = {{{"m", 1, true, {{"metaevent", "m"}}, 2, at(1)}, false}};
    batch.checkpoint = Checkpoint{kRecords, at(kRecords * 1000), "engine"};
    QVERIFY(space.commit(batch));
}

void overwrite(const std::string& path, qint64 offset, const QByteArray& bytes) {
    QFile file(QString::fromStdString(path));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(offset));
    QCOMPARE(file.write(bytes), bytes.size());
}

/// The page that holds the leaf of a table with the record of this seq, found by its text.
qint64 pageOf(const std::string& path, const QByteArray& text) {
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly)) return -1;
    return file.readAll().indexOf(text) / kPage;
}

std::string backupOf(Workspace& space, const QTemporaryDir& folder) {
    const auto path = folder.path().toStdString() + "/deep/er/backup.db";
    const auto done = backupJournal(space.directory(), path);
    if (!done) qFatal("%s", done.error().text().c_str());
    return path;
}

}  // namespace

class TestRescue : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void backsUpWhileOpen() {
        Workspace space;
        fill(space);
        const QTemporaryDir folder;
        const auto path = backupOf(space, folder);
        QVERIFY(checkJournal(path));
        QCOMPARE(backupJournal(space.directory(), path).error().kind, Error::Kind::Conflict);
        QCOMPARE(QFile(QString::fromStdString(path)).permissions() & (QFile::ReadOther | QFile::WriteOther),
                 QFile::Permissions{});
        const auto cancelled = backupJournal(space.directory(), path + "2", [] { return true; });
        QCOMPARE(cancelled.error().kind, Error::Kind::Refused);
        QCOMPARE(QDir(folder.filePath(QStringLiteral("deep/er"))).entryList(QDir::Files),
                 QStringList{QStringLiteral("backup.db")});
    }

    void restoresABackup() {
        Workspace space;
        fill(space);
        const QTemporaryDir folder;
        const auto backup = backupOf(space, folder);
        Batch batch;
        batch.records = {makeRecord(kRecords + 1, "vm.lost")};
        QVERIFY(space.commit(batch));
        space.writer.reset();
        overwrite(space.file(), 0, QByteArray(kPage, 'x'));
        QVERIFY(!space.open());
        const auto restored = valueOf(restoreJournal(space.directory(), backup, kNow));
        QCOMPARE(restored.records, kRecords);
        QCOMPARE(restored.lastTime, at(kRecords * 1000));
        QVERIFY(QFile::exists(QString::fromStdString(restored.replaced)));
        QVERIFY2(space.open(), space.error.message.c_str());
        QVERIFY(!space.writer->opened().unclean);
        QCOMPARE(space.writer->opened().lastSeq, kRecords);
        QCOMPARE(valueOf(space.reader().execution("e1")).payload, std::string{R"({"a":1})"});
    }

    void keepsTheLogOfWhatItReplaces() {
        Workspace space;
        fill(space);
        const QTemporaryDir folder;
        const auto backup = backupOf(space, folder);
        // As a crash leaves it: with a log that holds what the file does not.
        const QTemporaryDir crashed;
        const auto directory = crashed.path().toStdString();
        for (const char* suffix : {"", "-wal"}) {
            QVERIFY(QFile::copy(QString::fromStdString(space.file() + suffix),
                                QString::fromStdString(directory + "/journal.db" + suffix)));
        }
        const auto restored = valueOf(restoreJournal(directory, backup, kNow));
        QVERIFY(!QFile::exists(QString::fromStdString(directory + "/journal.db-wal")));
        QVERIFY(QFile::exists(QString::fromStdString(restored.replaced + "-wal")));
        QVERIFY(checkJournal(restored.replaced));
        // A second one in the same second takes another name.
        QVERIFY(valueOf(restoreJournal(directory, backup, kNow)).replaced != restored.replaced);
    }

    void refusesToRestoreWhatIsNoBackup() {
        Workspace space;
        fill(space);
        const QTemporaryDir folder;
        const auto backup = backupOf(space, folder);
        space.writer.reset();
        const auto before = QFile(QString::fromStdString(space.file())).size();
        overwrite(backup, kPage * 5, QByteArray(kPage, '\xff'));
        const auto damaged = restoreJournal(space.directory(), backup, kNow);
        QVERIFY(!damaged);
        QVERIFY2(damaged.error().message.find("cannot be restored") != std::string::npos,
                 damaged.error().message.c_str());
        QVERIFY(!restoreJournal(space.directory(), backup + "-missing", kNow));
        QCOMPARE(QFile(QString::fromStdString(space.file())).size(), before);
        QCOMPARE(QDir(space.folder.path()).entryList(QDir::Files), QStringList{QStringLiteral("journal.db")});
        QVERIFY(space.open());
    }

    void namesTheNewestBackup() {
        Workspace space;
        fill(space);
        QVERIFY(backupJournal(space.directory(), space.directory() + "/backups/monday.db"));
        space.writer.reset();
        QVERIFY(QFile::resize(QString::fromStdString(space.file()), 0));
        QVERIFY(!space.open());
        QVERIFY2(space.error.message.find("journal restore " + space.directory() + "/backups/monday.db") !=
                     std::string::npos,
                 space.error.message.c_str());
    }

    void salvages_data() {
        QTest::addColumn<QString>("damage");
        QTest::addColumn<qint64>("atLeast");
        QTest::newRow("one page of records") << "page" << qint64{kRecords - 300};
        QTest::newRow("several pages") << "pages" << qint64{kRecords - 1000};
        QTest::newRow("the first page") << "head" << qint64{kRecords};
        QTest::newRow("its end") << "end" << qint64{kRecords / 4};
        QTest::newRow("an index") << "index" << qint64{kRecords};
        QTest::newRow("nothing") << "nothing" << qint64{kRecords};
    }
    void salvages() {
        QFETCH(QString, damage);
        QFETCH(qint64, atLeast);
        Workspace space;
        fill(space);
        space.writer.reset();
        const auto path = space.file();
        const auto size = QFile(QString::fromStdString(path)).size();
        const QByteArray noise(kPage, '\xa5');
        const auto middle = pageOf(path, "\"n\":2000");
        QVERIFY(middle > 1);
        if (damage == u"page") overwrite(path, middle * kPage, noise);
        if (damage == u"pages") {
            for (const char* n : {"\"n\":500", "\"n\":1500", "\"n\":2500"})
                overwrite(path, pageOf(path, n) * kPage, noise);
        }
        if (damage == u"head") overwrite(path, 0, noise);
        if (damage == u"end")
            QVERIFY(QFile::resize(QString::fromStdString(path), size * 3 / 4 / kPage * kPage));
        if (damage == u"index") {
            sqlite3* database = nullptr;
            QCOMPARE(sqlite3_open(path.c_str(), &database), SQLITE_OK);
            sqlite3_stmt* query = nullptr;
            QCOMPARE(sqlite3_prepare_v2(
                         database, "SELECT rootpage FROM sqlite_schema WHERE name = 'records_by_execution'",
                         -1, &query, nullptr),
                     SQLITE_OK);
            QCOMPARE(sqlite3_step(query), SQLITE_ROW);
            const auto root = sqlite3_column_int64(query, 0);
            sqlite3_finalize(query);
            sqlite3_close(database);
            overwrite(path, (root - 1) * kPage, noise);
        }
        const auto salvaged = valueOf(salvageJournal(space.directory(), kNow));
        QVERIFY2(salvaged.journal.records >= atLeast, std::to_string(salvaged.journal.records).c_str());
        if (damage != u"end") QCOMPARE(salvaged.lost, kRecords - salvaged.journal.records);
        QCOMPARE(salvaged.holes.empty(), damage != u"page" && damage != u"pages");
        QVERIFY(QFile::exists(QString::fromStdString(salvaged.journal.replaced)));

        QVERIFY2(space.open(), space.error.message.c_str());
        auto reader = space.reader();
        QVERIFY(reader.check());
        QCOMPARE(valueOf(reader.info()).records, salvaged.journal.records);
        if (damage == u"end") return;  // what else is left depends on where it lay
        QCOMPARE(valueOf(reader.execution("e1")).payload, std::string{R"({"a":1})"});
        QCOMPARE(valueOf(reader.functions()).size(), std::size_t{1});
        QCOMPARE(valueOf(reader.definitions()).size(), std::size_t{1});
        QCOMPARE(valueOf(reader.checkpoints()).size(), std::size_t{1});
        Batch batch;
        batch.records = {makeRecord(kRecords + 1, "vm.lost")};
        QVERIFY(space.commit(batch));
    }

    void salvagesNothingOfNothing() {
        const QTemporaryDir folder;
        QVERIFY(!salvageJournal(folder.path().toStdString(), kNow));
        QVERIFY(QDir(folder.path()).isEmpty());
    }

    /// A file of each schema that was ever released is brought up to date and read.
    void migratesReleasedSchemas_data() {
        QTest::addColumn<int>("version");
        for (const auto& migration : migrations()) {
            QTest::addRow("schema %d", migration.version) << migration.version;
        }
    }
    void migratesReleasedSchemas() {
        QFETCH(int, version);
        QFile dump(QStringLiteral(DOGWATCH_SOURCE_DIR "/tests/journal/schemas/%1.sql").arg(version));
        QVERIFY2(dump.open(QIODevice::ReadOnly), "a released schema has no file");
        Workspace space;
        space.writer.reset();
        QVERIFY(QFile::remove(QString::fromStdString(space.file())));
        {
            const auto database = valueOf(Database::open(space.file(), Database::Mode::Create));
            QVERIFY(database.execute("PRAGMA page_size = 8192"));
            const auto loaded = database.execute(dump.readAll().toStdString());
            QVERIFY2(loaded, loaded ? "" : loaded.error().message.c_str());
        }
        QVERIFY2(space.open(), space.error.message.c_str());
        QCOMPARE(space.writer->opened().migratedFrom, version == migrations().back().version ? 0 : version);
        auto reader = space.reader();
        QVERIFY(reader.check());
        const auto info = valueOf(reader.info());
        QVERIFY(info.records > 20);
        QCOMPARE(valueOf(reader.records({})).records.size(), static_cast<std::size_t>(info.records));
        QVERIFY(!valueOf(reader.executions({})).empty());
        for (const auto& execution : valueOf(reader.executions({}))) QVERIFY(reader.execution(execution.id));
        QVERIFY(!valueOf(reader.executions({.deadLetters = true})).empty());
        QVERIFY(!valueOf(reader.firings({})).empty());
        QVERIFY(!valueOf(reader.functions()).empty());
        QVERIFY(!valueOf(reader.definitions()).empty());
        QVERIFY(!valueOf(reader.checkpoints()).empty());
        Batch batch;
        batch.records = {makeRecord(info.lastSeq + 1, "vm.lost")};
        batch.records[0].time = info.lastTime;
        QVERIFY(space.commit(batch));
    }
};

QTEST_APPLESS_MAIN(TestRescue)
#include "tst_rescue.moc"

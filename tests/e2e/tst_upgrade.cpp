// A data directory of each released version (tests/e2e/data-directories) opens in this one, with all that was
// in it, and goes on; one of a newer version is refused and left as it is.
#include <QDir>
#include <QtTest>

#include "tests/e2e/processes.h"

using dogwatch::e2e::haveImage;
using dogwatch::e2e::runProgram;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPatience = 90'000;
constexpr qint64 kUserVersion = 60;  ///< where SQLite's files tell the version of their schema, four bytes

QDir releases() {
    return QDir{QStringLiteral(DOGWATCH_SOURCE_DIR "/tests/e2e/data-directories")};
}

}  // namespace

class TestUpgrade : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() {
        if (!haveImage()) QSKIP("there is no guest image: \"make image\" builds it");
    }

    void opensWhatAnEarlierVersionLeft_data() {
        QTest::addColumn<QString>("version");
        for (const QString& file : releases().entryList({u"*.tar.gz"_s}))
            QTest::newRow(qPrintable(file)) << file.chopped(7);
        QVERIFY(!releases().entryList({u"*.tar.gz"_s}).isEmpty());
    }

    void opensWhatAnEarlierVersionLeft() {
        QFETCH(QString, version);
        const QTemporaryDir folder;
        const QString data = unpacked(version, folder);
        QProcess plane;
        QVERIFY2(start(plane, data), plane.readAllStandardError());
        const auto ctl = [&data](QStringList words) {
            return runProgram(u"dogwatchctl"_s, words << u"--data"_s << data, kPatience);
        };
        QVERIFY(ctl({u"functions"_s, u"show"_s, u"hello"_s}).out.contains(u"greeting"_s));
        QVERIFY(ctl({u"metaevents"_s, u"list"_s}).out.contains(u"broke "_s));
        const auto firings = ctl({u"firings"_s, u"list"_s, u"--json"_s}).jsonLines();
        QCOMPARE(firings.size(), std::size_t{1});
        QCOMPARE(ctl({u"deadletters"_s, u"list"_s, u"--json"_s}).jsonLines().size(), std::size_t{1});
        QCOMPARE(ctl({u"executions"_s, u"list"_s, u"--json"_s}).jsonLines().size(), std::size_t{3});
        // And on: a function of then runs, and a metaevent of then fires.
        QCOMPARE(ctl({u"invoke"_s, u"hello"_s, u"--payload"_s, u"7"_s}).out.trimmed(), u"{\"hello\":7}"_s);
        QCOMPARE(ctl({u"invoke"_s, u"broken"_s}).status, 1);
        QTRY_COMPARE_WITH_TIMEOUT(ctl({u"firings"_s, u"list"_s, u"--json"_s}).jsonLines().size(),
                                  std::size_t{2}, kPatience);
        plane.terminate();
        QVERIFY(plane.waitForFinished(20'000));
        QCOMPARE(plane.exitCode(), 0);
        QCOMPARE(runProgram(u"dogwatchctl"_s, {u"journal"_s, u"check"_s, u"--data"_s, data}).status, 0);
    }

    void refusesWhatANewerVersionLeft() {
        const QTemporaryDir folder;
        const QString data = unpacked(releases().entryList({u"*.tar.gz"_s}).constLast().chopped(7), folder);
        QFile journal{data + u"/journal.db"_s};
        QVERIFY(journal.open(QIODevice::ReadWrite) && journal.seek(kUserVersion));
        QCOMPARE(journal.write(QByteArray::fromHex("000003e7")), 4);
        journal.seek(0);
        const QByteArray before = journal.readAll();
        journal.close();
        const auto refused = runProgram(u"dogwatchd"_s, {u"--data"_s, data, u"--accel"_s, u"tcg"_s}, 20'000);
        QCOMPARE(refused.status, 1);
        QVERIFY2(refused.err.contains(u"newer Dogwatch"_s) && refused.err.trimmed().count(u'\n') == 0,
                 qPrintable(refused.err));
        QVERIFY(journal.open(QIODevice::ReadOnly));
        QVERIFY2(journal.readAll() == before, "a journal that was refused was changed");
    }

 private:
    static QString unpacked(const QString& version, const QTemporaryDir& folder) {
        QProcess::execute(u"tar"_s,
                          {u"-C"_s, folder.path(), u"-xzf"_s, releases().filePath(version + u".tar.gz"_s)});
        return folder.filePath(version);
    }

    static bool start(QProcess& plane, const QString& data) {
        plane.start(qEnvironmentVariable("DOGWATCH_BIN") + u"/dogwatchd"_s,
                    {u"--data"_s, data, u"--accel"_s, u"tcg"_s, u"--warm"_s, u"1"_s, u"--max-vms"_s, u"2"_s});
        while (!plane.canReadLine())
            if (!plane.waitForReadyRead(30'000)) return false;
        return plane.readLine().startsWith("ready ");
    }
};

QTEST_GUILESS_MAIN(TestUpgrade)
#include "tst_upgrade.moc"

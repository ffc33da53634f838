// The data directory: whose it is, and what is said when it cannot be used.
#include <sys/stat.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include "core/control/data_directory.h"

using dogwatch::Error;
using dogwatch::timeFromUs;
using dogwatch::control::DataDirectory;

namespace {

constexpr auto kNow = timeFromUs(1'772'366'400'500'000);  // 2026-03-01T12:00:00.5Z

bool contains(const Error& error, const char* text) {
    return error.message.find(text) != std::string::npos;
}

}  // namespace

class TestDataDirectory : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() { path_ = parent_.filePath(QStringLiteral("new/data")).toStdString(); }
    void cleanup() { QDir(parent_.filePath(QStringLiteral("new"))).removeRecursively(); }

    void isMadeForItsOwnerAlone() {
        const auto directory = DataDirectory::open(path_, kNow);
        QVERIFY(directory.has_value());
        struct stat status {};
        QCOMPARE(stat(path_.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 0777U, 0700U);
        QVERIFY(directory->path().is_absolute());
    }

    void namesWhoHoldsIt() {
        const auto first = DataDirectory::open(path_, kNow);
        QVERIFY(first.has_value());
        const auto second = DataDirectory::open(path_, kNow);
        QVERIFY(!second.has_value());
        QVERIFY(second.error().kind == Error::Kind::Conflict);
        const std::string holder =
            "dogwatchd pid " + std::to_string(getpid()) + " since 2026-03-01T12:00:00Z";
        QVERIFY2(contains(second.error(), holder.c_str()), second.error().message.c_str());
    }

    void isFreeAgainAfterwards() {
        { const auto first = DataDirectory::open(path_, kNow); }
        QVERIFY(DataDirectory::open(path_, kNow).has_value());
    }

    void staysHeldWhenMoved() {
        auto first = DataDirectory::open(path_, kNow);
        const DataDirectory moved = std::move(*first);
        QVERIFY(!DataDirectory::open(path_, kNow).has_value());
    }

    void refusesAFileInItsPlace() {
        const QString file = parent_.filePath(QStringLiteral("file"));
        QFile out(file);
        QVERIFY(out.open(QIODevice::WriteOnly));
        for (const QString& place : {file, file + QStringLiteral("/below")}) {
            const auto directory = DataDirectory::open(place.toStdString(), kNow);
            QVERIFY(!directory.has_value());
            QVERIFY2(contains(directory.error(), "--data"), directory.error().message.c_str());
        }
    }

    void refusesOneWithoutRights() {
        if (geteuid() == 0) QSKIP("root may write everywhere");
        QVERIFY(QDir().mkpath(parent_.filePath(QStringLiteral("new"))));
        QVERIFY(chmod(parent_.filePath(QStringLiteral("new")).toLocal8Bit().constData(), S_IRUSR | S_IXUSR) ==
                0);
        const auto directory = DataDirectory::open(path_, kNow);
        chmod(parent_.filePath(QStringLiteral("new")).toLocal8Bit().constData(), S_IRWXU);
        QVERIFY(!directory.has_value());
        QVERIFY2(contains(directory.error(), "Permission denied"), directory.error().message.c_str());
    }

    void abandonedLeavesNothing() {
        auto directory = DataDirectory::open(path_, kNow);
        directory->abandon();
        QVERIFY(!QFile::exists(QString::fromStdString(path_)));
    }

    void abandonedKeepsWhatWasThere() {
        { const auto first = DataDirectory::open(path_, kNow); }
        auto second = DataDirectory::open(path_, kNow);
        second->abandon();
        QVERIFY(QFile::exists(QString::fromStdString(path_)));
    }

 private:
    QTemporaryDir parent_;
    std::string path_;
};

QTEST_GUILESS_MAIN(TestDataDirectory)
#include "tst_data_directory.moc"

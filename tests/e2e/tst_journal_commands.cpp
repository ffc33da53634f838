// What users do with a journal: back it up, restore it, salvage it, carry its records elsewhere.
#include <QtTest>

#include "tests/e2e/processes.h"

using dogwatch::e2e::ControlPlane;
using dogwatch::e2e::Finished;
using dogwatch::e2e::haveImage;

namespace {

QStringList words(const char* text) {
    return QString::fromUtf8(text).split(QLatin1Char(' '));
}

std::int64_t number(const Finished& finished, const char* key) {
    const auto json = finished.json();
    const auto* value = json.is_object() ? json.get_object().if_contains(key) : nullptr;
    return value != nullptr && value->is_int64() ? value->get_int64() : -1;
}

const QStringList kNoMachines = words("--accel tcg --warm 0 --max-vms 1");

constexpr const char* kCreated =
    R"({"metaevent": "created", "when": {"count": {"event": "function.created"}, "within": "1h", "is": [">=", 2]}})";

/// Two functions, so that the metaevent fires once.
void fill(ControlPlane& plane) {
    const QString code = plane.file(QStringLiteral("code.sh"), "true\n");
    const QString definition = plane.file(QStringLiteral("created.json"), kCreated);
    QCOMPARE(plane.ctl(words("metaevents apply") << definition).status, 0);
    for (const char* name : {"one", "two"}) {
        QCOMPARE(
            plane.ctl(words("functions add") << QLatin1String(name) << words("--runtime sh --code") << code)
                .status,
            0);
    }
}

}  // namespace

class TestJournalCommands : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() {
        if (!haveImage()) QSKIP("there is no guest image: \"make image\" builds it");
    }

    void carriesRecordsElsewhere() {
        ControlPlane origin;
        QVERIFY2(origin.start(kNoMachines), qPrintable(origin.log()));
        fill(origin);
        const QString definition = origin.file(QStringLiteral("created.json"), kCreated);
        const auto there = origin.ctl(words("backtest --metaevents") << definition);
        QCOMPARE(there.status, 0);
        QCOMPARE(there.jsonLines().size(), std::size_t{1});
        const QString file = origin.file(QStringLiteral("records"), "");
        const auto exported = origin.ctlJson(words("records export") << file);
        QVERIFY2(exported.status == 0, qPrintable(exported.err));
        QVERIFY(number(exported, "exported") >= 4);
        QCOMPARE(origin.stop(), 0);

        ControlPlane elsewhere;
        const auto imported = elsewhere.ctlJson(words("records import") << file);
        QVERIFY2(imported.status == 0, qPrintable(imported.err));
        QVERIFY(number(imported, "imported") >= 2);
        QVERIFY2(elsewhere.start(kNoMachines), qPrintable(elsewhere.log()));
        const auto here = elsewhere.ctl(words("backtest --metaevents") << definition);
        QCOMPARE(here.out, there.out);  // the same firing, of the same record
        QCOMPARE(elsewhere.stop(), 0);
        // Not into a journal that is in use, and not a file with a fault.
        QCOMPARE(elsewhere.ctl(words("records import") << file).status, 1);
        ControlPlane nowhere;
        const QString broken = nowhere.file(QStringLiteral("broken"), "{\"seq\": 1}\n");
        const auto refused = nowhere.ctl(words("records import") << broken);
        QCOMPARE(refused.status, 1);
        QVERIFY2(refused.err.contains(QStringLiteral("line 1")), qPrintable(refused.err));
        QVERIFY(!QFileInfo::exists(nowhere.dataDir() + QStringLiteral("/journal.db")));
    }

    void restoresAndSalvages() {
        ControlPlane plane;
        QVERIFY2(plane.start(kNoMachines), qPrintable(plane.log()));
        fill(plane);
        const QString backup = plane.dataDir() + QStringLiteral("/backups/first.db");
        const auto made = plane.ctlJson(words("journal backup") << backup);
        QVERIFY2(made.status == 0, qPrintable(made.err));
        QCOMPARE(plane.ctl(words("journal check")).status, 0);
        const auto busy = plane.ctl(words("journal restore") << backup);
        QCOMPARE(busy.status, 1);
        QVERIFY2(busy.err.contains(QStringLiteral("is held by")), qPrintable(busy.err));
        QCOMPARE(plane.ctl(words("functions remove two")).status, 0);
        QCOMPARE(plane.stop(), 0);

        // One page of nonsense in the middle, and the mark of a crash.
        QFile file(plane.dataDir() + QStringLiteral("/journal.db"));
        QVERIFY(file.resize(8192));
        QVERIFY(!plane.start(kNoMachines));
        QVERIFY2(plane.log().contains(QStringLiteral("journal salvage")), qPrintable(plane.log()));
        QCOMPARE(plane.ctl(words("journal check")).status, 1);
        const auto salvaged = plane.ctlJson(words("journal salvage"));
        QVERIFY2(salvaged.status == 0, qPrintable(salvaged.err));
        QVERIFY2(plane.start(kNoMachines), qPrintable(plane.log()));
        QCOMPARE(plane.stop(), 0);

        const auto restored = plane.ctlJson(words("journal restore") << backup);
        QVERIFY2(restored.status == 0, qPrintable(restored.err));
        QCOMPARE(number(restored, "records"), number(made, "records"));
        QVERIFY2(plane.start(kNoMachines), qPrintable(plane.log()));
        QCOMPARE(plane.ctlJson(words("functions list")).jsonLines().size(), std::size_t{2});
        QCOMPARE(plane.ctlJson(words("firings list")).jsonLines().size(), std::size_t{1});
        QCOMPARE(plane.stop(), 0);
    }
};

QTEST_GUILESS_MAIN(TestJournalCommands)
#include "tst_journal_commands.moc"

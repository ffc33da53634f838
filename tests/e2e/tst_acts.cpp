// What people do about firings, from the terminal: silence a metaevent, acknowledge what fired. Both outlive
// the control plane, and neither changes what fires.
#include <QtTest>

#include "tests/e2e/processes.h"

using dogwatch::e2e::ControlPlane;
using dogwatch::e2e::haveImage;

namespace {

namespace json = boost::json;

QStringList words(const char* text) {
    return QString::fromUtf8(text).split(QLatin1Char(' '));
}

const QStringList kNoMachines = words("--accel tcg --warm 0 --max-vms 1");

constexpr const char* kMade =
    R"({"metaevent": "made", "when": {"occurs": {"event": "function.created"}}, "jobs": [{"run": "note"}]})";

QString textAt(const json::value& object, const char* member, const char* key) {
    const auto& value = object.as_object().at(member);
    if (!value.is_object()) return {};
    const auto& text = value.get_object().at(key).as_string();
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::size_t jobsOf(const json::value& firing) {
    return firing.as_object().at("executions").as_array().size();
}

}  // namespace

class TestActs : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() {
        if (!haveImage()) QSKIP("there is no guest image: \"make image\" builds it");
        QVERIFY2(plane_.start(kNoMachines), qPrintable(plane_.log()));
        definition_ = plane_.file(QStringLiteral("made.json"), kMade);
        QCOMPARE(plane_.ctl(words("metaevents apply") << definition_).status, 0);
    }

    void aFiringRunsItsJobs() {
        fire("note");
        QCOMPARE(firings().size(), std::size_t{1});
        QCOMPARE(jobsOf(firings().front()), std::size_t{1});
        QVERIFY(firings().front().as_object().at("acknowledged").is_null());
        QVERIFY(firings().front().as_object().at("silenced").is_null());
    }

    void silencedItFiresAndRunsNothing() {
        const auto silenced =
            plane_.ctlJson(words("metaevents silence made --for 1h --reason deploy --by ada"));
        QVERIFY2(silenced.status == 0, qPrintable(silenced.err));
        QCOMPARE(textAt(silenced.json(), "silenced", "reason"), QStringLiteral("deploy"));
        fire("one");
        const auto all = firings();
        QCOMPARE(all.size(), std::size_t{2});
        QCOMPARE(jobsOf(all.front()), std::size_t{0});
        QCOMPARE(textAt(all.front(), "silenced", "by"), QStringLiteral("ada"));
        QVERIFY(plane_.ctl(words("firings list")).out.contains(QStringLiteral("silenced (deploy)")));
        QVERIFY(plane_.ctl(words("firings show") << idOf(all.front()))
                    .out.contains(QStringLiteral("not run: silenced")));
        QVERIFY(plane_.ctl(words("metaevents list")).out.contains(QStringLiteral(" silenced ")));
        const auto records = plane_.ctlJson(words("records tail --event metaevent.fired")).jsonLines();
        QCOMPARE(textAt(records.back(), "silenced", "reason"), QStringLiteral("deploy"));
    }

    void anAcknowledgementTellsWhoAndWhy() {
        const QString id = idOf(firings().back());
        const auto done = plane_.ctlJson(words("firings ack --by ada --note restarted") << id);
        QVERIFY2(done.status == 0, qPrintable(done.err));
        QCOMPARE(textAt(firings().back(), "acknowledged", "by"), QStringLiteral("ada"));
        QCOMPARE(textAt(firings().back(), "acknowledged", "note"), QStringLiteral("restarted"));
        QVERIFY(firings().front().as_object().at("acknowledged").is_null());
        const auto records = plane_.ctlJson(words("records tail --event metaevent.acknowledged")).jsonLines();
        QCOMPARE(records.size(), std::size_t{1});
        // All of them, or none.
        QCOMPARE(plane_.ctl(words("firings ack") << idOf(firings().front()) << QStringLiteral("none")).status,
                 1);
        QVERIFY(firings().front().as_object().at("acknowledged").is_null());
    }

    void bothOutliveTheControlPlane() {
        plane_.kill();
        QVERIFY2(plane_.start(kNoMachines), qPrintable(plane_.log()));
        QCOMPARE(textAt(firings().back(), "acknowledged", "note"), QStringLiteral("restarted"));
        fire("two");
        QCOMPARE(firings().size(), std::size_t{3});
        QCOMPARE(textAt(firings().front(), "silenced", "reason"), QStringLiteral("deploy"));
        // And a new version of the definition.
        const QString other = plane_.file(QStringLiteral("other.json"),
                                          QByteArray{kMade}.replace("}]}", "}, {\"run\": \"note\"}]}"));
        QCOMPARE(plane_.ctl(words("metaevents apply") << other).status, 0);
        fire("three");
        QCOMPARE(jobsOf(firings().front()), std::size_t{0});
        QCOMPARE(plane_.ctl(words("metaevents apply") << definition_).status, 0);
    }

    void unsilencedItRunsItsJobsAgain() {
        const auto ended = plane_.ctlJson(words("metaevents unsilence made"));
        QCOMPARE(ended.status, 0);
        QVERIFY(ended.json().as_object().at("silenced").is_null());
        fire("four");
        QCOMPARE(jobsOf(firings().front()), std::size_t{1});
    }

    void aSilenceMayRecur() {
        const auto silenced =
            plane_.ctlJson(words("metaevents silence made --for 2m --timezone Europe/Berlin --schedule")
                           << QStringLiteral("* * * * *"));
        QVERIFY2(silenced.status == 0, qPrintable(silenced.err));
        fire("five");
        QCOMPARE(jobsOf(firings().front()), std::size_t{0});
        // One that ends stands beside it.
        const auto both = plane_.ctlJson(words("metaevents silence made --for 1h"));
        QCOMPARE(both.json().as_object().at("silences").as_array().size(), std::size_t{2});
        QCOMPARE(plane_.ctl(words("metaevents unsilence made")).status, 0);
    }

    void whatFiresDoesNotDependOnIt() {
        QCOMPARE(plane_.ctlJson(words("backtest --metaevents") << definition_).jsonLines().size(),
                 firings().size());
    }

    void refusesWhatMakesNoSense_data() {
        QTest::addColumn<QStringList>("line");
        QTest::addColumn<int>("status");
        QTest::newRow("no end") << words("metaevents silence made") << 2;
        QTest::newRow("two ends") << words("metaevents silence made --for 1h --until 2100-01-01T00:00:00Z")
                                  << 2;
        QTest::newRow("schedule alone")
            << (words("metaevents silence made --schedule") << QStringLiteral("0 2 * * *")) << 2;
        QTest::newRow("the past") << words("metaevents silence made --until 2000-01-01T00:00:00Z") << 1;
        QTest::newRow("no schedule") << words("metaevents silence made --for 1h --schedule never") << 1;
        QTest::newRow("unknown") << words("metaevents silence other --for 1h") << 1;
        QTest::newRow("unknown, ended") << words("metaevents unsilence other") << 1;
        QTest::newRow("no firing") << words("firings ack none") << 1;
    }
    void refusesWhatMakesNoSense() {
        QFETCH(QStringList, line);
        QFETCH(int, status);
        const auto refused = plane_.ctl(line);
        QCOMPARE(refused.status, status);
        QVERIFY(!refused.err.isEmpty());
    }

 private:
    void fire(const char* name) {
        const QString code = plane_.file(QStringLiteral("code.sh"), "true\n");
        QCOMPARE(
            plane_.ctl(words("functions add") << QLatin1String(name) << words("--runtime sh --code") << code)
                .status,
            0);
    }
    std::vector<json::value> firings() { return plane_.ctlJson(words("firings list")).jsonLines(); }
    static QString idOf(const json::value& firing) {
        const auto& id = firing.as_object().at("firing").as_string();
        return QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size()));
    }

    ControlPlane plane_;
    QString definition_;
};

QTEST_GUILESS_MAIN(TestActs)
#include "tst_acts.moc"

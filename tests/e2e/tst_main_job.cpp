// The main job, end to end, on real virtual machines: a heartbeat stops, its absence fires, the metaevent's
// job runs in a VM, and its output can be read.
#include <QtTest>

#include "tests/e2e/processes.h"

using dogwatch::e2e::ControlPlane;
using dogwatch::e2e::haveImage;

namespace {

constexpr int kPatience = 90'000;  // a slow machine under TCG

QString text(const boost::json::value& value, const char* key) {
    const auto* object = value.if_object();
    const auto* member = object != nullptr ? object->if_contains(key) : nullptr;
    return member != nullptr && member->is_string()
               ? QString::fromStdString(std::string(member->get_string()))
               : QString();
}

}  // namespace

class TestMainJob : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() {
        if (!haveImage()) QSKIP("there is no guest image: \"make image\" builds it");
        QVERIFY2(plane_.start(), qPrintable(plane_.log()));
        const QString heartbeat =
            plane_.file(QStringLiteral("heartbeat.py"),
                        "def handler(event, context):\n    print('thump')\n    return {'beat': event}\n");
        const QString pager =
            plane_.file(QStringLiteral("pager.sh"),
                        "read -r payload\necho \"paging: $payload\"\necho '{\"paged\": true}'\n");
        QCOMPARE(plane_
                     .ctl({QStringLiteral("functions"), QStringLiteral("add"), QStringLiteral("heartbeat"),
                           QStringLiteral("--runtime"), QStringLiteral("python3"), QStringLiteral("--code"),
                           heartbeat})
                     .status,
                 0);
        QCOMPARE(
            plane_
                .ctl({QStringLiteral("functions"), QStringLiteral("add"), QStringLiteral("pager"),
                      QStringLiteral("--runtime"), QStringLiteral("sh"), QStringLiteral("--code"), pager})
                .status,
            0);
    }

    void aFunctionRunsInAVm() {
        const auto done = plane_.ctlJson({QStringLiteral("invoke"), QStringLiteral("heartbeat"),
                                          QStringLiteral("--payload"), QStringLiteral("7")},
                                         kPatience);
        QVERIFY2(done.status == 0, qPrintable(done.err + plane_.log()));
        QCOMPARE(text(done.json(), "status"), QStringLiteral("succeeded"));
        QCOMPARE(text(done.json(), "output"), QStringLiteral("thump\n"));
        QCOMPARE(done.json().at("result").at("beat").as_int64(), 7);
    }

    void aPayloadThatIsLeftOutIsNull() {
        const auto done = plane_.ctlJson({QStringLiteral("invoke"), QStringLiteral("heartbeat")}, kPatience);
        QVERIFY2(done.status == 0, qPrintable(done.err + plane_.log()));
        QVERIFY2(done.json().at("result").at("beat").is_null(), qPrintable(done.out));
    }

    void itsSilenceFiresAndTheJobRunsInAVm() {
        const QString definition = plane_.file(QStringLiteral("silence.json"), R"({
            "metaevent": "heartbeat-silent",
            "when": {"absent": {"event": "execution.succeeded", "function": "heartbeat"}, "for": "2s"},
            "jobs": [{"run": "pager", "payload": {"text": "no heartbeat", "from": "{{ metaevent }}"}}]})");
        QCOMPARE(plane_.ctl({QStringLiteral("metaevents"), QStringLiteral("apply"), definition}).status, 0);

        QString execution;
        const auto paged = [&] {
            const auto rows = plane_
                                  .ctlJson({QStringLiteral("executions"), QStringLiteral("list"),
                                            QStringLiteral("--function"), QStringLiteral("pager")})
                                  .jsonLines();
            if (rows.empty() || text(rows.front(), "state") != QStringLiteral("succeeded")) return false;
            execution = text(rows.front(), "execution");
            return true;
        };
        QTRY_VERIFY_WITH_TIMEOUT(paged(), kPatience);
        const auto logs = plane_.ctl({QStringLiteral("executions"), QStringLiteral("logs"), execution});
        QVERIFY2(logs.out.contains(QStringLiteral("no heartbeat")), qPrintable(logs.out));
        QVERIFY2(logs.out.contains(QStringLiteral("heartbeat-silent")), qPrintable(logs.out));

        const auto firings = plane_.ctlJson({QStringLiteral("firings"), QStringLiteral("list")}).jsonLines();
        QCOMPARE(firings.size(), std::size_t{1});
        QCOMPARE(text(firings.front(), "metaevent"), QStringLiteral("heartbeat-silent"));
        QCOMPARE(firings.front().at("executions").as_array().size(), std::size_t{1});
    }

    void itStopsCleanly() {
        const qint64 pid = plane_.pid();
        QCOMPARE(plane_.stop(), 0);
        QCOMPARE(dogwatch::e2e::countQemu(pid), 0);
        QCOMPARE(plane_.ctl({QStringLiteral("functions"), QStringLiteral("list")}).status, 3);
    }

 private:
    ControlPlane plane_;
};

QTEST_GUILESS_MAIN(TestMainJob)
#include "tst_main_job.moc"

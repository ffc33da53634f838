// SIGKILL of the control plane while requests wait and run, on real virtual machines: no QEMU outlives it,
// and after a restart every accepted request ends exactly once; a firing's job is there exactly once.
#include <QtTest>
#include <map>

#include "tests/e2e/processes.h"

using dogwatch::e2e::ControlPlane;
using dogwatch::e2e::countQemu;
using dogwatch::e2e::haveImage;

namespace {

constexpr int kPatience = 120'000;
constexpr int kRequests = 8;

QStringList words(const char* text) {
    return QString::fromUtf8(text).split(QLatin1Char(' '));
}

QString member(const boost::json::value& value, const char* key) {
    const auto* found = value.is_object() ? value.get_object().if_contains(key) : nullptr;
    return found != nullptr && found->is_string() ? QString::fromStdString(std::string(found->get_string()))
                                                  : QString();
}

}  // namespace

class TestCrash : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void everyAcceptedRequestEndsOnce() {
        if (!haveImage()) QSKIP("there is no guest image: \"make image\" builds it");
        ControlPlane plane;
        QVERIFY2(plane.start(), qPrintable(plane.log()));
        const QString code = plane.file(QStringLiteral("slow.sh"), "sleep 1\necho '\"done\"'\n");
        QCOMPARE(plane.ctl(words("functions add slow --runtime sh --code") << code).status, 0);
        const QString definition = plane.file(
            QStringLiteral("first.json"),
            R"({"metaevent": "first", "when": {"occurs": {"event": "execution.queued", "function": "slow"}},
                           "fire": {"limit": {"count": 1, "within": "1h"}},
                           "jobs": [{"run": "slow"}]})");
        QCOMPARE(plane.ctl(words("metaevents apply") << definition).status, 0);

        QStringList accepted;
        for (int i = 0; i < kRequests; ++i) {
            const auto answer = plane.ctlJson(words("invoke slow --async"));
            QVERIFY2(answer.status == 0, qPrintable(answer.err));
            accepted.append(member(answer.json(), "execution"));
        }
        // Some run, some wait.
        QTRY_VERIFY_WITH_TIMEOUT(!plane.ctlJson(words("executions list --state running")).jsonLines().empty(),
                                 kPatience);
        const qint64 pid = plane.pid();
        QVERIFY(countQemu(pid) > 0);
        plane.kill();
        QTRY_COMPARE_WITH_TIMEOUT(countQemu(pid) + countQemu(1), 0, 5000);

        QVERIFY2(plane.start(), qPrintable(plane.log()));
        QTRY_VERIFY_WITH_TIMEOUT(endedAll(plane), kPatience);
        QVERIFY2(!plane.log().contains(QStringLiteral("not derived again")), qPrintable(plane.log()));

        std::map<QString, int> ends;
        int jobs = 0;
        for (const auto& record : plane.ctlJson(words("records tail --since -1h")).jsonLines()) {
            const QString event = member(record, "event");
            const QString execution = member(record, "execution");
            if (event == QStringLiteral("execution.succeeded")) ++ends[execution];
            if (event == QStringLiteral("execution.queued") &&
                member(record, "trigger") == QStringLiteral("metaevent")) {
                ++jobs;
            }
            QVERIFY2(event != QStringLiteral("execution.dropped"), qPrintable(execution));
        }
        for (const QString& execution : accepted) QCOMPARE(ends[execution], 1);
        QCOMPARE(ends.size(), std::size_t{kRequests + 1});
        QCOMPARE(jobs, 1);
        QCOMPARE(plane.stop(), 0);
    }

 private:
    static bool endedAll(ControlPlane& plane) {
        return plane.ctlJson(words("executions list --state queued")).jsonLines().empty() &&
               plane.ctlJson(words("executions list --state running")).jsonLines().empty();
    }
};

QTEST_GUILESS_MAIN(TestCrash)
#include "tst_crash.moc"

// Metrics: counted from records, in a format that Prometheus itself accepts.
#include <QProcess>
#include <QStandardPaths>
#include <QtTest>

#include "core/http/metrics.h"

using namespace dogwatch;
using namespace dogwatch::http;

namespace {

Record record(const char* event, json::object fields) {
    Record result;
    result.event = event;
    result.fields = std::move(fields);
    return result;
}

Metrics busy() {
    Metrics metrics;
    metrics.count(record("execution.started", {{"function", "f"}, {"queue_us", 2000}, {"init_us", 0}}));
    metrics.count(record("execution.succeeded", {{"function", "f"}, {"duration_us", 1'500'000}}));
    metrics.count(record("execution.failed", {{"function", "f"}, {"duration_us", 500'000'000}}));
    metrics.count(record("execution.dropped", {{"function", "g"}}));
    metrics.count(record("execution.throttled", {{"function", "f"}, {"reason", "rate"}}));
    metrics.count(record("metaevent.fired", {{"metaevent", "m"}}));
    metrics.count(record("vm.lost", {{"reason", "a \"quoted\" \\ reason\n"}}));
    metrics.committed(Duration{800});
    return metrics;
}

Gauges gauges() {
    Gauges result;
    result.version = "1.2";
    result.accelerator = "tcg";
    result.vms = {{"ready", 2}, {"running", 1}};
    result.startedAt = timeFromUs(1'700'000'000'500'000);
    return result;
}

}  // namespace

class TestMetrics : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void areCounted() {
        const auto text = busy().render(gauges());
        for (const char* line :
             {"dogwatch_build_info{version=\"1.2\",accelerator=\"tcg\"} 1",
              "dogwatch_executions_total{function=\"f\",outcome=\"succeeded\"} 1",
              "dogwatch_executions_total{function=\"f\",outcome=\"failed\"} 1",
              "dogwatch_executions_total{function=\"g\",outcome=\"dropped\"} 1",
              "dogwatch_execution_duration_seconds_bucket{function=\"f\",le=\"1\"} 0",
              "dogwatch_execution_duration_seconds_bucket{function=\"f\",le=\"2.5\"} 1",
              "dogwatch_execution_duration_seconds_bucket{function=\"f\",le=\"300\"} 1",
              "dogwatch_execution_duration_seconds_bucket{function=\"f\",le=\"+Inf\"} 2",
              "dogwatch_execution_duration_seconds_sum{function=\"f\"} 501.5",
              "dogwatch_execution_duration_seconds_count{function=\"f\"} 2",
              "dogwatch_execution_queue_seconds_bucket{function=\"f\",le=\"0.0025\"} 1",
              "dogwatch_throttled_total{function=\"f\",reason=\"rate\"} 1", "dogwatch_vms{state=\"ready\"} 2",
              "dogwatch_vms_lost_total{reason=\"a \\\"quoted\\\" \\\\ reason\\n\"} 1",
              "dogwatch_firings_total{metaevent=\"m\"} 1", "dogwatch_records_total 7",
              "dogwatch_journal_commit_seconds_bucket{le=\"0.001\"} 1",
              "dogwatch_journal_commit_seconds_count 1"}) {
            QVERIFY2(text.find(std::string("\n") + line + "\n") != std::string::npos, line);
        }
    }

    void aFunctionThatIsGoneLeavesNoSeries() {
        auto metrics = busy();
        metrics.count(record("function.deleted", {{"function", "f"}}));
        metrics.count(record("metaevent.removed", {{"metaevent", "m"}}));
        const auto text = metrics.render(gauges());
        QVERIFY(text.find("function=\"f\"") == std::string::npos);
        QVERIFY(text.find("function=\"g\"") != std::string::npos);
        QVERIFY(text.find("metaevent=\"m\"") == std::string::npos);
    }

    void promtoolAcceptsThem() {
        const QString promtool = QStandardPaths::findExecutable(QStringLiteral("promtool"));
        if (promtool.isEmpty()) QSKIP("promtool (Debian's prometheus) is not installed");
        for (const auto& text : {busy().render(gauges()), Metrics().render(gauges())}) {
            QProcess process;
            process.start(promtool, {QStringLiteral("check"), QStringLiteral("metrics")});
            QVERIFY(process.waitForStarted());
            process.write(text.data(), static_cast<qint64>(text.size()));
            process.closeWriteChannel();
            QVERIFY(process.waitForFinished());
            const QByteArray said = process.readAllStandardError() + process.readAllStandardOutput();
            QVERIFY2(process.exitCode() == 0 && said.isEmpty(), said);
        }
    }
};

QTEST_GUILESS_MAIN(TestMetrics)
#include "tst_metrics.moc"

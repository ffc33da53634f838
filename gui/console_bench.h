// ConsoleBench: `dogwatch --bench`. Measures the window over a million executions and under 10,000 records a
// second, on a real control plane, and prints a figure a line as JSON (as `dogwatchctl bench --json` does).
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <atomic>
#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "gui/main_window.h"

namespace dogwatch::gui {

/// How late timers of the event loop come, which is how long a click would have waited.
class LatencyProbe final : public QObject {
    Q_OBJECT
 public:
    explicit LatencyProbe(QObject* parent = nullptr);
    void start();
    /// The lateness in ms that this share of all stayed below; 100: the worst.
    double stop(std::vector<double>* sorted = nullptr);

 private:
    QTimer timer_;
    QElapsedTimer clock_;
    std::vector<double> lateMs_;
};

class ConsoleBench final : public QObject {
    Q_OBJECT
 public:
    static constexpr int kThousands = 1000;  ///< executions in the journal, in thousands
    ConsoleBench(MainWindow& window, const Workbench& bench, QObject* parent = nullptr);
    ~ConsoleBench() override;
    /// Makes the journal in the session's data directory; blocks, before there is a window.
    static Result<void> prepare(const std::string& dataDir);
    void start();

 Q_SIGNALS:
    void finished(const QString& fault);

 private:
    void plan();
    void next();
    void measureOpening();
    void measureFilter(const QString& name, const QString& text);
    void measureScrolling();
    void measureTimeline();
    void measureIdle(const QString& name, int mode);
    void measureLoad(const QString& name, int mode);
    void report(const QString& bench, double value, const QString& unit, qint64 runs = 1);
    /// Calls `then` with the ms it took until `done`, or gives up.
    void when(std::function<bool()> done, std::function<void(double ms)> then);
    [[nodiscard]] bool tableIsFilled() const;
    void sendRecords();

    MainWindow& window_;
    Workbench bench_;
    std::deque<std::function<void()>> steps_;
    QString fault_;
    LatencyProbe probe_;
    std::thread load_;
    std::atomic<bool> loading_ = false;
    std::atomic<std::int64_t> sent_ = 0;
    std::int64_t taken_ = 0;
};

}  // namespace dogwatch::gui

// ExecutionFeed: fills an ExecutionTable for one filter and the scope's time range from the journal, and
// keeps it current: the numbers of what matches are asked once, then only those from the oldest execution on
// that still may change, and never more often than the control plane can answer with ease.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <chrono>
#include <vector>

#include "core/model/filter.h"
#include "gui/models/execution_table.h"
#include "gui/session/control_plane_session.h"

namespace dogwatch::gui {

class ExecutionFeed final : public QObject {
    Q_OBJECT
 public:
    explicit ExecutionFeed(ControlPlaneSession& session, QObject* parent = nullptr);

    [[nodiscard]] ExecutionTable& table() { return table_; }
    [[nodiscard]] const QString& filter() const { return filter_; }
    /// Takes the filter when it is well-formed; otherwise the last one stays.
    Result<void> setFilter(const QString& text, FilterSpan* fault = nullptr);
    /// Nothing is asked while nobody watches.
    void setWatched(bool watched);
    /// Paused, the table stands still; what happens meanwhile is counted.
    void setPaused(bool paused);
    [[nodiscard]] bool isPaused() const { return paused_; }
    /// Whether what the table shows is that filter's.
    [[nodiscard]] bool isComplete() const { return complete_; }
    [[nodiscard]] int missedWhilePaused() const { return missed_; }
    /// How long the control plane took for the last answer to a whole filter.
    [[nodiscard]] std::chrono::milliseconds lastAnswer() const { return lastAnswer_; }

    /// The number of an execution that the table may not have seen yet; `found` gets 0 where there is none.
    void findNumber(const QString& id, const QObject* context, std::function<void(std::int64_t)> found);

 Q_SIGNALS:
    /// The table is what the filter asks for, or more was missed while paused.
    void settled();

 private:
    void askAll();
    void askTail();
    void askRows(const std::vector<std::int64_t>& numbers);
    void takeRecords(const std::vector<Record>& records);
    [[nodiscard]] json::object params() const;
    void schedule();

    ControlPlaneSession& session_;
    ExecutionTable table_;
    QString filter_;
    bool watched_ = false;
    bool paused_ = false;
    bool stale_ = true;     ///< all is to be asked anew
    bool touched_ = false;  ///< something happened since the last answer
    bool asking_ = false;
    bool complete_ = false;
    int missed_ = 0;
    int ordinal_ = 0;  ///< of the latest question; answers to others are dropped
    std::int64_t floor_ = 0;
    std::chrono::milliseconds lastAnswer_{};
    std::chrono::milliseconds lastTail_{};
    QTimer timer_;
    QTimer ageing_;  ///< of a range that moves with the time
};

}  // namespace dogwatch::gui

// Executions: requests, their answers, cancellation, dead letters; and what the backend tells while they run.
#pragma once

#include <QObject>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/control/queries.h"
#include "core/control/reply.h"
#include "core/control/sequencer.h"

namespace dogwatch::control {

class ExecutionService : public QObject, public dispatch::BackendListener {
    Q_OBJECT

 public:
    ExecutionService(Sequencer& sequencer, dispatch::Dispatcher& dispatcher, Queries& queries,
                     QObject* parent = nullptr);

    /// Accepts a request: the execution's id, once it is durable.
    void submit(dispatch::Request request, Reply<std::string> reply);
    /// Accepts it and answers when it is over, with all there is of it.
    void invoke(dispatch::Request request, Reply<ExecutionDetail> reply);

    void list(const journal::ExecutionQuery& query, Reply<std::vector<Execution>> reply);
    void show(const std::string& execution, Reply<ExecutionDetail> reply);
    /// What it printed: the tail that is kept, so far when it still runs, and the size of all.
    struct Logs {
        std::string output;
        std::int64_t outputBytes = 0;
    };
    void logs(const std::string& execution, Reply<Logs> reply);
    void cancel(const std::string& execution, Reply<ExecutionState> reply);

    /// Queues the requests of these dead letters anew; the ids of the new executions, in order. All or
    /// nothing.
    void retryDeadLetters(const std::vector<std::string>& executions, Reply<std::vector<std::string>> reply);
    void dropDeadLetters(const std::vector<std::string>& executions, Reply<std::int64_t> reply);

    // dispatch::BackendListener
    void started(std::string_view execution, std::string_view vm, StartKind start,
                 std::int64_t initUs) override;
    void output(std::string_view execution, std::string_view chunk) override;
    void emitted(std::string_view execution, std::string_view name, std::string_view data) override;
    void finished(std::string_view execution, const Outcome& outcome) override;
    void capacityChanged() override;

 Q_SIGNALS:
    /// A running execution printed something.
    void printed(const std::string& execution, const std::string& chunk);

 private:
    /// Answers those who wait for executions that ended with this batch.
    void answerWaiting(const journal::Batch& batch);
    void takeDeadLetters(const std::vector<std::string>& executions,
                         std::function<void(Result<std::vector<ExecutionDetail>>)> then);
    void requeue(const std::vector<ExecutionDetail>& letters, Turn& turn,
                 const Reply<std::vector<std::string>>& reply);

    Sequencer& sequencer_;
    dispatch::Dispatcher& dispatcher_;
    Queries& queries_;
    std::multimap<std::string, Reply<ExecutionDetail>, std::less<>> waiting_;
    std::map<std::string, Logs, std::less<>> printing_;  ///< what running ones printed so far
    std::set<std::string> taken_;                        ///< dead letters on their way out of the list
};

}  // namespace dogwatch::control

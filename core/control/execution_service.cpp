#include "core/control/execution_service.h"

#include <fmt/format.h>

#include <QLoggingCategory>
#include <algorithm>
#include <utility>

namespace dogwatch::control {
namespace {

Q_LOGGING_CATEGORY(lcExecutions, "dogwatch.executions")

bool hasEnded(ExecutionState state) {
    return state != ExecutionState::Queued && state != ExecutionState::Running;
}

/// Keeps the last `most` bytes, beginning at a whole character.
void keepTail(std::string& text, std::size_t most) {
    if (text.size() <= most) return;
    std::size_t begin = text.size() - most;
    while (begin < text.size() && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) ++begin;
    text.erase(0, begin);
}

ExecutionDetail detailOf(const ExecutionChange& change) {
    return {change.execution, change.terms, change.payload.value_or("null"),
            change.output.value_or(ExecutionOutput{})};
}

Error noSuchExecution(const std::string& execution) {
    return {Error::Kind::NotFound,
            fmt::format("There is no execution {}: \"executions list\" shows those there are.", execution),
            {}};
}

}  // namespace

ExecutionService::ExecutionService(Sequencer& sequencer, dispatch::Dispatcher& dispatcher, Queries& queries,
                                   QObject* parent)
    : QObject(parent), sequencer_(sequencer), dispatcher_(dispatcher), queries_(queries) {
    connect(&sequencer_, &Sequencer::committed, this,
            [this](const std::shared_ptr<const journal::Batch>& batch) { answerWaiting(*batch); });
}

void ExecutionService::submit(dispatch::Request request, Reply<std::string> reply) {
    if (const auto accepting = sequencer_.accepting(); !accepting)
        return reply(tl::unexpected(accepting.error()));
    sequencer_.turn([this, request = std::move(request), reply = std::move(reply)](Turn& turn) {
        auto accepted = dispatcher_.enqueue(request, turn.now, turn.changes);
        if (!accepted) return reply(tl::unexpected(accepted.error()));
        turn.whenDurable.emplace_back([id = accepted->execution, reply](const Result<void>& result) {
            if (!result) return reply(tl::unexpected(result.error()));
            reply(id);
        });
    });
}

void ExecutionService::invoke(dispatch::Request request, Reply<ExecutionDetail> reply) {
    if (const auto accepting = sequencer_.accepting(); !accepting)
        return reply(tl::unexpected(accepting.error()));
    sequencer_.turn([this, request = std::move(request), reply = std::move(reply)](Turn& turn) {
        auto accepted = dispatcher_.enqueue(request, turn.now, turn.changes);
        if (!accepted) return reply(tl::unexpected(accepted.error()));
        const std::string id = accepted->execution;
        waiting_.emplace(id, reply);
        if (accepted->known) {  // it may have ended before
            show(id, [this, id](Result<ExecutionDetail> detail) {
                if (detail && !hasEnded(detail->execution.state)) return;
                const auto [first, last] = waiting_.equal_range(id);
                std::vector<Reply<ExecutionDetail>> replies;
                for (auto each = first; each != last; ++each) replies.push_back(std::move(each->second));
                waiting_.erase(first, last);
                for (const auto& each : replies) each(detail);
            });
        }
        turn.whenDurable.emplace_back([this, id](const Result<void>& result) {
            if (result) return;
            for (auto each = waiting_.find(id); each != waiting_.end(); each = waiting_.find(id)) {
                auto taken = waiting_.extract(each);
                taken.mapped()(tl::unexpected(result.error()));
            }
        });
    });
}

void ExecutionService::answerWaiting(const journal::Batch& batch) {
    for (const ExecutionChange& change : batch.executions) {
        if (!hasEnded(change.execution.state)) continue;
        const std::string& id = change.execution.id;
        printing_.erase(id);
        for (auto each = waiting_.find(id); each != waiting_.end(); each = waiting_.find(id)) {
            auto taken = waiting_.extract(each);
            taken.mapped()(detailOf(change));
        }
    }
}

void ExecutionService::list(const journal::ExecutionQuery& query, Reply<std::vector<Execution>> reply) {
    queries_.run<std::vector<Execution>>(
        [query](journal::Reader& reader) { return reader.executions(query); }, std::move(reply));
}

void ExecutionService::show(const std::string& execution, Reply<ExecutionDetail> reply) {
    queries_.run<ExecutionDetail>(
        [execution](journal::Reader& reader) -> Result<ExecutionDetail> {
            auto detail = reader.execution(execution);
            if (!detail && detail.error().kind == Error::Kind::NotFound) {
                return tl::unexpected(noSuchExecution(execution));
            }
            return detail;
        },
        std::move(reply));
}

void ExecutionService::logs(const std::string& execution, Reply<Logs> reply) {
    if (const auto printing = printing_.find(execution); printing != printing_.end()) {
        return reply(printing->second);
    }
    show(execution, [reply = std::move(reply)](Result<ExecutionDetail> detail) {
        if (!detail) return reply(tl::unexpected(detail.error()));
        reply(Logs{detail->output.output, detail->output.outputBytes});
    });
}

void ExecutionService::cancel(const std::string& execution, Reply<ExecutionState> reply) {
    if (const auto accepting = sequencer_.accepting(); !accepting)
        return reply(tl::unexpected(accepting.error()));
    sequencer_.turn([this, execution, reply = std::move(reply)](Turn& turn) {
        const auto state = dispatcher_.cancel(execution, turn.now, turn.changes);
        if (state) {
            turn.whenDurable.emplace_back([state = *state, reply](const Result<void>& result) {
                if (!result) return reply(tl::unexpected(result.error()));
                reply(state);
            });
            return;
        }
        show(execution, [execution, reply](Result<ExecutionDetail> detail) {
            if (!detail) return reply(tl::unexpected(detail.error()));
            reply(failure(Error::Kind::Conflict,
                          fmt::format("The execution {} cannot be cancelled, because it has ended ({}).",
                                      execution, stateName(detail->execution.state))));
        });
    });
}

void ExecutionService::takeDeadLetters(const std::vector<std::string>& wanted,
                                       std::function<void(Result<std::vector<ExecutionDetail>>)> then) {
    std::vector<std::string> executions;  // each once
    std::set<std::string> seen;
    for (const auto& id : wanted) {
        if (seen.insert(id).second) executions.push_back(id);
    }
    if (const auto accepting = sequencer_.accepting(); !accepting)
        return then(tl::unexpected(accepting.error()));
    queries_.run<std::vector<ExecutionDetail>>(
        [executions](journal::Reader& reader) -> Result<std::vector<ExecutionDetail>> {
            std::vector<ExecutionDetail> letters;
            for (const std::string& execution : executions) {
                auto detail = reader.execution(execution);
                if (!detail || !detail->terms.deadLetter) {
                    return failure(
                        Error::Kind::NotFound,
                        fmt::format("There is no dead letter {}: \"deadletters list\" shows those there are.",
                                    execution));
                }
                letters.push_back(std::move(*detail));
            }
            return letters;
        },
        [this, executions, then = std::move(then)](Result<std::vector<ExecutionDetail>> letters) {
            const auto isTaken = [this](const std::string& id) { return taken_.contains(id); };
            if (letters && std::any_of(executions.begin(), executions.end(), isTaken)) {
                return then(
                    failure(Error::Kind::Conflict, "Another request is taking one of these dead letters."));
            }
            if (letters) taken_.insert(executions.begin(), executions.end());
            then(std::move(letters));
        });
}

void ExecutionService::retryDeadLetters(const std::vector<std::string>& executions,
                                        Reply<std::vector<std::string>> reply) {
    takeDeadLetters(
        executions, [this, reply = std::move(reply)](Result<std::vector<ExecutionDetail>> letters) {
            if (!letters) return reply(tl::unexpected(letters.error()));
            sequencer_.turn(
                [this, letters = std::move(*letters), reply](Turn& turn) { requeue(letters, turn, reply); });
        });
}

void ExecutionService::requeue(const std::vector<ExecutionDetail>& letters, Turn& turn,
                               const Reply<std::vector<std::string>>& reply) {
    const auto release = [this](const std::vector<ExecutionDetail>& all) {
        for (const auto& letter : all) taken_.erase(letter.execution.id);
    };
    for (const auto& letter : letters) {
        if (dispatcher_.function(letter.execution.function) != nullptr) continue;
        release(letters);
        return reply(failure(Error::Kind::NotFound,
                             fmt::format("The dead letter {} cannot be retried: its function {} is gone.",
                                         letter.execution.id, letter.execution.function)));
    }
    std::int64_t bytes = 0;
    for (const auto& letter : letters) bytes += static_cast<std::int64_t>(letter.payload.size());
    if (!dispatcher_.hasRoomFor(static_cast<std::int64_t>(letters.size()), bytes)) {
        release(letters);
        return reply(failure(Error::Kind::Refused,
                             "The queue has no room for all of these requests: retry fewer, or later."));
    }
    std::vector<std::string> ids;
    for (const auto& letter : letters) {
        dispatch::Request request;
        request.function = letter.execution.function;
        request.payload = letter.payload;
        request.trigger = "retry";
        request.cause = letter.execution.id;
        request.depth = letter.execution.depth;
        const auto accepted = dispatcher_.enqueue(std::move(request), turn.now, turn.changes);
        if (!accepted) continue;  // neither full nor without its function: looked at above
        ids.push_back(accepted->execution);
        turn.batch.deadLettersTaken.push_back(letter.execution.id);
    }
    turn.whenDurable.emplace_back([ids, letters, release, reply](const Result<void>& result) {
        release(letters);
        if (!result) return reply(tl::unexpected(result.error()));
        reply(ids);
    });
}

void ExecutionService::dropDeadLetters(const std::vector<std::string>& executions,
                                       Reply<std::int64_t> reply) {
    takeDeadLetters(executions, [this, executions, reply = std::move(reply)](auto letters) {
        if (!letters) return reply(tl::unexpected(letters.error()));
        sequencer_.turn([this, executions, count = letters->size(), reply](Turn& turn) {
            turn.batch.deadLettersTaken = executions;
            turn.whenDurable.emplace_back([this, executions, count, reply](const Result<void>& result) {
                for (const auto& execution : executions) taken_.erase(execution);
                if (!result) return reply(tl::unexpected(result.error()));
                reply(static_cast<std::int64_t>(count));
            });
        });
    });
}

void ExecutionService::started(std::string_view execution, std::string_view vm, StartKind start,
                               std::int64_t initUs) {
    sequencer_.turn([this, id = std::string(execution), vm = std::string(vm), start, initUs](Turn& turn) {
        dispatcher_.started(id, vm, start, initUs, turn.now, turn.changes);
    });
}

void ExecutionService::output(std::string_view execution, std::string_view chunk) {
    auto& printing = printing_[std::string(execution)];
    printing.output += chunk;
    printing.outputBytes += static_cast<std::int64_t>(chunk.size());
    keepTail(printing.output, kOutputKept);
    Q_EMIT printed(std::string(execution), std::string(chunk));
}

void ExecutionService::emitted(std::string_view execution, std::string_view name, std::string_view data) {
    sequencer_.turn(
        [this, id = std::string(execution), name = std::string(name), data = std::string(data)](Turn& turn) {
            const auto emitted = dispatcher_.emitted(id, name, data, turn.now, turn.changes);
            if (!emitted) {
                qCWarning(lcExecutions, "A record that the execution %s emitted was left out: %s", id.c_str(),
                          emitted.error().text().c_str());
            }
        });
}

void ExecutionService::finished(std::string_view execution, const Outcome& outcome) {
    sequencer_.turn([this, id = std::string(execution), outcome](Turn& turn) {
        dispatcher_.finished(id, outcome, turn.now, turn.changes);
    });
}

void ExecutionService::capacityChanged() {
    sequencer_.turn([this](Turn&) { dispatcher_.capacityChanged(); });
}

}  // namespace dogwatch::control

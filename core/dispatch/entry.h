// Entry: one live execution inside the dispatcher, and the changes that its life leaves in the journal.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/dispatch/dispatcher.h"

namespace dogwatch::dispatch {

struct Entry {
    enum class Phase {
        Committing,  ///< its execution.queued is not durable yet
        Delayed,     ///< a retry that waits for its time
        Ready,       ///< may run when its turn comes
        Offered,     ///< the backend has it
        Running,     ///< its code runs
    };
    Phase phase = Phase::Committing;
    Execution row;
    ExecutionTerms terms;
    std::shared_ptr<const Function> function;
    std::string payload;
    Time readySince{};  ///< queue_us counts from here
    Time offeredAt{};
    std::uint64_t turn = 0;   ///< order among the ready ones of its function
    int lostBeforeStart = 0;  ///< VMs that were lost before its code began

    [[nodiscard]] bool waits() const { return phase <= Phase::Ready; }
    [[nodiscard]] Time expiry() const { return *row.queuedAt + function->maxAge; }
    [[nodiscard]] Invocation invocation() const;
};

/// 20 characters that sort by time, to the millisecond; then 50 random bits.
std::string makeExecutionId(Time now, const std::function<std::uint64_t()>& random);

Change queuedChange(const Entry& entry, std::int64_t queueDepth, Time now);
/// A request that found the queue full; there is no execution.
Change refusedChange(std::shared_ptr<const Function> function, const Request& request,
                     std::int64_t queueDepth, Time now);
Change throttledChange(const Entry& entry, const char* reason, Time now);
Change startedChange(const Entry& entry, Time now);
Change succeededChange(const Entry& entry, const Outcome& outcome, Time now);
/// `final`: the execution ends with it. Otherwise a retrying or dropped change follows and brings the row.
Change failedChange(const Entry& entry, const Outcome& outcome, bool final, Time now);
Change retryingChange(const Entry& entry, Duration delay, const Outcome* outcome, Time now);
Change droppedChange(const Entry& entry, const char* reason, const Outcome* outcome, Time now);
Change customChange(const Entry& entry, std::string_view name, json::value data, Time now);

}  // namespace dogwatch::dispatch

// Dispatcher: decides which execution runs when. It keeps the queue, the limits of each function, retries,
// ages, cancellation and schedules; it reads no clock, draws no random number of its own and does no I/O.
//
// Protocol (docs/control-plane.md): every call that may decide something takes `now` and appends Changes to
// `out`. The caller journals them, in order and in one batch with whatever the engine derives from their
// records; once that batch is durable it calls durable() for each execution that the batch queued, and only
// then are they offered to the backend. Final changes (succeeded, failed, dropped) leave the dispatcher at
// once; the caller answers its client when they are durable.
//
// `now` must not go back between calls. Thread: the one of the event loop that owns it and the backend.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/dispatch/backend.h"
#include "core/model/execution.h"
#include "core/model/function.h"
#include "core/model/record.h"
#include "core/model/result.h"

namespace dogwatch::dispatch {

struct Limits {
    /// Requests that wait, over all functions. A function may hold four times what is still free, so that one
    /// function's flood always leaves room for another's request; dead letters that are retried are asked for
    /// together (hasRoomFor) and may fill it. Jobs of firings are never refused.
    std::int64_t queued = 10'000;
    std::int64_t queuedBytes = 256LL << 20U;  ///< of their payloads
    Duration backoffFirst =
        std::chrono::seconds{1};  ///< before the first retry; doubled for each further one
    Duration backoffLongest = std::chrono::minutes{5};
    Duration idempotencyKept = std::chrono::hours{24};  ///< how long a key finds its execution again
    std::int64_t caughtUpAtMost = 1'000;  ///< missed instants of one schedule that CatchUp::All runs
};

struct Request {
    std::string function;
    std::string payload = "null";  ///< JSON text, checked where it came in
    std::string trigger = "api";   ///< api, console, schedule, metaevent, retry
    std::string cause;             ///< the firing or execution that led to it
    std::int64_t depth = 0;
    std::string execution;  ///< its id where the caller has one (jobs of firings); empty: one is made
    std::string idempotencyKey;
    std::optional<Duration> timeout;      ///< instead of the function's
    std::optional<std::int64_t> retries;  ///< instead of the function's
};

/// One decision: what to journal. Without a record, only the execution's row changes.
struct Change {
    std::optional<Record> record;              ///< seq 0, time `now`
    std::optional<ExecutionChange> execution;  ///< none: a request that was refused
    /// The schedule of this function is worked off up to this instant.
    std::optional<std::pair<std::string, Time>> scheduled;

    /// Whether the execution ended with this change: clients that wait get their answer when it is durable.
    [[nodiscard]] bool isFinal() const;
};
using Changes = std::vector<Change>;

/// The fate of a request.
struct Accepted {
    std::string execution;
    bool known = false;  ///< the idempotency key was used before: this is that execution, nothing was queued
};

struct FunctionLoad {
    std::int64_t queued = 0;   ///< accepted or to be retried, not handed to the backend
    std::int64_t running = 0;  ///< handed to the backend
};

class Dispatcher {
 public:
    /// `random`: uniform bits, for ids and jitter. The backend must outlive the dispatcher; its listener is
    /// the caller, who stamps the time and passes everything on.
    Dispatcher(Backend& backend, std::function<std::uint64_t()> random, Limits limits = {});
    ~Dispatcher();
    Dispatcher(const Dispatcher&) = delete;
    Dispatcher& operator=(const Dispatcher&) = delete;

    // ---- functions
    /// Adds it or makes it the current version. Executions already accepted keep the version they have.
    /// `scheduledUntil`: how far its schedule was worked off before a restart; missed instants are caught up
    /// with as the function says. Without it the schedule starts at `now`.
    void setFunction(std::shared_ptr<const Function> function, Time now, Changes& out,
                     std::optional<Time> scheduledUntil = {});
    /// Waiting requests are dropped ("deleted"); running ones end, and are not retried.
    void removeFunction(std::string_view name, Time now, Changes& out);
    [[nodiscard]] std::shared_ptr<const Function> function(std::string_view name) const;

    // ---- requests
    /// Accepts: execution.queued. Refuses: NotFound (no such function), Invalid (payload is no JSON or too
    /// large), Refused (the queue is full; execution.throttled).
    Result<Accepted> enqueue(Request request, Time now, Changes& out);
    /// Whether the queue takes so many further requests of trigger "retry", whatever functions they are for,
    /// with so many bytes of payloads together.
    [[nodiscard]] bool hasRoomFor(std::int64_t requests, std::int64_t bytes) const;
    /// The batch with the execution's execution.queued record is durable: it may run. Call pump() afterwards.
    void durable(std::string_view execution);
    /// Queued: dropped now. Running: the backend is told, and it is dropped when its attempt has ended.
    /// NotFound when it is neither. Returns the state after the call.
    Result<ExecutionState> cancel(std::string_view execution, Time now, Changes& out);
    /// After a restart, before anything else but setFunction(): executions that were queued wait again, those
    /// that ran are tried again at once (execution.retrying, attempt + 1). `version`: the function as it was
    /// accepted; null: dropped ("deleted").
    void restore(ExecutionDetail detail, std::shared_ptr<const Function> version, Time now, Changes& out);
    /// Keys of earlier requests ("function\0key"), so that a repeated request finds its execution after a
    /// restart.
    void restoreIdempotencyKey(const std::string& key, std::string execution, Time now);

    // ---- what the backend tells
    void started(std::string_view execution, std::string_view vm, StartKind start, std::int64_t initUs,
                 Time now, Changes& out);
    void finished(std::string_view execution, const Outcome& outcome, Time now, Changes& out);
    /// The record custom.NAME of a running execution, with its function, version, attempt and the rest filled
    /// in. Invalid: a name other than 1 to 64 of a-z A-Z 0-9 - _ . , or data that is no JSON or over 64 KiB.
    Result<void> emitted(std::string_view execution, std::string_view name, std::string_view data, Time now,
                         Changes& out);
    void capacityChanged();

    // ---- time
    /// Works off what is due (schedules, ages, delays of retries) and offers what may run to the backend,
    /// functions taking turns. Call it after durable(), finished(), capacityChanged() and at nextDue(); cheap
    /// when idle.
    void pump(Time now, Changes& out);
    /// When pump() has something to do next, if nothing else happens; none: never.
    [[nodiscard]] std::optional<Time> nextDue() const;
    /// Offers nothing while paused (shutting down, journal out of order); everything else goes on.
    void setPaused(bool paused);

    // ---- what it knows
    [[nodiscard]] std::optional<Execution> execution(std::string_view id) const;  ///< queued or running ones
    [[nodiscard]] FunctionLoad load() const;
    [[nodiscard]] FunctionLoad load(std::string_view function) const;

 private:
    class Private;
    std::unique_ptr<Private> d;
};

}  // namespace dogwatch::dispatch

#include "core/dispatch/dispatcher.h"

#include <algorithm>

#include "core/dispatch/dispatcher_p.h"

namespace dogwatch::dispatch {
namespace {

constexpr std::size_t kLargestData = 64U << 10U;  // of a custom record
constexpr std::size_t kDeepestResult = 64;

/// Its bucket follows the rate of its function.
void setRate(Lane& lane, Time now) {
    const auto& rate = lane.current->rate;
    if (!rate) {
        lane.bucket.reset();
    } else if (!lane.bucket) {
        lane.bucket.emplace(*rate, now);
    } else if (lane.bucket->rate() != *rate) {
        lane.bucket->setRate(*rate, now);
    }
}

}  // namespace

Dispatcher::Dispatcher(Backend& backend, std::function<std::uint64_t()> random, Limits limits)
    : d(std::make_unique<Private>(backend, std::move(random), limits)) {}

Dispatcher::~Dispatcher() = default;

void Dispatcher::setFunction(std::shared_ptr<const Function> function, Time now, Changes& out,
                             std::optional<Time> scheduledUntil) {
    Lane& lane = d->lanes_[function->name];
    const auto previous = std::exchange(lane.current, std::move(function));
    setRate(lane, now);
    const Function& current = *lane.current;
    const bool sameSchedule = previous && previous->schedule == current.schedule &&
                              previous->timezone == current.timezone && previous->catchUp == current.catchUp;
    if (sameSchedule) return;
    d->schedules_.set(current, scheduledUntil.value_or(now));
    // From here on its instants count, even if the process ends before the first.
    if (!current.schedule.empty() && !scheduledUntil) {
        out.push_back({std::nullopt, std::nullopt, std::pair{current.name, now}});
    }
}

void Dispatcher::removeFunction(std::string_view name, Time now, Changes& out) {
    const auto lane = d->lanes_.find(std::string{name});
    if (lane == d->lanes_.end()) return;
    lane->second.current.reset();
    lane->second.bucket.reset();
    d->schedules_.remove(name);
    std::vector<std::pair<Time, std::string>> waiting;  // in the order in which they were accepted
    for (const auto& [id, entry] : d->entries_) {
        if (entry.waits() && entry.row.function == name) waiting.emplace_back(*entry.row.queuedAt, id);
    }
    std::sort(waiting.begin(), waiting.end());
    for (const auto& [queuedAt, id] : waiting) d->drop(*d->find(id), "deleted", nullptr, now, out);
}

std::shared_ptr<const Function> Dispatcher::function(std::string_view name) const {
    const auto lane = d->lanes_.find(std::string{name});
    return lane == d->lanes_.end() ? nullptr : lane->second.current;
}

Result<Accepted> Dispatcher::enqueue(Request request, Time now, Changes& out) {
    const auto key = IdempotencyKeys::keyOf(request.function, request.idempotencyKey);
    if (!request.idempotencyKey.empty()) {
        if (auto known = d->keys_.find(key, now)) return Accepted{std::move(*known), true};
    }
    const auto function = this->function(request.function);
    if (function == nullptr) {
        return failure(Error::Kind::NotFound,
                       "There is no function named \"" + request.function +
                           "\"; functions list shows those there are, functions add makes one.");
    }
    if (request.payload.size() > kLargestPayload) {
        return malformed("payload",
                         "at most 6 MiB of JSON, not " + std::to_string(request.payload.size()) + " bytes");
    }
    if (!request.execution.empty() && d->find(request.execution) != nullptr) {
        return Accepted{std::move(request.execution), true};
    }
    if (d->full(request)) {
        out.push_back(refusedChange(function, request, d->waiting_, now));
        return failure(Error::Kind::Refused,
                       "The queue is full (queue_full): " + std::to_string(d->waiting_) +
                           " requests wait; try again when some of them have run.");
    }
    Entry entry;
    entry.function = function;
    entry.payload = std::move(request.payload);
    auto& row = entry.row;
    row.id = request.execution.empty() ? makeExecutionId(now, d->random_) : std::move(request.execution);
    row.function = function->name;
    row.version = function->version;
    row.trigger = std::move(request.trigger);
    row.cause = std::move(request.cause);
    row.depth = request.depth;
    row.queuedAt = now;
    entry.terms.retries = request.retries.value_or(function->retries);
    entry.terms.timeout = request.timeout.value_or(function->timeout);
    entry.terms.idempotencyKey = std::move(request.idempotencyKey);
    entry.readySince = now;
    const Entry& added = d->add(std::move(entry));
    if (!added.terms.idempotencyKey.empty()) d->keys_.add(key, added.row.id, now);
    out.push_back(queuedChange(added, d->waiting_, now));
    return Accepted{added.row.id, false};
}

bool Dispatcher::hasRoomFor(std::int64_t requests, std::int64_t bytes) const {
    return d->waiting_ + requests <= d->limits_.queued && d->waitingBytes_ + bytes <= d->limits_.queuedBytes;
}

void Dispatcher::durable(std::string_view execution) {
    Entry* entry = d->find(execution);
    if (entry != nullptr && entry->phase == Entry::Phase::Committing) d->makeReady(*entry, entry->readySince);
}

Result<ExecutionState> Dispatcher::cancel(std::string_view execution, Time now, Changes& out) {
    Entry* entry = d->find(execution);
    if (entry == nullptr) {
        return failure(Error::Kind::NotFound,
                       "The execution " + std::string{execution} +
                           " is neither queued nor running, so there is nothing to cancel; "
                           "executions show tells how it ended.");
    }
    if (entry->waits()) {
        d->drop(*entry, "cancelled", nullptr, now, out);
        return ExecutionState::Dropped;
    }
    if (!entry->terms.cancelRequested) {
        entry->terms.cancelRequested = true;
        out.push_back({std::nullopt, ExecutionChange{entry->row, entry->terms, {}, {}}, std::nullopt});
        const std::string id = entry->row.id;
        d->backend_.cancel(id);
    }
    return ExecutionState::Running;
}

void Dispatcher::restore(ExecutionDetail detail, std::shared_ptr<const Function> version, Time now,
                         Changes& out) {
    Entry entry;
    entry.row = std::move(detail.execution);
    entry.terms = std::move(detail.terms);
    entry.payload = std::move(detail.payload);
    const bool gone = version == nullptr || function(entry.row.function) == nullptr;
    if (version == nullptr) {
        Function unknown;  // only to name it in the record
        unknown.name = entry.row.function;
        version = std::make_shared<Function>(std::move(unknown));
    }
    entry.function = std::move(version);
    if (!entry.row.queuedAt) entry.row.queuedAt = now;
    entry.readySince = now;
    const bool ran = entry.row.state == ExecutionState::Running;
    Entry& added = d->add(std::move(entry));
    if (added.terms.cancelRequested) return d->drop(added, "cancelled", nullptr, now, out);
    if (gone) return d->drop(added, "deleted", nullptr, now, out);
    if (ran) {
        d->retry(added, Duration{0}, nullptr, now, out);
    } else if (added.terms.notBefore) {
        added.phase = Entry::Phase::Delayed;
        d->delays_.emplace(*added.terms.notBefore, added.row.id);
    } else {
        d->makeReady(added, now);
    }
}

void Dispatcher::restoreIdempotencyKey(const std::string& key, std::string execution, Time now) {
    d->keys_.add(key, std::move(execution), now);
}

void Dispatcher::started(std::string_view execution, std::string_view vm, StartKind start,
                         std::int64_t initUs, Time now, Changes& out) {
    Entry* entry = d->find(execution);
    if (entry == nullptr || entry->phase != Entry::Phase::Offered) return;
    entry->phase = Entry::Phase::Running;
    entry->row.state = ExecutionState::Running;
    entry->row.startedAt = now;
    entry->row.vm = vm;
    entry->row.start = startName(start);
    entry->row.queueUs = std::max(Duration{0}, entry->offeredAt - entry->readySince).count();
    entry->row.initUs = initUs;
    entry->terms.notBefore.reset();
    out.push_back(startedChange(*entry, now));
}

void Dispatcher::finished(std::string_view execution, const Outcome& outcome, Time now, Changes& out) {
    Entry* entry = d->find(execution);
    if (entry == nullptr || entry->waits()) return;
    ++d->capacityRound_;
    if (d->startAnew(*entry, outcome, now)) return;
    if (!outcome.vm.empty()) entry->row.vm = outcome.vm;
    entry->row.durationUs = outcome.durationUs;
    entry->terms.notBefore.reset();
    if (!outcome.succeeded) return d->fail(*entry, outcome, now, out);
    if (!outcome.result.empty() && !parseJson(outcome.result, {kLargestResult, kDeepestResult})) {
        Outcome unreadable = outcome;
        unreadable.succeeded = false;
        unreadable.cause = FailureCause::Protocol;
        unreadable.message = "The result is no JSON of at most 64 KiB and 64 levels.";
        unreadable.result.clear();
        return d->fail(*entry, unreadable, now, out);
    }
    entry->row.state = ExecutionState::Succeeded;
    entry->row.finishedAt = now;
    entry->row.error.clear();
    entry->row.message.clear();
    out.push_back(succeededChange(*entry, outcome, now));
    d->erase(*entry);
}

Result<void> Dispatcher::emitted(std::string_view execution, std::string_view name, std::string_view data,
                                 Time now, Changes& out) {
    const Entry* entry = d->find(execution);
    if (entry == nullptr || entry->waits()) {
        return failure(Error::Kind::NotFound, "The execution " + std::string{execution} + " does not run.");
    }
    if (!isName(name)) return malformed("name", "1 to 64 characters of a-z, A-Z, 0-9, '-', '_' and '.'");
    auto value = parseJson(data, {kLargestData, kDeepestResult});
    if (!value) return malformed("data", "JSON of at most 64 KiB: " + value.error().message);
    out.push_back(customChange(*entry, name, std::move(*value), now));
    return {};
}

void Dispatcher::capacityChanged() {
    ++d->capacityRound_;
}

void Dispatcher::pump(Time now, Changes& out) {
    d->expire(now, out);
    d->endDelays(now);
    d->endRateWaits(now);
    for (const auto& due : d->schedules_.take(now)) {
        for (const auto instant : due.instants) {
            Request request;
            request.function = due.function;
            request.payload =
                toJson(json::object{{"schedule", function(due.function)->schedule}, {"time", toUs(instant)}});
            request.trigger = "schedule";
            // A full queue leaves its own record, and the instant counts as worked off.
            (void)enqueue(std::move(request), now, out);
        }
        out.push_back({std::nullopt, std::nullopt, std::pair{due.function, due.workedOffUntil}});
    }
    d->offerAll(now, out);
}

std::optional<Time> Dispatcher::nextDue() const {
    std::optional<Time> due = d->schedules_.next();
    const auto consider = [&due](Time time) { due = due ? std::min(*due, time) : time; };
    if (!d->ages_.empty()) consider(d->ages_.begin()->first);
    if (!d->delays_.empty()) consider(d->delays_.begin()->first);
    if (!d->rateWaits_.empty()) consider(*d->rateWaits_.begin());
    return due;
}

void Dispatcher::setPaused(bool paused) {
    d->paused_ = paused;
}

std::optional<Execution> Dispatcher::execution(std::string_view id) const {
    const Entry* entry = d->find(id);
    if (entry == nullptr) return std::nullopt;
    return entry->row;
}

FunctionLoad Dispatcher::load() const {
    return {d->waiting_, d->running_};
}

FunctionLoad Dispatcher::load(std::string_view function) const {
    const auto lane = d->lanes_.find(std::string{function});
    if (lane == d->lanes_.end()) return {};
    return {lane->second.waiting, lane->second.running};
}

bool Change::isFinal() const {
    if (!execution) return false;
    const auto state = execution->execution.state;
    return state == ExecutionState::Succeeded || state == ExecutionState::Failed ||
           state == ExecutionState::Dropped;
}

}  // namespace dogwatch::dispatch

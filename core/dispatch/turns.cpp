#include <algorithm>
#include <cmath>

#include "core/dispatch/dispatcher_p.h"

namespace dogwatch::dispatch {
namespace {

constexpr std::int64_t kShareOfFree = 4;  // one function may hold this many times the free part of the queue
constexpr int kMostLostBeforeStart = 3;   // VMs lost before the code began that cost an execution nothing

}  // namespace

// ---- queue

bool Dispatcher::Private::full(const Request& request) const {
    if (request.trigger == "metaevent") return false;
    if (waiting_ >= limits_.queued) return true;
    if (waitingBytes_ + static_cast<std::int64_t>(request.payload.size()) > limits_.queuedBytes) return true;
    if (request.trigger == "retry") return false;
    const auto lane = lanes_.find(request.function);
    return lane != lanes_.end() && lane->second.waiting >= kShareOfFree * (limits_.queued - waiting_);
}

Entry& Dispatcher::Private::add(Entry entry) {
    const std::string id = entry.row.id;
    auto& added = entries_.insert_or_assign(id, std::move(entry)).first->second;
    rejoinQueue(added);
    return added;
}

/// Counts it among those that wait.
void Dispatcher::Private::rejoinQueue(Entry& entry) {
    ++waiting_;
    ++laneOf(entry).waiting;
    waitingBytes_ += static_cast<std::int64_t>(entry.payload.size());
    ages_.emplace(entry.expiry(), entry.row.id);
}

/// It waits no more: it was offered, or it ends.
void Dispatcher::Private::leaveQueue(Entry& entry) {
    --waiting_;
    --laneOf(entry).waiting;
    waitingBytes_ -= static_cast<std::int64_t>(entry.payload.size());
    ages_.erase({entry.expiry(), entry.row.id});
    if (entry.phase == Entry::Phase::Delayed) delays_.erase({*entry.terms.notBefore, entry.row.id});
    if (entry.phase == Entry::Phase::Ready) laneOf(entry).ready.erase(entry.turn);
}

void Dispatcher::Private::makeReady(Entry& entry, Time now) {
    entry.phase = Entry::Phase::Ready;
    entry.readySince = now;
    entry.turn = nextTurn_++;
    Lane& lane = laneOf(entry);
    lane.ready.emplace(entry.turn, &entry);
    if (!lane.inRing) {
        lane.inRing = true;
        ring_.push_back(&lane);
    }
}

void Dispatcher::Private::erase(Entry& entry) {
    if (entry.waits()) {
        leaveQueue(entry);
    } else {
        --running_;
        --laneOf(entry).running;
    }
    entries_.erase(entries_.find(entry.row.id));
}

// ---- ends of attempts

void Dispatcher::Private::drop(Entry& entry, const char* reason, const Outcome* outcome, Time now,
                               Changes& out) {
    entry.row.state = ExecutionState::Dropped;
    entry.row.finishedAt = now;
    entry.terms.deadLetter = true;
    entry.terms.notBefore.reset();
    out.push_back(droppedChange(entry, reason, outcome, now));
    erase(entry);
}

Duration Dispatcher::Private::backoff(std::int64_t failures) const {
    constexpr std::int64_t kMostDoublings = 40;
    const auto doublings = static_cast<int>(std::min(failures - 1, kMostDoublings));
    const double full = std::min(std::ldexp(static_cast<double>(limits_.backoffFirst.count()), doublings),
                                 static_cast<double>(limits_.backoffLongest.count()));
    constexpr double kBits = 53;
    const double random = std::ldexp(static_cast<double>(random_() >> 11U), -static_cast<int>(kBits));
    return Duration{static_cast<std::int64_t>(full * (1 + random) / 2)};
}

void Dispatcher::Private::retry(Entry& entry, Duration delay, const Outcome* outcome, Time now,
                                Changes& out) {
    ++entry.row.attempt;
    entry.row.state = ExecutionState::Queued;
    entry.row.vm.clear();
    entry.row.start.clear();
    entry.row.startedAt.reset();
    entry.row.finishedAt.reset();
    entry.row.queueUs.reset();
    entry.row.initUs.reset();
    entry.terms.notBefore = now + delay;
    entry.phase = Entry::Phase::Delayed;
    delays_.emplace(*entry.terms.notBefore, entry.row.id);
    out.push_back(retryingChange(entry, delay, outcome, now));
}

void Dispatcher::Private::fail(Entry& entry, const Outcome& outcome, Time now, Changes& out) {
    ++entry.terms.failures;
    entry.row.error = causeName(outcome.cause);
    entry.row.message = outcome.message;
    const bool exhausted = entry.terms.failures > entry.terms.retries;
    if (exhausted && entry.terms.retries == 0 && !entry.terms.cancelRequested) {
        entry.row.state = ExecutionState::Failed;
        entry.row.finishedAt = now;
        out.push_back(failedChange(entry, outcome, true, now));
        erase(entry);
        return;
    }
    out.push_back(failedChange(entry, outcome, false, now));
    if (entry.terms.cancelRequested) return drop(entry, "cancelled", &outcome, now, out);
    if (laneOf(entry).current == nullptr) return drop(entry, "deleted", &outcome, now, out);
    if (exhausted) return drop(entry, "attempts", &outcome, now, out);
    const auto delay = backoff(entry.terms.failures);
    if (now + delay >= entry.expiry()) return drop(entry, "age", &outcome, now, out);
    --running_;
    --laneOf(entry).running;
    rejoinQueue(entry);
    retry(entry, delay, &outcome, now, out);
}

/// A VM that was lost before the code began costs the execution nothing, a few times: it waits again.
bool Dispatcher::Private::startAnew(Entry& entry, const Outcome& outcome, Time now) {
    if (entry.phase != Entry::Phase::Offered || outcome.cause != FailureCause::VmLost ||
        entry.terms.cancelRequested || laneOf(entry).current == nullptr ||
        ++entry.lostBeforeStart > kMostLostBeforeStart) {
        return false;
    }
    const Time since = entry.readySince;
    --running_;
    --laneOf(entry).running;
    rejoinQueue(entry);
    makeReady(entry, now);
    entry.readySince = since;
    return true;
}

// ---- time and turns

void Dispatcher::Private::expire(Time now, Changes& out) {
    while (!ages_.empty() && ages_.begin()->first <= now) {
        drop(*find(ages_.begin()->second), "age", nullptr, now, out);
    }
}

void Dispatcher::Private::endDelays(Time now) {
    while (!delays_.empty() && delays_.begin()->first <= now) {
        Entry& entry = *find(delays_.begin()->second);
        delays_.erase(delays_.begin());
        makeReady(entry, *entry.terms.notBefore);
    }
}

void Dispatcher::Private::endRateWaits(Time now) {
    rateWaits_.erase(rateWaits_.begin(), rateWaits_.upper_bound(now));
}

const char* Dispatcher::Private::heldBackBy(Lane& lane, Time now) {
    if (lane.current == nullptr) return nullptr;
    if (lane.current->concurrency > 0 && lane.running >= lane.current->concurrency) return "concurrency";
    if (lane.bucket && !lane.bucket->ready(now)) return "rate";
    return nullptr;
}

/// Every request that waits behind the limit gets its record, once for each attempt and reason.
void Dispatcher::Private::throttle(Lane& lane, const char* reason, Time now, Changes& out) {
    const bool rate = std::string_view{reason} == "rate";
    auto& done = rate ? lane.throttledRate : lane.throttledConcurrency;
    for (auto next = lane.ready.upper_bound(done); next != lane.ready.end(); ++next) {
        out.push_back(throttledChange(*next->second, reason, now));
        done = next->first;
    }
    if (rate) rateWaits_.insert(std::max(lane.bucket->readyAt(), now + Duration{1}));
}

Dispatcher::Private::Turn Dispatcher::Private::offerFirst(Lane& lane, Time now, Changes& out) {
    if (lane.ready.empty()) return Turn::Empty;
    if (const char* reason = heldBackBy(lane, now)) {
        throttle(lane, reason, now, out);
        return Turn::Blocked;
    }
    if (lane.refusedIn == capacityRound_) return Turn::Blocked;

    // The backend may answer from within offer(), so everything is in place before it; afterwards the entry
    // may be gone.
    Entry& entry = *lane.ready.begin()->second;
    const auto invocation = entry.invocation();
    const auto turn = entry.turn;
    leaveQueue(entry);
    entry.phase = Entry::Phase::Offered;
    entry.offeredAt = now;
    ++running_;
    ++lane.running;
    if (lane.bucket) lane.bucket->take();
    if (backend_.offer(invocation)) return Turn::Offered;

    lane.refusedIn = capacityRound_;
    if (lane.bucket) lane.bucket->giveBack();
    --running_;
    --lane.running;
    entry.phase = Entry::Phase::Ready;
    rejoinQueue(entry);
    lane.ready.emplace(turn, &entry);
    return Turn::Blocked;
}

void Dispatcher::Private::offerAll(Time now, Changes& out) {
    std::size_t blocked = 0;  // lanes in a row that could not go
    while (!paused_ && blocked < ring_.size()) {
        Lane& lane = *ring_.front();
        ring_.pop_front();
        const auto turn = offerFirst(lane, now, out);
        if (lane.ready.empty()) {
            lane.inRing = false;
        } else {
            ring_.push_back(&lane);
        }
        blocked = turn == Turn::Blocked ? blocked + 1 : 0;
    }
}

}  // namespace dogwatch::dispatch

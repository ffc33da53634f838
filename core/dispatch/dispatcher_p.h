// The inside of Dispatcher: its state, and the steps of which dispatcher.cpp makes the public calls.
// turns.cpp implements them.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "core/dispatch/dispatcher.h"
#include "core/dispatch/entry.h"
#include "core/dispatch/idempotency_keys.h"
#include "core/dispatch/schedules.h"
#include "core/dispatch/token_bucket.h"

namespace dogwatch::dispatch {

/// All about one function: its limits and those of its executions that may run now.
struct Lane {
    std::shared_ptr<const Function> current;  ///< null: removed, or known from restored executions alone
    std::map<std::uint64_t, Entry*> ready;    ///< by turn
    std::optional<TokenBucket> bucket;
    std::int64_t waiting = 0;
    std::int64_t running = 0;
    bool inRing = false;
    std::uint64_t refusedIn = 0;             ///< capacity round in which the backend turned it down
    std::uint64_t throttledConcurrency = 0;  ///< turns up to this one have their execution.throttled
    std::uint64_t throttledRate = 0;
};

class Dispatcher::Private {
 public:
    Private(Backend& backend, std::function<std::uint64_t()> random, Limits limits)
        : backend_(backend),
          random_(std::move(random)),
          limits_(limits),
          keys_(limits.idempotencyKept),
          schedules_(limits.caughtUpAtMost) {}

    Entry* find(std::string_view execution) {
        const auto found = entries_.find(std::string{execution});
        return found == entries_.end() ? nullptr : &found->second;
    }
    Lane& laneOf(const Entry& entry) { return lanes_[entry.row.function]; }

    // ---- queue
    [[nodiscard]] bool full(const Request& request) const;
    Entry& add(Entry entry);
    void makeReady(Entry& entry, Time now);
    void erase(Entry& entry);
    void leaveQueue(Entry& entry);
    void rejoinQueue(Entry& entry);

    // ---- ends of attempts
    void drop(Entry& entry, const char* reason, const Outcome* outcome, Time now, Changes& out);
    void fail(Entry& entry, const Outcome& outcome, Time now, Changes& out);
    void retry(Entry& entry, Duration delay, const Outcome* outcome, Time now, Changes& out);
    bool startAnew(Entry& entry, const Outcome& outcome, Time now);
    [[nodiscard]] Duration backoff(std::int64_t failures) const;

    // ---- time and turns
    void expire(Time now, Changes& out);
    void endDelays(Time now);
    void runSchedules(Time now, Changes& out);
    void endRateWaits(Time now);
    void offerAll(Time now, Changes& out);
    enum class Turn { Offered, Blocked, Empty };
    Turn offerFirst(Lane& lane, Time now, Changes& out);
    const char* heldBackBy(Lane& lane, Time now);
    void throttle(Lane& lane, const char* reason, Time now, Changes& out);

    Backend& backend_;
    std::function<std::uint64_t()> random_;
    Limits limits_;
    std::unordered_map<std::string, Entry> entries_;
    std::unordered_map<std::string, Lane> lanes_;  // nodes: their addresses hold
    std::deque<Lane*> ring_;                       // lanes with something ready, in the order of their turns
    std::set<std::pair<Time, std::string>> ages_;  // of those that wait, when they are too old
    std::set<std::pair<Time, std::string>> delays_;
    std::set<Time> rateWaits_;  // when a token is back that something waits for
    IdempotencyKeys keys_;
    Schedules schedules_;
    std::int64_t waiting_ = 0;
    std::int64_t waitingBytes_ = 0;
    std::int64_t running_ = 0;
    std::uint64_t nextTurn_ = 1;
    std::uint64_t capacityRound_ = 1;
    bool paused_ = false;
};

}  // namespace dogwatch::dispatch

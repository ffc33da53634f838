#include "core/control/sequencer.h"

#include <fmt/format.h>

#include <QLoggingCategory>
#include <algorithm>
#include <chrono>
#include <utility>

namespace dogwatch::control {
namespace {

Q_LOGGING_CATEGORY(lcSequencer, "dogwatch.sequencer")

/// A restart folds what came after the last checkpoint: this bounds it to a fraction of a second.
constexpr std::int64_t kCheckpointRecords = 100'000;
constexpr Duration kCheckpointInterval = std::chrono::minutes{5};
/// Batches that wait for the disk before new requests are turned away.
constexpr std::size_t kLargestBacklog = 20'000;
/// Durable records that are kept at hand, about.
constexpr std::size_t kRecentRecords = 4'096;
/// The timer counts monotonic time: looking at the clock this often finds out that it was set.
constexpr Duration kLongestSleep = std::chrono::seconds{1};

Firing toFiring(const Timeline::Fired& fired) {
    const engine::Derived& derived = fired.firing;
    Firing firing;
    firing.id = derived.firing;
    firing.seq = fired.seq;
    firing.metaevent = derived.metaevent;
    firing.version = derived.version;
    firing.time = derived.time;
    firing.key = derived.key;
    firing.cause = derived.cause;
    firing.edge = derived.edge;
    firing.depth = derived.depth;
    firing.late = derived.late;
    firing.evidence = derived.evidence;
    return firing;
}

/// The record of a silenced firing says so, for those who read it.
void markSilenced(std::vector<Record>& records, const Firing& firing) {
    for (auto record = records.rbegin(); record != records.rend(); ++record) {
        if (record->seq != firing.seq) continue;
        record->fields["silenced"] = firing.silenced;
        return;
    }
}

/// Among records in the order of seq.
const Record* find(const std::vector<Record>& records, std::int64_t seq) {
    const auto found =
        std::lower_bound(records.begin(), records.end(), seq,
                         [](const Record& record, std::int64_t at) { return record.seq < at; });
    return found != records.end() && found->seq == seq ? &*found : nullptr;
}

/// Whether a VM or a client waits until it is durable: it queues an execution, ends one, or tells a firing.
bool isWaitedFor(const journal::Batch& batch) {
    const auto waits = [](const ExecutionChange& change) {
        return change.payload || (change.execution.state != ExecutionState::Queued &&
                                  change.execution.state != ExecutionState::Running);
    };
    return !batch.firings.empty() || std::any_of(batch.executions.begin(), batch.executions.end(), waits);
}

}  // namespace

Sequencer::Sequencer(Clock& clock, dispatch::Dispatcher& dispatcher, journal::Writer& writer,
                     Timeline timeline, QObject* parent)
    : QObject(parent),
      clock_(clock),
      dispatcher_(dispatcher),
      writer_(writer),
      timeline_(std::move(timeline)),
      timer_(this) {
    timer_.setTimerType(Qt::PreciseTimer);
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &Sequencer::wake);
    checkpointSeq_ = lastDurableSeq_ = timeline_.lastSeq();
    timeline_.setRecordSource([this](std::int64_t seq) { return recordAt(seq); });
}

void Sequencer::start(const Work& work, const std::optional<Timeline::Down>& down) {
    running_ = true;
    lastCheckpoint_ = now();
    turn([&](Turn& turn) {
        turn.timeline.catchUp(turn.now, turn.output, down);
        work(turn);
    });
}

void Sequencer::turn(const Work& work) {
    if (inTurn_) {
        pending_.push_back(work);
        return;
    }
    run(work);
    while (!pending_.empty()) {
        const Work next = std::move(pending_.front());
        pending_.pop_front();
        run(next);
    }
    armTimer();
}

void Sequencer::run(const Work& work) {
    if (!running_) return;
    inTurn_ = true;
    Timeline::Output output;
    output_ = &output;
    dispatch::Changes changes;
    journal::Batch batch;
    WhenDurable whenDurable;
    // After a jump of the clock, as after downtime, what fell due did so unwatched.
    const bool jumped = clock_.jumped();
    Turn turn{now(), timeline_, output, changes, batch, whenDurable};
    if (jumped) timeline_.catchUp(turn.now, output, Timeline::Down{lastTurn_, "clock"});
    lastTurn_ = turn.now;
    work(turn);
    settle(turn);
    dispatcher_.pump(turn.now, changes);
    settle(turn);
    output_ = nullptr;
    batch.records = std::move(output.records);
    considerCheckpoint(batch, false);
    submit(std::move(batch), std::move(whenDurable));
    inTurn_ = false;
}

void Sequencer::settle(Turn& turn) {
    while (!turn.changes.empty() || !turn.output.firings.empty()) {
        for (const auto& fired : std::exchange(turn.output.firings, {})) enqueueJobs(turn, fired);
        for (auto& change : std::exchange(turn.changes, {})) {
            if (change.scheduled)
                turn.batch.schedules.push_back({change.scheduled->first, change.scheduled->second});
            if (change.execution) turn.batch.executions.push_back(std::move(*change.execution));
            if (change.record) turn.append(std::move(*change.record));
        }
    }
}

void Sequencer::enqueueJobs(Turn& turn, const Timeline::Fired& fired) {
    Firing firing = toFiring(fired);
    if (silencer_) firing.silenced = silencer_(firing.metaevent, firing.time);
    const bool silent = !firing.silenced.is_null();
    // The engine has folded the record by now, and does not see this when it folds it again: what fires, on
    // replay and in a backtest too, does not depend on it.
    if (silent) markSilenced(turn.output.records, firing);
    for (std::size_t i = 0; i < fired.firing.jobs.size(); ++i) {
        const engine::JobRequest& job = fired.firing.jobs[i];
        firing.jobs.emplace_back(
            silent ? json::object{{"run", job.function}, {"execution", nullptr}, {"silenced", true}}
                   : enqueueJob(turn, firing, job, i + 1));
    }
    turn.batch.firings.push_back(std::move(firing));
}

json::object Sequencer::enqueueJob(Turn& turn, Firing& firing, const engine::JobRequest& job,
                                   std::size_t number) {
    dispatch::Request request;
    request.function = job.function;
    request.payload = job.payload;
    request.trigger = "metaevent";
    request.cause = firing.id;
    request.depth = firing.depth;
    request.execution = fmt::format("{}-{}", firing.id, number);
    json::object shown{{"run", job.function}};
    const auto accepted = dispatcher_.enqueue(std::move(request), turn.now, turn.changes);
    if (accepted) {
        firing.executions.push_back(accepted->execution);
        shown["execution"] = accepted->execution;
    } else {
        shown["execution"] = nullptr;
        shown["error"] = accepted.error().text();
        qCWarning(lcSequencer, "A job of the metaevent %s was not enqueued: %s", firing.metaevent.c_str(),
                  accepted.error().text().c_str());
    }
    return shown;
}

void Sequencer::submit(journal::Batch batch, WhenDurable whenDurable) {
    // An empty batch with an answer waits in line too: what it answers about may not be durable yet.
    if (batch.empty() && whenDurable.empty()) return;
    const auto haste = whenDurable.empty() && !isWaitedFor(batch) ? journal::Writer::Haste::Soon
                                                                  : journal::Writer::Haste::Now;
    auto shared = std::make_shared<const journal::Batch>(std::move(batch));
    if (!shared->records.empty()) keep(shared);
    writer_.submit(
        shared,
        [this, shared, callbacks = std::move(whenDurable)](const Result<void>& result) {
            durable(shared, callbacks, result);
        },
        haste);
}

void Sequencer::durable(const std::shared_ptr<const journal::Batch>& batch, const WhenDurable& whenDurable,
                        const Result<void>& result) {
    if (!batch->records.empty()) forgetOld();
    if (!result) {
        for (const auto& callback : whenDurable) callback(result);
        Q_EMIT failed(result.error());
        return;
    }
    if (!batch->records.empty()) lastDurableSeq_ = batch->records.back().seq;
    bool mayRun = false;
    for (const auto& change : batch->executions) {
        if (change.execution.state != ExecutionState::Queued || !change.payload) continue;
        dispatcher_.durable(change.execution.id);
        mayRun = true;
    }
    // What may run is handed over first: answers and subscribers can wait for it, not the other way round.
    if (mayRun) turn([](Turn&) {});
    for (const auto& callback : whenDurable) callback(result);
    Q_EMIT committed(batch);
}

void Sequencer::keep(const std::shared_ptr<const journal::Batch>& batch) {
    recent_.push_back(batch);
    recentRecords_ += batch->records.size();
    ++undurable_;
}

void Sequencer::forgetOld() {
    --undurable_;
    while (recent_.size() > undurable_ && recentRecords_ > kRecentRecords) {
        recentRecords_ -= recent_.front()->records.size();
        recent_.pop_front();
    }
}

std::optional<json::object> Sequencer::recordAt(std::int64_t seq) const {
    const Record* found = output_ != nullptr ? find(output_->records, seq) : nullptr;
    if (found == nullptr) {
        const auto batch =
            std::lower_bound(recent_.begin(), recent_.end(), seq,
                             [](const auto& each, std::int64_t at) { return each->records.back().seq < at; });
        if (batch != recent_.end()) found = find((*batch)->records, seq);
    }
    if (found != nullptr) return toJson(*found);
    return journal_ ? journal_(seq) : std::nullopt;
}

void Sequencer::considerCheckpoint(journal::Batch& batch, bool always) {
    const std::int64_t since = timeline_.lastSeq() - checkpointSeq_;
    const bool due =
        since >= kCheckpointRecords || (since > 0 && lastNow_ - lastCheckpoint_ >= kCheckpointInterval);
    if (!due && !always) return;
    batch.checkpoint =
        journal::Checkpoint{timeline_.lastSeq(), timeline_.lastTime(), timeline_.engine().checkpoint()};
    checkpointSeq_ = timeline_.lastSeq();
    lastCheckpoint_ = lastNow_;
}

void Sequencer::drain() {
    draining_ = true;
    dispatcher_.setPaused(true);
}

void Sequencer::stop() {
    if (!running_) return;
    running_ = false;
    timer_.stop();
    journal::Batch batch;
    considerCheckpoint(batch, true);
    submit(std::move(batch), {});
}

void Sequencer::setDiskRefuses(std::optional<Error> reason) {
    if (reason) {
        qCCritical(lcSequencer, "The journal cannot be written: %s", reason->text().c_str());
    } else if (diskRefuses_) {
        qCInfo(lcSequencer, "The journal can be written again");
    }
    diskRefuses_ = std::move(reason);
    dispatcher_.setPaused(draining_ || diskRefuses_.has_value());
    if (!diskRefuses_) turn([](Turn&) {});
}

Result<void> Sequencer::accepting() const {
    if (!running_ || draining_) {
        return failure(Error::Kind::Unavailable, "The control plane is stopping: try again when it is back.");
    }
    if (diskRefuses_) {
        return failure(
            Error::Kind::Unavailable,
            fmt::format("Nothing can be accepted, because the journal cannot be written ({}): it goes on "
                        "by itself when that is mended.",
                        diskRefuses_->text()));
    }
    if (writer_.backlog() > kLargestBacklog) {
        return failure(Error::Kind::Unavailable,
                       "The disk does not keep up with the requests: try again in a moment.");
    }
    return {};
}

Time Sequencer::now() {
    lastNow_ = std::max(lastNow_, timeline_.stamp(clock_.now()));
    return lastNow_;
}

void Sequencer::wake() {
    turn([](Turn& turn) { turn.timeline.advance(turn.now, turn.output); });
}

void Sequencer::armTimer() {
    if (!running_) return;
    const auto engineDue = timeline_.engine().nextDue();
    const auto dispatcherDue = dispatcher_.nextDue();
    Duration sleep = kLongestSleep;
    const Time at = clock_.now();
    for (const auto& due : {engineDue, dispatcherDue}) {
        if (due) sleep = std::min(sleep, *due - at);
    }
    sleep = std::max(sleep, Duration::zero());
    timer_.start(std::chrono::ceil<std::chrono::milliseconds>(sleep));
}

}  // namespace dogwatch::control

// Sequencer: the one place where things happen. Whatever happens is a turn: it gets its place in the
// timeline, the engine folds it, firings enqueue their jobs, and all that commits as one batch. Nothing is
// acknowledged, published or run before its batch is durable.
//
//   services, VM pool, timers ──turn──► Timeline (engine) + Dispatcher ──Batch──► journal::Writer
//                                                     ▲                               │ durable
//                                                     └── may run, answers, published ┘
//
// Thread: that of its event loop.
#pragma once

#include <QObject>
#include <QTimer>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/control/clock.h"
#include "core/control/timeline.h"
#include "core/dispatch/dispatcher.h"
#include "core/journal/writer.h"

namespace dogwatch::control {

/// What a turn works on, valid while it runs.
struct Turn {
    Time now;  ///< never before that of the last turn; what its records are stamped with
    Timeline& timeline;
    Timeline::Output& output;    ///< what the timeline appends
    dispatch::Changes& changes;  ///< what the dispatcher decides
    journal::Batch& batch;       ///< further rows: functions, definitions, ...
    /// Run when the turn is durable, or never will be.
    std::vector<std::function<void(const Result<void>&)>>& whenDurable;

    void append(Record record) { timeline.append(std::move(record), now, output); }
};

class Sequencer : public QObject {
    Q_OBJECT

 public:
    using Work = std::function<void(Turn&)>;

    /// Borrows clock, dispatcher and writer for its lifetime. Idle until start().
    Sequencer(Clock& clock, dispatch::Dispatcher& dispatcher, journal::Writer& writer, Timeline timeline,
              QObject* parent = nullptr);

    /// Catches up with what fell due while nobody watched, runs `work` in the same turn, and from then on
    /// keeps the engine's and the dispatcher's deadlines.
    void start(const Work& work, const std::optional<Timeline::Down>& down = std::nullopt);
    /// Runs `work` as one turn, at once, or, when called from within a turn, right after it.
    void turn(const Work& work);
    /// Accepts no requests and runs nothing new; what runs goes on, and turns with it.
    void drain();
    /// Writes a checkpoint and runs no further turns.
    void stop();

    /// Asked at each firing: what silences this metaevent at this time (null: nothing). Before start().
    using Silencer = std::function<json::value(const std::string& metaevent, Time time)>;
    void setSilencer(Silencer silencer) { silencer_ = std::move(silencer); }
    /// Where durable records are found, for the evidence of firings; those that are not durable yet are found
    /// without it. Before start().
    void setJournal(engine::RecordSource journal) { journal_ = std::move(journal); }
    /// For the writer: whether the disk refuses. While it does, nothing new is run.
    void setDiskRefuses(std::optional<Error> reason);
    /// Why no request can be accepted now, if so: stopping, disk full, the writer too far behind.
    [[nodiscard]] Result<void> accepting() const;

    [[nodiscard]] Time now();
    [[nodiscard]] const engine::Engine& engine() const { return timeline_.engine(); }
    [[nodiscard]] std::int64_t lastDurableSeq() const { return lastDurableSeq_; }

 Q_SIGNALS:
    /// A batch became durable.
    void committed(const std::shared_ptr<const dogwatch::journal::Batch>& batch);
    /// The journal can never be written again: the control plane must end.
    void failed(const dogwatch::Error& error);

 private:
    using WhenDurable = std::vector<std::function<void(const Result<void>&)>>;

    void run(const Work& work);
    /// Works off decisions and the jobs of firings until nothing follows from them.
    void settle(Turn& turn);
    void enqueueJobs(Turn& turn, const Timeline::Fired& fired);
    json::object enqueueJob(Turn& turn, Firing& firing, const engine::JobRequest& job, std::size_t number);
    void submit(journal::Batch batch, WhenDurable whenDurable);
    void durable(const std::shared_ptr<const journal::Batch>& batch, const WhenDurable& whenDurable,
                 const Result<void>& result);
    /// One that has its place already, durable or not.
    [[nodiscard]] std::optional<json::object> recordAt(std::int64_t seq) const;
    void keep(const std::shared_ptr<const journal::Batch>& batch);
    /// The oldest batch that was not durable is so now, or never will be.
    void forgetOld();
    void considerCheckpoint(journal::Batch& batch, bool always);
    void armTimer();
    void wake();

    Clock& clock_;
    dispatch::Dispatcher& dispatcher_;
    journal::Writer& writer_;
    Timeline timeline_;
    QTimer timer_;
    std::deque<Work> pending_;
    Silencer silencer_;
    engine::RecordSource journal_;
    const Timeline::Output* output_ = nullptr;  ///< of the turn that runs
    /// With records, the latest last: all that are not durable yet, and before them some that are, so that
    /// the evidence of most firings is at hand.
    std::deque<std::shared_ptr<const journal::Batch>> recent_;
    std::size_t recentRecords_ = 0;
    std::size_t undurable_ = 0;  ///< of the batches in recent_
    std::optional<Error> diskRefuses_;
    Time lastNow_{};
    Time lastTurn_{};
    Time lastCheckpoint_{};
    std::int64_t checkpointSeq_ = 0;
    std::int64_t lastDurableSeq_ = 0;
    bool running_ = false;
    bool inTurn_ = false;
    bool draining_ = false;
};

}  // namespace dogwatch::control

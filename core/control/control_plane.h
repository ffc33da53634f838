// ControlPlane: everything wired together. The one object that the API speaks to.
//
// Thread: that of its event loop. Its services answer there too.
#pragma once

#include <QObject>
#include <QTimer>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/control/clock.h"
#include "core/control/data_directory.h"
#include "core/control/execution_service.h"
#include "core/control/function_service.h"
#include "core/control/history.h"
#include "core/control/metaevent_service.h"
#include "core/control/pool_backend.h"
#include "core/control/queries.h"
#include "core/control/rate.h"
#include "core/control/recovery.h"
#include "core/control/retention.h"
#include "core/control/sequencer.h"
#include "core/journal/writer.h"
#include "vmpool/pool.h"

namespace dogwatch::control {

/// `status` of docs/api.md.
struct PlaneStatus {
    std::string accelerator;
    std::string acceleratorReason;
    std::int64_t booting = 0;
    std::int64_t ready = 0;
    std::int64_t assigned = 0;
    std::int64_t running = 0;
    std::int64_t maxVms = 0;
    dispatch::FunctionLoad load;
    double recordsPerSecond = 0;
    double executionsPerSecond = 0;
    std::int64_t lastSeq = 0;
};

class ControlPlane : public QObject {
    Q_OBJECT

 public:
    /// Borrows the clock. `pool`: its directories; run and cache are filled in.
    ControlPlane(Clock& clock, DataDirectory directory, vmpool::PoolConfig pool, QObject* parent = nullptr);
    ~ControlPlane() override;

    /// Runs executions on `backend`, which it borrows, instead of virtual machines, which are not started
    /// then; before start(). For tests.
    void setBackend(dispatch::Backend& backend) { backend_ = &backend; }
    /// How much of the past is kept; before start(). Without: everything.
    void setRetention(RetentionPolicy policy) { retentionPolicy_ = policy; }
    /// Checks what VMs need, opens and recovers the journal, catches up with the time, and goes to work. VMs
    /// boot meanwhile. An error is final, and where it is no fault of the journal nothing is left behind.
    Result<void> start();
    /// Accepts and begins nothing more, and calls `done` once: when nothing runs any more and all of it is
    /// durable, or after `most`. What still runs then is tried again by the next control plane here.
    void drain(Duration most, std::function<void()> done);
    /// Runs nothing more, writes a checkpoint and waits for the disk. VMs end with the object.
    void stop();

    [[nodiscard]] FunctionService& functions() { return *functions_; }
    [[nodiscard]] ExecutionService& executions() { return *executions_; }
    [[nodiscard]] MetaeventService& metaevents() { return *metaevents_; }
    [[nodiscard]] vmpool::Pool& pool() { return pool_; }
    [[nodiscard]] Sequencer& sequencer() { return *sequencer_; }
    /// For short reads.
    [[nodiscard]] Queries& queries() { return *queries_; }

    [[nodiscard]] PlaneStatus status();
    [[nodiscard]] dispatch::FunctionLoad load(std::string_view function) const {
        return dispatcher_->load(function);
    }
    [[nodiscard]] Time now() { return sequencer_->now(); }
    [[nodiscard]] Time startedAt() const { return startedAt_; }
    [[nodiscard]] const std::filesystem::path& dataDir() const { return directory_.path(); }

    /// `progress` is told on this thread, and may be empty.
    void backtest(BacktestQuery query, Cancelled cancelled, Progress progress, Reply<BacktestAnswer> reply);
    /// What is asked for: a firing, a time in the past, or neither: now, from the running engine.
    struct Question {
        std::string metaevent;
        std::optional<Time> at;
        std::optional<json::value> key;
        std::optional<std::string> firing;
    };
    void explain(const Question& question, Cancelled cancelled, Progress progress, Reply<Explanation> reply);
    /// Writes a backup of the journal to this absolute path; tells what the journal held then, or later.
    void backup(const std::string& path, Cancelled cancelled, Reply<journal::JournalInfo> reply);
    /// Compares every page and index of the journal.
    void check(Reply<bool> reply);
    /// Appends records of another journal with their own times, which must not lie before what is there.
    void importRecords(std::vector<Record> records, Reply<std::int64_t> reply);

 Q_SIGNALS:
    /// It cannot go on (the journal can never be written again): the process must end.
    void failed(const dogwatch::Error& error);

 private:
    void explainNow(const Question& question, Reply<Explanation> reply);
    /// The same, told on this thread.
    Progress relayed(Progress progress);
    Result<void> openJournal();
    Result<Recovered> readJournal();
    Result<void> build(Recovered recovered);
    /// Since when nobody has watched; none: there is nothing yet that could have been watched.
    [[nodiscard]] std::optional<Timeline::Down> downtime() const;
    /// The first turn: what was under way goes on, and VMs that died with the last process are lost.
    void resume(const Recovered& recovered, Turn& turn);
    void recordVmEvent(const vmpool::VmEvent& event);
    void noteVms(Turn& turn);
    void count(const journal::Batch& batch);

    Clock& clock_;
    DataDirectory directory_;
    vmpool::Pool pool_;
    PoolBackend poolBackend_;
    dispatch::Backend* backend_ = &poolBackend_;
    std::unique_ptr<journal::Writer> writer_;
    std::unique_ptr<dispatch::Dispatcher> dispatcher_;
    std::unique_ptr<Sequencer> sequencer_;
    std::unique_ptr<Queries> queries_;
    std::unique_ptr<Queries> longQueries_;  ///< those that may take minutes
    std::unique_ptr<FunctionService> functions_;
    std::unique_ptr<ExecutionService> executions_;
    std::unique_ptr<MetaeventService> metaevents_;
    RetentionPolicy retentionPolicy_;
    std::unique_ptr<Retention> retention_;
    std::deque<vmpool::VmEvent> earlyVmEvents_;  ///< before there is a journal to keep them
    std::vector<std::string> vms_;               ///< those that stand
    Rate recordRate_;
    Rate executionRate_;
    Time startedAt_{};
    QTimer alive_;
};

}  // namespace dogwatch::control

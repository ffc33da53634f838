// Vm: one virtual machine from its start to its end: boots or is cloned, is assigned one function, runs its
// executions one after another, and is retired or lost. Every transition is a VmEvent.
//
//     booting --> ready --> assigned <--> running          any of them --> retired (we ended it) or lost (it
//     ended)
//
// While it is ready it may stand still (QEMU's `stop`), which costs no processor time: a clone does from the
// beginning, any other after its rehearsal. It goes on when it is given an execution.
#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "core/model/execution.h"
#include "vmpool/machine.h"
#include "vmpool/pool.h"
#include "vmpool/utf8.h"
#include "vmpool/vm_host.h"
#include "vmpool/vm_template.h"

namespace dogwatch::vmpool {

/// The execution that a VM is at.
struct VmRun {
    Invocation invocation;
    StartKind kind = StartKind::Cold;
    std::chrono::steady_clock::time_point accepted;
    std::optional<std::chrono::steady_clock::time_point> started;
    bool cancelled = false;
    Utf8Stream text;
    std::string tail;  ///< the last of its output, for when the VM is lost
    std::int64_t outputBytes = 0;
};

class Vm : public QObject {
    Q_OBJECT
 public:
    using Clock = std::chrono::steady_clock;

    /// `number`: of the VM within the pool; decides its user when we are root.
    Vm(const VmHost& host, std::string id, std::uint32_t number, VmShape shape, Accelerator accelerator,
       QObject* parent = nullptr);
    ~Vm() override;

    // One of these starts QEMU. What goes wrong comes as lost.
    void boot();
    /// Boots with its memory in a file, so that it can become a template.
    void bootInto(const UniqueFd& memory);
    void clone(std::shared_ptr<const VmTemplate> source);

    /// Lets a guest that stands still go on, with the time and with randomness of its own; run() and
    /// rehearse() do when they must.
    void resume();
    /// Lets a clone that stands still answer once, and stand still again: it is known to work then, and has a
    /// part of the way of a first call behind it. Meanwhile it may be given something to run, or to rehearse.
    /// available() follows.
    void tryOut();
    /// Goes through a call in each interpreter that waits, so that the first real one finds what it needs;
    /// then stands still. Precondition: canRun(), and it serves no function. available() follows.
    void rehearse();
    /// Runs an execution: precondition canRun(). The first one loads its function.
    void run(const Invocation& invocation, StartKind kind);
    void cancel();
    /// Ends it: at once, or, while an execution runs, when that is over.
    void retire(const std::string& reason);

    [[nodiscard]] const std::string& id() const { return id_; }
    [[nodiscard]] const VmShape& shape() const { return shape_; }
    [[nodiscard]] Accelerator accelerator() const { return accelerator_; }
    [[nodiscard]] VmState state() const { return state_; }
    [[nodiscard]] bool isOver() const { return state_ == VmState::Retired || state_ == VmState::Lost; }
    /// Ready or assigned, and nothing runs in it.
    [[nodiscard]] bool canRun() const;
    /// Waits for an end that was asked for while an execution ran.
    [[nodiscard]] bool isLeaving() const { return leaving_.has_value(); }
    /// Every resident runtime it has stands ready.
    [[nodiscard]] bool isWarm() const { return awaitedWarm_ == 0; }
    [[nodiscard]] bool isRehearsed() const { return rehearsal_ == Rehearsal::Done; }
    [[nodiscard]] bool isRehearsing() const { return rehearsal_ == Rehearsal::Underway; }
    [[nodiscard]] bool isTriedOut() const { return hasAnswered_ && !tryingOut_; }
    [[nodiscard]] bool isTryingOut() const { return tryingOut_; }
    /// Its agent has answered since it was booted or cloned.
    [[nodiscard]] bool hasAnswered() const { return hasAnswered_; }
    /// What it was cloned from; none: it was booted.
    [[nodiscard]] const std::shared_ptr<const VmTemplate>& source() const { return source_; }
    [[nodiscard]] const Function* function() const { return function_.get(); }
    [[nodiscard]] std::string execution() const { return run_ ? run_->invocation.execution : std::string{}; }
    [[nodiscard]] Clock::time_point idleSince() const { return idleSince_; }
    [[nodiscard]] std::int64_t bootUs() const { return bootUs_; }
    [[nodiscard]] VmStatus status() const;
    /// Takes note of its memory for status(), which costs about a millisecond.
    void sampleMemory();
    [[nodiscard]] Clock::time_point memorySampled() const { return memorySampled_; }
    [[nodiscard]] Machine& machine() { return machine_; }
    [[nodiscard]] const Machine& machine() const { return machine_; }

 Q_SIGNALS:
    void changed(const dogwatch::vmpool::VmEvent& event);
    /// It became ready, its runtimes became warm, its rehearsal or an execution is over: it may take another.
    void available();
    /// Its process has ended. Nothing more comes; delete it later.
    void gone();
    void executionStarted(const std::string& execution, const std::string& vm, dogwatch::StartKind start,
                          std::int64_t initUs);
    void executionOutput(const std::string& execution, const std::string& chunk);
    void executionEmitted(const std::string& execution, const std::string& name, const std::string& data);
    void executionFinished(const std::string& execution, const dogwatch::Outcome& outcome);

 private:
    enum class Rehearsal { None, Underway, Done };

    void start(VmSpec spec, GuestSession session, std::chrono::milliseconds deadline);
    void connectLink();
    void onRestored(const Result<void>& restored);
    void becomeReady();
    /// Lets it stand still until it is needed.
    void standStill();
    void pause();
    /// Brings in what a clone that goes on is going to touch, where other clones have found that out.
    void bringInWorkingSet();
    /// Notes what this clone has touched since then, if it is the first of its template to come so far.
    void noteWorkingSet(std::optional<WorkingSet> WorkingSets::*stretch);

    void onMessage(const GuestMessage& message);
    void on(const Hello& hello);
    void on(const Warm& warm);
    void on(const Configured& configured);
    void on(const Rehearsed& rehearsed);
    void on(const Loaded& loaded);
    void on(const LoadFailed& failed);
    void on(const Started& started);
    void on(const Output& output);
    void on(const Emitted& emitted);
    void on(const RunResult& result);
    void on(const Pong& pong);
    void on(const Refused& refused);
    void on(const Fault& fault);
    void onLinkFailed(const Error& error);
    void onQmpEvent(const std::string& name, const json::object& data);
    void onEnded(const std::string& why);
    void onDeadline();

    void beginRun();
    void output(std::string_view bytes);
    /// Ends the execution: tells the outcome, and leaves the VM assigned or retires it.
    void finish(Outcome outcome, bool reusable);
    void lose(const std::string& reason, FailureCause cause);
    void end(VmState state, const std::string& reason);
    void setDeadline(std::chrono::milliseconds wait);
    void sayGone();
    void setState(VmState state, json::object fields = {});
    [[nodiscard]] Outcome outcomeOf(FailureCause cause, const std::string& message) const;

    VmHost host_;
    std::string id_;
    VmShape shape_;
    Accelerator accelerator_;
    VmState state_ = VmState::Booting;
    std::shared_ptr<const VmTemplate> source_;
    Machine machine_;
    QTimer deadline_;
    Clock::time_point born_;
    Clock::time_point idleSince_;
    std::int64_t bootUs_ = 0;
    std::int64_t awaitedWarm_ = 0;
    std::int64_t executions_ = 0;
    Rehearsal rehearsal_ = Rehearsal::None;
    bool standsStill_ = false;
    int pauses_ = 0;
    bool hasStopped_ = false;            ///< QEMU has said that it stands still
    std::optional<GuestMemory> memory_;  ///< of a clone
    bool hasAnswered_ = false;
    bool tryingOut_ = false;
    bool resuming_ = false;  ///< has not yet said that it is configured
    std::int64_t pssBytes_ = 0;
    Clock::time_point memorySampled_;  ///< the epoch: never
    std::deque<std::string> events_;   ///< the last that QEMU told
    std::shared_ptr<const Function> function_;
    std::optional<VmRun> run_;
    std::optional<std::string> leaving_;  ///< why it is retired once its execution is over
    bool linkClosed_ = false;
    bool saidGone_ = false;
};

}  // namespace dogwatch::vmpool

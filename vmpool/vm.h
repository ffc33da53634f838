// Vm: one virtual machine from its start to its end: boots, is assigned one function, runs its executions one
// after another, and is retired or lost. Every transition is a VmEvent.
//
//     booting --> ready --> assigned <--> running          any of them --> retired (we ended it) or lost (it
//     ended)
#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/model/execution.h"
#include "vmpool/guest_image.h"
#include "vmpool/guest_link.h"
#include "vmpool/pool.h"
#include "vmpool/qemu_command_line.h"
#include "vmpool/qemu_process.h"
#include "vmpool/qmp_client.h"
#include "vmpool/utf8.h"
#include "vmpool/vm_shape.h"

namespace dogwatch::vmpool {

/// What all VMs of a pool have in common.
struct VmHost {
    std::shared_ptr<const GuestImage> image;
    std::string qemu;
    std::string runDir;
    std::int64_t tscKiloHertz = 0;
    std::chrono::milliseconds bootDeadline{30'000};  ///< a boot that hangs is ended then
    GuestLink::Watchdog watchdog;
};

/// A cold boot of a VM of this shape; the descriptors of its sockets are still to be put in.
VmSpec coldSpec(const VmHost& host, const std::string& name, const VmShape& shape, Accelerator accelerator);

class Vm : public QObject {
    Q_OBJECT
 public:
    using Clock = std::chrono::steady_clock;

    /// `number`: of the VM within the pool; decides its user when we are root.
    Vm(const VmHost& host, std::string id, std::uint32_t number, VmShape shape, Accelerator accelerator,
       QObject* parent = nullptr);
    ~Vm() override;

    /// Starts QEMU. What goes wrong comes as lost.
    void start();
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
    [[nodiscard]] const Function* function() const { return function_.get(); }
    [[nodiscard]] std::string execution() const { return run_ ? run_->invocation.execution : std::string{}; }
    [[nodiscard]] Clock::time_point idleSince() const { return idleSince_; }
    [[nodiscard]] std::int64_t bootUs() const { return bootUs_; }
    [[nodiscard]] const std::string& console() const { return consoleText_; }
    [[nodiscard]] VmStatus status() const;
    [[nodiscard]] QmpClient* qmp() { return qmp_.get(); }
    [[nodiscard]] GuestLink* link() { return link_.get(); }

 Q_SIGNALS:
    void changed(const dogwatch::vmpool::VmEvent& event);
    /// It became ready, its runtimes became warm, or an execution is over: it may take another.
    void available();
    /// Its process has ended. Nothing more comes; delete it later.
    void gone();
    void executionStarted(const std::string& execution, const std::string& vm, dogwatch::StartKind start,
                          std::int64_t initUs);
    void executionOutput(const std::string& execution, const std::string& chunk);
    void executionEmitted(const std::string& execution, const std::string& name, const std::string& data);
    void executionFinished(const std::string& execution, const dogwatch::Outcome& outcome);

 private:
    /// The execution that this VM is at.
    struct Run {
        Invocation invocation;
        StartKind kind = StartKind::Cold;
        Clock::time_point accepted;
        std::optional<Clock::time_point> started;
        bool cancelled = false;
        Utf8Stream text;
        std::string tail;  ///< the last of its output, for when the VM is lost
        std::int64_t outputBytes = 0;
    };

    void connectLink();
    void onMessage(const GuestMessage& message);
    void on(const Hello& hello);
    void on(const Warm& warm);
    void on(const Configured& configured);
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
    void onProcessFinished(const std::string& why);
    void onDeadline();
    void onConsole(std::string_view bytes);

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
    std::uint32_t number_;
    VmShape shape_;
    Accelerator accelerator_;
    VmState state_ = VmState::Booting;
    QemuProcess process_;
    std::unique_ptr<QmpClient> qmp_;
    std::unique_ptr<GuestLink> link_;
    std::unique_ptr<FdStream> console_;
    std::string consoleText_;
    QTimer deadline_;
    Clock::time_point born_;
    Clock::time_point idleSince_;
    std::int64_t bootUs_ = 0;
    std::int64_t awaitedWarm_ = 0;
    std::int64_t executions_ = 0;
    std::shared_ptr<const Function> function_;
    std::optional<Run> run_;
    std::optional<std::string> leaving_;  ///< why it is retired once its execution is over
    std::string shutdownReason_;          ///< what QEMU said before it ended
    bool linkClosed_ = false;
    bool saidGone_ = false;
};

}  // namespace dogwatch::vmpool

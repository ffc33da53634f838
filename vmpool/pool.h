// Pool: virtual machines booted ahead, assigned to functions on demand, refilled, replaced when they die.
// A VM serves one function from its first execution until it is retired.
//
// Thread: everything on the thread whose event loop the pool lives on; nothing blocks it.
#pragma once

#include <QObject>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/model/execution.h"
#include "core/model/json.h"
#include "core/model/result.h"

namespace dogwatch::vmpool {

enum class AccelChoice { Auto, Kvm, Tcg };

struct PoolConfig {
    std::string imageDir;  ///< where the guest image lies (kernel, disks, manifest)
    std::string runDir;    ///< for what must be a file while VMs run; the pool's own
    std::string cacheDir;  ///< for verdicts and templates that survive a restart
    std::string qemu = "qemu-system-x86_64";
    std::string preloadDir;  ///< of the libraries that hasten QEMU's start; empty: none
    AccelChoice accel = AccelChoice::Auto;
    int maxVms = 8;
    int warm = 2;                                                    ///< VMs kept ready at least
    std::chrono::milliseconds idleLimit = std::chrono::minutes{10};  ///< a VM unused for so long is retired
};

enum class VmState { Booting, Ready, Assigned, Running, Retired, Lost };
const char* vmStateName(VmState state);  ///< "booting", "ready", ...

/// One transition in the life of a VM: becomes the record vm.booting, .ready, .assigned, .lost, .retired.
struct VmEvent {
    std::string vm;
    std::string event;     ///< "vm.booting", ...
    std::string function;  ///< for vm.assigned and later; may be empty
    json::object fields;   ///< image, boot_us, reason: what applies
};

/// What `pool status` shows of one VM.
struct VmStatus {
    std::string vm;
    VmState state = VmState::Booting;
    std::string image;
    std::string function;   ///< empty: unassigned
    std::string execution;  ///< running now; empty: none
    std::int64_t executions = 0;
    std::int64_t bootUs = 0;
    std::string origin;        ///< "cold" (booted), "clone"
    bool standsStill = false;  ///< stopped until it is given an execution
    bool rehearsed = false;    ///< its runtimes were gone through once
    std::int64_t rssBytes = 0;
    std::int64_t pssBytes = 0;  ///< memory, what it shares with others divided among them; as of some seconds
                                ///< ago, 0: not yet known
    std::int64_t cpuUs = 0;     ///< processor time of its QEMU
    std::int64_t pid = 0;
    std::int64_t ageUs = 0;
    std::vector<std::string> events;  ///< the last that QEMU told, "STOP", "RESUME", ...
};

/// A saved guest that VMs are cloned from.
struct TemplateInfo {
    std::string image;
    std::int64_t memoryMiB = 0;
    Network network = Network::None;
    std::string state;  ///< "ready", "in the making", "none"
    std::int64_t bytes = 0;
    std::int64_t madeUs = 0;  ///< how long the making took: boot, warm up, save; 0: not made yet
    int failures = 0;         ///< in a row: to make or to clone it
    std::string problem;      ///< the last one; empty: none
};

/// How many VMs of one shape stand ready, and shall.
struct WarmTarget {
    std::string image;
    std::int64_t memoryMiB = 0;
    Network network = Network::None;
    int ready = 0;
    int target = 0;
};

struct PoolStatus {
    std::string accelerator;        ///< "kvm", "tcg", or "probing"
    std::string acceleratorReason;  ///< one line: why this one
    int maxVms = 0;
    int warmTarget = 0;         ///< that is kept at least
    std::string controlGroups;  ///< what bounds those of VMs, or why they have none
    std::string memoryPressure;
    std::int64_t failedBoots = 0;   ///< since the start: boots that failed or hung, and were tried again
    std::int64_t failedClones = 0;  ///< the same of clones
    std::vector<WarmTarget> warm;
    std::vector<TemplateInfo> templates;
    std::vector<VmStatus> vms;
};
json::object toJson(const PoolStatus& status);

class Pool : public QObject {
    Q_OBJECT
 public:
    explicit Pool(PoolConfig config, QObject* parent = nullptr);
    ~Pool() override;  ///< kills every VM; none outlives the pool (nor the process, even by SIGKILL)

    /// Checks image and QEMU, then probes the accelerator and boots in the background. An error here is
    /// final: no QEMU installed, no image built, ...; its text says the mend.
    Result<void> start();

    /// Takes the invocation when a VM can run it now, or false: then boots one if the cap permits and signals
    /// capacityChanged() when asking again makes sense.
    bool offer(const Invocation& invocation);
    void cancel(const std::string& execution);

    [[nodiscard]] PoolStatus status() const;
    /// The last 64 KiB of a VM's serial console.
    [[nodiscard]] Result<std::string> console(const std::string& vm) const;
    /// Retires every VM that is not running an execution now, and the others when they are done; the warm
    /// ones are booted anew.
    void drain();
    /// Retires one VM, when it is done where it runs an execution now. NotFound.
    [[nodiscard]] Result<void> retire(const std::string& vm);
    /// Makes one VM more than the plan wants; one that nobody uses goes like any idle one. Refused at the
    /// cap.
    [[nodiscard]] Result<void> bootOne();
    /// Retires idle VMs assigned to this function (its code changed, or it was deleted).
    void retireFunction(const std::string& function);

 Q_SIGNALS:
    /// What a VM wrote to its serial console.
    void consoleWritten(const std::string& vm, const std::string& text);
    void vmEvent(const dogwatch::vmpool::VmEvent& event);
    void executionStarted(const std::string& execution, const std::string& vm, dogwatch::StartKind start,
                          std::int64_t initUs);
    void executionOutput(const std::string& execution, const std::string& chunk);
    void executionEmitted(const std::string& execution, const std::string& name, const std::string& data);
    void executionFinished(const std::string& execution, const dogwatch::Outcome& outcome);
    void capacityChanged();

 private:
    class Private;
    std::unique_ptr<Private> d;
};

}  // namespace dogwatch::vmpool

// What a Pool keeps and does; private to vmpool.
#pragma once

#include <QTimer>
#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "vmpool/accelerator_probe.h"
#include "vmpool/demand.h"
#include "vmpool/host_tsc.h"
#include "vmpool/pool.h"
#include "vmpool/pool_plan.h"
#include "vmpool/template_store.h"
#include "vmpool/vm.h"

namespace dogwatch::vmpool {

class Pool::Private {
 public:
    using Clock = std::chrono::steady_clock;

    /// An invocation that was turned down and waits for a VM.
    struct Waiting {
        VmShape shape;
        std::string function;
        Clock::time_point since;
        Clock::time_point asked;  ///< last
    };

    Private(Pool* pool, PoolConfig settings);

    Result<void> prepare();
    void begin();
    void decide(const AcceleratorVerdict& verdict);

    // ---- supply: pool_supply.cpp
    /// Starts and retires what the plan says, a little later: one plan for all that happens in one turn of
    /// the loop.
    void replan();
    void plan();
    void onTick();
    [[nodiscard]] PlanInput planInput(std::vector<Vm*>& live);
    /// The shapes that somebody waits for or that are kept warm.
    [[nodiscard]] std::map<VmShape, int> warmTargets(Clock::time_point now) const;
    Vm& add(const VmShape& shape);
    void addOne();
    void readyNext();
    void onVmEvent(const Vm& vm, const VmEvent& event);
    /// It never answered.
    void noteFailedStart(const Vm& vm, Clock::time_point now);
    void onAvailable(const Vm& vm);
    void onGone(Vm* vm);

    // ---- demand: pool.cpp
    [[nodiscard]] bool hasVm(const std::string& function) const;
    [[nodiscard]] bool isPatient(const Waiting& request, Clock::time_point now) const;
    Vm* assignedTo(const Function& function);
    Vm* unassigned(const VmShape& shape);
    Vm* running(const std::string& execution);
    void refuse(const Invocation& invocation);

    Pool* q;
    PoolConfig config;
    VmHost host;
    std::string groupsText;  ///< what bounds the control groups of VMs, or why they have none
    VmShape usual;           ///< of the VMs that are always kept warm
    Accelerator accelerator = Accelerator::Tcg;
    std::string acceleratorText = "probing";
    std::string acceleratorReason = "trying KVM with the guest itself";
    std::unique_ptr<AcceleratorProbe> probe;
    TemplateStore templates;
    std::string prefix;  ///< of VM names: they are not those of any earlier pool
    std::uint32_t lastNumber = 0;
    std::vector<std::unique_ptr<Vm>> vms;
    std::map<std::string, Waiting> waiting;  ///< by execution
    std::map<VmShape, Demand> demand;
    std::deque<std::pair<std::string, std::string>> lastConsoles;  ///< VM and text
    MemoryPressure pressure = MemoryPressure::None;
    int failuresInARow = 0;  ///< of boots
    std::int64_t failedBoots = 0;
    std::int64_t failedClones = 0;
    Clock::time_point noBootBefore;
    TscSample tsc;
    QTimer tick;
    bool isPlanned = false;
    bool hasBegun = false;
};

}  // namespace dogwatch::vmpool

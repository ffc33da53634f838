#include "vmpool/pool.h"

#include <QDir>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTimer>
#include <algorithm>
#include <deque>
#include <map>
#include <utility>

#include "vmpool/accelerator_probe.h"
#include "vmpool/guest_image.h"
#include "vmpool/host_memory.h"
#include "vmpool/host_tsc.h"
#include "vmpool/pool_plan.h"
#include "vmpool/qemu_process.h"
#include "vmpool/vm.h"

namespace dogwatch::vmpool {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kTick = 1s;
/// A function that has VMs gets more of them only for requests that wait longer than this: many end sooner.
constexpr std::chrono::milliseconds kPatience = 250ms;
/// A request not offered again for so long was dropped.
constexpr std::chrono::milliseconds kForgetAfter = 5s;
constexpr std::chrono::milliseconds kLongestPause = 30s;  ///< between boots when they fail
constexpr std::size_t kConsolesKept = 8;                  ///< of VMs that are gone
constexpr std::int64_t kMemoryReserveMiB = 512;  ///< left to the host before VMs are booted in advance

/// The same code and configuration: what a VM loaded for one serves the other.
bool isSame(const Function& left, const Function& right) {
    return left.name == right.name && left.version == right.version && left.createdAt == right.createdAt;
}

Result<std::string> makeFolder(const std::string& path) {
    if (QDir().mkpath(QString::fromStdString(path))) return path;
    return failure(Error::Kind::Io, "cannot make the folder " + path + ": check who may write there");
}

}  // namespace

const char* vmStateName(VmState state) {
    switch (state) {
        case VmState::Booting: return "booting";
        case VmState::Ready: return "ready";
        case VmState::Assigned: return "assigned";
        case VmState::Running: return "running";
        case VmState::Retired: return "retired";
        case VmState::Lost: return "lost";
    }
    return "lost";
}

json::object toJson(const PoolStatus& status) {
    json::array vms;
    for (const auto& vm : status.vms) {
        vms.push_back(json::object{{"vm", vm.vm},
                                   {"state", vmStateName(vm.state)},
                                   {"image", vm.image},
                                   {"function", vm.function},
                                   {"execution", vm.execution},
                                   {"executions", vm.executions},
                                   {"boot_us", vm.bootUs},
                                   {"rss_bytes", vm.rssBytes},
                                   {"pid", vm.pid},
                                   {"age_us", vm.ageUs}});
    }
    return {{"accelerator", status.accelerator},
            {"accelerator_reason", status.acceleratorReason},
            {"max_vms", status.maxVms},
            {"warm_target", status.warmTarget},
            {"vms", std::move(vms)}};
}

class Pool::Private {
 public:
    /// An invocation that was turned down and waits for a VM.
    struct Waiting {
        VmShape shape;
        std::string function;
        Clock::time_point since;
        Clock::time_point asked;  ///< last
    };

    Private(Pool* pool, PoolConfig settings) : q(pool), config(std::move(settings)) {}

    Result<void> prepare();
    void begin();
    void decide(const AcceleratorVerdict& verdict);
    /// Boots and retires what the plan says, a little later: one plan for all that happens in one turn of the
    /// loop.
    void replan();
    void plan();
    [[nodiscard]] PlanInput planInput(std::vector<Vm*>& live) const;
    void boot(const VmShape& shape);
    void connectVm(Vm& vm);
    void onVmEvent(const Vm& vm, const VmEvent& event);
    void onGone(Vm* vm);
    [[nodiscard]] bool hasVm(const std::string& function) const;
    Vm* assignedTo(const Function& function);
    Vm* unassigned(const VmShape& shape);
    Vm* running(const std::string& execution);

    Pool* q;
    PoolConfig config;
    VmHost host;
    VmShape usual;
    std::unique_ptr<AcceleratorProbe> probe;
    Accelerator accelerator = Accelerator::Tcg;
    std::string acceleratorText = "probing";
    std::string acceleratorReason = "whether KVM works here is being tried";
    std::string prefix;  ///< of VM ids: unlike that of any earlier pool
    std::uint32_t lastNumber = 0;
    std::vector<std::unique_ptr<Vm>> vms;
    std::map<std::string, Waiting> waiting;                        ///< by execution
    std::deque<std::pair<std::string, std::string>> lastConsoles;  ///< VM and text
    int failedBoots = 0;                                           ///< in a row
    Clock::time_point noBootBefore;
    TscSample tsc;
    QTimer tick;
    bool isPlanned = false;
    bool hasBegun = false;
};

Result<void> Pool::Private::prepare() {
    const QString qemu = QStandardPaths::findExecutable(QString::fromStdString(config.qemu));
    if (qemu.isEmpty()) {
        return failure(Error::Kind::Unavailable,
                       config.qemu + " is not installed: install it with `apt-get install qemu-system-x86`");
    }
    auto image = GuestImage::open(config.imageDir);
    if (!image) return tl::unexpected(image.error());
    for (const auto& folder : {config.runDir, config.cacheDir}) {
        if (const auto made = makeFolder(folder); !made) return tl::unexpected(made.error());
    }
    if (const auto why = whyNoKvm(); config.accel == AccelChoice::Kvm && !why.empty()) {
        return failure(Error::Kind::Unavailable, why + ": use --accel auto or tcg");
    }
    killLeftovers(config.runDir);
    host.image = std::make_shared<const GuestImage>(std::move(*image));
    host.qemu = qemu.toStdString();
    host.runDir = config.runDir;
    usual = defaultShape(*host.image);
    prefix = "vm-" + QString::number(QRandomGenerator::system()->generate(), 36).toStdString() + '-';
    return {};
}

void Pool::Private::begin() {
    host.tscKiloHertz = tscKiloHertz(tsc, sampleTsc());
    hasBegun = true;
    if (config.accel == AccelChoice::Auto) {
        probe = std::make_unique<AcceleratorProbe>(host, usual, config.cacheDir);
        if (const auto verdict = probe->known()) {
            decide(*verdict);
        } else {
            // TCG is booted meanwhile, as if the probe would fail.
            QObject::connect(probe.get(), &AcceleratorProbe::decided, q,
                             [this](const auto& verdict) { decide(verdict); });
            probe->run();
        }
    } else if (config.accel == AccelChoice::Kvm) {
        decide({Accelerator::Kvm, "forced"});
    } else {
        decide({Accelerator::Tcg, "forced"});
    }
    tick.start(kTick);
    plan();
}

void Pool::Private::decide(const AcceleratorVerdict& verdict) {
    acceleratorText = acceleratorName(verdict.accelerator);
    acceleratorReason = verdict.reason;
    if (accelerator == verdict.accelerator) return;
    accelerator = verdict.accelerator;
    for (const auto& vm : vms) {
        if (vm->function() == nullptr) vm->retire("the accelerator changed");
    }
    replan();
}

void Pool::Private::replan() {
    if (std::exchange(isPlanned, true)) return;
    QMetaObject::invokeMethod(
        q, [this] { plan(); }, Qt::QueuedConnection);
}

PlanInput Pool::Private::planInput(std::vector<Vm*>& live) const {
    PlanInput input;
    input.now = Clock::now();
    input.maxVms = config.maxVms;
    input.idleLimit = config.idleLimit;
    input.memoryIsScarce = availableMemoryMiB() < kMemoryReserveMiB + usual.memoryMiB;
    input.warm[usual] = config.warm;
    for (const auto& vm : vms) {
        if (vm->isOver()) continue;
        live.push_back(vm.get());
        input.vms.push_back({vm->state(), vm->shape(), vm->isLeaving(), vm->idleSince()});
    }
    for (const auto& [execution, entry] : waiting) {
        if (!hasVm(entry.function) || input.now - entry.since >= kPatience) ++input.wanted[entry.shape];
    }
    return input;
}

bool Pool::Private::hasVm(const std::string& function) const {
    return std::any_of(vms.begin(), vms.end(), [&](const auto& vm) {
        return !vm->isOver() && vm->function() != nullptr && vm->function()->name == function;
    });
}

void Pool::Private::plan() {
    isPlanned = false;
    if (!hasBegun) return;
    const auto now = Clock::now();
    std::erase_if(waiting, [&](const auto& item) { return now - item.second.asked > kForgetAfter; });
    std::vector<Vm*> live;
    const auto [toBoot, toRetire] = planPool(planInput(live));
    for (const auto position : toRetire) live[position]->retire("idle");
    if (now < noBootBefore) return;  // the tick comes back to it
    for (const auto& shape : toBoot) boot(shape);
}

void Pool::Private::boot(const VmShape& shape) {
    const auto number = ++lastNumber;
    vms.push_back(std::make_unique<Vm>(host, prefix + std::to_string(number), number, shape, accelerator));
    Vm& vm = *vms.back();
    connectVm(vm);
    vm.start();
}

void Pool::Private::connectVm(Vm& vm) {
    QObject::connect(&vm, &Vm::changed, q, [this, &vm](const VmEvent& event) { onVmEvent(vm, event); });
    QObject::connect(&vm, &Vm::available, q, [this] {
        replan();
        Q_EMIT q->capacityChanged();
    });
    QObject::connect(&vm, &Vm::gone, q, [this, &vm] { onGone(&vm); });
    QObject::connect(&vm, &Vm::executionStarted, q, &Pool::executionStarted);
    QObject::connect(&vm, &Vm::executionOutput, q, &Pool::executionOutput);
    QObject::connect(&vm, &Vm::executionEmitted, q, &Pool::executionEmitted);
    QObject::connect(&vm, &Vm::executionFinished, q, &Pool::executionFinished);
}

void Pool::Private::onVmEvent(const Vm& vm, const VmEvent& event) {
    if (event.event == "vm.ready") failedBoots = 0;
    if (event.event == "vm.lost" && vm.bootUs() == 0) {
        // A boot that hung is tried again at once; when it goes on like that, ever more slowly.
        const auto pause = failedBoots == 0 ? 0ms : 500ms * (1 << std::min(failedBoots, 6));
        ++failedBoots;
        noBootBefore = Clock::now() + std::min(pause, kLongestPause);
    }
    Q_EMIT q->vmEvent(event);
    if (vm.isOver()) replan();
}

void Pool::Private::onGone(Vm* vm) {
    lastConsoles.emplace_back(vm->id(), vm->console());
    if (lastConsoles.size() > kConsolesKept) lastConsoles.pop_front();
    const auto found =
        std::find_if(vms.begin(), vms.end(), [&](const auto& each) { return each.get() == vm; });
    if (found != vms.end()) {
        found->release()->deleteLater();  // it is on the stack below us
        vms.erase(found);
    }
    replan();
    Q_EMIT q->capacityChanged();
}

Vm* Pool::Private::assignedTo(const Function& function) {
    Vm* free = nullptr;
    for (const auto& vm : vms) {
        if (vm->function() == nullptr || vm->function()->name != function.name || !vm->canRun()) continue;
        if (isSame(*vm->function(), function)) {
            free = vm.get();
        } else if (vm->function()->version < function.version ||
                   vm->function()->createdAt < function.createdAt) {
            vm->retire("its function changed");
        }
    }
    return free;
}

Vm* Pool::Private::unassigned(const VmShape& shape) {
    Vm* best = nullptr;
    for (const auto& vm : vms) {
        if (vm->state() != VmState::Ready || !vm->canRun() || !serves(vm->shape(), shape)) continue;
        if (best == nullptr || (vm->isWarm() && !best->isWarm())) best = vm.get();
    }
    return best;
}

Vm* Pool::Private::running(const std::string& execution) {
    const auto found =
        std::find_if(vms.begin(), vms.end(), [&](const auto& vm) { return vm->execution() == execution; });
    return found == vms.end() ? nullptr : found->get();
}

Pool::Pool(PoolConfig config, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(this, std::move(config))) {
    connect(&d->tick, &QTimer::timeout, this, [this] { d->plan(); });
}

Pool::~Pool() {
    for (const auto& vm : d->vms) {
        vm->disconnect(this);
        vm->retire("the pool ends");  // all are killed first, so that waiting for one is waiting for all
    }
}

Result<void> Pool::start() {
    if (auto prepared = d->prepare(); !prepared) return prepared;
    d->tsc = sampleTsc();
    QTimer::singleShot(kTscInterval, Qt::PreciseTimer, this, [this] { d->begin(); });
    return {};
}

bool Pool::offer(const Invocation& invocation) {
    const Function& function = *invocation.function;
    const auto shape = shapeFor(function, *d->host.image);
    const auto waited = d->waiting.find(invocation.execution);
    const bool hasWaited = waited != d->waiting.end();
    Vm* vm = d->assignedTo(function);
    StartKind kind = StartKind::Warm;
    if (vm == nullptr && shape) {
        vm = d->unassigned(*shape);
        // A function that has VMs is served by them sooner than by one whose interpreter is only starting.
        const bool isPatient = hasWaited && Clock::now() - waited->second.since >= kPatience;
        if (vm != nullptr && !vm->isWarm() && !isPatient && d->hasVm(function.name)) vm = nullptr;
        // Made for this request rather than found ready.
        if (hasWaited) kind = StartKind::Cold;
    }
    if (vm != nullptr) {
        if (hasWaited) d->waiting.erase(waited);
        vm->run(invocation, kind);
        d->replan();
        return true;
    }
    if (!shape) {
        QMetaObject::invokeMethod(
            this,
            [this, id = invocation.execution, runtime = function.runtime] {
                Outcome outcome;
                outcome.cause = FailureCause::Protocol;
                outcome.message = "the guest image has no runtime " + runtime + ": build one that has";
                Q_EMIT executionFinished(id, outcome);
            },
            Qt::QueuedConnection);
        return true;
    }
    const auto now = Clock::now();
    if (hasWaited) {
        waited->second.asked = now;
    } else {
        d->waiting.emplace(invocation.execution, Private::Waiting{*shape, function.name, now, now});
    }
    d->replan();
    return false;
}

void Pool::cancel(const std::string& execution) {
    d->waiting.erase(execution);
    if (Vm* vm = d->running(execution)) vm->cancel();
}

PoolStatus Pool::status() const {
    PoolStatus status;
    status.accelerator = d->acceleratorText;
    status.acceleratorReason = d->acceleratorReason;
    status.maxVms = d->config.maxVms;
    status.warmTarget = d->config.warm;
    for (const auto& vm : d->vms) {
        if (!vm->isOver()) status.vms.push_back(vm->status());
    }
    return status;
}

Result<std::string> Pool::console(const std::string& vm) const {
    for (const auto& each : d->vms) {
        if (each->id() == vm) return each->console();
    }
    for (const auto& [id, text] : d->lastConsoles) {
        if (id == vm) return text;
    }
    return failure(Error::Kind::NotFound, "there is no VM " + vm + ": `dogwatchctl pool status` lists them");
}

void Pool::drain() {
    for (const auto& vm : d->vms) vm->retire("drained");
    d->replan();
}

void Pool::retireFunction(const std::string& function) {
    for (const auto& vm : d->vms) {
        if (vm->function() != nullptr && vm->function()->name == function) vm->retire("its function changed");
    }
}

}  // namespace dogwatch::vmpool

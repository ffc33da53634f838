#include "vmpool/pool.h"

#include <QDir>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <algorithm>
#include <utility>

#include "vmpool/pool_p.h"
#include "vmpool/qemu_process.h"

namespace dogwatch::vmpool {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kTick = 1s;
/// A function that has VMs gets more of them only for requests that wait longer than this: many end sooner.
constexpr std::chrono::milliseconds kOwnVmPatience = 250ms;

/// The same code and configuration: what a VM loaded for one serves the other.
bool isSame(const Function& left, const Function& right) {
    return left.name == right.name && left.version == right.version && left.createdAt == right.createdAt;
}

Result<std::string> makeFolder(const std::string& path) {
    if (QDir().mkpath(QString::fromStdString(path))) return path;
    return failure(Error::Kind::Io, "Cannot make the folder " + path + ": check who may write there");
}

StartKind madeFor(const Vm& vm) {
    return vm.source() ? StartKind::Clone : StartKind::Cold;
}

}  // namespace

Pool::Private::Private(Pool* pool, PoolConfig settings)
    : q(pool), config(std::move(settings)), templates(host) {}

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
    host.preloads = openPreloads(config.preloadDir);
    host.starter = std::make_shared<QemuStarter>(host.qemu, host.preloads);
    host.runDir = config.runDir;
    if (auto groups = VmCgroups::openOwn()) {
        host.groups = std::make_shared<const VmCgroups>(std::move(*groups));
        groupsText = host.groups->controllers().empty() ? "no controller is available to bound them"
                                                        : host.groups->controllers();
    } else {
        groupsText = groups.error().message;
    }
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
    templates.setAccelerator(accelerator);
    for (const auto& vm : vms) {
        if (vm->function() == nullptr) vm->retire("the accelerator changed");
    }
    replan();
}

bool Pool::Private::hasVm(const std::string& function) const {
    return std::any_of(vms.begin(), vms.end(), [&](const auto& vm) {
        return !vm->isOver() && vm->function() != nullptr && vm->function()->name == function;
    });
}

bool Pool::Private::isPatient(const Waiting& request, Clock::time_point now) const {
    return hasVm(request.function) && now - request.since < kOwnVmPatience;
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
    const auto rank = [](const Vm& vm) { return std::pair(vm.isRehearsed(), vm.isWarm()); };
    Vm* best = nullptr;
    for (const auto& vm : vms) {
        if (vm->state() != VmState::Ready || !vm->canRun() || !serves(vm->shape(), shape)) continue;
        if (best == nullptr || rank(*vm) > rank(*best)) best = vm.get();
    }
    return best;
}

Vm* Pool::Private::running(const std::string& execution) {
    const auto found =
        std::find_if(vms.begin(), vms.end(), [&](const auto& vm) { return vm->execution() == execution; });
    return found == vms.end() ? nullptr : found->get();
}

void Pool::Private::refuse(const Invocation& invocation) {
    QMetaObject::invokeMethod(
        q,
        [this, id = invocation.execution, runtime = invocation.function->runtime] {
            Outcome outcome;
            outcome.cause = FailureCause::Protocol;
            outcome.message = "the guest image has no runtime " + runtime + ": build one that has";
            Q_EMIT q->executionFinished(id, outcome);
        },
        Qt::QueuedConnection);
}

Pool::Pool(PoolConfig config, QObject* parent)
    : QObject(parent), d(std::make_unique<Private>(this, std::move(config))) {
    connect(&d->tick, &QTimer::timeout, this, [this] { d->onTick(); });
    connect(&d->templates, &TemplateStore::vmChanged, this, &Pool::vmEvent);
    connect(&d->templates, &TemplateStore::changed, this, [this] { d->replan(); });
}

Pool::~Pool() {
    d->templates.disconnect(this);
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
    const auto now = Private::Clock::now();
    const auto shape = shapeFor(function, *d->host.image);
    const auto waited = d->waiting.find(invocation.execution);
    const bool hasWaited = waited != d->waiting.end();
    Vm* vm = d->assignedTo(function);
    StartKind kind = StartKind::Warm;
    if (vm == nullptr && shape) {
        vm = d->unassigned(*shape);
        // A function that has VMs is served by them sooner than by one whose interpreter is only starting.
        const bool isPatient = hasWaited ? d->isPatient(waited->second, now) : d->hasVm(function.name);
        if (vm != nullptr && !vm->isWarm() && isPatient) vm = nullptr;
        if (vm != nullptr) {
            d->demand[*shape].note(now);
            if (hasWaited) kind = madeFor(*vm);  // rather than found ready
        }
    }
    if (vm != nullptr) {
        const bool isNew = vm->function() == nullptr;
        if (hasWaited) d->waiting.erase(waited);
        vm->run(invocation, kind);
        if (isNew || hasWaited) d->replan();
        return true;
    }
    if (!shape) {
        d->refuse(invocation);
        return true;
    }
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

Result<std::string> Pool::console(const std::string& vm) const {
    for (const auto& each : d->vms) {
        if (each->id() == vm) return each->machine().console();
    }
    for (const auto* each : d->templates.vms()) {
        if (each->id() == vm) return each->machine().console();
    }
    for (const auto& [id, text] : d->lastConsoles) {
        if (id == vm) return text;
    }
    return failure(Error::Kind::NotFound, "There is no VM " + vm + ": `dogwatchctl pool status` lists them");
}

void Pool::drain() {
    d->templates.clear();
    for (const auto& vm : d->vms) vm->retire("drained");
    d->replan();
}

Result<void> Pool::retire(const std::string& vm) {
    const auto found =
        std::find_if(d->vms.begin(), d->vms.end(), [&](const auto& each) { return each->id() == vm; });
    if (found == d->vms.end())
        return failure(Error::Kind::NotFound,
                       "There is no VM " + vm + ": `dogwatchctl pool status` lists them");
    (*found)->retire("asked for");
    d->replan();
    return {};
}

Result<void> Pool::bootOne() {
    const auto live =
        std::count_if(d->vms.begin(), d->vms.end(), [](const auto& vm) { return !vm->isOver(); });
    if (live >= d->config.maxVms) {
        return failure(Error::Kind::Refused, "There are as many VMs as --max-vms allows (" +
                                                 std::to_string(d->config.maxVms) +
                                                 "): retire one, or raise it");
    }
    if (!d->hasBegun)
        return failure(Error::Kind::Unavailable, "The accelerator is not known yet: try again in a moment");
    d->addOne();
    return {};
}

void Pool::retireFunction(const std::string& function) {
    for (const auto& vm : d->vms) {
        if (vm->function() != nullptr && vm->function()->name == function) vm->retire("its function changed");
    }
}

}  // namespace dogwatch::vmpool

// How a pool comes by its VMs: starts and retires what the plan says, and goes through their runtimes ahead.
#include <algorithm>
#include <utility>

#include "vmpool/pool_p.h"

namespace dogwatch::vmpool {
namespace {

using namespace std::chrono_literals;

/// A request not offered again for so long was dropped.
constexpr std::chrono::milliseconds kForgetAfter = 5s;
/// A request waits no longer for a template; another VM is booted for it.
constexpr std::chrono::milliseconds kTemplatePatience = 5s;
constexpr std::chrono::milliseconds kLongestPause = 30s;  ///< between boots when they fail
constexpr std::size_t kConsolesKept = 8;                  ///< of VMs that are gone

}  // namespace

void Pool::Private::replan() {
    if (std::exchange(isPlanned, true)) return;
    QMetaObject::invokeMethod(
        q, [this] { plan(); }, Qt::QueuedConnection);
}

std::map<VmShape, int> Pool::Private::warmTargets(Clock::time_point now) const {
    const int ceiling = std::max(config.warm, config.maxVms / 2);
    std::map<VmShape, int> targets{{usual, config.warm}};
    for (const auto& [shape, taken] : demand) {
        const int floor = shape == usual ? config.warm : 0;
        if (const int target = taken.target(now, floor, ceiling); target > 0) targets[shape] = target;
    }
    return targets;
}

PlanInput Pool::Private::planInput(std::vector<Vm*>& live) {
    PlanInput input;
    input.now = Clock::now();
    input.maxVms = config.maxVms;
    input.idleLimit = config.idleLimit;
    input.pressure = pressure;
    input.warm = warmTargets(input.now);
    for (const auto& vm : vms) {
        if (vm->isOver()) continue;
        live.push_back(vm.get());
        input.vms.push_back(
            {vm->state(), vm->shape(), vm->isLeaving(), vm->idleSince(), vm->source() != nullptr});
    }
    for (const auto* vm : templates.vms()) {
        input.vms.push_back({VmState::Booting, vm->shape(), true, vm->idleSince(), false});
    }
    for (const auto& [execution, request] : waiting) {
        if (isPatient(request, input.now)) continue;
        ++input.wanted[request.shape];
        if (input.now - request.since >= kTemplatePatience) input.impatient.insert(request.shape);
    }
    for (const auto* shapes : {&input.wanted, &input.warm}) {
        for (const auto& [shape, count] : *shapes) {
            input.templates[shape] = templates.status(shape, input.now);
        }
    }
    return input;
}

void Pool::Private::onTick() {
    pressure = judge(readHostMemory(), usual.memoryMiB);
    plan();
    // It takes a millisecond, so one VM a second.
    const auto oldest = std::min_element(vms.begin(), vms.end(), [](const auto& left, const auto& right) {
        return left->memorySampled() < right->memorySampled();
    });
    if (oldest != vms.end()) (*oldest)->sampleMemory();
    // Who still waits says so by asking again.
    if (!waiting.empty()) Q_EMIT q->capacityChanged();
}

void Pool::Private::plan() {
    isPlanned = false;
    if (!hasBegun) return;
    const auto now = Clock::now();
    std::erase_if(waiting, [&](const auto& item) { return now - item.second.asked > kForgetAfter; });
    templates.dropUnused(now - config.idleLimit, usual);
    std::vector<Vm*> live;
    const Plan next = planPool(planInput(live));
    for (const auto position : next.retire) {
        live[position]->retire(pressure == MemoryPressure::Severe ? "the host is short of memory" : "idle");
    }
    for (const auto& shape : next.clone) add(shape).clone(templates.use(shape, now));
    if (now >= noBootBefore) {  // else the tick comes back to it
        for (const auto& shape : next.boot) add(shape).boot();
        for (const auto& shape : next.save) {
            const auto number = ++lastNumber;
            templates.make(shape, prefix + std::to_string(number), number);
        }
    }
    readyNext();
}

void Pool::Private::addOne() {
    const auto now = Clock::now();
    if (templates.status(usual, now) == TemplateStatus::Ready) {
        add(usual).clone(templates.use(usual, now));
    } else {
        add(usual).boot();
    }
}

Vm& Pool::Private::add(const VmShape& shape) {
    const auto number = ++lastNumber;
    vms.push_back(std::make_unique<Vm>(host, prefix + std::to_string(number), number, shape, accelerator));
    Vm& vm = *vms.back();
    QObject::connect(&vm, &Vm::changed, q, [this, &vm](const VmEvent& event) { onVmEvent(vm, event); });
    QObject::connect(&vm, &Vm::available, q, [this, &vm] { onAvailable(vm); });
    QObject::connect(&vm, &Vm::gone, q, [this, &vm] { onGone(&vm); });
    QObject::connect(&vm.machine(), &Machine::consoleWritten, q,
                     [this, id = vm.id()](const std::string& text) { Q_EMIT q->consoleWritten(id, text); });
    QObject::connect(&vm, &Vm::executionStarted, q, &Pool::executionStarted);
    QObject::connect(&vm, &Vm::executionOutput, q, &Pool::executionOutput);
    QObject::connect(&vm, &Vm::executionEmitted, q, &Pool::executionEmitted);
    QObject::connect(&vm, &Vm::executionFinished, q, &Pool::executionFinished);
    return vm;
}

void Pool::Private::readyNext() {
    // One at a time, and only while nobody waits: a rehearsal takes a core for some tenths of a second.
    if (!waiting.empty() || pressure != MemoryPressure::None) return;
    Vm* untried = nullptr;
    Vm* unrehearsed = nullptr;
    for (const auto& vm : vms) {
        if (vm->isTryingOut() || vm->isRehearsing()) return;
        if (vm->state() != VmState::Ready || !vm->canRun() || !vm->isWarm() || vm->isRehearsed()) continue;
        if (untried == nullptr && !vm->isTriedOut()) untried = vm.get();
        if (unrehearsed == nullptr) unrehearsed = vm.get();
    }
    if (untried != nullptr) {
        untried->tryOut();
    } else if (unrehearsed != nullptr) {
        unrehearsed->rehearse();
    }
}

void Pool::Private::onAvailable(const Vm& vm) {
    if (vm.source() && vm.hasAnswered()) templates.cloneAnswered(*vm.source());
    replan();
    Q_EMIT q->capacityChanged();
}

void Pool::Private::onVmEvent(const Vm& vm, const VmEvent& event) {
    const bool failed = event.event == "vm.lost" && !vm.hasAnswered();
    if (event.event == "vm.ready" && !vm.source()) failuresInARow = 0;
    if (failed) noteFailedStart(vm, Clock::now());
    Q_EMIT q->vmEvent(event);
    if (vm.isOver()) replan();
}

void Pool::Private::noteFailedStart(const Vm& vm, Clock::time_point now) {
    if (vm.source()) {
        ++failedClones;
        templates.cloneFailed(*vm.source(), now);
        return;
    }
    // A boot that hung is tried again at once; when it goes on like that, ever more slowly.
    const auto pause = failuresInARow == 0 ? 0ms : 500ms * (1 << std::min(failuresInARow, 6));
    ++failuresInARow;
    ++failedBoots;
    noBootBefore = now + std::min(pause, kLongestPause);
}

void Pool::Private::onGone(Vm* vm) {
    lastConsoles.emplace_back(vm->id(), vm->machine().console());
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

}  // namespace dogwatch::vmpool

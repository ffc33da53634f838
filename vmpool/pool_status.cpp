// What a pool shows of itself.
#include "vmpool/pool_p.h"

namespace dogwatch::vmpool {
namespace {

const char* networkText(Network network) {
    return network == Network::User ? "user" : "none";
}

json::object toJson(const VmStatus& vm) {
    json::array events;
    for (const auto& event : vm.events) events.emplace_back(event);
    return {{"vm", vm.vm},
            {"state", vmStateName(vm.state)},
            {"image", vm.image},
            {"function", vm.function},
            {"execution", vm.execution},
            {"executions", vm.executions},
            {"origin", vm.origin},
            {"stopped", vm.standsStill},
            {"rehearsed", vm.rehearsed},
            {"boot_us", vm.bootUs},
            {"rss_bytes", vm.rssBytes},
            {"pss_bytes", vm.pssBytes},
            {"cpu_us", vm.cpuUs},
            {"pid", vm.pid},
            {"age_us", vm.ageUs},
            {"events", std::move(events)}};
}

json::object toJson(const TemplateInfo& info) {
    return {
        {"image", info.image},       {"memory_mib", info.memoryMiB}, {"network", networkText(info.network)},
        {"state", info.state},       {"bytes", info.bytes},          {"made_us", info.madeUs},
        {"failures", info.failures}, {"problem", info.problem}};
}

json::object toJson(const WarmTarget& warm) {
    return {{"image", warm.image},
            {"memory_mib", warm.memoryMiB},
            {"network", networkText(warm.network)},
            {"ready", warm.ready},
            {"target", warm.target}};
}

template <typename T>
json::array toArray(const std::vector<T>& values) {
    json::array array;
    for (const auto& value : values) array.push_back(toJson(value));
    return array;
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
    return {{"accelerator", status.accelerator},
            {"accelerator_reason", status.acceleratorReason},
            {"max_vms", status.maxVms},
            {"warm_target", status.warmTarget},
            {"control_groups", status.controlGroups},
            {"memory_pressure", status.memoryPressure},
            {"failed_boots", status.failedBoots},
            {"failed_clones", status.failedClones},
            {"warm", toArray(status.warm)},
            {"templates", toArray(status.templates)},
            {"vms", toArray(status.vms)}};
}

PoolStatus Pool::status() const {
    PoolStatus status;
    status.accelerator = d->acceleratorText;
    status.acceleratorReason = d->acceleratorReason;
    status.maxVms = d->config.maxVms;
    status.warmTarget = d->config.warm;
    status.controlGroups = d->groupsText;
    status.memoryPressure = pressureName(d->pressure);
    status.failedBoots = d->failedBoots;
    status.failedClones = d->failedClones;
    status.templates = d->templates.list();
    for (const auto* vm : d->templates.vms()) status.vms.push_back(vm->status());
    for (const auto& [shape, target] : d->warmTargets(Private::Clock::now())) {
        WarmTarget warm{shape.image, shape.memoryMiB, shape.network, 0, target};
        for (const auto& vm : d->vms) {
            if (vm->state() == VmState::Ready && vm->shape() == shape) ++warm.ready;
        }
        status.warm.push_back(warm);
    }
    for (const auto& vm : d->vms) {
        if (!vm->isOver()) status.vms.push_back(vm->status());
    }
    return status;
}

}  // namespace dogwatch::vmpool

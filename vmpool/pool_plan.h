// What a pool should do next: which VMs to start, and how, which to end. Pure: a function of what stands and
// what is wanted.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "vmpool/host_memory.h"
#include "vmpool/pool.h"
#include "vmpool/vm_shape.h"

namespace dogwatch::vmpool {

/// Whether VMs of a shape can be cloned.
enum class TemplateStatus {
    None,         ///< one should be made
    InMaking,     ///< soon
    Ready,        ///< yes
    Unavailable,  ///< not for now: making one, or cloning it, failed
};

struct PlanInput {
    using Time = std::chrono::steady_clock::time_point;

    /// A VM that is not over. One that is to become a template counts as booting and leaving.
    struct Vm {
        VmState state = VmState::Booting;
        VmShape shape;
        bool leaving = false;
        Time idleSince;
        bool isClone = false;
    };
    std::vector<Vm> vms;
    std::map<VmShape, int> wanted;                ///< requests that wait for a VM
    std::map<VmShape, int> warm;                  ///< VMs to keep ready
    std::map<VmShape, TemplateStatus> templates;  ///< left out: Unavailable
    std::set<VmShape> impatient;                  ///< whose requests wait no longer for a template
    int maxVms = 8;
    int maxBooting = 2;  ///< at once: more would only slow each other down
    int maxCloning = 4;
    MemoryPressure pressure = MemoryPressure::None;
    std::chrono::milliseconds idleLimit = std::chrono::minutes{10};
    Time now;
};

struct Plan {
    std::vector<VmShape> clone;
    std::vector<VmShape> boot;
    std::vector<VmShape> save;        ///< boot one that becomes the template
    std::vector<std::size_t> retire;  ///< positions in PlanInput::vms
    bool operator==(const Plan&) const = default;
};

Plan planPool(const PlanInput& input);

}  // namespace dogwatch::vmpool

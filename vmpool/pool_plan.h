// What a pool should do next: which VMs to boot, which to end. Pure: a function of what stands and what is
// wanted.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "vmpool/pool.h"
#include "vmpool/vm_shape.h"

namespace dogwatch::vmpool {

struct PlanInput {
    using Time = std::chrono::steady_clock::time_point;

    /// A VM that is not over.
    struct Vm {
        VmState state = VmState::Booting;
        VmShape shape;
        bool leaving = false;
        Time idleSince;
    };
    std::vector<Vm> vms;
    std::map<VmShape, int> wanted;  ///< requests that wait for a VM
    std::map<VmShape, int> warm;    ///< VMs to keep ready
    int maxVms = 8;
    int maxBooting = 2;           ///< at once: more would only slow each other down
    bool memoryIsScarce = false;  ///< then none is booted in advance
    std::chrono::milliseconds idleLimit = std::chrono::minutes{10};
    Time now;
};

struct Plan {
    std::vector<VmShape> boot;
    std::vector<std::size_t> retire;  ///< positions in PlanInput::vms
    bool operator==(const Plan&) const = default;
};

Plan planPool(const PlanInput& input);

}  // namespace dogwatch::vmpool

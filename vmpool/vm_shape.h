// VmShape: what tells VMs apart before they are assigned to a function.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "core/model/function.h"
#include "vmpool/guest_image.h"

namespace dogwatch::vmpool {

struct VmShape {
    std::string image;  ///< the runtime whose disks it has; it serves those without disks, too
    std::int64_t memoryMiB = 256;
    Network network = Network::None;
    auto operator<=>(const VmShape&) const = default;
};

/// Beside the function's own, a VM needs memory for kernel, agent, runtime and page cache.
constexpr std::int64_t kMemoryOverheadMiB = 128;
constexpr std::int64_t kSmallestVmMiB = 256;

/// The shape of VMs that are kept warm: Python when the image has it, as it serves the shell as well.
inline VmShape defaultShape(const GuestImage& image) {
    return {image.runtimes().contains("python3") ? "python3" : image.runtimes().begin()->first,
            kSmallestVmMiB, Network::None};
}

/// The smallest shape that serves this function; none when the image lacks its runtime.
inline std::optional<VmShape> shapeFor(const Function& function, const GuestImage& image) {
    const auto runtime = image.runtimes().find(function.runtime);
    if (runtime == image.runtimes().end()) return std::nullopt;
    VmShape shape = defaultShape(image);
    if (!runtime->second.disks.empty()) shape.image = function.runtime;
    // In steps, so that functions of nearly the same size can share VMs kept warm.
    const std::int64_t needed = function.memoryMiB + kMemoryOverheadMiB;
    shape.memoryMiB = std::max(kSmallestVmMiB, (needed + 255) / 256 * 256);
    shape.network = function.network;
    return shape;
}

/// Whether a VM of shape `has` serves where `needs` is asked for.
inline bool serves(const VmShape& has, const VmShape& needs) {
    return has.image == needs.image && has.memoryMiB == needs.memoryMiB && has.network == needs.network;
}

}  // namespace dogwatch::vmpool

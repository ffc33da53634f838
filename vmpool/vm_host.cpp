#include "vmpool/vm_host.h"

namespace dogwatch::vmpool {

VmSpec coldSpec(const VmHost& host, const std::string& name, const VmShape& shape, Accelerator accelerator) {
    VmSpec spec;
    spec.name = name;
    spec.qemu = host.qemu;
    spec.accelerator = accelerator;
    spec.memoryMiB = shape.memoryMiB;
    spec.kernelFd = host.image->kernelFd();
    spec.initrdFd = host.image->initrdFd();
    spec.kernelArguments = host.image->kernelArguments();
    spec.tscKiloHertz = host.tscKiloHertz;
    if (host.preloads) {
        spec.relocationsFd = host.preloads->relocations.get();
        spec.heapFd = host.preloads->heap.get();
    }
    spec.port = host.image->port();
    spec.network = shape.network;
    for (const auto& disk : host.image->runtimes().at(shape.image).disks) {
        spec.disks.push_back({disk, host.image->diskFd(disk)});
    }
    return spec;
}

}  // namespace dogwatch::vmpool

#include "vmpool/qemu_command_line.h"

#include <fmt/format.h>

namespace dogwatch::vmpool {

const char* acceleratorName(Accelerator accelerator) {
    return accelerator == Accelerator::Kvm ? "kvm" : "tcg";
}

QemuCommandLine::QemuCommandLine(const VmSpec& spec) : firstFd_(spec.firstFd), program_(spec.qemu) {
    add({"-name", spec.name, "-nodefaults", "-no-user-config", "-display", "none", "-msg", "timestamp=off"});
    addMachine(spec);
    addKernel(spec);
    addDisks(spec);
    addChannels(spec);
    addNetwork(spec);
    addLimits();
    addEnvironment(spec);
}

void QemuCommandLine::add(std::initializer_list<std::string> arguments) {
    arguments_.insert(arguments_.end(), arguments);
}

std::string QemuCommandLine::inherit(int fd) {
    const auto number = firstFd_ > 0 ? firstFd_ + static_cast<int>(inheritedFds_.size()) : fd;
    inheritedFds_.push_back(fd);
    return std::to_string(number);
}

void QemuCommandLine::addMachine(const VmSpec& spec) {
    // Unmerged: how long a write takes must not tell whether another VM has a page with the same content.
    std::string machine = "microvm,rtc=on,mem-merge=off";
    const std::string size = std::to_string(spec.memoryMiB) + "M";
    if (spec.memory != MemoryKind::Anonymous) {
        machine += ",memory-backend=ram";
        add({"-object",
             fmt::format("memory-backend-file,id=ram,size={},mem-path=/proc/self/fd/{},share={}", size,
                         inherit(spec.memoryFd), spec.memory == MemoryKind::Shared ? "on" : "off")});
    }
    add({"-M", machine, "-m", size, "-smp", "1"});
    if (spec.accelerator == Accelerator::Kvm) {
        add({"-accel", "kvm", "-cpu", "host"});
    } else {
        // By default TCG reserves 1 GiB for translated code; 64 MiB are as fast.
        add({"-accel", "tcg,tb-size=64", "-cpu", "max"});
    }
}

void QemuCommandLine::addKernel(const VmSpec& spec) {
    if (spec.incoming) {
        add({"-incoming", "defer", "-S"});
        return;
    }
    add({"-kernel", "/proc/self/fd/" + inherit(spec.kernelFd), "-initrd",
         "/proc/self/fd/" + inherit(spec.initrdFd), "-append", kernelCommandLine(spec)});
}

void QemuCommandLine::addDisks(const VmSpec& spec) {
    int number = 0;
    for (const auto& disk : spec.disks) {
        // By descriptor: QEMU's user need not reach the folder. Unlocked: all VMs share the file, nobody
        // writes it.
        const std::string node = "disk" + std::to_string(number);
        add({"-add-fd", fmt::format("fd={},set={}", inherit(disk.fd), number), "-blockdev",
             fmt::format(
                 "driver=raw,node-name={},read-only=on,file.driver=file,file.read-only=on,file.locking=off,"
                 "file.filename=/dev/fdset/{}",
                 node, number),
             "-device", fmt::format("virtio-blk-device,drive={},serial={}", node, disk.name)});
        ++number;
    }
}

void QemuCommandLine::addChannels(const VmSpec& spec) {
    add({"-chardev", "socket,id=agent,fd=" + inherit(spec.agentFd), "-device",
         "virtio-serial-device,max_ports=2", "-device",
         fmt::format("virtserialport,chardev=agent,name={},nr=1", spec.port)});
    add({"-chardev", "socket,id=qmp,fd=" + inherit(spec.qmpFd), "-mon", "chardev=qmp,mode=control"});
    add({"-chardev", "socket,id=console,fd=" + inherit(spec.consoleFd), "-serial", "chardev:console"});
}

void QemuCommandLine::addNetwork(const VmSpec& spec) {
    if (spec.network == Network::None) {
        add({"-nic", "none"});
    } else {
        add({"-netdev", "user,id=net", "-device", "virtio-net-device,netdev=net"});
    }
}

void QemuCommandLine::addLimits() {
    // A panic is told as GUEST_PANICKED and stands still, so that the console can be read; a reset ends QEMU.
    add({"-device", "pvpanic", "-action", "panic=pause,reboot=shutdown"});
    add({"-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny"});
}

void QemuCommandLine::addEnvironment(const VmSpec& spec) {
    environment_ = {{"PATH", "/usr/local/bin:/usr/bin:/bin"}, {"LC_ALL", "C.UTF-8"}};
    // By descriptor, like disks: QEMU's user need not reach the folder.
    if (spec.relocationsFd >= 0) environment_["LD_AUDIT"] = "/proc/self/fd/" + inherit(spec.relocationsFd);
    if (spec.heapFd >= 0) environment_["LD_PRELOAD"] = "/proc/self/fd/" + inherit(spec.heapFd);
}

std::string kernelCommandLine(const VmSpec& spec) {
    std::string line = spec.kernelArguments;
    line += line.empty() ? "console=ttyS0" : " console=ttyS0";
    // Without the rate one boot in four hangs under TCG: its calibration fails, and jiffies never tick.
    if (spec.tscKiloHertz > 0) line += fmt::format(" tsc_early_khz={}", spec.tscKiloHertz);
    return line;
}

}  // namespace dogwatch::vmpool

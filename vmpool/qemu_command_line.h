// QemuCommandLine: what QEMU is started with, as a value. A pure function of VmSpec; tested without
// launching. The choices are explained in docs/vm.md.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/model/function.h"

namespace dogwatch::vmpool {

enum class Accelerator { Kvm, Tcg };
const char* acceleratorName(Accelerator accelerator);  ///< "kvm", "tcg"

/// A read-only disk.
struct DiskSpec {
    std::string name;  ///< its virtio serial: at most 20 bytes
    int fd = -1;
};

/// Where the guest's memory lies.
enum class MemoryKind {
    Anonymous,    ///< QEMU's own
    Shared,       ///< a memory file that the guest writes: a template in the making
    CopyOnWrite,  ///< a private mapping of a template's sealed memory file: a clone
};

/// One VM. File descriptors are numbers in our process.
struct VmSpec {
    std::string name;
    std::string qemu = "qemu-system-x86_64";
    Accelerator accelerator = Accelerator::Tcg;
    std::int64_t memoryMiB = 256;
    int kernelFd = -1;  ///< an extracted vmlinux (PVH ELF): 0.3 s faster than a bzImage
    int initrdFd = -1;
    std::string kernelArguments;    ///< of the image; the host's are put after them
    std::int64_t tscKiloHertz = 0;  ///< of the host; 0: unknown
    std::vector<DiskSpec> disks;
    std::string port = "org.dogwatch.agent";  ///< name of the agent's virtio-serial port
    int agentFd = -1;                         ///< its other end
    int qmpFd = -1;
    int consoleFd = -1;  ///< the serial console
    /// Libraries that the dynamic loader puts into QEMU, so that it starts with few page faults
    /// (vmpool/preload); none: -1.
    int relocationsFd = -1;
    int heapFd = -1;
    /// QEMU finds its descriptors, in the order of inheritedFds(), under numbers from here on; 0: under ours.
    int firstFd = 0;
    Network network = Network::None;
    MemoryKind memory = MemoryKind::Anonymous;
    int memoryFd = -1;      ///< unless Anonymous
    bool incoming = false;  ///< a clone: state comes by migration; neither kernel nor initrd is loaded
};

class QemuCommandLine {
 public:
    explicit QemuCommandLine(const VmSpec& spec);

    [[nodiscard]] const std::string& program() const { return program_; }
    [[nodiscard]] const std::vector<std::string>& arguments() const { return arguments_; }
    /// All of its environment, name and value. Nothing of ours: that may hold secrets.
    [[nodiscard]] const std::map<std::string, std::string>& environment() const { return environment_; }
    /// The descriptors that QEMU must inherit.
    [[nodiscard]] const std::vector<int>& inheritedFds() const { return inheritedFds_; }

 private:
    void add(std::initializer_list<std::string> arguments);
    void addMachine(const VmSpec& spec);
    void addKernel(const VmSpec& spec);
    void addDisks(const VmSpec& spec);
    void addChannels(const VmSpec& spec);
    void addNetwork(const VmSpec& spec);
    void addLimits();
    void addEnvironment(const VmSpec& spec);
    std::string inherit(int fd);

    int firstFd_;
    std::string program_;
    std::vector<std::string> arguments_;
    std::map<std::string, std::string> environment_;
    std::vector<int> inheritedFds_;
};

/// The guest kernel's command line.
std::string kernelCommandLine(const VmSpec& spec);

}  // namespace dogwatch::vmpool

// VmTemplate: a guest that was saved when its runtimes stood ready. Clones share its memory, copy on write,
// and begin where it stood.
//
// Clones are twins: whatever is secret or unique must be renewed after each restore (`configure` in
// docs/guest-protocol.md does).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "vmpool/guest_memory.h"
#include "vmpool/memory_file.h"
#include "vmpool/vm_host.h"

namespace dogwatch::vmpool {

/// What a saved guest depends on: with another one of these it cannot be restored, or would be another guest.
struct TemplateKey {
    std::string image;  ///< hash of the guest image: kernel, initramfs, disks
    std::string qemu;   ///< path, size and time of the program, which an upgrade changes
    Accelerator accelerator = Accelerator::Tcg;
    VmShape shape;
    auto operator<=>(const TemplateKey&) const = default;
};

/// The key that holds now.
TemplateKey templateKey(const VmHost& host, Accelerator accelerator, const VmShape& shape);

class VmTemplate {
 public:
    /// Takes a stopped guest's memory and its devices' state, and seals both: QEMU must have ended.
    static Result<std::shared_ptr<const VmTemplate>> seal(TemplateKey key, std::vector<std::string> runtimes,
                                                          UniqueFd memory, UniqueFd devices);

    [[nodiscard]] const TemplateKey& key() const { return key_; }
    /// What the agent's `hello` listed.
    [[nodiscard]] const std::vector<std::string>& runtimes() const { return runtimes_; }
    [[nodiscard]] int memoryFd() const { return memory_.get(); }
    /// The devices' state, to be handed to a clone.
    [[nodiscard]] Result<UniqueFd> openDevices() const { return reopenForReading(devices_); }
    /// Memory that it takes, and its clones share.
    [[nodiscard]] std::int64_t residentBytes() const { return residentFileBytes(memory_); }
    /// What its clones touch on their way, as they find out. Thread: the pool's.
    [[nodiscard]] WorkingSets& workingSets() const { return *workingSets_; }
    /// Whether a clone can be made of it: it is of this key, and whole.
    [[nodiscard]] Result<void> check(const TemplateKey& now) const;

 private:
    VmTemplate() = default;

    TemplateKey key_;
    std::vector<std::string> runtimes_;
    UniqueFd memory_;
    UniqueFd devices_;
    std::string devicesDigest_;
    std::unique_ptr<WorkingSets> workingSets_ = std::make_unique<WorkingSets>();
};

}  // namespace dogwatch::vmpool

#include "vmpool/vm_template.h"

#include <unistd.h>

#include <array>
#include <string_view>

namespace dogwatch::vmpool {
namespace {

/// How QEMU's migration streams begin: the magic number of migration/savevm.c.
constexpr std::string_view kMagic = "QEVM";

bool beginsLikeAMigration(const UniqueFd& devices) {
    std::array<char, kMagic.size()> head{};
    return ::pread(devices.get(), head.data(), head.size(), 0) == static_cast<ssize_t>(head.size()) &&
           std::string_view(head.data(), head.size()) == kMagic;
}

std::int64_t memoryBytes(const VmShape& shape) {
    return shape.memoryMiB << 20;
}

}  // namespace

TemplateKey templateKey(const VmHost& host, Accelerator accelerator, const VmShape& shape) {
    return {host.image->hash(), programIdentity(host.qemu), accelerator, shape};
}

Result<std::shared_ptr<const VmTemplate>> VmTemplate::seal(TemplateKey key, std::vector<std::string> runtimes,
                                                           UniqueFd memory, UniqueFd devices) {
    if (!beginsLikeAMigration(devices)) {
        return failure(Error::Kind::Unavailable, "QEMU saved nothing that looks like a guest");
    }
    for (const auto* file : {&memory, &devices}) {
        if (const auto sealed = sealMemoryFile(*file); !sealed) return tl::unexpected(sealed.error());
    }
    const std::shared_ptr<VmTemplate> made(new VmTemplate);
    made->key_ = std::move(key);
    made->runtimes_ = std::move(runtimes);
    made->devicesDigest_ = fileDigest(devices);
    made->memory_ = std::move(memory);
    made->devices_ = std::move(devices);
    return made;
}

Result<void> VmTemplate::check(const TemplateKey& now) const {
    if (now != key_) return failure(Error::Kind::Conflict, "QEMU, image or accelerator changed");
    if (fileBytes(memory_) != memoryBytes(key_.shape) || !isSealed(memory_) || !isSealed(devices_) ||
        devicesDigest_.empty() || fileDigest(devices_) != devicesDigest_) {
        return failure(Error::Kind::Unavailable, "it is damaged");
    }
    return {};
}

}  // namespace dogwatch::vmpool

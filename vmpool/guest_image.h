// GuestImage: what VMs boot (docs/guest-image.md): kernel, initramfs and one read-only disk for each runtime
// that needs more than busybox. The files are held open, so that building a new image disturbs no running
// pool.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/model/result.h"
#include "vmpool/unique_fd.h"

namespace dogwatch::vmpool {

class GuestImage {
 public:
    struct Runtime {
        std::vector<std::string> disks;
        bool resident = false;  ///< an interpreter of it waits in the VM; `warm` tells when
    };

    /// Reads `folder`/manifest.json, or `folder`/current/manifest.json. The error says what is missing and
    /// the mend.
    static Result<GuestImage> open(const std::string& folder);

    [[nodiscard]] const std::string& hash() const { return hash_; }
    [[nodiscard]] const std::string& kernelArguments() const { return kernelArguments_; }
    [[nodiscard]] const std::string& port() const { return port_; }
    [[nodiscard]] const std::map<std::string, Runtime>& runtimes() const { return runtimes_; }
    [[nodiscard]] int kernelFd() const { return kernel_.get(); }
    [[nodiscard]] int initrdFd() const { return initrd_.get(); }
    /// The disk's descriptor, which must exist.
    [[nodiscard]] int diskFd(const std::string& name) const { return disks_.at(name).get(); }

 private:
    std::string hash_;
    std::string kernelArguments_;
    std::string port_;
    std::map<std::string, Runtime> runtimes_;
    std::map<std::string, UniqueFd> disks_;
    UniqueFd kernel_;
    UniqueFd initrd_;
};

}  // namespace dogwatch::vmpool

// AcceleratorProbe: whether KVM works here. That /dev/kvm opens proves little: nested and para-virtual hosts
// open it, answer its version, and then abort QEMU or hang the guest. So the guest is really booted under
// KVM, up to its first answer, with a deadline. The verdict is cached by what it depends on.
#pragma once

#include <QObject>
#include <memory>
#include <optional>
#include <string>

#include "vmpool/vm.h"

namespace dogwatch::vmpool {

struct AcceleratorVerdict {
    Accelerator accelerator = Accelerator::Tcg;
    std::string reason;  ///< one line for people
};

class AcceleratorProbe : public QObject {
    Q_OBJECT
 public:
    AcceleratorProbe(const VmHost& host, VmShape shape, const std::string& cacheDir,
                     QObject* parent = nullptr);
    ~AcceleratorProbe() override;

    /// The verdict when no boot is needed: there is no /dev/kvm, it may not be opened, or the cache knows.
    [[nodiscard]] std::optional<AcceleratorVerdict> known() const;
    /// Boots; decided() follows within the deadline.
    void run();

 Q_SIGNALS:
    void decided(const dogwatch::vmpool::AcceleratorVerdict& verdict);

 private:
    void onEvent(const VmEvent& event);
    void remember(const AcceleratorVerdict& verdict) const;
    /// Host kernel, QEMU, rights on /dev/kvm and guest image: another one of these may decide otherwise.
    [[nodiscard]] std::string circumstances() const;

    VmHost host_;
    VmShape shape_;
    std::string cacheFile_;
    std::unique_ptr<Vm> vm_;
    bool isDecided_ = false;
};

/// Why /dev/kvm cannot be used at all; empty: it opens.
std::string whyNoKvm();

}  // namespace dogwatch::vmpool

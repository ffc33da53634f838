// What single VMs need in tests: the real image and QEMU.
#pragma once

#include <QTemporaryDir>
#include <QTest>

#include "tests/vmpool/pool_harness.h"
#include "vmpool/host_tsc.h"
#include "vmpool/template_maker.h"
#include "vmpool/vm_host.h"

namespace dogwatch::vmpool {

inline Result<VmHost> realHost(const QTemporaryDir& dir) {
    auto image = GuestImage::open(imageFolder());
    if (!image) return tl::unexpected(image.error());
    VmHost host;
    host.image = std::make_shared<const GuestImage>(std::move(*image));
    host.qemu = "/usr/bin/qemu-system-x86_64";
    host.preloads = openPreloads(preloadFolder());
    host.starter = std::make_shared<QemuStarter>(host.qemu, host.preloads);
    host.runDir = dir.path().toStdString();
    const auto first = sampleTsc();
    QTest::qWait(kTscInterval.count());
    host.tscKiloHertz = tscKiloHertz(first, sampleTsc());
    return host;
}

/// Boots a VM of this shape and saves it. Null: it was not done within a minute.
inline std::shared_ptr<const VmTemplate> makeTemplate(const VmHost& host, const VmShape& shape) {
    TemplateMaker maker(host, templateKey(host, Accelerator::Tcg, shape), "vm-1", 1);
    std::shared_ptr<const VmTemplate> made;
    bool isOver = false;
    QObject::connect(&maker, &TemplateMaker::done, &maker, [&](const auto& result) {
        made = result.value_or(nullptr);
        isOver = true;
    });
    maker.start();
    return QTest::qWaitFor([&] { return isOver; }, 60'000) ? made : nullptr;
}

}  // namespace dogwatch::vmpool

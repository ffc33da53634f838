#include "vmpool/accelerator_probe.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/utsname.h>

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <cerrno>
#include <system_error>

namespace dogwatch::vmpool {
namespace {

using namespace std::chrono_literals;

/// A guest under a KVM that works answers within half a second.
constexpr std::chrono::milliseconds kDeadline = 5s;

}  // namespace

std::string whyNoKvm() {
    const UniqueFd fd{::open("/dev/kvm", O_RDWR | O_CLOEXEC)};
    if (fd.valid()) return {};
    if (errno == ENOENT) return "there is no /dev/kvm";
    if (errno == EACCES || errno == EPERM) {
        return "/dev/kvm may not be opened (add yourself to the group kvm to use it)";
    }
    return "/dev/kvm cannot be opened: " + std::generic_category().message(errno);
}

AcceleratorProbe::AcceleratorProbe(const VmHost& host, VmShape shape, const std::string& cacheDir,
                                   QObject* parent)
    : QObject(parent), host_(host), shape_(std::move(shape)), cacheFile_(cacheDir + "/accelerator.json") {
    host_.bootDeadline = kDeadline;
}

AcceleratorProbe::~AcceleratorProbe() = default;

std::optional<AcceleratorVerdict> AcceleratorProbe::known() const {
    if (const auto why = whyNoKvm(); !why.empty())
        return AcceleratorVerdict{Accelerator::Tcg, why + "; using TCG"};
    QFile file(QString::fromStdString(cacheFile_));
    if (!file.open(QIODevice::ReadOnly)) return std::nullopt;
    const auto value = parseJson(file.read(1 << 16).toStdString());
    const auto* object = value ? value->if_object() : nullptr;
    if (object == nullptr || stringMember(*object, "circumstances") != circumstances()) return std::nullopt;
    const auto accelerator = stringMember(*object, "accelerator");
    if (accelerator != "kvm" && accelerator != "tcg") return std::nullopt;
    return AcceleratorVerdict{accelerator == "kvm" ? Accelerator::Kvm : Accelerator::Tcg,
                              std::string(stringMember(*object, "reason")) + " (found at an earlier start)"};
}

void AcceleratorProbe::run() {
    vm_ = std::make_unique<Vm>(host_, "probe", 0xFFFF, shape_, Accelerator::Kvm);
    connect(vm_.get(), &Vm::changed, this, &AcceleratorProbe::onEvent);
    vm_->boot();
}

void AcceleratorProbe::onEvent(const VmEvent& event) {
    if (isDecided_ || event.event == "vm.booting") return;
    isDecided_ = true;
    AcceleratorVerdict verdict;
    if (event.event == "vm.ready") {
        verdict = {Accelerator::Kvm,
                   "the guest answered under KVM after " + toWords(Duration{vm_->bootUs()})};
    } else {
        verdict.reason =
            "/dev/kvm opens, but " + std::string(stringMember(event.fields, "reason")) + "; using TCG";
    }
    remember(verdict);
    QMetaObject::invokeMethod(
        this,
        [this, verdict] {
            vm_.reset();
            Q_EMIT decided(verdict);
        },
        Qt::QueuedConnection);
}

void AcceleratorProbe::remember(const AcceleratorVerdict& verdict) const {
    QSaveFile file(QString::fromStdString(cacheFile_));
    if (!file.open(QIODevice::WriteOnly)) return;  // then the next start probes again
    const json::object object{{"circumstances", circumstances()},
                              {"accelerator", acceleratorName(verdict.accelerator)},
                              {"reason", verdict.reason}};
    file.write(QByteArray::fromStdString(toPrettyJson(object)));
    file.commit();
}

std::string AcceleratorProbe::circumstances() const {
    utsname kernel{};
    ::uname(&kernel);
    struct stat kvm {};
    ::stat("/dev/kvm", &kvm);
    const QFileInfo qemu(QFileInfo(QString::fromStdString(host_.qemu)).canonicalFilePath());
    const QString text = QStringLiteral("linux %1; %2, %3 bytes of %4; kvm %5:%6 %7; user %8; image %9")
                             .arg(QLatin1String(kernel.release), qemu.filePath())
                             .arg(qemu.size())
                             .arg(qemu.lastModified().toSecsSinceEpoch())
                             .arg(kvm.st_uid)
                             .arg(kvm.st_gid)
                             .arg(QString::number(kvm.st_mode, 8))
                             .arg(::geteuid())
                             .arg(QString::fromStdString(host_.image->hash()));
    return text.toStdString();
}

}  // namespace dogwatch::vmpool

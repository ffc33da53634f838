#include "vmpool/vm_cgroups.h"

#include <signal.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QThread>
#include <array>
#include <cerrno>
#include <utility>

namespace dogwatch::vmpool {
namespace {

constexpr const char* kPrefix = "dogwatch-";
/// Beside the guest's memory: QEMU itself, its code cache, the device buffers.
constexpr std::int64_t kQemuMiB = 384;
constexpr int kMostThreads = 64;
constexpr std::array kControllers{"memory", "pids"};

QString path(const std::string& folder, const char* file) {
    return QString::fromStdString(folder) + QLatin1Char('/') + QLatin1String(file);
}

bool write(const std::string& folder, const char* name, const std::string& text) {
    QFile file(path(folder, name));
    return file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) &&
           file.write(text.data(), static_cast<qint64>(text.size())) == static_cast<qint64>(text.size());
}

/// Where the v2 hierarchy is mounted; empty: nowhere.
std::string mountPoint() {
    QFile file(QStringLiteral("/proc/self/mounts"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    for (const auto& line : file.readAll().split('\n')) {
        const auto words = line.split(' ');
        if (words.value(2) == "cgroup2") return words[1].toStdString();
    }
    return {};
}

/// Our own group, below the mount point.
std::string ownGroup() {
    QFile file(QStringLiteral("/proc/self/cgroup"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    for (const auto& line : file.readAll().split('\n')) {
        if (line.startsWith("0::")) return line.mid(3).toStdString();
    }
    return {};
}

/// Groups of owners that ended without removing them.
void removeLeftovers(const std::string& parent) {
    const QDir directory(QString::fromStdString(parent));
    for (const auto& name : directory.entryList({QLatin1String(kPrefix) + QLatin1Char('*')}, QDir::Dirs)) {
        const pid_t owner = name.section(QLatin1Char('-'), 1, 1).toInt();
        if (owner <= 0 || ::kill(owner, 0) == 0) continue;
        const QDir group(directory.filePath(name));
        for (const auto& vm : group.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            VmCgroups::remove(group.filePath(vm).toStdString());
        }
        ::rmdir(group.path().toLocal8Bit().constData());
    }
}

}  // namespace

Result<VmCgroups> VmCgroups::openOwn() {
    const auto mount = mountPoint();
    if (mount.empty()) return failure(Error::Kind::Unavailable, "there is no cgroup v2 hierarchy here");
    const auto own = mount + ownGroup();
    if (::geteuid() == 0) return open(mount, ::getpid());
    // Others need a subtree of their own, which systemd gives with Delegate=yes. As no group may have both
    // processes and groups with controllers, the process moves into one beside those of its VMs.
    const auto control = own + "/control";
    if (QDir().mkpath(QString::fromStdString(control)) &&
        write(control, "cgroup.procs", std::to_string(::getpid()))) {
        for (const char* controller : kControllers) {
            write(own, "cgroup.subtree_control", std::string("+") + controller);
        }
    }
    return open(own, ::getpid());
}

Result<VmCgroups> VmCgroups::open(const std::string& parent, std::int64_t owner) {
    removeLeftovers(parent);
    VmCgroups groups;
    const auto folder = parent + '/' + kPrefix + std::to_string(owner) + '-' +
                        std::to_string(QRandomGenerator::global()->bounded(1'000'000));
    if (!QDir().mkdir(QString::fromStdString(folder))) {
        return failure(Error::Kind::Unavailable, "no group can be made in " + parent +
                                                     ": start dogwatchd as root or in a delegated subtree "
                                                     "(systemd: Delegate=yes)");
    }
    groups.folder_ = folder;
    for (const char* controller : kControllers) {
        if (!write(folder, "cgroup.subtree_control", std::string("+") + controller)) continue;
        groups.controllers_ += (groups.controllers_.empty() ? "" : " ") + std::string(controller);
    }
    return groups;
}

VmCgroups::VmCgroups(VmCgroups&& other) noexcept
    : folder_(std::exchange(other.folder_, {})), controllers_(std::move(other.controllers_)) {}

VmCgroups& VmCgroups::operator=(VmCgroups&& other) noexcept {
    if (this != &other) {
        close();
        folder_ = std::exchange(other.folder_, {});
        controllers_ = std::move(other.controllers_);
    }
    return *this;
}

VmCgroups::~VmCgroups() {
    close();
}

void VmCgroups::close() {
    if (!folder_.empty()) ::rmdir(folder_.c_str());
    folder_.clear();
}

Result<std::string> VmCgroups::add(const std::string& vm, std::int64_t memoryMiB) const {
    const auto folder = folder_ + '/' + vm;
    if (!QDir().mkdir(QString::fromStdString(folder))) {
        return failure(Error::Kind::Io, "cannot make the group " + folder);
    }
    write(folder, "memory.max", std::to_string((memoryMiB + kQemuMiB) << 20));
    write(folder, "memory.swap.max", "0");
    write(folder, "pids.max", std::to_string(kMostThreads));
    return folder;
}

void VmCgroups::remove(const std::string& folder) {
    if (folder.empty() || ::rmdir(folder.c_str()) == 0 || errno == ENOENT) return;
    write(folder, "cgroup.kill", "1");
    // The kernel takes a moment to be done with a process that has ended.
    for (int i = 0; i < 100 && ::rmdir(folder.c_str()) != 0 && errno == EBUSY; ++i) QThread::usleep(500);
}

}  // namespace dogwatch::vmpool

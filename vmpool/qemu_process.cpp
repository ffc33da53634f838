#include "vmpool/qemu_process.h"

#include <fcntl.h>
#include <grp.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <QProcessEnvironment>
#include <charconv>
#include <utility>
#include <vector>

#include "vmpool/vm_cgroups.h"

namespace dogwatch::vmpool {
namespace {

constexpr qsizetype kErrorTextKept = 4096;
/// Above the ranges that systemd and containers hand out, below those that confuse 32-bit tools.
constexpr std::uint32_t kFirstUser = 0x70000000;
constexpr std::uint32_t kUsers = 0x10000;

// Everything in here runs between fork and exec: only async-signal-safe calls, no allocation.
class ChildSetup {
 public:
    ChildSetup(Confinement confinement, std::vector<int> fds, pid_t parent)
        : confinement_(std::move(confinement)), fds_(std::move(fds)), parent_(parent) {
        if (!confinement_.group.empty()) groupFile_ = confinement_.group + "/cgroup.procs";
    }

    void operator()() const {
        enterGroup();
        ::setsid();  // a Ctrl-C in our terminal is for us alone
        ::umask(077);
        if (::chdir("/") != 0) ::_exit(126);
        preferAsVictim();
        limitResources();
        inheritOnlyOurs();
        dropRights();
        // After the change of user, which would clear it.
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent_) ::_exit(126);  // we died before that took effect
    }

 private:
    void enterGroup() const {
        if (groupFile_.empty()) return;
        const int fd = ::open(groupFile_.c_str(), O_WRONLY | O_CLOEXEC);
        if (fd < 0 || ::write(fd, "0", 1) != 1) ::_exit(126);
        ::close(fd);
    }

    /// When memory runs out, a VM is to die rather than the control plane.
    static void preferAsVictim() {
        const int fd = ::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
        if (fd < 0) return;
        [[maybe_unused]] const auto written = ::write(fd, "500", 3);
        ::close(fd);
    }

    static void limit(int resource, rlim_t value) {
        const rlimit both{value, value};
        ::setrlimit(static_cast<__rlimit_resource_t>(resource), &both);
    }

    void limitResources() const {
        limit(RLIMIT_CORE, 0);
        limit(RLIMIT_FSIZE, confinement_.largestFileBytes);
        if (confinement_.addressSpaceBytes > 0) limit(RLIMIT_AS, confinement_.addressSpaceBytes);
        if (confinement_.user) limit(RLIMIT_NPROC, 64);  // counted by user, so only with a user of its own
    }

    void inheritOnlyOurs() const {
        ::syscall(SYS_close_range, 3U, ~0U, CLOSE_RANGE_CLOEXEC);
        for (const int fd : fds_) ::fcntl(fd, F_SETFD, 0);
    }

    void dropRights() const {
        if (confinement_.user) {
            const gid_t id = *confinement_.user;
            const gid_t extra = confinement_.extraGroup.value_or(id);
            // The plain system calls: the library's own would speak to threads that a forked child has not.
            if (::syscall(SYS_setgroups, 1, &extra) != 0 || ::syscall(SYS_setresgid, id, id, id) != 0 ||
                ::syscall(SYS_setresuid, id, id, id) != 0) {
                ::_exit(126);
            }
        }
        ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    }

    Confinement confinement_;
    std::string groupFile_;
    std::vector<int> fds_;
    pid_t parent_;
};

/// Field `number` of /proc/PID/stat, counted from 1 as in proc(5) and above 2. Empty: no such process.
QByteArray statField(qint64 pid, qsizetype number) {
    QFile file(QStringLiteral("/proc/%1/stat").arg(pid));
    if (!file.open(QIODevice::ReadOnly)) return {};
    const QByteArray text = file.readAll();
    // The second field, the name in parentheses, may hold blanks.
    return text.mid(text.lastIndexOf(')') + 2).split(' ').value(number - 3);
}

/// When the process began, in clock ticks since boot: with the pid it identifies a process. Empty: no such
/// process.
QByteArray startTicks(qint64 pid) {
    return statField(pid, 22);
}

std::int64_t numberAfter(const QByteArray& text, const char* label) {
    const qsizetype at = text.indexOf(label);
    if (at < 0) return 0;
    const QByteArray rest = text.mid(at + static_cast<qsizetype>(qstrlen(label)), 32).trimmed();
    std::int64_t value = 0;
    std::from_chars(rest.data(), rest.data() + rest.size(), value);
    return value;
}

}  // namespace

Confinement confinementFor(const VmSpec& spec, std::uint32_t number) {
    constexpr std::uint64_t kMiB = 1U << 20U;
    Confinement confinement;
    // Beside the guest's memory QEMU maps its code cache, thread stacks and malloc arenas: under 2 GiB.
    confinement.addressSpaceBytes = (static_cast<std::uint64_t>(spec.memoryMiB) + 4096) * kMiB;
    // A template saves its devices' state (60 KB) to a file; nothing else is ever written.
    confinement.largestFileBytes = spec.memory == MemoryKind::Shared ? 64 * kMiB : 0;
    if (::geteuid() != 0) return confinement;
    confinement.user = kFirstUser + number % kUsers;
    struct stat info {};
    if (spec.accelerator == Accelerator::Kvm && ::stat("/dev/kvm", &info) == 0)
        confinement.extraGroup = info.st_gid;
    return confinement;
}

QemuProcess::QemuProcess(std::string pidFile, QObject* parent)
    : QObject(parent), pidFile_(std::move(pidFile)) {
    connect(&process_, &QProcess::finished, this, &QemuProcess::onFinished);
    connect(&process_, &QProcess::errorOccurred, this, &QemuProcess::onError);
    connect(&process_, &QProcess::readyReadStandardError, this, &QemuProcess::keepErrorText);
}

QemuProcess::~QemuProcess() {
    process_.disconnect(this);
    if (isRunning()) {
        process_.kill();
        process_.waitForFinished(5000);
    }
    removeTraces();
}

void QemuProcess::removeTraces() {
    QFile::remove(QString::fromStdString(pidFile_));
    VmCgroups::remove(std::exchange(group_, {}));
}

void QemuProcess::start(const QemuCommandLine& commandLine, const Confinement& confinement) {
    QStringList arguments;
    for (const auto& argument : commandLine.arguments()) arguments << QString::fromStdString(argument);
    group_ = confinement.group;
    QProcessEnvironment environment;
    for (const auto& [name, value] : commandLine.environment()) {
        environment.insert(QString::fromStdString(name), QString::fromStdString(value));
    }
    process_.setProcessEnvironment(environment);
    process_.setStandardInputFile(QProcess::nullDevice());
    process_.setStandardOutputFile(QProcess::nullDevice());
    process_.setChildProcessModifier(ChildSetup(confinement, commandLine.inheritedFds(), ::getpid()));
    process_.start(QString::fromStdString(commandLine.program()), arguments);
    if (pid() <= 0) return;
    QFile file(QString::fromStdString(pidFile_));
    if (file.open(QIODevice::WriteOnly | QIODevice::Truncate)) {
        file.write(QByteArray::number(static_cast<qint64>(pid())) + ' ' + startTicks(pid()) + '\n');
    }
}

void QemuProcess::kill() {
    if (isRunning()) process_.kill();
}

std::string QemuProcess::errorText() const {
    return errorText_.trimmed().replace("\r", "").replace("\n", "; ").toStdString();
}

void QemuProcess::keepErrorText() {
    errorText_ += process_.readAllStandardError();
    if (errorText_.size() > kErrorTextKept) errorText_ = errorText_.right(kErrorTextKept);
}

void QemuProcess::onFinished(int code, QProcess::ExitStatus status) {
    keepErrorText();
    removeTraces();
    std::string why;
    if (status == QProcess::CrashExit) {
        why = "QEMU was killed by signal " + std::to_string(code);
    } else {
        why = code == 0 ? "QEMU ended" : "QEMU ended with status " + std::to_string(code);
    }
    if (const auto text = errorText(); !text.empty()) why += ": " + text;
    Q_EMIT finished(why);
}

void QemuProcess::onError(QProcess::ProcessError error) {
    if (error != QProcess::FailedToStart) return;  // the others come with finished()
    removeTraces();
    Q_EMIT finished("QEMU could not be started: " + process_.errorString().toStdString());
}

int killLeftovers(const std::string& folder) {
    int killed = 0;
    const QDir directory(QString::fromStdString(folder));
    for (const auto& name : directory.entryList({QStringLiteral("*.pid")}, QDir::Files)) {
        QFile file(directory.filePath(name));
        if (file.open(QIODevice::ReadOnly)) {
            const QList<QByteArray> words = file.read(64).trimmed().split(' ');
            const qint64 pid = words.value(0).toLongLong();
            // A pid alone may long be another process's; with the time it began it is ours.
            if (pid > 1 && words.size() == 2 && !words[1].isEmpty() && startTicks(pid) == words[1]) {
                if (::kill(static_cast<pid_t>(pid), SIGKILL) == 0) ++killed;
            }
        }
        file.remove();
    }
    return killed;
}

std::int64_t residentBytes(std::int64_t pid) {
    QFile file(QStringLiteral("/proc/%1/statm").arg(pid));
    if (pid <= 0 || !file.open(QIODevice::ReadOnly)) return 0;
    return file.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE);
}

std::int64_t processorUs(std::int64_t pid) {
    if (pid <= 0) return 0;
    const std::int64_t ticks = statField(pid, 14).toLongLong() + statField(pid, 15).toLongLong();
    return ticks * 1'000'000 / ::sysconf(_SC_CLK_TCK);
}

std::int64_t proportionalBytes(std::int64_t pid) {
    QFile file(QStringLiteral("/proc/%1/smaps_rollup").arg(pid));
    if (pid <= 0 || !file.open(QIODevice::ReadOnly)) return 0;
    return numberAfter(file.readAll(), "\nPss:") * 1024;
}

}  // namespace dogwatch::vmpool

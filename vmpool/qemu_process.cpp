#include "vmpool/qemu_process.h"

#include <fcntl.h>
#include <signal.h>
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

/// Between fork and exec.
class ChildSetup {
 public:
    ChildSetup(const Confinement& confinement, std::vector<int> fds, pid_t parent)
        : rights_(confinement.rights()),
          groupFile_(confinement.procsFile()),
          fds_(std::move(fds)),
          parent_(parent) {}

    void operator()() const {
        child::enterGroup(groupFile_.c_str());
        child::leaveSession();
        child::preferAsVictim();
        child::limitResources(rights_);
        child::inheritOnly(fds_.data(), fds_.size());
        child::dropRights(rights_);
        child::dieWith(parent_);
    }

 private:
    child::Rights rights_;
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

child::Rights Confinement::rights() const {
    return {user.value_or(0), extraGroup.value_or(user.value_or(0)), addressSpaceBytes, largestFileBytes};
}

std::string Confinement::procsFile() const {
    return group.empty() ? std::string{} : group + "/cgroup.procs";
}

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
    connect(&process_, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        onFinished(code, status == QProcess::CrashExit);
    });
    connect(&process_, &QProcess::errorOccurred, this, &QemuProcess::onError);
    connect(&process_, &QProcess::readyReadStandardError, this,
            [this] { keepErrorText(process_.readAllStandardError()); });
}

QemuProcess::~QemuProcess() {
    process_.disconnect(this);
    if (process_.state() != QProcess::NotRunning) {
        process_.kill();
        process_.waitForFinished(5000);
    }
    forked_.reset();
    removeTraces();
}

void QemuProcess::removeTraces() {
    QFile::remove(QString::fromStdString(pidFile_));
    VmCgroups::remove(std::exchange(group_, {}));
}

std::int64_t QemuProcess::pid() const {
    return forked_ ? forked_->pid() : process_.processId();
}

bool QemuProcess::isRunning() const {
    return forked_ ? forked_->isRunning() : process_.state() != QProcess::NotRunning;
}

void QemuProcess::start(const QemuCommandLine& commandLine, const Confinement& confinement) {
    group_ = confinement.group;
    QStringList arguments;
    for (const auto& argument : commandLine.arguments()) arguments << QString::fromStdString(argument);
    QProcessEnvironment environment;
    for (const auto& [name, value] : commandLine.environment()) {
        environment.insert(QString::fromStdString(name), QString::fromStdString(value));
    }
    process_.setProcessEnvironment(environment);
    process_.setStandardInputFile(QProcess::nullDevice());
    process_.setStandardOutputFile(QProcess::nullDevice());
    process_.setChildProcessModifier(ChildSetup(confinement, commandLine.inheritedFds(), ::getpid()));
    process_.start(QString::fromStdString(commandLine.program()), arguments);
    if (pid() > 0) writePidFile();
}

Result<void> QemuProcess::startFrom(QemuStarter& starter, const QemuCommandLine& commandLine,
                                    const Confinement& confinement) {
    int errors[2] = {-1, -1};
    if (::pipe2(errors, O_CLOEXEC | O_NONBLOCK) != 0) {
        return failure(Error::Kind::Unavailable, "there are no descriptors left");
    }
    UniqueFd ours(errors[0]);
    const UniqueFd theirs(errors[1]);
    const auto pid = starter.fork(commandLine, confinement, theirs.get());
    if (!pid) return tl::unexpected(pid.error());
    auto adopted = ForkedProcess::adopt(*pid, std::move(ours));
    if (!adopted) return tl::unexpected(adopted.error());
    group_ = confinement.group;
    starter_ = &starter;
    forked_ = std::move(*adopted);
    connect(forked_.get(), &ForkedProcess::wroteError, this, &QemuProcess::keepErrorText);
    connect(forked_.get(), &ForkedProcess::finished, this, &QemuProcess::onFinished);
    writePidFile();
    return {};
}

void QemuProcess::writePidFile() const {
    QFile file(QString::fromStdString(pidFile_));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate)) return;
    file.write(QByteArray::number(static_cast<qint64>(pid())) + ' ' + startTicks(pid()) + '\n');
}

void QemuProcess::kill() {
    if (forked_) {
        forked_->kill();
    } else if (isRunning()) {
        process_.kill();
    }
}

std::string QemuProcess::errorText() const {
    return errorText_.trimmed().replace("\r", "").replace("\n", "; ").toStdString();
}

void QemuProcess::keepErrorText(const QByteArray& text) {
    errorText_ += text;
    if (errorText_.size() > kErrorTextKept) errorText_ = errorText_.right(kErrorTextKept);
}

void QemuProcess::onFinished(int code, bool killed) {
    if (!forked_) keepErrorText(process_.readAllStandardError());
    removeTraces();
    std::string why;
    if (killed) {
        why = "QEMU was killed by signal " + std::to_string(code);
        // It may have been made to crash to find out where things lie in memory (docs/security.md).
        if (starter_ && code != SIGKILL) starter_->renew();
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

// QemuProcess: one QEMU, started with few rights, and gone when its owner is.
//
// It is killed when the thread that started it ends, even by SIGKILL of our process (PR_SET_PDEATHSIG: that
// signal is tied to the thread, so processes are started on a thread that lives as long as they shall).
// Whatever should survive all the same is found by its pid file at the next start (killLeftovers).
#pragma once

#include <QObject>
#include <QPointer>
#include <QProcess>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/model/result.h"
#include "vmpool/child_setup.h"
#include "vmpool/forked_process.h"
#include "vmpool/qemu_command_line.h"
#include "vmpool/qemu_starter.h"

namespace dogwatch::vmpool {

/// What the child gives up between fork and exec.
struct Confinement {
    /// User and group to become, when we are root. One of its own for each VM, so that none can touch
    /// another.
    std::optional<std::uint32_t> user;
    std::optional<std::uint32_t> extraGroup;  ///< the one that may open /dev/kvm
    std::uint64_t addressSpaceBytes = 0;      ///< RLIMIT_AS; 0: unlimited
    std::uint64_t largestFileBytes = 0;       ///< RLIMIT_FSIZE: what it may write to any file
    std::string group;  ///< folder of a control group to enter, which is removed with it; empty: none

    [[nodiscard]] child::Rights rights() const;
    /// Where to enter the control group; empty: none.
    [[nodiscard]] std::string procsFile() const;
};

/// The confinement for VM number `number`: its own unprivileged user when we are root.
Confinement confinementFor(const VmSpec& spec, std::uint32_t number);

class QemuProcess : public QObject {
    Q_OBJECT
 public:
    /// `pidFile`: written once it runs, removed when it has ended.
    explicit QemuProcess(std::string pidFile, QObject* parent = nullptr);
    ~QemuProcess() override;  ///< kills it and waits (milliseconds)

    /// Forks at once; whether the program could be executed comes by finished().
    void start(const QemuCommandLine& commandLine, const Confinement& confinement);
    /// The same by a starter that is ready; the command line has its numbers of descriptors. The error:
    /// nothing was begun.
    Result<void> startFrom(QemuStarter& starter, const QemuCommandLine& commandLine,
                           const Confinement& confinement);
    void kill();
    [[nodiscard]] std::int64_t pid() const;
    [[nodiscard]] bool isRunning() const;
    /// The last 4 KiB it wrote to standard error.
    [[nodiscard]] std::string errorText() const;

 Q_SIGNALS:
    /// It has ended, or could not be executed. Once. `why` is one clause: "QEMU was killed by signal 9".
    void finished(const std::string& why);

 private:
    void writePidFile() const;
    void onFinished(int code, bool killed);
    void onError(QProcess::ProcessError error);
    void keepErrorText(const QByteArray& text);

    void removeTraces();

    std::string pidFile_;
    std::string group_;
    QProcess process_;                       ///< when we executed it
    std::unique_ptr<ForkedProcess> forked_;  ///< when a starter forked it
    QPointer<QemuStarter> starter_;
    mutable QByteArray errorText_;
};

/// Kills the processes that pid files in `folder` name, if they still are the ones that were recorded, and
/// removes the files. Returns how many were killed.
int killLeftovers(const std::string& folder);

/// Resident memory of a process in bytes; 0 when it is gone.
std::int64_t residentBytes(std::int64_t pid);

/// Processor time that a process has used, in microseconds (in steps of 10 ms); 0 when it is gone.
std::int64_t processorUs(std::int64_t pid);

/// Resident memory with each shared page divided among its users; 0 when unknown (costs about 1 ms).
std::int64_t proportionalBytes(std::int64_t pid);

}  // namespace dogwatch::vmpool

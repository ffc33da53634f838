// QemuStarter: a QEMU that is loaded and stands before its main(), from which others are forked.
//
// Half of the time from QEMU's start to its first word goes into loading it (docs/vm.md, "A quick start of
// QEMU"). What a starter begins is our child like one that we fork ourselves, whatever becomes of the
// starter.
#pragma once

#include <QObject>
#include <QProcess>
#include <QTimer>
#include <memory>
#include <string>

#include "core/model/result.h"
#include "vmpool/qemu_command_line.h"
#include "vmpool/unique_fd.h"

class QSocketNotifier;

namespace dogwatch::vmpool {

struct Confinement;

/// What is put into each QEMU (vmpool/preload); invalid: QEMU starts without, and more slowly.
struct QemuPreloads {
    UniqueFd relocations;
    UniqueFd heap;
    UniqueFd starter;
};
/// Those in a folder; what is not there, is left out.
std::shared_ptr<const QemuPreloads> openPreloads(const std::string& folder);

/// What tells the program in this place from another one: its true path, size and time.
std::string programIdentity(const std::string& path);

class QemuStarter : public QObject {
 public:
    /// The number under which what it begins finds the first of its descriptors (VmSpec::firstFd).
    static int firstFd();

    /// Begins to load `qemu`. Without the libraries that it takes it never gets ready.
    QemuStarter(std::string qemu, std::shared_ptr<const QemuPreloads> preloads);
    ~QemuStarter() override;  ///< ends it; what it has begun goes on

    /// Whether fork() will be answered at once.
    [[nodiscard]] bool isReady() const { return isReady_; }

    /// Begins a QEMU with these arguments and descriptors, and what it writes to standard error going to
    /// `errors`. Where another program has come into the place of the one that was loaded, it is an error and
    /// that one is loaded. The environment is the starter's, which is as empty. Takes the time of a fork (a
    /// millisecond).
    [[nodiscard]] Result<pid_t> fork(const QemuCommandLine& commandLine, const Confinement& confinement,
                                     int errors);

    /// Loads anew: at other addresses. What was begun from one starter has the same layout of memory, of
    /// which a crash may be an attempt to learn something.
    void renew();

 private:
    void load();
    void onAnswer();
    void drop();

    std::string qemu_;
    std::string loaded_;  ///< identity of what was loaded
    std::shared_ptr<const QemuPreloads> preloads_;
    std::unique_ptr<QProcess> process_;
    std::unique_ptr<QSocketNotifier> notifier_;
    UniqueFd socket_;
    QTimer again_;
    bool isReady_ = false;
};

}  // namespace dogwatch::vmpool

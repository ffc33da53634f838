// demo: starts a control plane on a temporary workspace, lets the story be told, and leaves nothing behind.
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QSocketNotifier>
#include <QTemporaryDir>
#include <chrono>
#include <thread>

#include "core/api/start_control_plane.h"
#include "core/cli/run.h"
#include "core/cli/story.h"

namespace dogwatch::cli {
namespace {

using std::chrono::seconds;

constexpr seconds kPatience{110};

/// Turns SIGINT, SIGTERM and SIGHUP into a call, so that a demo that is broken off cleans up too.
class Interruption {
 public:
    explicit Interruption(const std::function<void()>& interrupted) {
        ::sigemptyset(&signals_);
        for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaddset(&signals_, signal);
        ::pthread_sigmask(SIG_BLOCK, &signals_, &before_);
        fd_ = ::signalfd(-1, &signals_, SFD_CLOEXEC | SFD_NONBLOCK);
        notifier_ = std::make_unique<QSocketNotifier>(fd_, QSocketNotifier::Read);
        QObject::connect(notifier_.get(), &QSocketNotifier::activated, [this, interrupted] {
            notifier_->setEnabled(false);
            interrupted();
        });
    }
    ~Interruption() {
        notifier_.reset();
        signalfd_siginfo taken{};
        while (::read(fd_, &taken, sizeof taken) > 0) {
        }  // or it would strike once unblocked
        ::close(fd_);
        ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;

 private:
    sigset_t signals_{};
    sigset_t before_{};
    int fd_ = -1;
    std::unique_ptr<QSocketNotifier> notifier_;
};

/// A control plane of our own; ended, with its virtual machines, when this is.
class OwnControlPlane {
 public:
    explicit OwnControlPlane(pid_t pid) : pid_(pid) {}
    ~OwnControlPlane() {
        constexpr seconds kToStop{10};
        const auto deadline = std::chrono::steady_clock::now() + kToStop;
        ::kill(pid_, SIGTERM);
        while (::waitpid(pid_, nullptr, WNOHANG) == 0) {
            if (std::chrono::steady_clock::now() > deadline) ::kill(pid_, SIGKILL);
            std::this_thread::sleep_for(std::chrono::milliseconds{20});
        }
    }
    OwnControlPlane(const OwnControlPlane&) = delete;
    OwnControlPlane& operator=(const OwnControlPlane&) = delete;

 private:
    pid_t pid_;
};

}  // namespace

int tellDemo(Session& session, const Arguments& /*arguments*/) {
    int count = 1;
    std::array<char, 12> name{"dogwatchctl"};
    std::array<char*, 2> words{name.data(), nullptr};
    QCoreApplication application(count, words.data());
    QTemporaryDir folder{QDir::tempPath() + QStringLiteral("/dogwatch-demo-XXXXXX")};
    if (!folder.isValid()) {
        return session.fail({Error::Kind::Io,
                             "Cannot make a temporary workspace: " + folder.errorString().toStdString() + ".",
                             {}});
    }

    std::optional<Error> outcome;
    Story story(session);
    QObject::connect(&story, &Story::ended, &application, [&](const std::optional<Error>& error) {
        outcome = error;
        QCoreApplication::quit();
    });
    const Interruption interruption([&] {
        outcome = Error{Error::Kind::Refused, "The demo was broken off.", {}};
        QCoreApplication::quit();
    });
    story.say("start",
              "Starting a control plane in a workspace of its own, " + folder.path().toStdString() + ".");
    std::unique_ptr<OwnControlPlane> own;
    api::StartOptions options;
    options.tied = true;
    options.arguments = {"--stop-timeout", "0s"};  // nobody waits for the end of a demo's executions
    api::startControlPlane(folder.path().toStdString(), options, &application,
                           [&](Result<api::StartedControlPlane> started) {
                               if (!started) {
                                   outcome = started.error();
                                   QCoreApplication::quit();
                                   return;
                               }
                               own = std::make_unique<OwnControlPlane>(started->pid);
                               story.begin(started->socket, kPatience);
                           });
    QCoreApplication::exec();
    own.reset();
    if (outcome) return session.fail(*outcome);
    story.say("end",
              "That is Dogwatch: somebody was paged because something did not happen. All is cleaned up.");
    return kDone;
}

}  // namespace dogwatch::cli

int main(int argc, char** argv) {
    return dogwatch::cli::runMain(argc, argv, dogwatch::cli::tellDemo);
}

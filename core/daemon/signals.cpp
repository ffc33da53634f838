#include "core/daemon/signals.h"

#include <sys/signalfd.h>
#include <unistd.h>

#include <QSocketNotifier>
#include <csignal>

namespace dogwatch::daemon {

Signals::Signals(QObject* parent) : QObject(parent) {
    std::signal(SIGPIPE, SIG_IGN);  // a client that went away is an error of its socket
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    descriptor_ = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    notifier_ = std::make_unique<QSocketNotifier>(descriptor_, QSocketNotifier::Read);
    connect(notifier_.get(), &QSocketNotifier::activated, this, [this] {
        signalfd_siginfo information{};
        while (read(descriptor_, &information, sizeof(information)) == sizeof(information)) {
            Q_EMIT stopRequested();
        }
    });
}

Signals::~Signals() {
    notifier_.reset();
    close(descriptor_);
}

}  // namespace dogwatch::daemon

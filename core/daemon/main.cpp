// dogwatchd: the control plane as a process (spec: interfaces, Programs).
#include <fmt/format.h>
#include <sys/stat.h>

#include <QCoreApplication>
#include <cstdio>
#include <exception>

#include "core/api/server.h"
#include "core/api/socket_path.h"
#include "core/control/control_plane.h"
#include "core/daemon/benches.h"
#include "core/daemon/logging.h"
#include "core/daemon/notify.h"
#include "core/daemon/offline.h"
#include "core/daemon/options.h"
#include "core/daemon/signals.h"

namespace {

using namespace dogwatch;

constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;

int refuse(const Error& error, int status) {
    fmt::print(stderr, "dogwatchd: {}\n", error.text());
    return status;
}

Result<vmpool::PoolConfig> poolConfig(const daemon::Options& options) {
    const std::string programDir = QCoreApplication::applicationDirPath().toStdString();
    const auto image = daemon::findImage(options.imageDir, options.dataDir, programDir);
    if (!image) return tl::unexpected(image.error());
    vmpool::PoolConfig config;
    config.imageDir = *image;
    config.accel = options.accel;
    config.maxVms = options.maxVms;
    config.warm = options.warm;
    return config;
}

int serve(const daemon::Options& options, daemon::Signals& signals) {
    control::SystemClock clock;
    const auto config = poolConfig(options);
    if (!config) return refuse(config.error(), kFailed);
    auto directory = control::DataDirectory::open(options.dataDir, clock.now());
    if (!directory) return refuse(directory.error(), kFailed);

    control::ControlPlane plane(clock, std::move(*directory), *config);
    plane.setRetention(options.retention);
    if (const auto started = plane.start(); !started) return refuse(started.error(), kFailed);
    api::Server server(plane);
    const std::string socket = api::socketPath(options.dataDir);
    if (const auto listening = server.listen(socket); !listening) return refuse(listening.error(), kFailed);

    int status = 0;
    const auto stop = [&] {
        daemon::notifyServiceManager("STOPPING=1");
        QCoreApplication::quit();
    };
    QObject::connect(&signals, &daemon::Signals::stopRequested, stop);
    // Queued, so that the answer to `shutdown` is on its way first.
    QObject::connect(&server, &api::Server::shutdownRequested, qApp, stop, Qt::QueuedConnection);
    QObject::connect(&plane, &control::ControlPlane::failed, qApp, [&](const Error& error) {
        status = refuse(error, kFailed);
        stop();
    });

    fmt::print("ready {}\n", socket);
    std::fflush(stdout);
    daemon::notifyServiceManager("READY=1");
    QCoreApplication::exec();
    plane.stop();
    return status;
}

int run(int argc, char** argv) {
    umask(S_IRWXG | S_IRWXO);
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("dogwatchd"));
    QCoreApplication::setApplicationVersion(QStringLiteral(DOGWATCH_VERSION));
    daemon::startLogging();
    const auto options = daemon::parseOptions(QCoreApplication::arguments());
    if (!options) return refuse(options.error(), kWrongUsage);
    daemon::Signals signals;
    switch (options->action) {
        case daemon::Action::Help: fmt::print("{}", options->helpText); return 0;
        case daemon::Action::Version: fmt::print("dogwatchd {}\n", DOGWATCH_VERSION); return 0;
        case daemon::Action::Serve: return serve(*options, signals);
        case daemon::Action::Restore:
        case daemon::Action::Salvage:
        case daemon::Action::Check:
        case daemon::Action::Import: {
            const auto done = daemon::runOffline(*options);
            return done ? 0 : refuse(done.error(), kFailed);
        }
        case daemon::Action::BenchLateness:
        case daemon::Action::BenchPool:
        case daemon::Action::BenchJournal: break;
    }
    const auto done = daemon::runBench(*options);
    return done ? 0 : refuse(done.error(), kFailed);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& exception) {
        fmt::print(stderr, "dogwatchd: An internal error ended it: {}\n", exception.what());
        return kFailed;
    }
}

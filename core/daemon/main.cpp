// dogwatchd: the control plane as a process (spec: interfaces, Programs).
#include <fmt/format.h>
#include <sys/stat.h>

#include <QCoreApplication>
#include <chrono>
#include <cstdio>
#include <exception>
#include <functional>
#include <memory>
#include <random>
#include <utility>

#include "core/api/server.h"
#include "core/api/socket_path.h"
#include "core/control/control_plane.h"
#include "core/daemon/benches.h"
#include "core/daemon/logging.h"
#include "core/daemon/notify.h"
#include "core/daemon/offline.h"
#include "core/daemon/options.h"
#include "core/daemon/signals.h"
#include "core/http/credentials.h"
#include "core/http/gateway.h"

namespace {

using namespace dogwatch;

constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;
constexpr std::chrono::milliseconds kLastAnswers{1000};  // to get out over HTTP

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
    config.preloadDir = daemon::findPreloads(programDir);
    config.accel = options.accel;
    config.maxVms = options.maxVms;
    config.warm = options.warm;
    return config;
}

std::function<std::uint64_t()> systemRandom() {
    return [device = std::make_shared<std::random_device>()] {
        return (static_cast<std::uint64_t>((*device)()) << 32U) | (*device)();
    };
}

/// HTTP where it is asked for; null where not.
Result<std::unique_ptr<http::Gateway>> openGateway(const daemon::Options& options,
                                                   control::ControlPlane& plane) {
    // The key is made at the first start, so that it is there when HTTP is switched on.
    auto credentials = http::loadCredentials(plane.dataDir() / "credentials", systemRandom());
    if (!options.http) return nullptr;
    if (!credentials) return tl::unexpected(credentials.error());
    auto gateway = std::make_unique<http::Gateway>(plane, std::move(*credentials));
    if (const auto listening = gateway->listen(*options.http); !listening) {
        return tl::unexpected(listening.error());
    }
    return gateway;
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

    auto gateway = openGateway(options, plane);
    if (!gateway) return refuse(gateway.error(), kFailed);

    int status = 0;
    bool stopping = false;
    const auto stop = [&] {
        if (std::exchange(stopping, true)) return QCoreApplication::quit();  // asked twice: at once
        daemon::notifyServiceManager("STOPPING=1");
        if (*gateway) (*gateway)->drain();
        plane.drain(options.stopTimeout, [] { QCoreApplication::quit(); });
    };
    QObject::connect(&signals, &daemon::Signals::stopRequested, stop);
    // Queued, so that the answer to `shutdown` is on its way first.
    QObject::connect(&server, &api::Server::shutdownRequested, qApp, stop, Qt::QueuedConnection);
    QObject::connect(&plane, &control::ControlPlane::failed, qApp, [&](const Error& error) {
        status = refuse(error, kFailed);
        QCoreApplication::quit();
    });

    const std::string url = *gateway ? " " + (*gateway)->url() : "";
    fmt::print("ready {}{}\n", socket, url);
    std::fflush(stdout);
    daemon::notifyServiceManager("READY=1");
    const daemon::Watchdog watchdog;
    QCoreApplication::exec();
    if (*gateway) (*gateway)->finish(kLastAnswers);
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
    daemon::startLogging(options->log);
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
        case daemon::Action::BenchJournal:
        case daemon::Action::BenchExecutions: break;
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

#include "core/daemon/benches.h"

#include <fmt/format.h>

#include <QCoreApplication>
#include <QDir>
#include <QTemporaryDir>
#include <chrono>
#include <cstdio>
#include <vector>

#include "core/control/bench_backtest.h"
#include "core/control/bench_journal.h"
#include "core/control/bench_lateness.h"
#include "core/journal/bench.h"
#include "vmpool/bench.h"

namespace dogwatch::daemon {
namespace {

void printFigure(const Figure& figure) {
    fmt::print("{}\n", toJson(json::value(toJson(figure))));
    std::fflush(stdout);
}

Result<void> printAll(const Result<std::vector<Figure>>& figures) {
    if (!figures) return tl::unexpected(figures.error());
    for (const Figure& figure : *figures) printFigure(figure);
    return {};
}

Result<void> benchPool(const Options& options) {
    const std::string programDir = QCoreApplication::applicationDirPath().toStdString();
    const auto image = findImage(options.imageDir, options.dataDir, programDir);
    if (!image) return tl::unexpected(image.error());
    const QTemporaryDir scratch;
    if (!scratch.isValid()) {
        return failure(Error::Kind::Io, "No temporary directory can be made for the bench: " +
                                            scratch.errorString().toStdString() + ".");
    }
    vmpool::PoolBenchOptions bench;
    bench.pool.imageDir = *image;
    bench.pool.preloadDir = findPreloads(programDir);
    bench.pool.runDir = scratch.filePath(QStringLiteral("run")).toStdString();
    bench.pool.cacheDir = scratch.filePath(QStringLiteral("cache")).toStdString();
    bench.pool.accel = options.accel;
    bench.duration = std::chrono::seconds{options.benchSeconds};
    return vmpool::benchPool(bench, printFigure);
}

}  // namespace

Result<void> runBench(const Options& options) {
    const std::string scratch = QDir::tempPath().toStdString();
    switch (options.action) {
        case Action::BenchLateness:
            if (auto printed = printAll(control::benchBacktest(options.benchSeconds, scratch)); !printed) {
                return printed;
            }
            return printAll(control::benchLateness(options.benchSeconds, scratch));
        case Action::BenchJournal: return printAll(control::benchJournal(options.benchSeconds, scratch));
        case Action::BenchPool: return benchPool(options);
        case Action::BenchExecutions: {
            const QDir directory{QString::fromStdString(options.dataDir)};
            if (!directory.mkpath(QStringLiteral(".")))
                return failure(Error::Kind::Io,
                               options.dataDir + " cannot be made; check the rights of its folder.");
            const auto now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
            return journal::makeExecutionJournal(options.dataDir, options.benchSeconds * 1000LL, now);
        }
        default: break;
    }
    return failure(Error::Kind::Internal, "No bench was asked for.");
}

}  // namespace dogwatch::daemon

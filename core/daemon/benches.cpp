#include "core/daemon/benches.h"

#include <fmt/format.h>

#include <QDir>
#include <cstdio>
#include <vector>

#include "core/control/bench_lateness.h"
#include "core/journal/journal.h"

namespace dogwatch::daemon {
namespace {

Result<std::vector<Figure>> measure(const Options& options) {
    const std::string scratch = QDir::tempPath().toStdString();
    switch (options.action) {
        case Action::BenchLateness: return control::benchLateness(options.benchSeconds, scratch);
        case Action::BenchJournal: return journal::benchJournal(options.benchSeconds, scratch);
        default: break;
    }
    return failure(Error::Kind::Unavailable,
                   "The bench of the VM pool is not supported yet in this version.");
}

}  // namespace

Result<void> runBench(const Options& options) {
    const auto figures = measure(options);
    if (!figures) return tl::unexpected(figures.error());
    for (const Figure& figure : *figures) fmt::print("{}\n", toJson(json::value(toJson(figure))));
    std::fflush(stdout);
    return {};
}

}  // namespace dogwatch::daemon

// backtest: when metaevents would have fired, over a file of records or over the control plane's journal.
// Prints the JSON lines of section 7 of the metaevent spec with --json and without.
#include "core/engine/backtest.h"

#include <cerrno>
#include <cstring>
#include <fstream>

#include "core/cli/commands.h"
#include "core/cli/definitions.h"
#include "core/engine/record_file.h"

namespace dogwatch::cli {
namespace {

int overFile(Session& session, const Definitions& definitions, const std::string& path,
             const engine::BacktestOptions& options, bool all) {
    std::ifstream file{path};
    if (!file)
        return session.fail({Error::Kind::Io, "Cannot read " + path + ": " + std::strerror(errno) + ".", {}});
    engine::RecordFile records{file};
    const auto done = engine::backtest(
        definitions.metaevents, [&] { return records.next(); }, options,
        [&](engine::Derived&& derived) {
            if (all || derived.kind == engine::Derived::Kind::Fired)
                session.printLine(derived.toBacktestLine());
        });
    return done ? kDone : session.fail(done.error());
}

int overJournal(Session& session, const Definitions& definitions, const engine::BacktestOptions& options,
                bool all) {
    json::object params{{"definitions", definitions.all}, {"all", all}};
    if (options.from) params["from"] = toUs(*options.from);
    if (options.until) params["until"] = toUs(*options.until);
    auto answer = session.ask("backtest", params);
    if (!answer) return session.fail(definitions.inFile(answer.error()));
    session.printLines(listMember(*answer, "lines"));
    return kDone;
}

}  // namespace

int backtest(Session& session, const Arguments& arguments) {
    engine::BacktestOptions options;
    const auto from = arguments.time("--from", session.now());
    if (!from) return session.misuse(from.error());
    options.from = *from;
    const auto until = arguments.time("--until", session.now());
    if (!until) return session.misuse(until.error());
    options.until = *until;

    const auto definitions = Definitions::read({*arguments.value("--metaevents")});
    if (!definitions) return session.fail(definitions.error());
    const bool all = arguments.has("--all");
    if (const auto path = arguments.value("--records"))
        return overFile(session, *definitions, *path, options, all);
    return overJournal(session, *definitions, options, all);
}

}  // namespace dogwatch::cli

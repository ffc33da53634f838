// journal backup | check | restore | salvage: the file that everything rests on.
#include <filesystem>

#include "core/cli/commands.h"
#include "core/cli/daemon_process.h"

namespace dogwatch::cli {
namespace {

/// The last line that dogwatchd prints of such work.
Result<json::object> offline(const Session& session, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--data", session.dataDir()});
    json::object last;
    if (auto done = runDaemon(arguments, [&](json::object line) { last = std::move(line); }); !done)
        return tl::unexpected(done.error());
    return last;
}

void printReplaced(Session& session, const json::object& result) {
    const auto replaced = stringMember(result, "replaced");
    if (!replaced.empty()) session.out() << "what was there before is kept as " << replaced << '\n';
}

}  // namespace

int backupJournal(Session& session, const Arguments& arguments) {
    std::error_code error;
    const auto file = std::filesystem::absolute(arguments.operand(), error).lexically_normal().string();
    const auto answer = session.ask("journal.backup", {{"file", file}});
    if (!answer) return session.fail(answer.error());
    if (session.json()) {
        session.printLine(*answer);
    } else {
        session.out() << textCell(*answer, "records") << " records and all that belongs to them are in "
                      << file << '\n';
    }
    return kDone;
}

int checkJournal(Session& session, const Arguments& /*arguments*/) {
    // Whoever serves the journal checks it; where nobody does, it is looked at as it lies there.
    const bool served = session.isServed();
    const auto answer = served ? session.ask("journal.check", {}) : offline(session, {"--check"});
    if (!answer) return session.fail(answer.error());
    if (session.json()) {
        session.printLine(*answer);
    } else {
        session.out() << "the journal is whole\n";
    }
    return kDone;
}

int restoreJournal(Session& session, const Arguments& arguments) {
    const auto answer = offline(session, {"--restore", arguments.operand()});
    if (!answer) return session.fail(answer.error());
    if (session.json()) {
        session.printLine(*answer);
        return kDone;
    }
    session.out() << textCell(*answer, "records") << " records restored, the last of "
                  << timeCell(*answer, "last_time", session.now()) << '\n';
    printReplaced(session, *answer);
    return kDone;
}

int salvageJournal(Session& session, const Arguments& /*arguments*/) {
    auto answer = offline(session, {"--salvage"});
    if (!answer) return session.fail(answer.error());
    if (session.json()) {
        session.printLine(*answer);
        return kDone;
    }
    session.out() << textCell(*answer, "records") << " records could be read, " << textCell(*answer, "lost")
                  << " between them could not\n";
    for (const auto& table : answer->at("tables").get_array())
        session.out() << "something is missing of the " << table.get_string().c_str() << '\n';
    printReplaced(session, *answer);
    return kDone;
}

}  // namespace dogwatch::cli

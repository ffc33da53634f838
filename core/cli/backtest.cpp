// backtest: when metaevents would have fired, over a file of records or over the control plane's journal.
// Prints the JSON lines of section 7 of the metaevent spec with --json and without; with --compare the
// firings that two sets of definitions do not share.
#include "core/engine/backtest.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>

#include "core/cli/commands.h"
#include "core/cli/definitions.h"
#include "core/cli/long_work.h"
#include "core/engine/compare.h"
#include "core/engine/record_file.h"

namespace dogwatch::cli {
namespace {

constexpr std::int64_t kLookEvery = 4096;  ///< records of a file between two looks at Ctrl+C

struct Wanted {
    Definitions definitions;
    std::optional<Definitions> compare;
    engine::BacktestOptions options;
    bool all = false;
};

// ---- the firings that two sets do not share

void printDifference(Session& session, std::string_view change, const json::object& line) {
    if (session.json()) {
        json::object marked{{"change", change}};
        for (const auto& member : line) marked[member.key()] = member.value();
        session.printLine(marked);
        return;
    }
    const bool gained = change == "gained";
    session.out() << session.palette().paint(gained ? "+ " : "- ", gained ? Colour::Good : Colour::Bad)
                  << toJson(line) << '\n';
}

/// Both lists in the order of time; then, for people, how many there are.
void printDifferences(Session& session, const json::array& gained, const json::array& lost,
                      const std::string& counts) {
    const auto timeOf = [](const json::value& line) { return intMember(line.get_object(), "time"); };
    auto loss = lost.begin();
    for (const auto& gain : gained) {
        for (; loss != lost.end() && timeOf(*loss) <= timeOf(gain); ++loss) {
            printDifference(session, "lost", loss->get_object());
        }
        printDifference(session, "gained", gain.get_object());
    }
    for (; loss != lost.end(); ++loss) printDifference(session, "lost", loss->get_object());
    session.out().flush();
    if (!session.json()) session.err() << counts << '\n';
}

std::string countsText(std::int64_t gained, std::int64_t lost, std::int64_t kept, bool isCut) {
    return std::to_string(gained) + " gained, " + std::to_string(lost) + " lost, " + std::to_string(kept) +
           " kept" + (isCut ? "; only the earliest are listed" : "");
}

// ---- over a file

/// Reads the records of a file to its end, or to Ctrl+C.
template <typename Take>
Result<void> eachRecord(std::istream& file, ProgressLine& line, Take take) {
    const Interrupt interrupt;
    engine::RecordFile records{file};
    for (std::int64_t count = 0;; ++count) {
        if (count % kLookEvery == 0) {
            if (Interrupt::requested()) return failure(Error::Kind::Refused, "It was cancelled.");
            if (count % (kLookEvery * 16) == 0 && count > 0) line.show(count, 0);
        }
        auto next = records.next();
        if (!next) return tl::unexpected(next.error());
        if (!*next) return {};
        if (auto taken = take(**next); !taken) return taken;
    }
}

Result<void> compareOverFile(Session& session, const Wanted& wanted, std::istream& file, ProgressLine& line) {
    engine::FiringComparison comparison(wanted.definitions.metaevents, wanted.compare->metaevents);
    Result<void> fault;
    const auto into = [&](bool isOther) {
        return [&, isOther](engine::Derived&& derived) {
            if (fault) fault = comparison.add(derived, isOther);
        };
    };
    const engine::Sink ownSink = into(false);
    const engine::Sink otherSink = into(true);
    engine::Backtest own(wanted.definitions.metaevents, wanted.options);
    engine::Backtest other(wanted.compare->metaevents, wanted.options);
    const auto read = eachRecord(file, line, [&](const Record& record) -> Result<void> {
        if (auto added = own.add(record, ownSink); !added) return added;
        if (auto added = other.add(record, otherSink); !added) return added;
        return fault;
    });
    if (!read) return read;
    if (auto done = own.finish(ownSink); !done) return done;
    if (auto done = other.finish(otherSink); !done) return done;
    if (!fault) return fault;
    line.clear();
    const auto difference = comparison.result();
    const auto& [gained, lost, kept] = difference;
    const bool isCut = gained.count > std::ssize(gained.lines) || lost.count > std::ssize(lost.lines);
    printDifferences(session, gained.lines, lost.lines,
                     countsText(gained.count, lost.count, kept.count, isCut));
    return {};
}

Result<void> runOverFile(Session& session, const Wanted& wanted, std::istream& file, ProgressLine& line) {
    const engine::Sink sink = [&](engine::Derived&& derived) {
        if (!wanted.all && derived.kind != engine::Derived::Kind::Fired) return;
        line.clear();
        session.printLine(derived.toBacktestLine());
    };
    engine::Backtest backtest(wanted.definitions.metaevents, wanted.options);
    const auto read =
        eachRecord(file, line, [&](const Record& record) { return backtest.add(record, sink); });
    return read ? backtest.finish(sink) : read;
}

int overFile(Session& session, const Wanted& wanted, const std::string& path) {
    std::ifstream file{path};
    if (!file)
        return session.fail({Error::Kind::Io, "Cannot read " + path + ": " + std::strerror(errno) + ".", {}});
    ProgressLine line(session.err(), !session.json());
    const auto done = wanted.compare ? compareOverFile(session, wanted, file, line)
                                     : runOverFile(session, wanted, file, line);
    line.clear();
    return done ? kDone : session.fail(done.error());
}

// ---- over the journal

/// The error with its path in the file that it is about.
Error inFile(const Wanted& wanted, Error error) {
    constexpr std::string_view kCompare = "compare.";
    if (!wanted.compare || !error.path.starts_with(kCompare)) return wanted.definitions.inFile(error);
    error.path.erase(0, kCompare.size());
    return wanted.compare->inFile(error);
}

Result<json::object> ask(Session& session, json::object params, ProgressLine& line) {
    const Interrupt interrupt;
    if (line.isShown()) params["progress"] = true;
    auto answer = session.ask("backtest", params, listening(line));
    line.clear();
    return answer;
}

int overJournal(Session& session, const Wanted& wanted) {
    json::object params{{"definitions", wanted.definitions.all}, {"all", wanted.all}};
    if (wanted.options.from) params["from"] = toUs(*wanted.options.from);
    if (wanted.options.until) params["until"] = toUs(*wanted.options.until);
    ProgressLine line(session.err(), !session.json());
    if (wanted.compare) {
        params["compare"] = wanted.compare->all;
        params["limit"] = 0;
        auto answer = ask(session, params, line);
        if (!answer) return session.fail(inFile(wanted, answer.error()));
        auto compare = (*answer)["compare"].is_object() ? (*answer)["compare"].get_object() : json::object{};
        auto part = [&compare](const char* key) {
            return compare[key].is_object() ? compare[key].get_object() : json::object{};
        };
        auto gained = part("gained");
        auto lost = part("lost");
        const auto kept = part("kept");
        const bool isCut = boolMember(gained, "truncated") || boolMember(lost, "truncated");
        printDifferences(session, listMember(gained, "lines"), listMember(lost, "lines"),
                         countsText(intMember(gained, "count"), intMember(lost, "count"),
                                    intMember(kept, "count"), isCut));
        return kDone;
    }
    for (std::int64_t skip = 0;;) {
        params["skip"] = skip;
        auto answer = ask(session, params, line);
        if (!answer) return session.fail(inFile(wanted, answer.error()));
        const auto lines = listMember(*answer, "lines");
        session.printLines(lines);
        skip += std::ssize(lines);
        if (!boolMember(*answer, "truncated") || lines.empty()) return kDone;
    }
}

}  // namespace

int backtest(Session& session, const Arguments& arguments) {
    const auto from = arguments.time("--from", session.now());
    if (!from) return session.misuse(from.error());
    const auto until = arguments.time("--until", session.now());
    if (!until) return session.misuse(until.error());
    auto definitions = Definitions::read({*arguments.value("--metaevents")});
    if (!definitions) return session.fail(definitions.error());
    Wanted wanted{std::move(*definitions), {}, {}, arguments.has("--all")};
    wanted.options.from = *from;
    wanted.options.until = *until;
    if (const auto file = arguments.value("--compare")) {
        auto compare = Definitions::read({*file});
        if (!compare) return session.fail(compare.error());
        wanted.compare = std::move(*compare);
    }
    if (const auto path = arguments.value("--records")) return overFile(session, wanted, *path);
    return overJournal(session, wanted);
}

}  // namespace dogwatch::cli

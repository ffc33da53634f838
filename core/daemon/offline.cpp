#include "core/daemon/offline.h"

#include <fmt/format.h>

#include <cstdio>

#include "core/control/clock.h"
#include "core/control/data_directory.h"
#include "core/control/import_journal.h"
#include "core/journal/rescue.h"
#include "core/model/json.h"

namespace dogwatch::daemon {
namespace {

void print(const json::object& line) {
    fmt::print("{}\n", toJson(json::value(line)));
    std::fflush(stdout);
}

json::object toJson(const journal::Restored& restored) {
    json::object line{{"records", restored.records}, {"last_seq", restored.lastSeq}};
    if (restored.records > 0) line["last_time"] = toUs(restored.lastTime);
    line["replaced"] = restored.replaced.empty() ? json::value() : json::value(restored.replaced);
    return line;
}

json::object toJson(const journal::Salvaged& salvaged) {
    json::object line = toJson(salvaged.journal);
    line["lost"] = salvaged.lost;
    json::array holes;
    for (const auto& hole : salvaged.holes) holes.push_back(json::array{hole.first, hole.last});
    line["holes"] = std::move(holes);
    line["tables"] = json::array(salvaged.tables.begin(), salvaged.tables.end());
    return line;
}

json::object toJson(const control::Imported& imported) {
    return {{"imported", imported.records},
            {"passed_over", imported.passedOver},
            {"last_seq", imported.lastSeq},
            {"last_time", toUs(imported.lastTime)}};
}

template <typename T>
Result<void> printResult(const Result<T>& result) {
    if (!result) return tl::unexpected(result.error());
    print(toJson(*result));
    return {};
}

Result<void> work(const Options& options, const control::DataDirectory& directory, Time now) {
    const std::string path = directory.path().string();
    switch (options.action) {
        case Action::Restore: return printResult(journal::restoreJournal(path, options.file, now));
        case Action::Salvage: return printResult(journal::salvageJournal(path, now));
        case Action::Import:
            return printResult(control::importJournal(path, options.file, now, [](std::int64_t records) {
                print({{"progress", records}});
            }));
        case Action::Check: {
            auto fine = journal::checkJournal(directory.journalFile().string());
            if (fine) print({{"ok", true}});
            return fine;
        }
        default: break;
    }
    return failure(Error::Kind::Internal, "Nothing to do was asked for.");
}

}  // namespace

Result<void> runOffline(const Options& options) {
    control::SystemClock clock;
    auto directory = control::DataDirectory::open(options.dataDir, clock.now());
    if (!directory) return tl::unexpected(directory.error());
    auto done = work(options, *directory, clock.now());
    if (!done) directory->abandon();
    return done;
}

}  // namespace dogwatch::daemon

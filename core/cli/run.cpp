#include "core/cli/run.h"

#include <algorithm>
#include <chrono>

#include "core/api/socket_path.h"
#include "core/cli/commands.h"
#include "core/cli/help.h"

namespace dogwatch::cli {

int run(const std::vector<std::string>& words, std::ostream& out, std::ostream& err, bool colour) {
    const auto line = parseCommandLine(words, commands());
    Settings settings;
    settings.now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
    settings.colour = colour;
    if (!line) {
        settings.json = std::find(words.begin(), words.end(), "--json") != words.end();
        return Session(settings, out, err).misuse(line.error());
    }
    if (line->help) {
        out << helpText(commands(), line->topic);
        return kDone;
    }
    if (line->version) {
        out << "dogwatchctl " DOGWATCH_VERSION "\n";
        return kDone;
    }
    settings.json = line->json;
    settings.dataDir = line->dataDir.empty() ? api::defaultDataDir() : line->dataDir;
    Session session(settings, out, err);
    const int status = line->command->run(session, line->arguments);
    out.flush();
    if (status == kDone && !out) {
        return session.fail({Error::Kind::Io, "The output cannot be written; is the disk full?", {}});
    }
    return status;
}

}  // namespace dogwatch::cli

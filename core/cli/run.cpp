#include "core/cli/run.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <iostream>

#include "core/api/socket_path.h"
#include "core/cli/commands.h"
#include "core/cli/help.h"

namespace dogwatch::cli {

int run(const std::vector<std::string>& words, std::ostream& out, std::ostream& err, bool colour,
        const Action& instead) {
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
    const int status =
        instead ? instead(session, line->arguments) : line->command->run(session, line->arguments);
    out.flush();
    if (status == kDone && !out) {
        return session.fail({Error::Kind::Io, "The output cannot be written; is the disk full?", {}});
    }
    return status;
}

int runMain(int argc, char** argv, const Action& instead) {
    std::ios::sync_with_stdio(false);
    const char* plain = std::getenv("NO_COLOR");  // NOLINT(concurrency-mt-unsafe): there is one thread
    const bool colour =
        ::isatty(STDOUT_FILENO) != 0 && ::isatty(STDERR_FILENO) != 0 && (plain == nullptr || *plain == '\0');
    try {
        return run(std::vector<std::string>(argv + 1, argv + argc), std::cout, std::cerr, colour, instead);
    } catch (const std::exception& defect) {
        std::cerr << "dogwatchctl met a defect of its own: " << defect.what() << '\n';
        return kFailed;
    }
}

}  // namespace dogwatch::cli

#include "core/cli/companion.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "core/cli/commands.h"

namespace dogwatch::cli {
namespace {

/// The words of this process's command line, the program's name first.
std::vector<std::string> ownWords() {
    std::ifstream file("/proc/self/cmdline", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    std::vector<std::string> words;
    for (std::size_t at = 0; at < text.size(); at += words.back().size() + 1) words.emplace_back(&text[at]);
    return words;
}

}  // namespace

int becomeCompanion(Session& session, const std::string& command) {
    std::error_code error;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
    const std::string path = (self.parent_path() / ("dogwatchctl-" + command)).string();
    auto words = ownWords();
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    session.out().flush();
    ::execv(path.c_str(), arguments.data());
    return session.fail({Error::Kind::Unavailable,
                         "The program " + path + " cannot be started (" + std::strerror(errno) +
                             "); install it beside dogwatchctl.",
                         {}});
}

std::optional<Error> benchFault(const Arguments& arguments) {
    const auto& wanted = arguments.operand();
    if (wanted != "engine" && wanted != "pool" && wanted != "journal" && wanted != "all") {
        return Error{Error::Kind::Invalid,
                     "What to measure must be engine, pool, journal or all, not \"" + wanted + "\".",
                     {}};
    }
    const auto seconds = arguments.number("--seconds", 1);
    return seconds ? std::nullopt : std::optional{seconds.error()};
}

int bench(Session& session, const Arguments& arguments) {
    if (const auto fault = benchFault(arguments)) return session.misuse(*fault);
    return becomeCompanion(session, "bench");
}

int demo(Session& session, const Arguments& /*arguments*/) {
    return becomeCompanion(session, "demo");
}

}  // namespace dogwatch::cli

// The whole of dogwatchctl but for main(): so that tests can run command lines without a process.
#pragma once

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "core/cli/arguments.h"
#include "core/cli/session.h"

namespace dogwatch::cli {

/// What a command does; returns the exit status.
using Action = std::function<int(Session&, const Arguments&)>;

/// `words`: the command line without the program's name. Returns the exit status. `instead`: runs in place of
/// the command's own action (see companion.h).
int run(const std::vector<std::string>& words, std::ostream& out, std::ostream& err, bool colour = false,
        const Action& instead = {});

/// main() of dogwatchctl and its companions.
int runMain(int argc, char** argv, const Action& instead = {});

}  // namespace dogwatch::cli

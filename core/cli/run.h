// The whole of dogwatchctl but for main(): so that tests can run command lines without a process.
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace dogwatch::cli {

/// `words`: the command line without the program's name. Returns the exit status.
int run(const std::vector<std::string>& words, std::ostream& out, std::ostream& err, bool colour = false);

}  // namespace dogwatch::cli

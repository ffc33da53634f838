#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "core/cli/run.h"

int main(int argc, char** argv) {
    std::ios::sync_with_stdio(false);
    const char* plain = std::getenv("NO_COLOR");  // NOLINT(concurrency-mt-unsafe): there is one thread
    const bool colour =
        ::isatty(STDOUT_FILENO) != 0 && ::isatty(STDERR_FILENO) != 0 && (plain == nullptr || *plain == '\0');
    try {
        return dogwatch::cli::run(std::vector<std::string>(argv + 1, argv + argc), std::cout, std::cerr,
                                  colour);
    } catch (const std::exception& defect) {
        std::cerr << "dogwatchctl met a defect of its own: " << defect.what() << '\n';
        return 1;
    }
}

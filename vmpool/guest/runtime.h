// What runtimes there are, from their runtime.conf files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vmpool/guest/result.h"

namespace dogwatch::guest {

struct Runtime {
    enum class Kind {
        Resident,  ///< one process loads the function once and serves one execution after another
        Call,      ///< one process for each execution: payload on standard input, result on standard output
        Api,       ///< the function is a program of its own, which asks for executions over the runtime API
    };
    std::string name;
    Kind kind = Kind::Call;
    std::vector<std::string> command;  ///< Api: the one program, below the working directory
    std::string handler;               ///< where the function names none
    std::string suffix;                ///< of a source file; empty: the handler is the file
    std::string rehearsal;             ///< file in its folder with the code of a rehearsal; empty: none
    std::string outOfMemory;  ///< what its processes print when they end themselves for lack of memory

    /// The file, below the working directory, that code which is no archive is kept in.
    [[nodiscard]] Result<std::string> sourceFile(const std::string& handler) const;
};

/// What stands in the braces of a command.
struct RuntimePlaces {
    std::string dir;            ///< {dir}: the runtime's folder, as the function sees it
    std::int64_t heapMiB = 64;  ///< {heap_mib}: for interpreters that size their heap when they start
};

/// The text of a runtime.conf: "key = value" lines, '#' comments.
Result<Runtime> parseRuntime(const std::string& name, std::string_view text, const RuntimePlaces& places);

/// All in `outside`/NAME/runtime.conf, sorted by name; `inside` is the same folder as the function sees it.
std::vector<Runtime> findRuntimes(const std::string& outside, const std::string& inside);

}  // namespace dogwatch::guest

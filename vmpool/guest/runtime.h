// What runtimes there are, from their runtime.conf files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vmpool/guest/result.h"

namespace dogwatch::guest {

struct Runtime {
    enum class Kind {
        Resident,  ///< one process loads the function once and serves one execution after another
        Call,      ///< one process for each execution: payload on standard input, result on standard output
    };
    std::string name;
    Kind kind = Kind::Call;
    std::vector<std::string> command;
    std::string handler;  ///< where the function names none
    std::string suffix;   ///< of a source file; empty: the handler is the file

    /// The file, below the working directory, that code which is no archive is kept in.
    [[nodiscard]] Result<std::string> sourceFile(const std::string& handler) const;
};

/// The text of a runtime.conf: "key = value" lines, '#' comments; {dir} in the command stands for `dir`.
Result<Runtime> parseRuntime(const std::string& name, std::string_view text, const std::string& dir);

/// All in `outside`/NAME/runtime.conf, sorted by name; `inside` is the same folder as the function sees it.
std::vector<Runtime> findRuntimes(const std::string& outside, const std::string& inside);

}  // namespace dogwatch::guest

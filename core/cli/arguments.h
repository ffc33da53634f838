// Arguments: a command line read against the table of commands. Pure; wrong usage is an Error whose text says
// what is wrong and what would be right.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/result.h"
#include "core/model/time.h"

namespace dogwatch::cli {

class Session;
class Arguments;

struct Option {
    std::string_view name;   ///< "--runtime"
    std::string_view value;  ///< what stands for its value in the help: "R"; empty: it has none
    std::string_view help;
    bool repeated = false;  ///< may be given several times
    bool required = false;
};

struct Command {
    std::string_view words;     ///< "functions add"
    std::string_view operands;  ///< "NAME", "ID...", "" ; each is required, `...` means one or more
    std::string_view help;      ///< one line
    std::vector<Option> options;
    int (*run)(Session& session, const Arguments& arguments) = nullptr;

    [[nodiscard]] const Option* option(std::string_view name) const;
};

/// What stands after the words of a command.
class Arguments {
 public:
    std::vector<std::string> operands;
    std::map<std::string, std::vector<std::string>, std::less<>> options;

    [[nodiscard]] const std::string& operand(std::size_t index = 0) const { return operands.at(index); }
    [[nodiscard]] bool has(std::string_view option) const { return options.contains(option); }
    [[nodiscard]] std::optional<std::string> value(std::string_view option) const;
    [[nodiscard]] std::vector<std::string> values(std::string_view option) const;

    // The value of an option as what it must be; none when it was not given. Errors are wrong usage.
    [[nodiscard]] Result<std::optional<std::int64_t>> number(std::string_view option,
                                                             std::int64_t least) const;
    [[nodiscard]] Result<std::optional<Duration>> duration(std::string_view option) const;
    /// Times may be relative to `now`.
    [[nodiscard]] Result<std::optional<Time>> time(std::string_view option, Time now) const;
};

/// A whole command line.
struct CommandLine {
    const Command* command = nullptr;  ///< null: help or the version alone was asked for
    Arguments arguments;
    std::string dataDir;  ///< empty: the default
    bool json = false;
    bool help = false;
    bool version = false;
    std::string topic;  ///< of the help: the words before --help
};

/// `words`: without the program's name. Options may stand anywhere, as `--name value` or `--name=value`; what
/// follows `--` is no option.
Result<CommandLine> parseCommandLine(const std::vector<std::string>& words,
                                     const std::vector<Command>& commands);

}  // namespace dogwatch::cli

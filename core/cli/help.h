// The help, and the reference in docs/cli.md, made from the table of commands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/cli/arguments.h"

namespace dogwatch::cli {

/// Those that every command has: --json, --data, --help, --version.
const std::vector<Option>& globalOptions();

/// "functions add NAME --runtime R ..."
std::string synopsis(const Command& command);

/// `topic`: the words of one command or of a group; empty or unknown: all.
std::string helpText(const std::vector<Command>& commands, std::string_view topic);
/// The reference of all commands, as Markdown.
std::string referenceMarkdown(const std::vector<Command>& commands);

}  // namespace dogwatch::cli

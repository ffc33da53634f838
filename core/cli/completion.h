// Completion of dogwatchctl's command lines in shells, made from the table of commands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/cli/arguments.h"

namespace dogwatch::cli {

/// A script for "bash", "zsh" or "fish" to read; empty for another shell.
std::string completionScript(std::string_view shell, const std::vector<Command>& commands);

}  // namespace dogwatch::cli

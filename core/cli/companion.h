// Companions: programs that do one command of dogwatchctl each, beside it. `demo` and `bench` need an event
// loop and what comes with it; loading that would cost every other command 20 ms at its start.
#pragma once

#include <optional>
#include <string>

#include "core/cli/arguments.h"
#include "core/cli/session.h"

namespace dogwatch::cli {

/// What is wrong with the arguments of `bench`.
std::optional<Error> benchFault(const Arguments& arguments);

/// Becomes the program dogwatchctl-`command` with the command line of this one; returns only when there is
/// none.
int becomeCompanion(Session& session, const std::string& command);

}  // namespace dogwatch::cli

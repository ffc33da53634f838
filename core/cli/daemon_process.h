// What dogwatchctl has `dogwatchd` do to a journal that no control plane serves.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/model/json.h"
#include "core/model/result.h"

namespace dogwatch::cli {

/// Runs dogwatchd, the one beside this program or on the PATH, with these arguments until it ends. It prints
/// JSON objects, one a line, each of which goes to `take` as it comes. The error is what it says on standard
/// error, or that it cannot be started.
Result<void> runDaemon(std::vector<std::string> arguments, const std::function<void(json::object)>& take);

}  // namespace dogwatch::cli

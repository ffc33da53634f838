// DIR/dogwatch.conf: settings of dogwatchd that stay (docs/configuration.md). One a line, `NAME = VALUE`, as
// the option of that name takes it; `#` begins a comment. An option on the command line has the last word.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/result.h"

namespace dogwatch::daemon {

struct Setting {
    std::string name;
    std::string value;
    int line = 0;
};

/// Strict: what is no setting, and one that is set twice, is a fault with its line.
Result<std::vector<Setting>> parseConfig(std::string_view text);

/// The settings of this file; none when there is no file.
Result<std::vector<Setting>> readConfig(const std::filesystem::path& file);

}  // namespace dogwatch::daemon

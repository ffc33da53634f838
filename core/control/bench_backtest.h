// `dogwatchctl bench engine`: backtests of one definition, over a journal on disk and over records in memory.
#pragma once

#include <string>
#include <vector>

#include "core/model/figure.h"
#include "core/model/result.h"

namespace dogwatch::control {

/// Records a second, reading included, beside reading them alone: of a definition that needs no field beyond
/// kind and function, and of one that needs a field of every record. The journal has a million records, fewer
/// where `seconds` is less than ten; it is made under `directory`.
Result<std::vector<Figure>> benchBacktest(int seconds, const std::string& directory);

}  // namespace dogwatch::control

// Figure: one measured number of `dogwatchctl bench` (spec: interfaces).
#pragma once

#include <cstdint>
#include <string>

#include "core/model/json.h"

namespace dogwatch {

struct Figure {
    std::string bench;  ///< what was measured: "journal.append"
    double value = 0;
    std::string unit;      ///< "records/s", "us", ...
    std::string baseline;  ///< what it is compared with in the same run; empty: nothing
    double ratio = 0;      ///< value over the baseline's; 0 without one
    std::int64_t runs = 1;
};

/// {"bench", "value", "unit", "baseline", "ratio", "runs"}; baseline and ratio are null without a comparison.
json::object toJson(const Figure& figure);

}  // namespace dogwatch

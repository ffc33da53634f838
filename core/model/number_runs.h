// Ascending numbers as text: base64 VLQ digits of (gap, length) for each run of neighbours, so that the
// numbers of a million rows cost a line or two, and those of a scattered half of them one character each.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/result.h"

namespace dogwatch {

/// `numbers`: positive, strictly ascending.
std::string encodeRuns(std::span<const std::int64_t> numbers);
/// At most `most` numbers; an error where the text is none that encodeRuns() makes.
Result<std::vector<std::int64_t>> decodeRuns(std::string_view text, std::size_t most = 50'000'000);

}  // namespace dogwatch

// Ascending numbers as runs of neighbours, and those as text: base64 VLQ digits of (gap, length), so that the
// numbers of a million rows cost a line or two, and those of a scattered half of them one character each.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/result.h"

namespace dogwatch {

struct NumberRun {
    std::int64_t first = 0;
    std::int64_t length = 0;
    bool operator==(const NumberRun&) const = default;
};
using NumberRuns = std::vector<NumberRun>;  ///< ascending, with gaps between them

/// `numbers`: positive, strictly ascending.
NumberRuns runsOf(std::span<const std::int64_t> numbers);
std::vector<std::int64_t> numbersOf(const NumberRuns& runs);
std::int64_t countOf(const NumberRuns& runs);

std::string encodeRuns(const NumberRuns& runs);
/// Of at most `most` numbers; an error where the text is none that encodeRuns() makes.
Result<NumberRuns> decodeRuns(std::string_view text, std::int64_t most = 50'000'000);

}  // namespace dogwatch

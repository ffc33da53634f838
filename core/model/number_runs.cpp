#include "core/model/number_runs.h"

#include <array>
#include <numeric>
#include <optional>

namespace dogwatch {
namespace {

constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint64_t kMore = 32;  // further digits follow
constexpr unsigned kBits = 5;

void put(std::string& text, std::uint64_t value) {
    do {
        const std::uint64_t digit = value & (kMore - 1);
        value >>= kBits;
        text += kDigits[value > 0 ? digit | kMore : digit];
    } while (value > 0);
}

std::array<int, 256> digitValues() {
    std::array<int, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < kDigits.size(); ++i)
        values[static_cast<unsigned char>(kDigits[i])] = static_cast<int>(i);
    return values;
}

/// Takes one value from the front of the text; none: it is malformed.
std::optional<std::uint64_t> take(std::string_view& text) {
    static const auto kValues = digitValues();
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 60 && !text.empty(); shift += kBits) {
        const int digit = kValues[static_cast<unsigned char>(text.front())];
        if (digit < 0) return std::nullopt;
        text.remove_prefix(1);
        const auto bits = static_cast<std::uint64_t>(digit);
        value |= (bits & (kMore - 1)) << shift;
        if ((bits & kMore) == 0) return value;
    }
    return std::nullopt;
}

}  // namespace

NumberRuns runsOf(std::span<const std::int64_t> numbers) {
    NumberRuns runs;
    for (const std::int64_t number : numbers) {
        if (runs.empty() || number != runs.back().first + runs.back().length) runs.push_back({number, 0});
        ++runs.back().length;
    }
    return runs;
}

std::vector<std::int64_t> numbersOf(const NumberRuns& runs) {
    std::vector<std::int64_t> numbers(static_cast<std::size_t>(countOf(runs)));
    auto to = numbers.begin();
    for (const NumberRun& run : runs) {
        const auto end = to + run.length;
        std::iota(to, end, run.first);
        to = end;
    }
    return numbers;
}

std::int64_t countOf(const NumberRuns& runs) {
    return std::accumulate(runs.begin(), runs.end(), std::int64_t{0},
                           [](std::int64_t sum, const NumberRun& run) { return sum + run.length; });
}

std::string encodeRuns(const NumberRuns& runs) {
    std::string text;
    std::int64_t end = 0;  // one past the last run
    for (const NumberRun& run : runs) {
        put(text, static_cast<std::uint64_t>(run.first - end));
        put(text, static_cast<std::uint64_t>(run.length));
        end = run.first + run.length;
    }
    return text;
}

Result<NumberRuns> decodeRuns(std::string_view text, std::int64_t most) {
    constexpr std::uint64_t kLargest = std::uint64_t{1} << 61U;
    NumberRuns runs;
    std::int64_t at = 0;
    while (!text.empty()) {
        const auto gap = take(text);
        const auto length = gap ? take(text) : std::nullopt;
        if (!length || *length > static_cast<std::uint64_t>(most) ||
            *gap > kLargest - static_cast<std::uint64_t>(at)) {
            return malformed("runs", "pairs of base64 VLQ numbers");
        }
        at += static_cast<std::int64_t>(*gap);
        runs.push_back({at, static_cast<std::int64_t>(*length)});
        at += runs.back().length;
        most -= runs.back().length;
    }
    return runs;
}

}  // namespace dogwatch

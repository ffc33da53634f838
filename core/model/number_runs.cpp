#include "core/model/number_runs.h"

#include <array>
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

std::string encodeRuns(std::span<const std::int64_t> numbers) {
    std::string text;
    std::int64_t end = 0;  // one past the last run
    for (std::size_t i = 0; i < numbers.size();) {
        std::size_t next = i + 1;
        while (next < numbers.size() && numbers[next] == numbers[next - 1] + 1) ++next;
        put(text, static_cast<std::uint64_t>(numbers[i] - end));
        put(text, next - i);
        end = numbers[next - 1] + 1;
        i = next;
    }
    return text;
}

Result<std::vector<std::int64_t>> decodeRuns(std::string_view text, std::size_t most) {
    std::vector<std::int64_t> numbers;
    std::int64_t at = 0;
    while (!text.empty()) {
        const auto gap = take(text);
        const auto length = gap ? take(text) : std::nullopt;
        if (!length || *length > most - numbers.size())
            return malformed("runs", "pairs of base64 VLQ numbers");
        at += static_cast<std::int64_t>(*gap);
        for (std::uint64_t i = 0; i < *length; ++i) numbers.push_back(at++);
    }
    return numbers;
}

}  // namespace dogwatch

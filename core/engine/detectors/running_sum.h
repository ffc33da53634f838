// RunningSum: a sum that values enter and leave. Exact for whole numbers; of others it keeps twice the digits
// of a double, and tells when cancellation has eaten them.
#pragma once

#include <cmath>
#include <cstdint>

namespace dogwatch::engine {

class RunningSum {
 public:
    void add(double value) { apply(value, 1); }
    void remove(double value) { apply(value, -1); }

    [[nodiscard]] double value() const { return fractions_ == 0 ? whole() : whole() + (high_ + low_); }

    /// -1, 0 or 1: how it compares with a bound.
    [[nodiscard]] int compare(double bound) const {
        if (fractions_ == 0 && isWhole(bound)) {
            const auto exact = static_cast<Wide>(bound);
            return whole_ < exact ? -1 : whole_ > exact ? 1 : 0;
        }
        const double sum = value();
        return sum < bound ? -1 : sum > bound ? 1 : 0;
    }

    /// Rounding may have eaten what is left, now that a value left that dwarfs it: clear(), and add all
    /// again.
    [[nodiscard]] bool isWorn() const { return worn_; }
    void clear() { *this = RunningSum{}; }

    template <typename Archive>
    void archive(Archive& a) {
        auto upper = static_cast<std::int64_t>(whole_ >> 64U);
        auto lower = static_cast<std::uint64_t>(whole_);
        a.field(upper);
        a.field(lower);
        whole_ =
            static_cast<Wide>((static_cast<UnsignedWide>(static_cast<std::uint64_t>(upper)) << 64U) | lower);
        a.field(high_);
        a.field(low_);
        a.field(inexact_);
        a.field(worn_);
        a.field(fractions_);
    }

 private:
    __extension__ using Wide = __int128;
    __extension__ using UnsignedWide = unsigned __int128;
    static constexpr double kLargestWhole = 1.2676506002282294e30;  // 2^100: a million of them fit into Wide
    static constexpr double kLargestWord = 4e18;
    static constexpr double kDigits =
        1e-18;  ///< of a value that left: what is smaller may be its rounding error

    static bool isWhole(double value) {
        return std::fabs(value) < kLargestWhole && std::floor(value) == value;
    }

    /// Whole and small enough for a machine word: nearly all values are.
    static bool isWord(double value) {
        return std::fabs(value) < kLargestWord &&
               static_cast<double>(static_cast<std::int64_t>(value)) == value;
    }

    [[nodiscard]] double whole() const {
        const auto word = static_cast<std::int64_t>(whole_);
        return word == whole_ ? static_cast<double>(word) : static_cast<double>(whole_);
    }

    void apply(double value, int sign) {
        if (isWord(value)) {
            whole_ += sign < 0 ? -static_cast<std::int64_t>(value) : static_cast<std::int64_t>(value);
            return;
        }
        if (isWhole(value)) {
            whole_ += static_cast<Wide>(value) * sign;
            return;
        }
        fractions_ += sign;
        addTwice(sign * value);
        if (fractions_ == 0) {
            high_ = low_ = 0;
            inexact_ = false;
        } else if (sign < 0 && inexact_ && std::fabs(value) * kDigits > std::fabs(high_)) {
            worn_ = true;
        }
    }

    /// Knuth's two-sum, carrying the rounding error along.
    void addTwice(double value) {
        const Sum sum = exactSum(high_, value);
        const Sum rest = exactSum(low_, sum.error);
        inexact_ = inexact_ || rest.error != 0;
        const Sum normal = exactSum(sum.value, rest.value);
        high_ = normal.value;
        low_ = normal.error;
    }

    struct Sum {
        double value;
        double error;
    };
    static Sum exactSum(double a, double b) {
        const double sum = a + b;
        const double part = sum - a;
        return {sum, (a - (sum - part)) + (b - part)};
    }

    Wide whole_ = 0;
    std::int64_t fractions_ = 0;  ///< values within that are not whole, or too large to be exact
    double high_ = 0;
    double low_ = 0;
    bool inexact_ = false;  ///< something was rounded away
    bool worn_ = false;
};

}  // namespace dogwatch::engine

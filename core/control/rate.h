// Rate: how many a second, over the last few seconds.
#pragma once

#include <array>
#include <cstdint>

#include "core/model/time.h"

namespace dogwatch::control {

class Rate {
 public:
    void add(std::int64_t count, Time now) {
        turnTo(now);
        counts_[index(second_)] += count;
    }

    /// Over the last kSeconds whole seconds.
    [[nodiscard]] double perSecond(Time now) {
        turnTo(now);
        std::int64_t sum = 0;
        for (std::int64_t back = 1; back <= kSeconds; ++back) sum += counts_[index(second_ - back)];
        return static_cast<double>(sum) / static_cast<double>(kSeconds);
    }

 private:
    static constexpr std::int64_t kSeconds = 5;
    static constexpr std::int64_t kSlots = kSeconds + 1;

    static std::size_t index(std::int64_t second) {
        return static_cast<std::size_t>((second % kSlots + kSlots) % kSlots);
    }

    void turnTo(Time now) {
        const std::int64_t second = toUs(now) / 1'000'000;
        if (second - second_ >= kSlots) {
            counts_ = {};
        } else {
            for (std::int64_t each = second_ + 1; each <= second; ++each) counts_[index(each)] = 0;
        }
        if (second > second_) second_ = second;
    }

    std::array<std::int64_t, kSlots> counts_{};
    std::int64_t second_ = 0;
};

}  // namespace dogwatch::control

// TokenBucket: a rate limit that lets bursts of `count` through and refills evenly over the window. Pure:
// time comes in.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/model/function.h"
#include "core/model/time.h"

namespace dogwatch::dispatch {

class TokenBucket {
 public:
    /// Full at `now`.
    TokenBucket(const RateLimit& rate, Time now)
        : rate_(rate), tokens_(static_cast<double>(rate.count)), filledAt_(now) {}

    [[nodiscard]] const RateLimit& rate() const { return rate_; }

    /// Whether a token is there at `now`.
    bool ready(Time now) {
        refill(now);
        return tokens_ >= 1 - kRounding;
    }
    void take() { tokens_ = std::max(0.0, tokens_ - 1); }
    /// Puts back one that was taken for nothing.
    void giveBack() { tokens_ = std::min(tokens_ + 1, static_cast<double>(rate_.count)); }

    /// The earliest time at which ready() holds, if nothing is taken before; not before the last refill.
    [[nodiscard]] Time readyAt() const {
        const double missing = 1 - tokens_;
        if (missing <= kRounding) return filledAt_;
        const double us =
            missing * static_cast<double>(rate_.window.count()) / static_cast<double>(rate_.count);
        return filledAt_ + Duration{static_cast<std::int64_t>(std::ceil(us - kRoundingUs))};
    }

    /// The same bucket under a changed limit: what was used stays used.
    void setRate(const RateLimit& rate, Time now) {
        refill(now);
        const double used = static_cast<double>(rate_.count) - tokens_;
        rate_ = rate;
        tokens_ = std::max(0.0, static_cast<double>(rate.count) - used);
    }

 private:
    static constexpr double kRounding = 1e-9;  // of tokens, which are sums of fractions
    static constexpr double kRoundingUs = 1e-6;

    void refill(Time now) {
        if (now <= filledAt_) return;
        const auto elapsed = static_cast<double>((now - filledAt_).count());
        const auto count = static_cast<double>(rate_.count);
        tokens_ = std::min(count, tokens_ + elapsed * count / static_cast<double>(rate_.window.count()));
        filledAt_ = now;
    }

    RateLimit rate_;
    double tokens_;
    Time filledAt_;
};

}  // namespace dogwatch::dispatch

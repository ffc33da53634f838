// Compare: the firings of two sets of definitions over one history, one against the other.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/engine/engine.h"

namespace dogwatch::engine {

/// Firings that one side has, or both have.
struct FiringSet {
    static constexpr std::size_t kMost = 10'000;
    std::int64_t count = 0;
    json::array lines;  ///< as `backtest` prints them; the earliest, at most kMost
};

struct FiringDifference {
    FiringSet gained;  ///< not in the other
    FiringSet lost;    ///< in the other alone
    FiringSet kept;
};

class FiringComparison {
 public:
    /// Two single definitions are compared whatever their names are; others by name.
    FiringComparison(const std::vector<Metaevent>& own, const std::vector<Metaevent>& other)
        : byName_(own.size() != 1 || other.size() != 1) {}

    /// Takes in what one of them derived. Refused where there are more firings than can be compared.
    Result<void> add(const Derived& derived, bool isOther);
    [[nodiscard]] FiringDifference result() const;

 private:
    struct One {
        std::string identity;
        std::string line;
    };
    [[nodiscard]] std::string identity(const Derived& derived) const;
    static void put(FiringSet& to, const One& one);

    bool byName_;
    std::vector<One> own_;
    std::vector<One> other_;
};

}  // namespace dogwatch::engine

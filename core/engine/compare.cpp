#include "core/engine/compare.h"

#include <fmt/format.h>

#include <iterator>
#include <string_view>
#include <unordered_map>

namespace dogwatch::engine {
namespace {

constexpr std::int64_t kMostCompared = 1'000'000;  ///< firings of one side

}  // namespace

Result<void> FiringComparison::add(const Derived& derived, bool isOther) {
    if (derived.kind != Derived::Kind::Fired) return {};
    auto& side = isOther ? other_ : own_;
    if (std::ssize(side) >= kMostCompared) {
        return failure(Error::Kind::Refused,
                       fmt::format("There are over {} firings to compare: narrow the time.", kMostCompared));
    }
    side.push_back({identity(derived), toJson(json::value(derived.toBacktestLine()))});
    return {};
}

std::string FiringComparison::identity(const Derived& derived) const {
    return fmt::format("{}\n{}\n{}\n{}\n{}", byName_ ? derived.metaevent : std::string(), toJson(derived.key),
                       toUs(derived.time), derived.cause, derived.edge);
}

void FiringComparison::put(FiringSet& to, const One& one) {
    ++to.count;
    if (to.lines.size() < FiringSet::kMost) to.lines.push_back(*parseJson(one.line));
}

FiringDifference FiringComparison::result() const {
    FiringDifference difference;
    std::unordered_map<std::string_view, std::int64_t> unmatched;
    for (const One& one : other_) ++unmatched[one.identity];
    for (const One& one : own_) {
        const auto found = unmatched.find(one.identity);
        const bool isKept = found != unmatched.end() && found->second > 0;
        if (isKept) --found->second;
        put(isKept ? difference.kept : difference.gained, one);
    }
    for (const One& one : other_) {
        auto& left = unmatched[one.identity];
        if (left == 0) continue;
        --left;
        put(difference.lost, one);
    }
    return difference;
}

}  // namespace dogwatch::engine

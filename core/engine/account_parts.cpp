#include "core/engine/account_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace dogwatch::engine {

const Account* Account::in(std::string_view language) {
    if (language == "en") return &english();
    return language == "de" ? &german() : nullptr;
}

namespace account {
namespace {

using namespace condition;

const Condition* find(const Metaevent& definition, std::string_view path) {
    const auto tree = definition.when.tree();
    const auto found = std::find_if(tree.begin(), tree.end(),
                                    [path](const Condition* condition) { return condition->path == path; });
    return found != tree.end() ? *found : nullptr;
}

}  // namespace

std::string numberText(double number) {
    if (std::floor(number) == number && std::fabs(number) < 1e15) return fmt::format("{:.0f}", number);
    return fmt::format("{:.6g}", number);
}

std::string percentText(double share) {
    return fmt::format("{:.4g}", share * 100);
}

bool isPulse(const Condition& condition) {
    return condition.as<Occurs>() != nullptr || condition.as<Changed>() != nullptr ||
           condition.as<Sequence>() != nullptr || condition.as<At>() != nullptr ||
           condition.as<Fired>() != nullptr;
}

std::optional<std::int64_t> howManyMore(const Comparison& is, std::optional<double> number) {
    const double actual = number.value_or(0);
    if (is.holds(actual)) return std::nullopt;
    double wanted = 0;
    switch (is.op) {
        case Comparison::Operator::GreaterEqual: wanted = std::ceil(is.number); break;
        case Comparison::Operator::Greater: wanted = std::floor(is.number) + 1; break;
        case Comparison::Operator::Equal: wanted = is.number; break;
        default: return std::nullopt;
    }
    if (wanted <= actual || wanted > 1e9) return std::nullopt;
    return static_cast<std::int64_t>(wanted - actual);
}

Hindrance hindranceOf(const Explanation& explanation) {
    const Moment& moment = explanation.moment;
    for (const auto& each : moment.conditions) {
        const Condition* condition = find(*explanation.definition, each.path);
        if (condition == nullptr || each.changes != moment.next->time || each.holds) continue;
        if (const auto* c = condition->as<Absent>()) return {Hindrance::By::Match, &c->selector};
        if (const auto* c = condition->as<Missed>()) return {Hindrance::By::Match, &c->selector};
        if (const auto* c = condition->as<Sequence>(); c != nullptr && c->steps.back().isNot)
            return {Hindrance::By::Match, &c->steps.back().selector};
        if (condition->as<Held>() != nullptr) return {Hindrance::By::AnyChange, nullptr};
    }
    return {};
}

std::vector<std::string> allNeeded(const Explanation& explanation, const Account& account) {
    std::vector<std::string> needed;
    for (const auto& each : explanation.moment.conditions) {
        const Condition* condition = find(*explanation.definition, each.path);
        if (condition == nullptr || !each.decides || each.holds) continue;
        std::string one = account.needed(*condition, each);
        if (!one.empty()) needed.push_back(std::move(one));
    }
    return needed;
}

}  // namespace account
}  // namespace dogwatch::engine

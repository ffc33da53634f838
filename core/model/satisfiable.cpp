#include "core/model/satisfiable.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace dogwatch {
namespace {

using namespace condition;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// Numbers among which is one that satisfies the comparisons, if any of the domain does.
std::vector<double> candidates(const Domain& domain, const std::vector<Comparison>& comparisons) {
    std::vector<double> found{domain.lowest, domain.highest};
    for (const auto& comparison : comparisons) {
        const double at = comparison.number;
        if (domain.whole) {
            for (const double near : {std::floor(at) - 1, std::floor(at), std::ceil(at), std::ceil(at) + 1}) {
                found.push_back(near);
            }
            // Beyond 2^53, where adding one changes nothing.
            found.insert(found.end(), {std::floor(std::nextafter(at, -kInfinity)),
                                       std::ceil(std::nextafter(at, kInfinity))});
        } else {
            found.insert(found.end(), {std::nextafter(at, -kInfinity), at, std::nextafter(at, kInfinity)});
        }
    }
    std::erase_if(found,
                  [&domain](double n) { return n < domain.lowest || n > domain.highest || std::isinf(n); });
    return found;
}

bool holdAll(const std::vector<Comparison>& comparisons, double number) {
    return std::all_of(comparisons.begin(), comparisons.end(),
                       [number](const auto& c) { return c.holds(number); });
}

/// The same condition with nothing said about the number, to tell whether two look at the same one.
Kind withoutComparison(const Condition& condition) {
    return std::visit(
        [](auto copy) -> Kind {
            if constexpr (requires { copy.is; }) copy.is = Comparison{};
            if constexpr (requires { copy.samples; }) copy.samples = 1;
            return copy;
        },
        condition.kind);
}

/// The exact texts of a list of patterns; none where one holds a `*`.
std::optional<std::vector<std::string>> exactTexts(const std::vector<Pattern>& patterns) {
    std::vector<std::string> texts;
    for (const auto& pattern : patterns) {
        if (!pattern.isExact()) return std::nullopt;
        texts.push_back(pattern.text());
    }
    return texts;
}

bool disjoint(const std::vector<Pattern>& a, const std::vector<Pattern>& b) {
    const auto excludes = [](const std::vector<Pattern>& exact, const std::vector<Pattern>& others) {
        const auto texts = exactTexts(exact);
        return texts && std::none_of(texts->begin(), texts->end(), [&others](const std::string& text) {
                   return std::any_of(others.begin(), others.end(),
                                      [&](const auto& o) { return o.matches(text); });
               });
    };
    return excludes(a, b) || excludes(b, a);
}

/// What must be at a step for a pulse to come there.
struct PulseStep {
    bool timer = false;
    const Selector* selector = nullptr;  ///< that the record matches
    const Fired* fired = nullptr;
};

std::optional<PulseStep> pulseStep(const Condition& condition) {
    if (const auto* c = condition.as<Occurs>()) return PulseStep{false, &c->selector, nullptr};
    if (const auto* c = condition.as<Changed>()) return PulseStep{false, &c->over, nullptr};
    if (const auto* c = condition.as<Fired>()) return PulseStep{false, nullptr, c};
    if (condition.as<At>() != nullptr) return PulseStep{true, nullptr, nullptr};
    if (const auto* c = condition.as<Sequence>()) {
        const auto& last = c->steps.back();
        return last.isNot ? PulseStep{true, nullptr, nullptr} : PulseStep{false, &last.selector, nullptr};
    }
    return std::nullopt;
}

bool exclude(const PulseStep& a, const PulseStep& b) {
    if (a.timer != b.timer) return true;
    if (a.timer) return false;
    if (a.fired != nullptr && b.fired != nullptr) return a.fired->metaevent != b.fired->metaevent;
    if (a.fired != nullptr) return !b.selector->matchesKind("metaevent.fired");
    if (b.fired != nullptr) return exclude(b, a);
    if (disjoint(a.selector->events, b.selector->events)) return true;
    return a.selector->functions && b.selector->functions &&
           disjoint(*a.selector->functions, *b.selector->functions);
}

/// The conditions that must all hold for an `all` to hold: nested ones are taken apart.
std::vector<const Condition*> conjuncts(const Condition& all) {
    std::vector<const Condition*> found;
    for (const auto& child : all.children) {
        if (child.as<All>() == nullptr) {
            found.push_back(&child);
        } else {
            const auto below = conjuncts(child);
            found.insert(found.end(), below.begin(), below.end());
        }
    }
    return found;
}

}  // namespace

std::optional<Quantity> quantityOf(const Condition& condition) {
    const double most = static_cast<double>(kLargestWindow);
    if (const auto* c = condition.as<Count>()) return Quantity{{0, most, true}, c->is};
    if (const auto* c = condition.as<Streak>()) return Quantity{{0, kInfinity, true}, c->is};
    if (const auto* c = condition.as<Gauge>()) return Quantity{{0, kInfinity, true}, c->is};
    if (const auto* c = condition.as<Ratio>()) return Quantity{{0, 1, false}, c->is, true, c->samples};
    if (const auto* c = condition.as<Measure>()) {
        const bool distinct = c->kind == Measure::Kind::Distinct;
        const Domain domain = distinct ? Domain{1, most, true} : Domain{-kInfinity, kInfinity, false};
        return Quantity{domain, c->is, true, c->samples};
    }
    return std::nullopt;
}

bool satisfiable(const Domain& domain, const std::vector<Comparison>& comparisons) {
    const auto numbers = candidates(domain, comparisons);
    return std::any_of(numbers.begin(), numbers.end(), [&](double n) { return holdAll(comparisons, n); });
}

bool universal(const Domain& domain, const Comparison& comparison) {
    const auto numbers = candidates(domain, {comparison});
    return std::all_of(numbers.begin(), numbers.end(), [&](double n) { return comparison.holds(n); });
}

std::optional<std::pair<const Condition*, const Condition*>> contradiction(const Condition& all) {
    const auto parts = conjuncts(all);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto first = quantityOf(*parts[i]);
        if (!first) continue;
        for (std::size_t j = i + 1; j < parts.size(); ++j) {
            const auto second = quantityOf(*parts[j]);
            if (!second || !(withoutComparison(*parts[i]) == withoutComparison(*parts[j]))) continue;
            if (!satisfiable(first->domain, {first->is, second->is})) return std::pair{parts[i], parts[j]};
        }
    }
    return std::nullopt;
}

std::optional<std::pair<const Condition*, const Condition*>> pulsesExcludeEachOther(const Condition& all) {
    const auto parts = conjuncts(all);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto first = pulseStep(*parts[i]);
        for (std::size_t j = i + 1; first && j < parts.size(); ++j) {
            const auto second = pulseStep(*parts[j]);
            if (second && exclude(*first, *second)) return std::pair{parts[i], parts[j]};
        }
    }
    return std::nullopt;
}

}  // namespace dogwatch

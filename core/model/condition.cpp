#include "core/model/condition.h"

#include <algorithm>
#include <array>

namespace dogwatch {
namespace {

using namespace condition;

template <typename... Ts>
struct Overloaded : Ts... {
    using Ts::operator()...;
};
template <typename... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

}  // namespace

bool Comparison::holds(double value) const {
    switch (op) {
        case Operator::Less: return value < number;
        case Operator::LessEqual: return value <= number;
        case Operator::Equal: return value == number;
        case Operator::NotEqual: return value != number;
        case Operator::GreaterEqual: return value >= number;
        case Operator::Greater: return value > number;
    }
    return false;
}

const char* operatorName(Comparison::Operator op) {
    switch (op) {
        case Comparison::Operator::Less: return "<";
        case Comparison::Operator::LessEqual: return "<=";
        case Comparison::Operator::Equal: return "==";
        case Comparison::Operator::NotEqual: return "!=";
        case Comparison::Operator::GreaterEqual: return ">=";
        case Comparison::Operator::Greater: return ">";
    }
    return "";
}

const char* condition::measureName(Measure::Kind kind) {
    switch (kind) {
        case Measure::Kind::Sum: return "sum";
        case Measure::Kind::Avg: return "avg";
        case Measure::Kind::Min: return "min";
        case Measure::Kind::Max: return "max";
        case Measure::Kind::P50: return "p50";
        case Measure::Kind::P90: return "p90";
        case Measure::Kind::P95: return "p95";
        case Measure::Kind::P99: return "p99";
        case Measure::Kind::Distinct: return "distinct";
    }
    return "";
}

const char* condition::gaugeName(Gauge::Kind kind) {
    switch (kind) {
        case Gauge::Kind::Queued: return "queued";
        case Gauge::Kind::Running: return "running";
        case Gauge::Kind::Vms: return "vms";
    }
    return "";
}

const char* Condition::operatorKey() const {
    static constexpr std::array<const char*, std::variant_size_v<Kind>> kKeys = {
        "occurs", "absent",  "missed",   "count",    "measure", "ratio", "streak",
        "gauge",  "changed", "sequence", "at",       "during",  "fired", "active",
        "all",    "any",     "not",      "at_least", "held",    "recent"};
    return kKeys[kind.index()];
}

std::vector<const Selector*> Condition::selectors() const {
    using Selectors = std::vector<const Selector*>;
    return std::visit(Overloaded{
                          [](const Occurs& c) { return Selectors{&c.selector}; },
                          [](const Absent& c) { return Selectors{&c.selector}; },
                          [](const Missed& c) { return Selectors{&c.selector}; },
                          [](const Count& c) { return Selectors{&c.selector}; },
                          [](const Measure& c) { return Selectors{&c.over}; },
                          [](const Ratio& c) {
                              return Selectors{&c.selector, &c.to};
                          },
                          [](const Streak& c) {
                              return Selectors{&c.selector, &c.among};
                          },
                          [](const Changed& c) { return Selectors{&c.over}; },
                          [](const Sequence& c) {
                              Selectors found;
                              for (const auto& step : c.steps) found.push_back(&step.selector);
                              return found;
                          },
                          [](const auto&) { return Selectors{}; },
                      },
                      kind);
}

std::size_t Condition::size() const {
    std::size_t size = 1;
    for (const auto& child : children) size += child.size();
    return size;
}

std::size_t Condition::depth() const {
    std::size_t deepest = 0;
    for (const auto& child : children) deepest = std::max(deepest, child.depth());
    return deepest + 1;
}

std::vector<const Condition*> Condition::tree() const {
    std::vector<const Condition*> found{this};
    for (const auto& child : children) {
        const auto below = child.tree();
        found.insert(found.end(), below.begin(), below.end());
    }
    return found;
}

}  // namespace dogwatch

#include "core/model/selector_checks.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <string_view>
#include <vector>

#include "core/model/satisfiable.h"

namespace dogwatch {
namespace {

using Operator = Clause::Operator;

/// The kinds of the contract but for custom.NAME; of metaevent.* those that conditions see.
constexpr std::array<std::string_view, 17> kKinds = {"execution.queued",  "execution.throttled",
                                                     "execution.started", "execution.succeeded",
                                                     "execution.failed",  "execution.retrying",
                                                     "execution.dropped", "function.created",
                                                     "function.updated",  "function.deleted",
                                                     "vm.booting",        "vm.ready",
                                                     "vm.assigned",       "vm.lost",
                                                     "vm.retired",        "metaevent.fired",
                                                     "metaevent.cleared"};
constexpr std::array<std::string_view, 4> kFamilies = {"execution.", "function.", "vm.", "metaevent."};

/// Of kinds in Dogwatch's own families it is known which there are; others may be anyone's.
bool isUnknownKind(const Pattern& event) {
    const std::string_view text = event.text();
    const bool isOurs = std::any_of(kFamilies.begin(), kFamilies.end(),
                                    [text](std::string_view family) { return text.starts_with(family); });
    return isOurs && std::none_of(kKinds.begin(), kKinds.end(),
                                  [&event](std::string_view kind) { return kindMatches(event, kind); });
}

std::optional<Comparison> asComparison(const Clause& clause) {
    const auto number = asNumber(clause.value);
    if (!number) return std::nullopt;
    switch (clause.op) {
        case Operator::Equal: return Comparison{Comparison::Operator::Equal, *number};
        case Operator::Less: return Comparison{Comparison::Operator::Less, *number};
        case Operator::LessEqual: return Comparison{Comparison::Operator::LessEqual, *number};
        case Operator::GreaterEqual: return Comparison{Comparison::Operator::GreaterEqual, *number};
        case Operator::Greater: return Comparison{Comparison::Operator::Greater, *number};
        default: return std::nullopt;  // != holds of what is no number, too
    }
}

bool allHold(const std::vector<const Clause*>& clauses, const json::value* value) {
    return std::all_of(clauses.begin(), clauses.end(),
                       [value](const Clause* clause) { return clause->holds(value); });
}

/// Whether some value, or none, at one path satisfies all the clauses about it; true where that is not known.
bool maySatisfy(const std::vector<const Clause*>& clauses) {
    if (allHold(clauses, nullptr)) return true;
    std::vector<Comparison> comparisons;
    for (const Clause* clause : clauses) {
        if (clause->op == Operator::Exists && !clause->value.as_bool()) return false;  // nothing does not
        if (clause->op == Operator::Equal) return allHold(clauses, &clause->value);
        if (clause->op == Operator::In) {
            const auto& values = clause->value.as_array();
            return std::any_of(values.begin(), values.end(),
                               [&](const json::value& value) { return allHold(clauses, &value); });
        }
        if (const auto comparison = asComparison(*clause)) comparisons.push_back(*comparison);
    }
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    return comparisons.empty() || satisfiable({-kInfinity, kInfinity, false}, comparisons);
}

}  // namespace

std::optional<std::string> neverMatches(const Selector& selector, const Grammar& grammar) {
    if (std::all_of(selector.events.begin(), selector.events.end(), isUnknownKind)) {
        const std::string& kind = selector.events.front().text();
        if (!kind.starts_with("metaevent.")) return grammar.say("there are no records of kind {}", kind);
        return grammar.say("no condition sees records of kind {}, only metaevent.fired and .cleared", kind);
    }
    std::map<std::string, std::vector<const Clause*>> byPath;
    for (const Clause& clause : selector.where) byPath[clause.path.text()].push_back(&clause);
    for (const auto& [path, clauses] : byPath) {
        if (!maySatisfy(clauses)) return grammar.say("no {} satisfies all that `where` asks of it", path);
    }
    return std::nullopt;
}

}  // namespace dogwatch

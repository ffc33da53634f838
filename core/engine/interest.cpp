#include "core/engine/interest.h"

#include <algorithm>

#include "core/engine/engine.h"

namespace dogwatch::engine {

Interest::Interest(const std::vector<Metaevent>& definitions) {
    for (const Metaevent& definition : definitions) {
        all_ |= definition.expire.has_value() && !definition.partition.empty();
        for (const Condition* condition : definition.when.tree()) {
            gauges_ |= condition->as<condition::Gauge>() != nullptr;
            const auto own = condition->selectors();
            selectors_.insert(selectors_.end(), own.begin(), own.end());
        }
    }
}

bool Interest::always(std::string_view event) const {
    return all_ || event == kDownEvent ||
           (gauges_ && (event.starts_with("execution.") || event.starts_with("vm.")));
}

bool Interest::inEvent(std::string_view event) const {
    return always(event) || std::any_of(selectors_.begin(), selectors_.end(), [&](const Selector* selector) {
               return selector->matchesKind(event);
           });
}

bool Interest::inKind(std::string_view event, const std::string_view* function) const {
    return always(event) || std::any_of(selectors_.begin(), selectors_.end(), [&](const Selector* selector) {
               return selector->matchesKind(event) && selector->matchesFunction(function);
           });
}

bool EventInterest::ask(Symbol event, std::string_view name) {
    const bool wanted = interest_.inEvent(name);
    if (event == kUnlistedSymbol) return wanted;
    if (event >= known_.size()) known_.resize(event + 1, Known::No);
    known_[event] = wanted ? Known::Wanted : Known::Unwanted;
    return wanted;
}

}  // namespace dogwatch::engine

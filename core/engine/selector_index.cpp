#include "core/engine/selector_index.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <tuple>
#include <utility>

namespace dogwatch::engine {
namespace {

constexpr std::size_t kMostRoutes = std::size_t{1} << 18U;
constexpr std::size_t kMostRouted = std::size_t{1} << 22U;  ///< entries in them

/// The clause that asks for one string at a path; null: the selector has none.
const CompiledSelector::CompiledClause* pinOf(const RouteEntry& entry) {
    if (entry.where == nullptr) return nullptr;
    const auto found =
        std::find_if(entry.where->where.begin(), entry.where->where.end(), [](const auto& clause) {
            return clause.clause->op == Clause::Operator::Equal && clause.clause->value.is_string();
        });
    return found == entry.where->where.end() ? nullptr : &*found;
}

/// The path at which all of them ask for one string; none: they do not.
std::optional<PathId> pinOf(std::span<const RouteEntry> group) {
    const auto* pin = pinOf(group.front());
    if (pin == nullptr) return std::nullopt;
    const bool all = std::all_of(group.begin(), group.end(), [&](const RouteEntry& entry) {
        const auto* other = pinOf(entry);
        return other != nullptr && other->path == pin->path;
    });
    return all ? std::optional{pin->path} : std::nullopt;
}

/// Whether it names functions, and all of them exactly.
bool isExact(const RouteEntry& entry) {
    if (entry.where == nullptr || !entry.where->selector->functions) return false;
    const auto& functions = *entry.where->selector->functions;
    return std::all_of(functions.begin(), functions.end(),
                       [](const Pattern& name) { return name.isExact(); });
}

bool mayHearDerived(const MetaeventState& metaevent) {
    const auto hears = [](const CompiledSelector& compiled) {
        const auto& events = compiled.selector->events;
        return std::any_of(events.begin(), events.end(),
                           [](const Pattern& event) { return event.text().starts_with("metaevent."); });
    };
    const auto& nodes = metaevent.program->nodes();
    return (metaevent.isPartitioned() && metaevent.definition->expire) ||
           std::any_of(nodes.begin(), nodes.end(), [&](const Node& node) {
               return std::any_of(node.selectors.begin(), node.selectors.end(), hears);
           });
}

}  // namespace

void Route::countChecks() const {
    const auto count = [](const RouteEntries& all) {
        const std::int64_t records = std::exchange(all.records, 0);
        if (records == 0) return;  // of those that nobody came to, metaevents may have gone
        for (const RouteEntry& entry : all.list) entry.metaevent->checks += records;
    };
    count(entries);
    for (const Pinned& pin : pinned)
        for (const auto& [value, each] : pin.byValue) count(each);
}

void SelectorIndex::countChecks() {
    if (std::exchange(counted_, true)) return;
    for (const auto& [key, route] : routes_) route->countChecks();
    unlisted_.countChecks();
    unlistedKind_.countChecks();
}

void SelectorIndex::forgetRoutes() {
    countChecks();
    if (routes_.empty()) return;
    routes_.clear();
    routed_ = 0;
    std::fill(slots_.begin(), slots_.end(), Slot{});
}

void SelectorIndex::add(MetaeventState& metaevent) {
    forgetRoutes();
    hearers_ += mayHearDerived(metaevent) ? 1 : 0;
    std::vector<RouteEntry> group;
    const bool whole = metaevent.isPartitioned();
    const auto& nodes = metaevent.program->nodes();
    for (NodeIndex n = 0; n < nodes.size(); ++n) {
        for (std::uint16_t s = 0; s < nodes[n].selectors.size(); ++s) {
            group.push_back({&metaevent, n, s, &nodes[n].selectors[s]});
        }
        if (!whole) addTogether(group);
    }
    if (whole && metaevent.definition->expire) group.push_back({&metaevent});
    addTogether(group);
}

/// Entries that belong together: a record acts on all nodes of an instance or on none, but without keys each
/// node is for itself.
void SelectorIndex::addTogether(std::vector<RouteEntry>& group) {
    const bool anyFunction = std::none_of(group.begin(), group.end(), [](const RouteEntry& entry) {
        return entry.where != nullptr && entry.where->selector->functions;
    });
    const bool isPinned = anyFunction && !group.empty() && pinOf(std::span<const RouteEntry>(group));
    for (const RouteEntry& entry : group) {
        if (isPinned) {
            pinned_.push_back(entry);
        } else if (!isExact(entry)) {
            general_.push_back(entry);
        } else {
            for (const Pattern& function : *entry.where->selector->functions) {
                auto& entries = byFunction_[function.text()];
                const bool twice = !entries.empty() && entries.back().where == entry.where;
                if (!twice) entries.push_back(entry);
            }
        }
    }
    group.clear();
}

void SelectorIndex::remove(const MetaeventState& metaevent) {
    forgetRoutes();
    hearers_ -= mayHearDerived(metaevent) ? 1 : 0;
    const auto isOf = [&metaevent](const RouteEntry& entry) { return entry.metaevent == &metaevent; };
    std::erase_if(general_, isOf);
    std::erase_if(pinned_, isOf);
    for (const auto& node : metaevent.program->nodes()) {
        for (const auto& selector : node.selectors) {
            if (!selector.selector->functions) continue;
            for (const Pattern& function : *selector.selector->functions) {
                const auto found = byFunction_.find(function.text());
                if (found == byFunction_.end()) continue;
                std::erase_if(found->second, isOf);
                if (found->second.empty()) byFunction_.erase(found);
            }
        }
    }
}

const Route& SelectorIndex::look(std::uint64_t key, Symbol event, std::string_view eventName, Symbol function,
                                 std::string_view functionName) {
    const auto found = routes_.find(key);
    const Route& route =
        found != routes_.end() ? *found->second : build(key, event, eventName, function, functionName);
    if (&route != &unlisted_) slots_[slotOf(event, function)] = {key, &route};
    return route;
}

const Route& SelectorIndex::build(std::uint64_t key, Symbol event, std::string_view eventName,
                                  Symbol function, std::string_view functionName) {
    if (routes_.size() >= kMostRoutes || routed_ >= kMostRouted) forgetRoutes();
    const bool unlisted = event == kUnlistedSymbol || function == kUnlistedSymbol;
    if (event != kUnlistedSymbol) eventName = symbols_->name(event);
    if (function > kUnlistedSymbol) functionName = symbols_->name(function);
    const std::string_view* name = function == kNoSymbol ? nullptr : &functionName;

    std::vector<RouteEntry> found;
    const auto consider = [&](const RouteEntry& entry) {
        const Selector* selector = entry.where != nullptr ? entry.where->selector : nullptr;
        if (selector == nullptr || (selector->matchesKind(eventName) && selector->matchesFunction(name))) {
            found.push_back(entry);
        }
    };
    if (name != nullptr) {
        if (const auto exact = byFunction_.find(*name); exact != byFunction_.end()) {
            std::for_each(exact->second.begin(), exact->second.end(), consider);
        }
    }
    std::for_each(general_.begin(), general_.end(), consider);
    auto route = std::make_unique<Route>();
    sort(*route, found);
    routed_ += found.size();
    route->ofKind = routeOfKind(event, eventName);
    if (unlisted) {
        unlisted_.countChecks();
        return unlisted_ = std::move(*route);
    }
    return *routes_.emplace(key, std::move(route)).first->second;
}

/// What does not depend on the function: made once for a kind; null: there is nothing.
const Route* SelectorIndex::routeOfKind(Symbol event, std::string_view eventName) {
    if (pinned_.empty()) return nullptr;
    const std::uint64_t key = (std::uint64_t{event} << 32U) | kAnyFunction;
    const auto known = event == kUnlistedSymbol ? routes_.end() : routes_.find(key);
    if (known != routes_.end()) return known->second->isEmpty() ? nullptr : known->second.get();
    std::vector<RouteEntry> found;
    std::copy_if(pinned_.begin(), pinned_.end(), std::back_inserter(found),
                 [&](const RouteEntry& entry) { return entry.where->selector->matchesKind(eventName); });
    auto made = std::make_unique<Route>();
    sort(*made, found);
    routed_ += found.size();
    if (event == kUnlistedSymbol) unlistedKind_.countChecks();
    Route& route = event == kUnlistedSymbol ? unlistedKind_ = std::move(*made)
                                            : *routes_.emplace(key, std::move(made)).first->second;
    return route.isEmpty() ? nullptr : &route;
}

/// Puts what was found into a route, in order.
void SelectorIndex::sort(Route& route, std::vector<RouteEntry>& found) {
    std::sort(found.begin(), found.end(), [](const RouteEntry& a, const RouteEntry& b) {
        return std::tuple{a.metaevent->order, a.node, a.selector} <
               std::tuple{b.metaevent->order, b.node, b.selector};
    });
    for (auto begin = found.begin(); begin != found.end();) {
        const bool whole = begin->metaevent->isPartitioned();
        const auto end = std::find_if(begin, found.end(), [&](const RouteEntry& entry) {
            return entry.metaevent != begin->metaevent || (!whole && entry.node != begin->node);
        });
        place(route, {begin, end});
        begin = end;
    }
}

/// Puts entries that belong together where records find them: all by the string that they ask for, if they
/// do so at the same path, else among those that every record looks at.
void SelectorIndex::place(Route& route, std::span<RouteEntry> group) {
    const RouteEntry& first = group.front();
    const auto path = pinOf(std::span<const RouteEntry>(group));
    const bool isStarted = first.metaevent->sole != nullptr && !first.metaevent->sole->nodes.empty();
    for (RouteEntry& entry : group) {
        auto* into = &route.entries.list;
        if (path) {
            auto byPath = std::find_if(route.pinned.begin(), route.pinned.end(),
                                       [&](const Route::Pinned& one) { return one.path == *path; });
            if (byPath == route.pinned.end()) byPath = route.pinned.insert(byPath, {*path, {}});
            const auto& value = pinOf(entry)->clause->value.get_string();
            into = &byPath->byValue[std::string_view{value.data(), value.size()}].list;
        }
        if (isStarted) {
            entry.compiled = &first.metaevent->program->nodes()[entry.node];
            entry.instance = first.metaevent->sole.get();
            entry.leaf = leafOf(entry.instance->nodes[entry.node]);
            entry.sequence = first.metaevent->sequences[entry.node].get();
            entry.isAlone =
                into->empty() || into->back().metaevent != entry.metaevent || into->back().node != entry.node;
            if (!entry.isAlone) into->back().isAlone = false;
        }
        if (entry.where != nullptr && entry.where->where.empty()) entry.where = nullptr;
        into->push_back(entry);
    }
}

}  // namespace dogwatch::engine

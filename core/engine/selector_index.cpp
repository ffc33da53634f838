#include "core/engine/selector_index.h"

#include <algorithm>
#include <tuple>

namespace dogwatch::engine {
namespace {

constexpr std::size_t kMostRoutes = std::size_t{1} << 18U;

/// The clause that asks for one string at a path; null: the selector has none.
const CompiledSelector::CompiledClause* pinOf(const RouteEntry& entry) {
    if (entry.where == nullptr) return nullptr;
    const auto found =
        std::find_if(entry.where->where.begin(), entry.where->where.end(), [](const auto& clause) {
            return clause.clause->op == Clause::Operator::Equal && clause.clause->value.is_string();
        });
    return found == entry.where->where.end() ? nullptr : &*found;
}

}  // namespace

void SelectorIndex::add(MetaeventState& metaevent) {
    routes_.clear();
    const auto& nodes = metaevent.program->nodes();
    for (NodeIndex n = 0; n < nodes.size(); ++n) {
        for (std::uint16_t s = 0; s < nodes[n].selectors.size(); ++s) {
            const RouteEntry entry{&metaevent, n, s, &nodes[n].selectors[s]};
            const auto& functions = entry.where->selector->functions;
            const bool exact =
                functions && std::all_of(functions->begin(), functions->end(),
                                         [](const Pattern& pattern) { return pattern.isExact(); });
            if (!exact) {
                general_.push_back(entry);
                continue;
            }
            for (const Pattern& function : *functions) {
                auto& entries = byFunction_[function.text()];
                const bool twice = !entries.empty() && entries.back().where == entry.where;
                if (!twice) entries.push_back(entry);
            }
        }
    }
    if (metaevent.isPartitioned() && metaevent.definition->expire) general_.push_back({&metaevent});
}

void SelectorIndex::remove(const MetaeventState& metaevent) {
    routes_.clear();
    const auto isOf = [&metaevent](const RouteEntry& entry) { return entry.metaevent == &metaevent; };
    std::erase_if(general_, isOf);
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

const Route& SelectorIndex::build(std::uint64_t key, Symbol event, std::string_view eventName,
                                  Symbol function, std::string_view functionName) {
    if (routes_.size() >= kMostRoutes) routes_.clear();
    const bool unlisted = event == kUnlistedSymbol || function == kUnlistedSymbol;
    if (event != kUnlistedSymbol) eventName = symbols_->name(event);
    if (function > kUnlistedSymbol) functionName = symbols_->name(function);
    auto route = std::make_unique<Route>();
    fill(*route, eventName, function == kNoSymbol ? nullptr : &functionName);
    if (unlisted) return unlisted_ = std::move(*route);
    return *routes_.emplace(key, std::move(route)).first->second;
}

void SelectorIndex::fill(Route& route, std::string_view event, const std::string_view* function) const {
    std::vector<RouteEntry> found;
    const auto consider = [&](const RouteEntry& entry) {
        if (entry.where != nullptr) {
            const Selector& selector = *entry.where->selector;
            if (!selector.matchesKind(event) || !selector.matchesFunction(function)) return;
        }
        found.push_back(entry);
        if (entry.where != nullptr && entry.where->where.empty()) found.back().where = nullptr;
    };
    if (function != nullptr) {
        if (const auto exact = byFunction_.find(*function); exact != byFunction_.end()) {
            std::for_each(exact->second.begin(), exact->second.end(), consider);
        }
    }
    std::for_each(general_.begin(), general_.end(), consider);
    std::sort(found.begin(), found.end(), [](const RouteEntry& a, const RouteEntry& b) {
        return std::tuple{a.metaevent->order, a.node, a.selector} <
               std::tuple{b.metaevent->order, b.node, b.selector};
    });
    for (auto begin = found.begin(); begin != found.end();) {
        const auto end = std::find_if(
            begin, found.end(), [&](const RouteEntry& entry) { return entry.metaevent != begin->metaevent; });
        const auto* pin = pinOf(*begin);
        const bool pinned = pin != nullptr && std::all_of(begin, end, [&](const RouteEntry& entry) {
                                const auto* other = pinOf(entry);
                                return other != nullptr && other->path == pin->path &&
                                       other->clause->value == pin->clause->value;
                            });
        auto* into = &route.entries;
        if (pinned) {
            auto group = std::find_if(route.pinned.begin(), route.pinned.end(),
                                      [&](const Route::Pinned& one) { return one.path == pin->path; });
            if (group == route.pinned.end()) group = route.pinned.insert(group, {pin->path, {}});
            const auto& value = pin->clause->value.get_string();
            into = &group->byValue[std::string_view{value.data(), value.size()}];
        }
        into->insert(into->end(), begin, end);
        begin = end;
    }
}

}  // namespace dogwatch::engine

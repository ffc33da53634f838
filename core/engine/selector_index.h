// SelectorIndex: from a record's kind and function, and from a value that a selector pins, to the conditions
// that may look at it. What a record costs grows with the definitions it concerns, not with those there are.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/metaevent_state.h"
#include "core/engine/symbols.h"
#include "core/engine/text_map.h"

namespace dogwatch::engine {

/// One selector that the kind and function of a record match.
struct RouteEntry {
    static constexpr NodeIndex kActsOnly = 0xffff;  ///< no selector: records act on instances that expire

    MetaeventState* metaevent = nullptr;
    NodeIndex node = kActsOnly;
    std::uint16_t selector = 0;               ///< its number in the node
    const CompiledSelector* where = nullptr;  ///< null: no clauses are left to check
};

/// Where records of one kind and function go. Entries are in the order of metaevents, nodes, selectors.
struct Route {
    /// Metaevents all of whose selectors here ask for one value at one path.
    struct Pinned {
        PathId path = 0;
        TextMap<std::vector<RouteEntry>> byValue;
    };
    std::vector<RouteEntry> entries;
    std::vector<Pinned> pinned;
};

class SelectorIndex {
 public:
    explicit SelectorIndex(const Symbols& symbols) : symbols_(&symbols) {}
    void setSymbols(const Symbols& symbols) { symbols_ = &symbols; }

    void add(MetaeventState& metaevent);
    void remove(const MetaeventState& metaevent);

    /// Valid until definitions change, or the next call.
    const Route& route(Symbol event, std::string_view eventName, Symbol function,
                       std::string_view functionName) {
        const std::uint64_t key = (std::uint64_t{event} << 32U) | function;
        const auto found = routes_.find(key);
        return found != routes_.end() ? *found->second : build(key, event, eventName, function, functionName);
    }

 private:
    const Route& build(std::uint64_t key, Symbol event, std::string_view eventName, Symbol function,
                       std::string_view functionName);
    void fill(Route& route, std::string_view event, const std::string_view* function) const;

    const Symbols* symbols_;
    TextMap<std::vector<RouteEntry>> byFunction_;  ///< selectors of exact functions
    std::vector<RouteEntry> general_;
    absl::flat_hash_map<std::uint64_t, std::unique_ptr<Route>> routes_;
    Route unlisted_;
};

}  // namespace dogwatch::engine

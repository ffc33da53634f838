// SelectorIndex: from a record's kind and function, and from a value that a selector pins, to the conditions
// that may look at it. What a record costs grows with the definitions it concerns, not with those there are.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/metaevent_state.h"
#include "core/engine/symbols.h"
#include "core/engine/text_map.h"

namespace dogwatch::engine {

/// One selector that the kind and function of a record match, with all that a hit needs at hand.
struct RouteEntry {
    static constexpr NodeIndex kActsOnly = 0xffff;  ///< no selector: records act on instances that expire

    MetaeventState* metaevent = nullptr;
    NodeIndex node = kActsOnly;
    std::uint16_t selector = 0;               ///< its number in the node
    const CompiledSelector* where = nullptr;  ///< null: no clauses are left to check
    /// The only entry of its node here, in a metaevent without partition that has started: it needs to be
    /// asked for neither neighbours nor keys. The last four are set for such entries alone.
    bool isAlone = false;
    const Node* compiled = nullptr;
    Instance* instance = nullptr;
    LeafRef leaf{};
    SequencePool* sequence = nullptr;
};

/// Entries that look at the same records, in the order of metaevents, nodes, selectors.
struct RouteEntries {
    std::vector<RouteEntry> list;
    mutable std::int64_t records = 0;  ///< that came here and MetaeventState::checks does not know of
};

/// Where records of one kind and function go.
struct Route {
    /// Entries that ask for one string at a path, by that string.
    struct Pinned {
        PathId path = 0;
        TextMap<RouteEntries> byValue;
    };
    RouteEntries entries;
    std::vector<Pinned> pinned;
    const Route* ofKind = nullptr;  ///< where all records of the kind go, of whatever function

    /// Tells the metaevents how many records their entries here looked at.
    void countChecks() const;
    [[nodiscard]] bool isEmpty() const { return entries.list.empty() && pinned.empty() && ofKind == nullptr; }
};

class SelectorIndex {
 public:
    explicit SelectorIndex(const Symbols& symbols) : symbols_(&symbols) {}
    void setSymbols(const Symbols& symbols) { symbols_ = &symbols; }

    void add(MetaeventState& metaevent);
    void remove(const MetaeventState& metaevent);
    /// Routes are made anew: something that they point to has moved.
    void forgetRoutes();
    /// Brings MetaeventState::checks up to date.
    void countChecks();

    /// Whether a selector may match what the engine derives, or instances live on it.
    [[nodiscard]] bool hearsDerived() const { return hearers_ > 0; }

    /// Valid until definitions change, or the next call.
    const Route& route(Symbol event, std::string_view eventName, Symbol function,
                       std::string_view functionName) {
        const std::uint64_t key = (std::uint64_t{event} << 32U) | function;
        counted_ = false;
        const Slot& slot = slots_[slotOf(event, function)];
        if (slot.key == key && slot.route != nullptr) return *slot.route;
        return look(key, event, eventName, function, functionName);
    }

 private:
    /// What was asked for lately, found without a hash table.
    struct Slot {
        std::uint64_t key = 0;
        const Route* route = nullptr;
    };
    static constexpr std::size_t kSlots = 4096;
    static constexpr Symbol kAnyFunction = ~Symbol{0};
    static std::size_t slotOf(Symbol event, Symbol function) {
        return (std::size_t{function} + std::size_t{event} * 517) % kSlots;
    }

    const Route& look(std::uint64_t key, Symbol event, std::string_view eventName, Symbol function,
                      std::string_view functionName);
    const Route& build(std::uint64_t key, Symbol event, std::string_view eventName, Symbol function,
                       std::string_view functionName);
    void addTogether(std::vector<RouteEntry>& group);
    const Route* routeOfKind(Symbol event, std::string_view eventName);
    static void sort(Route& route, std::vector<RouteEntry>& found);
    static void place(Route& route, std::span<RouteEntry> group);

    const Symbols* symbols_;
    std::int64_t hearers_ = 0;                     ///< metaevents for which hearsDerived() holds
    TextMap<std::vector<RouteEntry>> byFunction_;  ///< selectors of exact functions
    std::vector<RouteEntry> general_;
    /// Selectors of any function that ask for one string at a path, as all others of their node (with a
    /// partition, their metaevent) do: however many there are, a record meets those alone that ask for its
    /// own.
    std::vector<RouteEntry> pinned_;
    absl::flat_hash_map<std::uint64_t, std::unique_ptr<Route>> routes_;
    std::vector<Slot> slots_ = std::vector<Slot>(kSlots);
    Route unlisted_;
    Route unlistedKind_;
    std::size_t routed_ = 0;  ///< entries in all routes
    bool counted_ = true;     ///< no route was asked for since countChecks()
};

}  // namespace dogwatch::engine

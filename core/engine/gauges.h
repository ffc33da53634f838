// Gauges: how many executions are queued or running and how many VMs stand ready (spec section 5.2), counted
// from the first record on, whoever watches.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/input.h"
#include "core/engine/text_map.h"
#include "core/model/condition.h"

namespace dogwatch::engine {

class Gauges {
 public:
    using Kind = condition::Gauge::Kind;
    using Watch = std::uint32_t;

    explicit Gauges(Symbols& symbols) : symbols_(&symbols) {}
    void setSymbols(Symbols& symbols) { symbols_ = &symbols; }

    /// Takes a record in. The result: the watches whose number changed, valid until the next call.
    const std::vector<Watch>& see(const Input& record);

    /// A number to be kept; the same watch for the same question.
    Watch watch(Kind kind, const std::optional<Pattern>& function);
    [[nodiscard]] std::int64_t number(Watch watch) const { return watches_[watch].number; }
    /// Counts now, without a watch. `function` none: all.
    [[nodiscard]] std::int64_t count(Kind kind, const std::optional<Pattern>& function) const;

    template <typename Archive>
    void archive(Archive& a) {
        const auto standing = [&a](Standing& one) {
            a.field(one.state);
            a.field(one.function);
        };
        a.map(executions_, standing);
        a.map(vms_, standing);
        a.list(counts_, [&a](Counts& counts) {
            a.field(counts.queued);
            a.field(counts.running);
        });
        a.field(readyVms_);
    }

 private:
    enum class State : std::uint8_t { None, Queued, Running, Ready, Gone };
    struct Standing {
        State state = State::Gone;
        Symbol function = kNoSymbol;
    };
    struct Counts {
        std::int64_t queued = 0;
        std::int64_t running = 0;
    };
    struct Watched {
        Kind kind;
        std::optional<Pattern> function;
        std::int64_t number = 0;
        std::vector<std::int8_t> matches;  ///< by function symbol: -1 unknown, 0, 1
    };

    [[nodiscard]] State stateOf(Symbol event, std::string_view name);
    void shift(State state, Symbol function, std::int64_t by);
    bool concerns(Watched& watched, Symbol function) const;

    Symbols* symbols_;
    std::vector<State> states_;  ///< by event symbol; None: not known yet
    TextMap<Standing> executions_;
    TextMap<Standing> vms_;
    std::vector<Counts> counts_;  ///< by function symbol
    std::int64_t readyVms_ = 0;
    std::vector<Watched> watches_;
    std::vector<Watch> changed_;
};

}  // namespace dogwatch::engine

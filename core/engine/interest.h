// Interest: which records can change anything for some definitions. What reads a history asks it before it
// decodes, or even looks at, what no condition would see; what time does, it does without such records.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/engine/symbols.h"
#include "core/model/metaevent.h"

namespace dogwatch::engine {

class Interest {
 public:
    /// Refers to the definitions, which must outlive it.
    explicit Interest(const std::vector<Metaevent>& definitions);

    /// Whether some condition counts executions or VMs (spec section 5.2): a history must then be read from
    /// its first record on.
    [[nodiscard]] bool gauges() const { return gauges_; }
    /// Whether records of the kind may change anything, whatever their function.
    [[nodiscard]] bool inEvent(std::string_view event) const;
    /// The same of one kind and function. `function` null: records without one.
    [[nodiscard]] bool inKind(std::string_view event, const std::string_view* function) const;

 private:
    [[nodiscard]] bool always(std::string_view event) const;

    std::vector<const Selector*> selectors_;
    bool gauges_ = false;
    bool all_ = false;  ///< instances that expire live on by every record of their key (spec section 6)
};

/// The same by symbol, each asked once. The symbols must be those of one table.
class EventInterest {
 public:
    explicit EventInterest(const std::vector<Metaevent>& definitions) : interest_(definitions) {}

    [[nodiscard]] bool gauges() const { return interest_.gauges(); }
    bool in(Symbol event, std::string_view name) {
        return event < known_.size() && known_[event] != Known::No ? known_[event] == Known::Wanted
                                                                   : ask(event, name);
    }

 private:
    enum class Known : std::uint8_t { No, Wanted, Unwanted };

    bool ask(Symbol event, std::string_view name);

    Interest interest_;
    std::vector<Known> known_;
};

}  // namespace dogwatch::engine

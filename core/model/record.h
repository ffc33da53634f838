// Record: one piece of metadata about the environment (spec section 2), as one flat JSON object.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/model/json.h"
#include "core/model/time.h"

namespace dogwatch {

struct Record {
    std::int64_t seq = 0;  ///< position in the journal, from 1; 0 while it has none
    Time time{};
    std::string event;    ///< the kind: "execution.queued", "custom.note", ...
    json::object fields;  ///< all the rest: function, execution, depth, ...; never seq, time or event

    [[nodiscard]] std::string_view function() const { return stringMember(fields, "function"); }
    [[nodiscard]] std::string_view execution() const { return stringMember(fields, "execution"); }
    [[nodiscard]] std::int64_t depth() const { return intMember(fields, "depth"); }
    /// Whether its kind is metaevent.*: derived by the engine, or a change of definitions.
    [[nodiscard]] bool isMetaevent() const { return std::string_view{event}.starts_with("metaevent."); }
};

/// {"seq":…, "time":…, "event":…, …}; seq is left out while it is 0.
json::object toJson(const Record& record);

/// Refuses what is no object, or lacks an integer seq, a time or an event. `requireSeq` false: for records
/// that are yet to be journaled.
Result<Record> recordFromJson(const json::value& value, bool requireSeq = true);

}  // namespace dogwatch

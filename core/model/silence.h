// Silence: a time during which a metaevent still fires and is journaled, but runs no jobs and notifies
// nobody. What fires never depends on it: a backtest, which knows of no silences, agrees with the journal.
#pragma once

#include <optional>
#include <string>

#include "core/model/cron.h"
#include "core/model/json.h"
#include "core/model/result.h"
#include "core/model/time.h"

namespace dogwatch {

struct Silence {
    Time since{};  ///< when it was asked for: nothing earlier is silenced
    /// Once: until then. None: it recurs.
    std::optional<Time> until;
    Cron schedule;     ///< of one that recurs: it begins at each of these instants, ...
    Duration lasts{};  ///< ... and ends this much later
    std::string reason;
    std::string by;  ///< who asked for it

    [[nodiscard]] bool recurs() const { return !until.has_value(); }
    /// Whether it holds at this time, and if so until when: what overlaps joins.
    [[nodiscard]] std::optional<Time> holdsUntil(Time time) const;
    /// Whether it holds neither then nor ever after.
    [[nodiscard]] bool isOver(Time time) const { return until && *until <= time; }
};

/// {"since", "until" | "schedule" + "for" + "timezone", "reason", "by"}: as the journal keeps and the API
/// shows it.
json::object toJson(const Silence& silence);
/// Such an object. Beside "schedule", "for" is how long each lasts.
Result<Silence> silenceFromJson(const json::object& object);

}  // namespace dogwatch

// Cron: the instants of a schedule in a time zone, through changes of the clock (spec section 5, CRON).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/result.h"
#include "core/model/time.h"

namespace dogwatch {

class Grammar;

/// A value: cheap to copy, immutable, safe to share between threads.
class Cron {
 public:
    Cron();  ///< every minute, in UTC

    /// `text`: five fields, or six with seconds first; `timezone`: an IANA name. Refuses what is malformed,
    /// and what never comes (30 February). The error's path is empty for the text and "timezone" for the
    /// zone; its words are English, or the grammar's.
    static Result<Cron> parse(std::string_view text, std::string_view timezone = "UTC");
    static Result<Cron> parse(std::string_view text, std::string_view timezone, const Grammar& grammar);

    /// The first instant strictly after `time`; none within nine years, or past the range of Time. Costs
    /// microseconds at most, however rare the schedule. (`during` D is true at t where after(t - D) is not
    /// after t.)
    [[nodiscard]] std::optional<Time> after(Time time) const;

    [[nodiscard]] const std::string& text() const;
    [[nodiscard]] const std::string& timezone() const;

    bool operator==(const Cron& other) const;

 private:
    struct Schedule;
    explicit Cron(std::shared_ptr<const Schedule> schedule);
    std::shared_ptr<const Schedule> schedule_;
};

/// Whether this names a time zone that schedules may be in.
bool isTimezone(std::string_view name);

}  // namespace dogwatch

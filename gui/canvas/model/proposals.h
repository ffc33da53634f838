// "Make a metaevent from this": criteria that recorded data suggest.
#pragma once

#include <QString>
#include <optional>
#include <span>
#include <vector>

#include "core/model/json.h"
#include "core/model/record.h"

namespace dogwatch::gui::canvas {

struct Proposal {
    QString title;   ///< "It has not succeeded for 45 s"
    QString reason;  ///< what the data say for it: "the longest of 120 gaps was 31 s: no false alarm in 2 h"
    json::object definition;
};

/// About a function, from its records (in order of time).
std::vector<Proposal> proposalsForFunction(const std::string& function, std::span<const Record> history);
/// About one record: again, more often, or no more.
std::vector<Proposal> proposalsForRecord(const Record& record, std::span<const Record> history);

/// Of a stretch of records (in order of time), the one that stands out: the first failure, else the end of
/// the execution that took longest, else the first; null: there is none.
const Record* subjectOf(std::span<const Record> stretch);
/// About what happened in a stretch: as often as there again, and about the record that stands out.
std::vector<Proposal> proposalsForStretch(std::span<const Record> stretch, std::span<const Record> history);

/// The interval for which to miss something that came at these times: half as long again as nearly all gaps,
/// in round figures; none of fewer than three times. `alarms`: how many of the gaps are longer.
struct Interval {
    Duration duration{};
    int alarms = 0;
    int gaps = 0;
    Duration longest{};
};
std::optional<Interval> intervalFor(std::span<const Time> times);

}  // namespace dogwatch::gui::canvas

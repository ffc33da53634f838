// Text as the console shows it: between the core's UTF-8 and QString, and times, sizes and states for people.
#pragma once

#include <QString>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/execution.h"
#include "core/model/json.h"
#include "core/model/time.h"

namespace dogwatch::gui {

QString fromUtf8(std::string_view text);
std::string toUtf8(const QString& text);

/// Local wall-clock time: "14:03:22.120"; with the date before it when that is not the day of `now`.
QString clockText(Time time, Time now);
/// Times in a text of the engine, such as "2026-03-01T12:00:00Z", as clockText() tells them.
QString withLocalTimes(const QString& text, Time now);
/// "now", "12 s ago", "4 min ago", "3 h ago", and the date from a day on.
QString agoText(Time time, Time now);
/// The time left until `time`: "in 4.2 s", "in 3 min 20 s"; "due" once it has passed.
QString untilText(Time time, Time now);
/// "420 µs", "17.5 ms", "1.2 s"; "–" for none.
QString durationText(std::optional<std::int64_t> us);
/// "512 B", "1.5 KiB", "33 MiB".
QString bytesText(std::int64_t bytes);
/// A number with a thin space every three digits.
QString countText(std::int64_t count);

/// "Queued", "Running", "Succeeded", "Failed", "Dropped".
QString stateText(ExecutionState state);

/// Now, by the wall clock. The only clock of the models' users; models take time as an argument.
Time wallClock();

}  // namespace dogwatch::gui

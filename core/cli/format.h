// How things look to people: tables, local times, durations, sizes, colours. JSON output does not pass here.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/json.h"
#include "core/model/time.h"

namespace dogwatch::cli {

enum class Colour { None, Good, Bad, Dim, Strong };

/// Text in a colour, where colours are on.
class Palette {
 public:
    explicit Palette(bool on) : on_(on) {}
    [[nodiscard]] std::string paint(std::string_view text, Colour colour) const;
    /// In the colour of a state: succeeded green, failed red, ...
    [[nodiscard]] std::string state(std::string_view state) const;

 private:
    bool on_;
};

/// Cells in columns as wide as their widest cell; columns of numbers are set to the right.
class Table {
 public:
    /// A title that begins with '>' names a column that is set to the right.
    explicit Table(std::vector<std::string> titles);
    void row(std::vector<std::string> cells);
    void print(std::ostream& out, const Palette& palette) const;

 private:
    std::vector<std::string> titles_;
    std::vector<bool> toTheRight_;
    std::vector<std::vector<std::string>> rows_;
};

/// Without what could steer a terminal: control characters become '?'.
std::string printable(std::string_view text);

/// Local time: "14:03:22.123" on the day of `now`, else "2026-03-01 14:03:22".
std::string localTime(Time time, Time now);
/// "512 B", "1.5 KiB", "17 MiB".
std::string bytesText(std::int64_t bytes);

// A member of a JSON object as a cell; "-" where there is none.
std::string textCell(const json::object& object, std::string_view key);
std::string timeCell(const json::object& object, std::string_view key, Time now);
std::string durationCell(const json::object& object, std::string_view key);
std::string bytesCell(const json::object& object, std::string_view key);

/// One record as a line: time, kind, whom it concerns, and what matters of it.
std::string recordLine(const json::object& record, Time now, const Palette& palette);

}  // namespace dogwatch::cli

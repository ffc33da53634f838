#include "core/cli/format.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

namespace dogwatch::cli {
namespace {

const char* code(Colour colour) {
    switch (colour) {
        case Colour::Good: return "\x1b[32m";
        case Colour::Bad: return "\x1b[31m";
        case Colour::Dim: return "\x1b[2m";
        case Colour::Strong: return "\x1b[1m";
        case Colour::None: break;
    }
    return "";
}

/// Columns that the text takes on a terminal: code points, escape sequences of Palette left out.
std::size_t width(std::string_view text) {
    std::size_t columns = 0;
    bool escape = false;
    for (const char c : text) {
        if (c == '\x1b') escape = true;
        if (!escape && (static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++columns;
        if (escape && c == 'm') escape = false;
    }
    return columns;
}

std::tm localParts(Time time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    const std::time_t clock = seconds;
    std::tm parts{};
    ::localtime_r(&clock, &parts);
    return parts;
}

std::string scalarText(const json::value& value) {
    if (const auto* text = value.if_string()) return printable({text->data(), text->size()});
    return toJson(value);
}

/// "  key=value" for what records of a kind are read for.
std::string detail(const json::object& record, std::string_view key) {
    const auto* value = record.if_contains(key);
    if (value == nullptr || value->is_null()) return {};
    if (key.ends_with("_us"))
        return "  " + std::string{key.substr(0, key.size() - 3)} + " " + durationCell(record, key);
    constexpr std::size_t kLongest = 100;
    return "  " + std::string{key} + " " + shortened(scalarText(*value), kLongest);
}

}  // namespace

std::string Palette::paint(std::string_view text, Colour colour) const {
    if (!on_ || colour == Colour::None) return std::string{text};
    return code(colour) + std::string{text} + "\x1b[0m";
}

std::string Palette::state(std::string_view state) const {
    if (state == "succeeded" || state == "ready" || state == "yes") return paint(state, Colour::Good);
    if (state == "failed" || state == "dropped" || state == "lost") return paint(state, Colour::Bad);
    return std::string{state};
}

Table::Table(std::vector<std::string> titles) : titles_(std::move(titles)) {
    for (auto& title : titles_) {
        toTheRight_.push_back(title.starts_with('>'));
        if (toTheRight_.back()) title.erase(0, 1);
    }
}

void Table::row(std::vector<std::string> cells) {
    cells.resize(titles_.size());
    rows_.push_back(std::move(cells));
}

void Table::print(std::ostream& out, const Palette& palette) const {
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < titles_.size(); ++i) {
        widths.push_back(width(titles_[i]));
        for (const auto& row : rows_) widths[i] = std::max(widths[i], width(row[i]));
    }
    const auto line = [&](const std::vector<std::string>& cells) {
        std::string text;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const std::string space(widths[i] - width(cells[i]), ' ');
            text += toTheRight_[i] ? space + cells[i] : cells[i] + space;
            text += "  ";
        }
        text.erase(text.find_last_not_of(' ') + 1);
        return text;
    };
    out << palette.paint(line(titles_), Colour::Dim) << '\n';
    for (const auto& row : rows_) out << line(row) << '\n';
}

std::string printable(std::string_view text) {
    std::string clean{text};
    std::replace_if(
        clean.begin(), clean.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }, '?');
    // C1 controls, as UTF-8: 0xC2 0x80 to 0x9F.
    for (std::size_t at = 0; (at = clean.find('\xC2', at)) != std::string::npos; ++at) {
        if (at + 1 < clean.size() && static_cast<unsigned char>(clean[at + 1]) < 0xA0)
            clean.replace(at, 2, "?");
    }
    return clean;
}

std::string localTime(Time time, Time now) {
    const auto parts = localParts(time);
    const auto today = localParts(now);
    std::array<char, 40> text{};
    if (parts.tm_year == today.tm_year && parts.tm_yday == today.tm_yday) {
        std::strftime(text.data(), text.size(), "%H:%M:%S", &parts);
        const auto inSecond = time - std::chrono::floor<std::chrono::seconds>(time);
        const auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(inSecond).count();
        std::array<char, 8> fraction{};
        std::snprintf(fraction.data(), fraction.size(), ".%03d", static_cast<int>(millis));
        return std::string{text.data()} + fraction.data();
    }
    std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", &parts);
    return text.data();
}

std::string bytesText(std::int64_t bytes) {
    constexpr std::array kUnits{"B", "KiB", "MiB", "GiB", "TiB"};
    auto number = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (number >= 1024 && unit + 1 < kUnits.size()) {
        number /= 1024;
        ++unit;
    }
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), unit > 0 && number < 10 ? "%.1f %s" : "%.0f %s", number,
                  kUnits[unit]);
    return text.data();
}

std::string textCell(const json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    if (value == nullptr || value->is_null()) return "-";
    auto text = scalarText(*value);
    return text.empty() ? "-" : text;
}

std::string timeCell(const json::object& object, std::string_view key, Time now) {
    const auto us = intMember(object, key, -1);
    return us < 0 ? "-" : localTime(timeFromUs(us), now);
}

std::string durationCell(const json::object& object, std::string_view key) {
    const auto us = intMember(object, key, -1);
    return us < 0 ? "-" : toWords(Duration{us});
}

std::string bytesCell(const json::object& object, std::string_view key) {
    const auto bytes = intMember(object, key, -1);
    return bytes < 0 ? "-" : bytesText(bytes);
}

std::string recordLine(const json::object& record, Time now, const Palette& palette) {
    const auto event = std::string{stringMember(record, "event")};
    auto colour = Colour::None;
    if (event == "execution.succeeded") colour = Colour::Good;
    if (event == "execution.failed" || event == "execution.dropped" || event == "vm.lost")
        colour = Colour::Bad;
    if (event == "metaevent.fired") colour = Colour::Strong;
    std::string text = palette.paint(timeCell(record, "time", now), Colour::Dim) + "  ";
    auto kind = printable(event);
    kind.resize(std::max<std::size_t>(kind.size(), 19), ' ');
    text += palette.paint(kind, colour);
    for (const auto* key : {"function", "metaevent"}) {
        if (record.contains(key)) text += "  " + textCell(record, key);
    }
    for (const auto* key : {"execution",   "vm",       "edge",    "key",      "start", "queue_us", "init_us",
                            "duration_us", "delay_us", "boot_us", "down_us",  "error", "reason",   "message",
                            "result",      "data",     "firing",  "schedule", "for",   "by",       "note"}) {
        if (key == std::string_view{"result"} && event != "execution.succeeded") continue;
        text += detail(record, key);
    }
    return text;
}

}  // namespace dogwatch::cli

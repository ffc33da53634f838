#include "vmpool/guest/text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>

namespace dogwatch::guest {
namespace {

/// Length of the well-formed character at the start of `text` (Unicode 15, table 3-7), or 0.
std::size_t characterLength(std::string_view text) {
    const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const unsigned first = at(0);
    if (first < 0x80) return 1;
    std::size_t length = 0;
    unsigned low = 0x80;
    unsigned high = 0xBF;
    if (first >= 0xC2 && first <= 0xDF) {
        length = 2;
    } else if (first >= 0xE0 && first <= 0xEF) {
        length = 3;
        if (first == 0xE0) low = 0xA0;
        if (first == 0xED) high = 0x9F;
    } else if (first >= 0xF0 && first <= 0xF4) {
        length = 4;
        if (first == 0xF0) low = 0x90;
        if (first == 0xF4) high = 0x8F;
    } else {
        return 0;
    }
    if (text.size() < length || at(1) < low || at(1) > high) return 0;
    for (std::size_t i = 2; i < length; ++i) {
        if ((at(i) & 0xC0U) != 0x80) return 0;
    }
    return length;
}

/// How many bytes at the start are ASCII, counted in steps of eight: payloads are large and mostly ASCII.
std::size_t asciiPrefix(std::string_view text) {
    std::size_t length = 0;
    while (text.size() - length >= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + length, sizeof word);
        if ((word & 0x8080808080808080U) != 0) break;
        length += 8;
    }
    return length;
}

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

}  // namespace

bool isUtf8(std::string_view text) {
    while (!text.empty()) {
        const auto ascii = asciiPrefix(text);
        text.remove_prefix(ascii);
        if (text.empty()) break;
        const auto length = characterLength(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::string toUtf8(std::string_view text, std::size_t most) {
    constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
    std::string out;
    while (!text.empty()) {
        const auto length = characterLength(text);
        const auto character = length == 0 ? kReplacement : text.substr(0, length);
        if (out.size() + character.size() > most) break;
        out.append(character);
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out;
}

bool isJson(std::string_view text) {
    return nlohmann::json::accept(text);
}

bool isName(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_' || c == '.';
    });
}

bool isId(std::string_view text) {
    return !text.empty() && text.size() <= 64 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

void LastLine::append(std::string_view part) {
    if (tooLong_) return;
    if (current_.size() + part.size() > most_) {
        tooLong_ = true;
        current_.clear();
        return;
    }
    current_.append(part);
}

void LastLine::endLine() {
    if (tooLong_) {
        last_.clear();
    } else if (!std::all_of(current_.begin(), current_.end(), isBlank)) {
        last_.swap(current_);
    }
    current_.clear();
    tooLong_ = false;
}

void LastLine::feed(std::string_view chunk) {
    for (auto end = chunk.find('\n'); end != std::string_view::npos; end = chunk.find('\n')) {
        append(chunk.substr(0, end));
        endLine();
        chunk.remove_prefix(end + 1);
    }
    append(chunk);
}

std::string LastLine::line() const {
    LastLine ended = *this;
    ended.endLine();
    return ended.last_;
}

}  // namespace dogwatch::guest

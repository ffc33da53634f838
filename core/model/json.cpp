#include "core/model/json.h"

#include <array>
#include <charconv>
#include <cmath>

namespace dogwatch {
namespace {

/// Writes numbers in their shortest decimal form and everything else as Boost does.
class Writer {
 public:
    Writer(std::string& out, bool pretty) : out_(out), pretty_(pretty) {}

    void value(const json::value& value) {
        switch (value.kind()) {
            case json::kind::object: object(value.get_object()); break;
            case json::kind::array: array(value.get_array()); break;
            case json::kind::double_: number(value.get_double()); break;
            case json::kind::string: out_ += json::serialize(value.get_string()); break;
            case json::kind::int64: integer(value.get_int64()); break;
            case json::kind::uint64: integer(value.get_uint64()); break;
            case json::kind::bool_: out_ += value.get_bool() ? "true" : "false"; break;
            case json::kind::null: out_ += "null"; break;
        }
    }

 private:
    void object(const json::object& object) {
        out_ += '{';
        bool first = true;
        ++level_;
        for (const auto& member : object) {
            separate(first);
            out_ += json::serialize(json::string_view{member.key()});
            out_ += pretty_ ? ": " : ":";
            value(member.value());
        }
        --level_;
        close('}', first);
    }

    void array(const json::array& array) {
        out_ += '[';
        bool first = true;
        ++level_;
        for (const auto& element : array) {
            separate(first);
            value(element);
        }
        --level_;
        close(']', first);
    }

    void separate(bool& first) {
        if (!first) out_ += ',';
        first = false;
        indent();
    }

    void close(char bracket, bool empty) {
        if (!empty) indent();
        out_ += bracket;
    }

    void indent() {
        if (!pretty_) return;
        out_ += '\n';
        out_.append(2 * level_, ' ');
    }

    template <typename T>
    void integer(T number) {
        std::array<char, 24> buffer{};
        const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
        out_.append(buffer.data(), end);
    }

    void number(double number) {
        if (!std::isfinite(number)) {  // JSON has no such number
            out_ += "null";
            return;
        }
        // As people write them: "1000000" rather than the shorter "1e+06".
        const double size = std::abs(number);
        const bool plain = size == 0 || (size >= 1e-5 && size < 1e17);
        std::array<char, 32> buffer{};
        char* const last = buffer.data() + buffer.size();
        const auto end = plain ? std::to_chars(buffer.data(), last, number, std::chars_format::fixed).ptr
                               : std::to_chars(buffer.data(), last, number).ptr;
        out_.append(buffer.data(), end);
    }

    std::string& out_;
    bool pretty_;
    std::size_t level_ = 0;
};

}  // namespace

std::string toJson(const json::value& value) {
    std::string out;
    Writer(out, false).value(value);
    return out;
}

std::string shortened(std::string text, std::size_t most) {
    if (text.size() <= most) return text;
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end) + "…";
}

std::string toPrettyJson(const json::value& value) {
    std::string out;
    Writer(out, true).value(value);
    return out;
}

std::string_view stringMember(const json::object& object, std::string_view key, std::string_view fallback) {
    const auto* value = object.if_contains(key);
    const auto* text = value != nullptr ? value->if_string() : nullptr;
    return text != nullptr ? std::string_view{text->data(), text->size()} : fallback;
}

std::int64_t intMember(const json::object& object, std::string_view key, std::int64_t fallback) {
    const auto* value = object.if_contains(key);
    if (value == nullptr) return fallback;
    if (const auto* number = value->if_int64()) return *number;
    if (const auto* number = value->if_double()) {
        constexpr double kExact = 9007199254740992.0;  // 2^53
        if (std::abs(*number) < kExact && std::floor(*number) == *number) {
            return static_cast<std::int64_t>(*number);
        }
    }
    return fallback;
}

bool boolMember(const json::object& object, std::string_view key, bool fallback) {
    const auto* value = object.if_contains(key);
    const auto* flag = value != nullptr ? value->if_bool() : nullptr;
    return flag != nullptr ? *flag : fallback;
}

}  // namespace dogwatch

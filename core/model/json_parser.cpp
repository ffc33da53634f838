#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "core/model/grammar.h"
#include "core/model/json.h"

namespace dogwatch {
namespace {

/// Both from 1 on.
struct Position {
    std::size_t line;
    std::size_t column;
};

Position positionOf(std::string_view text, std::size_t offset) {
    std::size_t line = 1;
    std::size_t start = 0;
    for (std::size_t i = 0; i < offset && i < text.size(); ++i) {
        if (text[i] == '\n') {
            ++line;
            start = i + 1;
        }
    }
    return {line, offset - start + 1};
}

/// Builds the value. Boost's own builder is off by one in the last digit for every fifth double; this one
/// rounds correctly, so that a number that is written and read again stays the same.
class ValueBuilder {
 public:
    // What basic_parser asks of its handler: NOLINTBEGIN(readability-identifier-naming)
    static constexpr std::size_t max_object_size = json::object::max_size();
    static constexpr std::size_t max_array_size = json::array::max_size();
    static constexpr std::size_t max_key_size = json::string::max_size();
    static constexpr std::size_t max_string_size = json::string::max_size();
    using Code = boost::system::error_code;

    bool on_document_begin(Code&) {
        stack_.reset();
        return true;
    }
    bool on_document_end(Code&) { return true; }
    bool on_object_begin(Code&) { return true; }
    bool on_object_end(std::size_t members, Code&) {
        stack_.push_object(members);
        return true;
    }
    bool on_array_begin(Code&) { return true; }
    bool on_array_end(std::size_t elements, Code&) {
        stack_.push_array(elements);
        return true;
    }
    bool on_key_part(json::string_view part, std::size_t, Code&) {
        stack_.push_chars(part);
        return true;
    }
    bool on_key(json::string_view rest, std::size_t, Code&) {
        stack_.push_key(rest);
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, Code&) {
        stack_.push_chars(part);
        return true;
    }
    bool on_string(json::string_view rest, std::size_t, Code&) {
        stack_.push_string(rest);
        return true;
    }
    bool on_number_part(json::string_view part, Code&) {
        number_.append(part.data(), part.size());
        return true;
    }
    bool on_int64(std::int64_t number, json::string_view, Code&) {
        number_.clear();
        stack_.push_int64(number);
        return true;
    }
    bool on_uint64(std::uint64_t number, json::string_view, Code&) {
        number_.clear();
        stack_.push_uint64(number);
        return true;
    }
    bool on_double(double, json::string_view rest, Code& error) {
        number_.append(rest.data(), rest.size());
        double number = 0;
        if (std::from_chars(number_.data(), number_.data() + number_.size(), number).ec != std::errc{}) {
            number = std::strtod(number_.c_str(), nullptr);  // tells too small (0) from too large (infinite)
        }
        number_.clear();
        if (!std::isfinite(number)) error = json::error::exponent_overflow;
        stack_.push_double(number);
        return !error;
    }
    bool on_bool(bool flag, Code&) {
        stack_.push_bool(flag);
        return true;
    }
    bool on_null(Code&) {
        stack_.push_null();
        return true;
    }
    bool on_comment_part(json::string_view, Code&) { return true; }
    bool on_comment(json::string_view, Code&) { return true; }
    // NOLINTEND(readability-identifier-naming)

    json::value release() { return stack_.release(); }

 private:
    json::value_stack stack_;
    std::string number_;  ///< the digits so far, of a number that comes in parts
};

}  // namespace

Result<json::value> parseJson(std::string_view text, const JsonLimits& limits) {
    return parseJson(text, limits, Grammar::english());
}

Result<json::value> parseJson(std::string_view text, const JsonLimits& limits, const Grammar& grammar) {
    if (text.size() > limits.bytes) {
        return malformed({}, grammar.say("JSON of at most {} bytes, not {}", limits.bytes, text.size()));
    }
    json::parse_options options;
    options.max_depth = limits.depth;
    json::basic_parser<ValueBuilder> parser(options);
    boost::system::error_code error;
    const std::size_t used = parser.write_some(false, text.data(), text.size(), error);
    if (!error && used < text.size()) error = json::error::extra_data;
    if (error) {
        const auto [line, column] = positionOf(text, used);
        return malformed({}, grammar.say("JSON, but at line {}, column {}: {}", line, column,
                                         grammar.translated(error.message())));
    }
    return parser.handler().release();
}

}  // namespace dogwatch

// JSON in and out, bounded and with readable faults. One JSON type serves all of Dogwatch: boost::json.
#pragma once

#include <boost/json.hpp>
#include <cstddef>
#include <string>
#include <string_view>

#include "core/model/result.h"

namespace dogwatch {

namespace json = boost::json;

class Grammar;

struct JsonLimits {
    std::size_t bytes = 64U << 20U;
    std::size_t depth = 64;
};

/// Strict JSON (RFC 8259). The error tells line and column, in English or the grammar's words: "JSON, but at
/// line 2, column 14: syntax error".
Result<json::value> parseJson(std::string_view text, const JsonLimits& limits = {});
Result<json::value> parseJson(std::string_view text, const JsonLimits& limits, const Grammar& grammar);

inline std::string_view view(const json::string& text) {
    return {text.data(), text.size()};
}

/// Compact. Numbers in their shortest decimal form ("0.5", "3"), not in Boost's scientific one.
std::string toJson(const json::value& value);
/// Indented by two spaces, for people.
std::string toPrettyJson(const json::value& value);
/// UTF-8 text, whole up to `most` bytes; of a longer one its beginning, cut between characters, and "…".
std::string shortened(std::string text, std::size_t most);

/// The member as the type asked for, or the fallback when it is missing or of another type.
std::string_view stringMember(const json::object& object, std::string_view key,
                              std::string_view fallback = {});
std::int64_t intMember(const json::object& object, std::string_view key, std::int64_t fallback = 0);
bool boolMember(const json::object& object, std::string_view key, bool fallback = false);

}  // namespace dogwatch

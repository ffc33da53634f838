#include "core/model/value.h"

#include <algorithm>
#include <charconv>
#include <functional>

namespace dogwatch {
namespace {

/// Mixes a hash so that sums of mixed ones are good hashes themselves (the finalizer of splitmix64).
std::size_t mix(std::size_t hash) {
    hash ^= hash >> 30U;
    hash *= 0xbf58476d1ce4e5b9U;
    hash ^= hash >> 27U;
    hash *= 0x94d049bb133111ebU;
    return hash ^ (hash >> 31U);
}

std::size_t hashText(std::string_view text) {
    return std::hash<std::string_view>{}(text);
}

bool sameObject(const json::object& a, const json::object& b) {
    return a.size() == b.size() && std::all_of(a.begin(), a.end(), [&b](const auto& member) {
               const auto* other = b.if_contains(member.key());
               return other != nullptr && sameValue(member.value(), *other);
           });
}

/// The element that a part of a path names: digits within the array's size.
const json::value* elementAt(const json::array& array, std::string_view part) {
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), index);
    const bool digits = error == std::errc{} && end == part.data() + part.size();
    return digits && index < array.size() ? &array[index] : nullptr;
}

const json::value* step(const json::value& value, std::string_view part) {
    if (const auto* object = value.if_object()) return object->if_contains(part);
    if (const auto* array = value.if_array()) return elementAt(*array, part);
    return nullptr;
}

const json::value* walk(const json::value* value, const std::vector<std::string>& parts) {
    for (auto part = parts.begin() + 1; value != nullptr && part != parts.end(); ++part) {
        value = step(*value, *part);
    }
    return value;
}

}  // namespace

ValueType typeOf(const json::value& value) {
    switch (value.kind()) {
        case json::kind::null: return ValueType::Null;
        case json::kind::bool_: return ValueType::Boolean;
        case json::kind::int64:
        case json::kind::uint64:
        case json::kind::double_: return ValueType::Number;
        case json::kind::string: return ValueType::String;
        case json::kind::array: return ValueType::Array;
        case json::kind::object: return ValueType::Object;
    }
    return ValueType::Null;
}

std::optional<double> asNumber(const json::value& value) {
    switch (value.kind()) {
        case json::kind::int64: return static_cast<double>(value.get_int64());
        case json::kind::uint64: return static_cast<double>(value.get_uint64());
        case json::kind::double_: return value.get_double();
        default: return std::nullopt;
    }
}

bool sameValue(const json::value& a, const json::value& b) {
    const ValueType type = typeOf(a);
    if (type != typeOf(b)) return false;
    switch (type) {
        case ValueType::Null: return true;
        case ValueType::Boolean: return a.get_bool() == b.get_bool();
        case ValueType::Number: return asNumber(a) == asNumber(b);
        case ValueType::String: return a.get_string() == b.get_string();
        case ValueType::Array:
            return std::equal(a.get_array().begin(), a.get_array().end(), b.get_array().begin(),
                              b.get_array().end(), sameValue);
        case ValueType::Object: return sameObject(a.get_object(), b.get_object());
    }
    return false;
}

std::size_t hashValue(const json::value& value) {
    const ValueType type = typeOf(value);
    std::size_t hash = mix(static_cast<std::size_t>(type) + 1);
    switch (type) {
        case ValueType::Null: break;
        case ValueType::Boolean: hash += value.get_bool() ? 1U : 0U; break;
        case ValueType::Number: hash += std::hash<double>{}(*asNumber(value) + 0.0); break;  // -0 as 0
        case ValueType::String: hash += hashText(view(value.get_string())); break;
        case ValueType::Array:
            for (const auto& element : value.get_array()) hash = mix(hash) + hashValue(element);
            break;
        case ValueType::Object:
            for (const auto& member : value.get_object()) {
                hash += mix(hashText(member.key()) ^ mix(hashValue(member.value())));
            }
            break;
    }
    return mix(hash);
}

std::optional<FieldPath> FieldPath::parse(std::string_view text) {
    FieldPath path;
    path.text_ = text;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find('.', start), text.size());
        if (end == start) return std::nullopt;
        path.parts_.emplace_back(text.substr(start, end - start));
        start = end + 1;
    }
    return path;
}

const json::value* FieldPath::find(const json::value& root) const {
    return parts_.empty() ? nullptr : walk(step(root, parts_.front()), parts_);
}

const json::value* FieldPath::find(const Record& record, json::value& scratch) const {
    if (parts_.empty()) return nullptr;
    const std::string& first = parts_.front();
    const json::value* found = record.fields.if_contains(first);
    if (found == nullptr) {
        if (first == "event") {
            scratch = record.event;
        } else if (first == "time") {
            scratch = toUs(record.time);
        } else if (first == "seq" && record.seq != 0) {
            scratch = record.seq;
        } else if (first == "depth") {
            scratch = 0;
        } else {
            return nullptr;
        }
        found = &scratch;
    }
    return walk(found, parts_);
}

}  // namespace dogwatch

// JSON values as conditions see them: one kind of number (IEEE doubles, 1 and 1.0 equal), members of objects
// in no order, true no number; and field paths into records (spec sections 1 to 3).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/json.h"
#include "core/model/record.h"

namespace dogwatch {

enum class ValueType { Null, Boolean, Number, String, Array, Object };
ValueType typeOf(const json::value& value);

/// The value as a double; none when it is no number.
std::optional<double> asNumber(const json::value& value);

/// Whether two values are equal where conditions compare them (`==`, `in`, `changed`, `distinct`, `by`,
/// keys).
bool sameValue(const json::value& a, const json::value& b);
/// Equal for values that are the same, and the same in every process.
std::size_t hashValue(const json::value& value);

/// For unordered containers whose keys are JSON values.
struct ValueHash {
    std::size_t operator()(const json::value& value) const { return hashValue(value); }
};
struct ValueEqual {
    bool operator()(const json::value& a, const json::value& b) const { return sameValue(a, b); }
};

/// A dotted path such as "result.items.0.id", split once. Digits index arrays.
class FieldPath {
 public:
    FieldPath() = default;
    /// None when the text or one of its parts is empty.
    static std::optional<FieldPath> parse(std::string_view text);

    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] const std::vector<std::string>& parts() const { return parts_; }

    /// What stands there in a JSON value; null when it leads nowhere.
    [[nodiscard]] const json::value* find(const json::value& root) const;

    /// What stands there in a record, `seq`, `time` and `event` included; a `depth` that is absent is 0, and
    /// a record that has no seq yet lacks it. The result points into the record, or at `scratch`.
    [[nodiscard]] const json::value* find(const Record& record, json::value& scratch) const;

    bool operator==(const FieldPath& other) const { return text_ == other.text_; }

 private:
    std::string text_;
    std::vector<std::string> parts_;
};

}  // namespace dogwatch

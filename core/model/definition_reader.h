// DefinitionReader: takes definitions apart strictly. It keeps the first fault and reads on with harmless
// values, so that what reads a definition is as plain as what it describes; the caller asks once, at the end.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/condition.h"
#include "core/model/grammar.h"
#include "core/model/json.h"
#include "core/model/result.h"
#include "core/model/time.h"
#include "core/model/value.h"

namespace dogwatch {

/// A value of a definition and the path at which it stands; null: nothing does.
struct Place {
    const json::value* value = nullptr;
    std::string path;

    [[nodiscard]] Place member(std::string_view key) const;
    [[nodiscard]] Place element(std::size_t index) const;
    [[nodiscard]] const json::array* array() const { return value != nullptr ? value->if_array() : nullptr; }
    explicit operator bool() const { return value != nullptr; }
};

/// The names that a value may have, and what they mean.
template <typename T>
using Names = std::span<const std::pair<std::string_view, T>>;

class DefinitionReader {
 public:
    /// `prefix` begins the paths of faults: empty, or the position in a list. They are told by `grammar`.
    explicit DefinitionReader(std::string prefix, const Grammar& grammar = Grammar::english())
        : prefix_(std::move(prefix)), grammar_(grammar) {}

    [[nodiscard]] bool failed() const { return fault_.has_value(); }
    [[nodiscard]] const Error& fault() const { return *fault_; }
    /// Refuses what stands there: `expected`, a message of the grammar, says what should. Only the first
    /// fault is kept.
    template <typename... Args>
    void refuse(const Place& place, fmt::format_string<const Args&...> expected, const Args&... args) {
        if (!failed()) keep(place, grammar_.say(expected, args...));
    }
    /// The same, told at a path, without what was found.
    template <typename... Args>
    void refuseAt(const std::string& path, fmt::format_string<const Args&...> expected, const Args&... args) {
        if (!failed()) keepAt(path, grammar_.say(expected, args...));
    }

    using Keys = std::initializer_list<std::string_view>;
    /// Refuses what is no object, has a key that is neither, or lacks a required one. False: so it was.
    bool keys(const Place& place, Keys required, Keys optional = {});

    std::string text(const Place& place);  ///< not empty
    std::string string(const Place& place);
    std::string name(const Place& place);  ///< of a metaevent
    bool boolean(const Place& place);
    double number(const Place& place);
    /// A whole number; from `lowest` to `highest`, or to any.
    std::int64_t whole(const Place& place, std::int64_t lowest, std::optional<std::int64_t> highest = {});
    FieldPath fieldPath(const Place& place);
    Duration duration(const Place& place);
    Cron schedule(const Place& text);
    Cron schedule(const Place& text, const Place& timezone);
    Comparison comparison(const Place& place);
    Selector selector(const Place& place);

    template <typename T>
    T oneOf(const Place& place, Names<T> names) {
        const auto* text = place ? place.value->if_string() : nullptr;
        std::string known;
        for (const auto& [name, meaning] : names) {
            if (text != nullptr && *text == json::string_view{name.data(), name.size()}) return meaning;
            known += (known.empty() ? "" : ", ") + std::string(name);
        }
        refuse(place, "one of {}", known);
        return names.front().second;
    }

    /// The elements of a list that is not empty, each read by `read(place)`.
    template <typename Read>
    auto list(const Place& place, Read read) {
        std::vector<decltype(read(place))> result;
        const auto* array = place.array();
        if (array == nullptr || array->empty()) {
            refuse(place, "a list with at least one element");
            return result;
        }
        for (std::size_t i = 0; i < array->size() && !failed(); ++i) result.push_back(read(place.element(i)));
        return result;
    }

    /// The same for a list that may be empty, or left out.
    template <typename Read>
    auto listOrNone(const Place& place, Read read) {
        const bool none = !place || (place.array() != nullptr && place.array()->empty());
        return none ? std::vector<decltype(read(place))>{} : list(place, read);
    }

 private:
    void keep(const Place& place, const std::string& expected);
    void keepAt(const std::string& path, std::string expected);
    std::vector<Pattern> patterns(const Place& place);
    Clause clause(const Place& place);
    void clauseValue(Clause& clause, const Place& place);
    json::value scalar(const Place& place, std::initializer_list<ValueType> types,
                       fmt::format_string<> expected);

    std::string prefix_;
    const Grammar& grammar_;
    std::optional<Error> fault_;
};

/// Reads a tree of conditions; its nodes keep the paths at which they stand.
Condition readCondition(DefinitionReader& in, const Place& place);

}  // namespace dogwatch

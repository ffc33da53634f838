// Selector: which records a condition looks at (spec section 3).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/json.h"
#include "core/model/record.h"
#include "core/model/value.h"

namespace re2 {
class RE2;
}

namespace dogwatch {

class Grammar;

/// Text in which `*` stands for any characters.
class Pattern {
 public:
    Pattern() = default;
    explicit Pattern(std::string text);

    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] bool isExact() const { return exact_; }  ///< holds no `*`: it matches its own text alone
    [[nodiscard]] bool matches(std::string_view text) const;

    bool operator==(const Pattern& other) const { return text_ == other.text_; }

 private:
    std::string text_;
    bool exact_ = true;
};

/// One `[path, operator, value]` of `where`.
struct Clause {
    enum class Operator {
        Equal,
        NotEqual,
        Less,
        LessEqual,
        GreaterEqual,
        Greater,
        In,
        Contains,
        StartsWith,
        Matches,
        Exists
    };

    FieldPath path;
    Operator op = Operator::Exists;
    json::value value;                      ///< a scalar; of In an array of scalars
    std::shared_ptr<const re2::RE2> regex;  ///< of Matches: the value, compiled

    /// Whether it holds of what stands at the path; null: nothing does.
    [[nodiscard]] bool holds(const json::value* found) const;
    bool operator==(const Clause& other) const {
        return path == other.path && op == other.op && value == other.value;
    }
};

const char* operatorName(Clause::Operator op);  ///< as definitions spell it: "==", "starts_with", ...

/// A regular expression in RE2 syntax of at most 1,000 bytes, or why it is none, in the grammar's words.
Result<std::shared_ptr<const re2::RE2>> compileRegex(std::string_view pattern, const Grammar& grammar);

struct Selector {
    std::vector<Pattern> events;                    ///< kinds; never empty
    std::optional<std::vector<Pattern>> functions;  ///< none: any function, or no function
    std::vector<Clause> where;                      ///< all must hold

    /// The three parts of matches(), for callers that index the first two.
    /// A pattern reaches metaevent.* kinds only where it starts with "metaevent." itself.
    [[nodiscard]] bool matchesKind(std::string_view event) const;
    /// `function` null: the record has none (or one that is no string).
    [[nodiscard]] bool matchesFunction(const std::string_view* function) const;
    [[nodiscard]] bool matchesWhere(const Record& record) const;

    [[nodiscard]] bool matches(const Record& record) const;
    bool operator==(const Selector&) const = default;
};

/// Whether one pattern of a selector's `event` reaches a kind (see Selector::matchesKind).
bool kindMatches(const Pattern& pattern, std::string_view event);

}  // namespace dogwatch

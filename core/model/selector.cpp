#include "core/model/selector.h"

#include <re2/re2.h>

#include <algorithm>

#include "core/model/grammar.h"

namespace dogwatch {
namespace {

constexpr std::string_view kMetaeventKinds = "metaevent.";
constexpr std::size_t kLongestRegex = 1000;

template <typename T>
bool compares(Clause::Operator op, const T& a, const T& b) {
    switch (op) {
        case Clause::Operator::Less: return a < b;
        case Clause::Operator::LessEqual: return a <= b;
        case Clause::Operator::GreaterEqual: return a >= b;
        case Clause::Operator::Greater: return a > b;
        default: return false;
    }
}

/// The operators on strings alone.
bool textHolds(const Clause& clause, std::string_view found) {
    if (clause.op == Clause::Operator::Matches) {
        return clause.regex != nullptr && re2::RE2::PartialMatch({found.data(), found.size()}, *clause.regex);
    }
    const std::string_view wanted = view(clause.value.get_string());
    switch (clause.op) {
        case Clause::Operator::Contains: return found.find(wanted) != std::string_view::npos;
        case Clause::Operator::StartsWith: return found.starts_with(wanted);
        default: return compares(clause.op, found, wanted);
    }
}

/// RE2's own words are "missing ]: [a-", where what stands behind the colon is of the expression.
std::string regexFault(const re2::RE2& regex, const Grammar& grammar) {
    const std::string_view fault = regex.error();
    const std::size_t quoted = regex.error_arg().empty() ? 0 : regex.error_arg().size() + 2;
    const std::size_t words = fault.size() - std::min(quoted, fault.size());
    return std::string(grammar.translated(fault.substr(0, words))) + std::string(fault.substr(words));
}

}  // namespace

Pattern::Pattern(std::string text) : text_(std::move(text)), exact_(text_.find('*') == std::string::npos) {}

bool Pattern::matches(std::string_view text) const {
    if (exact_) return text == text_;
    // Greedy, going back to the last star where it fails: linear in practice, and never exponential.
    const std::string_view pattern = text_;
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos;
    std::size_t resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

bool Clause::holds(const json::value* found) const {
    if (op == Operator::Exists) return (found != nullptr) == value.as_bool();
    if (op == Operator::In) {
        const auto& wanted = value.as_array();
        return found != nullptr && std::any_of(wanted.begin(), wanted.end(),
                                               [found](const auto& one) { return sameValue(one, *found); });
    }
    if (found == nullptr || typeOf(*found) != typeOf(value)) return op == Operator::NotEqual;
    if (op == Operator::Equal) return sameValue(*found, value);
    if (op == Operator::NotEqual) return !sameValue(*found, value);
    if (const auto* text = found->if_string()) return textHolds(*this, view(*text));
    const auto number = asNumber(*found);
    return number && compares(op, *number, *asNumber(value));
}

const char* operatorName(Clause::Operator op) {
    switch (op) {
        case Clause::Operator::Equal: return "==";
        case Clause::Operator::NotEqual: return "!=";
        case Clause::Operator::Less: return "<";
        case Clause::Operator::LessEqual: return "<=";
        case Clause::Operator::GreaterEqual: return ">=";
        case Clause::Operator::Greater: return ">";
        case Clause::Operator::In: return "in";
        case Clause::Operator::Contains: return "contains";
        case Clause::Operator::StartsWith: return "starts_with";
        case Clause::Operator::Matches: return "matches";
        case Clause::Operator::Exists: return "exists";
    }
    return "";
}

Result<std::shared_ptr<const re2::RE2>> compileRegex(std::string_view pattern, const Grammar& grammar) {
    if (pattern.size() > kLongestRegex) {
        return malformed({},
                         grammar.say("a regular expression of at most 1,000 bytes, not {}", pattern.size()));
    }
    re2::RE2::Options options;
    options.set_log_errors(false);
    auto regex = std::make_shared<const re2::RE2>(re2::StringPiece{pattern.data(), pattern.size()}, options);
    if (!regex->ok()) {
        return malformed({},
                         grammar.say("a regular expression in RE2 syntax ({})", regexFault(*regex, grammar)));
    }
    return regex;
}

bool kindMatches(const Pattern& pattern, std::string_view event) {
    if (event.starts_with(kMetaeventKinds) && !pattern.text().starts_with(kMetaeventKinds)) return false;
    return pattern.matches(event);
}

bool Selector::matchesKind(std::string_view event) const {
    return std::any_of(events.begin(), events.end(),
                       [event](const Pattern& pattern) { return kindMatches(pattern, event); });
}

bool Selector::matchesFunction(const std::string_view* function) const {
    if (!functions) return true;
    return function != nullptr &&
           std::any_of(functions->begin(), functions->end(),
                       [function](const Pattern& pattern) { return pattern.matches(*function); });
}

bool Selector::matchesWhere(const Record& record) const {
    json::value scratch;
    return std::all_of(where.begin(), where.end(),
                       [&](const Clause& clause) { return clause.holds(clause.path.find(record, scratch)); });
}

bool Selector::matches(const Record& record) const {
    if (!matchesKind(record.event)) return false;
    const auto* function = record.fields.if_contains("function");
    const auto* text = function != nullptr ? function->if_string() : nullptr;
    const std::string_view name = text != nullptr ? view(*text) : std::string_view{};
    return matchesFunction(text != nullptr ? &name : nullptr) && matchesWhere(record);
}

}  // namespace dogwatch

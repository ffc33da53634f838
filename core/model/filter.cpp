#include "core/model/filter.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "core/model/time.h"

namespace dogwatch {
namespace {

struct Part {
    std::string text;  ///< without quotes
    FilterSpan span;
};

bool isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

std::vector<Part> splitAtBlanks(std::string_view text) {
    std::vector<Part> parts;
    Part part;
    bool quoted = false;
    bool inside = false;
    const auto close = [&](std::size_t at) {
        part.span.end = at;
        if (inside && !part.text.empty()) parts.push_back(part);
        part = {};
        inside = false;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (isBlank(c) && !quoted) {
            close(i);
            continue;
        }
        if (!inside) {
            inside = true;
            part.span.begin = i;
        }
        if (c == '"') {
            quoted = !quoted;
        } else {
            part.text += c;
        }
    }
    close(text.size());
    return parts;
}

/// A number, or a duration in microseconds.
std::optional<double> numberOf(std::string_view text) {
    double number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec == std::errc{} && read.ptr == text.data() + text.size()) return number;
    const auto duration = parseDuration(text);
    return duration ? std::optional{static_cast<double>(duration->count())} : std::nullopt;
}

std::string lower(std::string_view text) {
    std::string low{text};
    for (char& c : low)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return low;
}

/// The operator at the beginning of `rest`, and its length.
std::optional<std::pair<FilterTerm::Operator, std::size_t>> operatorAt(std::string_view rest) {
    using Operator = FilterTerm::Operator;
    if (rest.starts_with(":")) return std::pair{Operator::Like, 1};
    if (rest.starts_with(">=")) return std::pair{Operator::GreaterEqual, 2};
    if (rest.starts_with("<=")) return std::pair{Operator::LessEqual, 2};
    if (rest.starts_with(">")) return std::pair{Operator::Greater, 1};
    if (rest.starts_with("<")) return std::pair{Operator::Less, 1};
    return std::nullopt;
}

Result<FilterTerm> readTerm(std::string_view text, std::span<const std::string_view> fields) {
    FilterTerm term;
    if (text.size() > 1 && text.front() == '-') {
        term.negated = true;
        text.remove_prefix(1);
    }
    std::size_t name = 0;
    while (name < text.size() && ((text[name] >= 'a' && text[name] <= 'z') ||
                                  (text[name] >= 'A' && text[name] <= 'Z') || text[name] == '_'))
        ++name;
    const auto found = name == 0 ? std::nullopt : operatorAt(text.substr(name));
    if (!found) {
        term.word = text;
        return term;
    }
    term.field = lower(text.substr(0, name));
    term.op = found->first;
    term.word = text.substr(name + found->second);
    if (std::find(fields.begin(), fields.end(), term.field) == fields.end())
        return malformed({}, "There is no field “" + term.field + "” here");
    if (term.word.empty())
        return malformed(
            {}, "“" + std::string{text.substr(0, name + found->second)} + "” needs a value after it");
    if (term.op == FilterTerm::Operator::Like) return term;
    const auto number = numberOf(term.word);
    if (!number) return malformed({}, "“" + term.word + "” is neither a number nor a duration such as 2s");
    term.number = *number;
    return term;
}

}  // namespace

Result<Filter> Filter::parse(std::string_view text, std::span<const std::string_view> fields,
                             FilterSpan* fault) {
    Filter filter;
    for (const Part& part : splitAtBlanks(text)) {
        auto term = readTerm(part.text, fields);
        if (!term) {
            if (fault != nullptr) *fault = part.span;
            return tl::unexpected(term.error());
        }
        filter.terms.push_back(std::move(*term));
    }
    return filter;
}

std::span<const std::string_view> executionFilterFields() {
    static constexpr std::array<std::string_view, 13> kFields = {
        "function", "state",   "error",   "duration", "waited",    "init",   "trigger",
        "cause",    "attempt", "version", "vm",       "execution", "message"};
    return kFields;
}

}  // namespace dogwatch

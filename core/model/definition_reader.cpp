#include "core/model/definition_reader.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/model/function.h"

namespace dogwatch {
namespace {

constexpr std::size_t kLongestQuote = 60;

std::string join(std::string_view parent, std::string_view part) {
    return parent.empty() ? std::string(part) : std::string(parent) + '.' + std::string(part);
}

/// What was found, as JSON, cut where it is long.
std::string quote(const json::value& value) {
    return shortened(toJson(value), kLongestQuote);
}

std::string listed(DefinitionReader::Keys keys) {
    std::string text;
    for (const auto key : keys) text += (text.empty() ? "" : ", ") + std::string(key);
    return text;
}

constexpr std::array<std::pair<std::string_view, Comparison::Operator>, 6> kComparisons = {{
    {"<", Comparison::Operator::Less},
    {"<=", Comparison::Operator::LessEqual},
    {"==", Comparison::Operator::Equal},
    {"!=", Comparison::Operator::NotEqual},
    {">=", Comparison::Operator::GreaterEqual},
    {">", Comparison::Operator::Greater},
}};

constexpr std::array<std::pair<std::string_view, Clause::Operator>, 11> kClauseOperators = {{
    {"==", Clause::Operator::Equal},
    {"!=", Clause::Operator::NotEqual},
    {"<", Clause::Operator::Less},
    {"<=", Clause::Operator::LessEqual},
    {">=", Clause::Operator::GreaterEqual},
    {">", Clause::Operator::Greater},
    {"in", Clause::Operator::In},
    {"contains", Clause::Operator::Contains},
    {"starts_with", Clause::Operator::StartsWith},
    {"matches", Clause::Operator::Matches},
    {"exists", Clause::Operator::Exists},
}};

}  // namespace

Place Place::member(std::string_view key) const {
    const auto* object = value != nullptr ? value->if_object() : nullptr;
    return {object != nullptr ? object->if_contains(key) : nullptr, join(path, key)};
}

Place Place::element(std::size_t index) const {
    const auto* elements = array();
    const bool there = elements != nullptr && index < elements->size();
    return {there ? &(*elements)[index] : nullptr, join(path, std::to_string(index))};
}

void DefinitionReader::keep(const Place& place, const std::string& expected) {
    keepAt(place.path, place ? grammar_.say("{}, not {}", expected, quote(*place.value)) : expected);
}

void DefinitionReader::keepAt(const std::string& path, std::string expected) {
    if (failed()) return;
    std::string full = path.empty() ? prefix_ : join(prefix_, path);
    if (full.empty()) full = "$";
    fault_ = Error{Error::Kind::Invalid, std::move(expected), std::move(full)};
}

bool DefinitionReader::keys(const Place& place, Keys required, Keys optional) {
    const auto* object = place ? place.value->if_object() : nullptr;
    if (object == nullptr) {
        refuse(place, "an object");
        return false;
    }
    const auto among = [](Keys keys, std::string_view key) {
        return std::find(keys.begin(), keys.end(), key) != keys.end();
    };
    for (const auto& member : *object) {
        if (among(required, member.key()) || among(optional, member.key())) continue;
        std::string known = listed(required);
        if (optional.size() > 0) known += (known.empty() ? "" : ", ") + listed(optional);
        refuseAt(join(place.path, member.key()), "no such key; one of {}", known);
        return false;
    }
    for (const auto key : required) {
        if (object->if_contains(key) != nullptr) continue;
        refuseAt(join(place.path, key), "required, but missing");
        return false;
    }
    return true;
}

std::string DefinitionReader::string(const Place& place) {
    const auto* text = place ? place.value->if_string() : nullptr;
    if (text == nullptr) refuse(place, "a string");
    return text != nullptr ? std::string(view(*text)) : std::string();
}

std::string DefinitionReader::text(const Place& place) {
    const auto* text = place ? place.value->if_string() : nullptr;
    if (text == nullptr || text->empty()) refuse(place, "a non-empty string");
    return text != nullptr ? std::string(view(*text)) : std::string();
}

std::string DefinitionReader::name(const Place& place) {
    const auto* text = place ? place.value->if_string() : nullptr;
    if (text != nullptr && isName(view(*text))) return std::string(view(*text));
    refuse(place, "a name: 1 to 64 of a-z, A-Z, 0-9, '-', '_', '.'");
    return {};
}

bool DefinitionReader::boolean(const Place& place) {
    const auto* flag = place ? place.value->if_bool() : nullptr;
    if (flag == nullptr) refuse(place, "true or false");
    return flag != nullptr && *flag;
}

double DefinitionReader::number(const Place& place) {
    const auto number = place ? asNumber(*place.value) : std::nullopt;
    if (!number) refuse(place, "a number");
    return number.value_or(0);
}

std::int64_t DefinitionReader::whole(const Place& place, std::int64_t lowest,
                                     std::optional<std::int64_t> highest) {
    constexpr double kLargest = 9'007'199'254'740'992.0;  // 2^53; no count comes near it
    const auto number = place ? asNumber(*place.value) : std::nullopt;
    if (number && std::floor(*number) == *number && *number >= static_cast<double>(lowest) &&
        (!highest || *number <= static_cast<double>(*highest))) {
        return static_cast<std::int64_t>(std::min(*number, kLargest));
    }
    if (highest)
        refuse(place, "a whole number from {} to {}", lowest, *highest);
    else
        refuse(place, "a whole number from {}", lowest);
    return lowest;
}

FieldPath DefinitionReader::fieldPath(const Place& place) {
    const auto* text = place ? place.value->if_string() : nullptr;
    auto path = text != nullptr ? FieldPath::parse(view(*text)) : std::nullopt;
    if (!path) refuse(place, "a field path such as \"function\" or \"tags.team\"");
    return path ? *std::move(path) : FieldPath();
}

Duration DefinitionReader::duration(const Place& place) {
    const auto* text = place ? place.value->if_string() : nullptr;
    const auto duration = parseDuration(text != nullptr ? view(*text) : std::string_view{});
    if (!duration) refuse(place, "a duration from 1ms to 366d, such as \"5s\" or \"1h30m\"");
    return duration.value_or(kShortestDuration);
}

Cron DefinitionReader::schedule(const Place& text) {
    const auto* written = text ? text.value->if_string() : nullptr;
    auto cron = Cron::parse(written != nullptr ? view(*written) : std::string_view{}, "UTC", grammar_);
    if (cron) return *std::move(cron);
    keepAt(text.path, cron.error().message);
    return {};
}

Cron DefinitionReader::schedule(const Place& text, const Place& timezone) {
    Cron inUtc = schedule(text);
    if (failed() || !timezone) return inUtc;
    auto cron = Cron::parse(inUtc.text(), this->text(timezone), grammar_);
    if (cron) return *std::move(cron);
    keepAt(timezone.path, cron.error().message);
    return inUtc;
}

Comparison DefinitionReader::comparison(const Place& place) {
    if (place.array() == nullptr || place.array()->size() != 2) {
        refuse(place, "[op, number], such as [\">\", 3]");
        return {};
    }
    Comparison comparison;
    comparison.op = oneOf<Comparison::Operator>(place.element(0), kComparisons);
    comparison.number = number(place.element(1));
    return comparison;
}

// ---- selectors (section 3)

std::vector<Pattern> DefinitionReader::patterns(const Place& place) {
    const auto pattern = [this](const Place& one) { return Pattern(text(one)); };
    if (place.array() != nullptr) return list(place, pattern);
    return {pattern(place)};
}

Selector DefinitionReader::selector(const Place& place) {
    Selector selector;
    if (place && place.value->is_string()) {
        selector.events = {Pattern("execution.succeeded"), Pattern("execution.failed")};
        selector.functions = {Pattern(text(place))};
        return selector;
    }
    if (!keys(place, {"event"}, {"function", "where"})) return selector;
    selector.events = patterns(place.member("event"));
    if (const Place function = place.member("function")) selector.functions = patterns(function);
    selector.where = listOrNone(place.member("where"), [this](const Place& one) { return clause(one); });
    return selector;
}

Clause DefinitionReader::clause(const Place& place) {
    Clause clause;
    if (place.array() == nullptr || place.array()->size() != 3) {
        refuse(place, "[path, operator, value], such as [\"duration_us\", \">\", 500000]");
        return clause;
    }
    clause.path = fieldPath(place.element(0));
    clause.op = oneOf<Clause::Operator>(place.element(1), kClauseOperators);
    if (!failed()) clauseValue(clause, place.element(2));
    return clause;
}

void DefinitionReader::clauseValue(Clause& clause, const Place& place) {
    using Operator = Clause::Operator;
    const auto anyScalar = [this](const Place& one) {
        return scalar(one, {ValueType::Number, ValueType::String, ValueType::Boolean, ValueType::Null},
                      "a value of type number or string or boolean or null");
    };
    switch (clause.op) {
        case Operator::Equal:
        case Operator::NotEqual: clause.value = anyScalar(place); break;
        case Operator::In: {
            const auto values = list(place, anyScalar);
            clause.value = json::array(values.begin(), values.end());
            break;
        }
        case Operator::Contains:
        case Operator::StartsWith:
            clause.value = scalar(place, {ValueType::String}, "a value of type string");
            break;
        case Operator::Matches: {
            const std::string pattern = text(place);
            auto regex = compileRegex(pattern, grammar_);
            if (!regex) keepAt(place.path, regex.error().message);
            clause.value = pattern;
            clause.regex = regex ? *std::move(regex) : nullptr;
            break;
        }
        case Operator::Exists: clause.value = boolean(place); break;
        default:
            clause.value =
                scalar(place, {ValueType::Number, ValueType::String}, "a value of type number or string");
    }
}

json::value DefinitionReader::scalar(const Place& place, std::initializer_list<ValueType> types,
                                     fmt::format_string<> expected) {
    if (place && std::find(types.begin(), types.end(), typeOf(*place.value)) != types.end())
        return *place.value;
    refuse(place, expected);
    return nullptr;
}

}  // namespace dogwatch

#include "core/model/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/model/json.h"
#include "core/model/sentence.h"

namespace dogwatch::wording {
namespace {

struct KindWords {
    std::string_view subject;  ///< subjectOf()
    std::string_view one;
    std::string_view many;
    std::string_view preposition;  ///< before the function
    std::string_view present;
    std::string_view notYet;
};

constexpr std::array<KindWords, 8> kKinds = {{
    {kFinished, "finished execution", "finished executions", "of", "finishes", "has not finished"},
    {"execution.succeeded", "success", "successes", "of", "succeeds", "has not succeeded"},
    {"execution.failed", "failure", "failures", "of", "fails", "has not failed"},
    {"execution.started", "start", "starts", "of", "starts", "has not started"},
    {"execution.queued", "request", "requests", "for", "is requested", "has not been requested"},
    {"execution.throttled", "throttled request", "throttled requests", "for", "is throttled",
     "has not been throttled"},
    {"execution.retrying", "retry", "retries", "of", "is to be retried", "has not been retried"},
    {"execution.dropped", "dropped request", "dropped requests", "for", "is dropped", "has not been dropped"},
}};

std::string functionsOf(const Selector& selector) {
    std::vector<std::string> names;
    for (const auto& function : *selector.functions) {
        if (function.text() == "*") return "any function";
        names.push_back(function.isExact() ? function.text() : "a function named " + function.text());
    }
    return joinWords(names, "or");
}

std::string kindsOf(const Selector& selector) {
    std::vector<std::string> kinds;
    for (const auto& event : selector.events) {
        if (event.text() == "*") return "any kind";
        kinds.push_back(event.text());
    }
    return "kind " + joinWords(kinds, "or");
}

std::string listed(const json::array& values) {
    std::vector<std::string> texts;
    for (const auto& value : values) texts.push_back(toJson(value));
    return joinWords(texts, "or");
}

std::string whereOf(const Clause& clause) {
    using Operator = Clause::Operator;
    std::string path = clause.path.text();
    const auto with = [&](std::string_view words) {
        return fmt::format("{} {} {}", path, words, toJson(clause.value));
    };
    switch (clause.op) {
        case Operator::Equal: return with("is");
        case Operator::NotEqual: return with("is not");
        case Operator::Less: return with("is less than");
        case Operator::LessEqual: return with("is at most");
        case Operator::GreaterEqual: return with("is at least");
        case Operator::Greater: return with("is more than");
        case Operator::In: return path + " is " + listed(clause.value.as_array());
        case Operator::Contains: return with("contains");
        case Operator::StartsWith: return with("starts with");
        case Operator::Matches: return with("matches");
        case Operator::Exists: return path + (clause.value.as_bool() ? " is present" : " is missing");
    }
    return path;
}

std::string phrase(const Selector& selector, Form form) {
    std::string text;
    if (const auto* words = wordsOf(selector, kKinds)) {
        text = fmt::format("{} {} {}", form == Form::One ? words->one : words->many, words->preposition,
                           selector.functions ? functionsOf(selector) : "any function");
    } else {
        text = fmt::format("{} of {}", form == Form::One ? "record" : "records", kindsOf(selector));
        if (selector.functions) text += " about " + functionsOf(selector);
    }
    std::vector<std::string> where;
    for (const auto& clause : selector.where) where.push_back(whereOf(clause));
    return where.empty() ? text : text + " whose " + joinWords(where);
}

std::string numberText(double number) {
    return toJson(json::value(number));
}

/// Rounded only where the doubles of the percentage are off: 0.07 is 7%, not 7.000000000000001%.
std::string percentText(double share) {
    return numberText(std::round(share * 1e14) / 1e12) + "%";
}

std::string_view bound(Comparison::Operator op) {
    switch (op) {
        case Comparison::Operator::Less: return "fewer than ";
        case Comparison::Operator::LessEqual: return "at most ";
        case Comparison::Operator::Equal: return "exactly ";
        case Comparison::Operator::NotEqual: return "any number but ";
        case Comparison::Operator::GreaterEqual: return "at least ";
        case Comparison::Operator::Greater: return "more than ";
    }
    return "";
}

}  // namespace

std::string_view subjectOf(const Selector& selector) {
    const auto& events = selector.events;
    if (events.size() == 1) return events.front().text();
    const auto has = [&events](std::string_view kind) {
        return std::any_of(events.begin(), events.end(),
                           [kind](const Pattern& event) { return event.text() == kind; });
    };
    return events.size() == 2 && has("execution.succeeded") && has("execution.failed") ? kFinished : "";
}

std::string noun(const Selector& selector, Form form) {
    return (form == Form::One ? "a " : "") + phrase(selector, form);
}

std::string bareNoun(const Selector& selector) {
    return phrase(selector, Form::One);
}

std::optional<Verb> verb(const Selector& selector) {
    const auto* words = wordsOf(selector, kKinds);
    if (words == nullptr || !selector.where.empty() || !selector.functions ||
        selector.functions->size() != 1 || !selector.functions->front().isExact()) {
        return std::nullopt;
    }
    return Verb{selector.functions->front().text(), std::string(words->present), std::string(words->notYet)};
}

bool isSingular(const Comparison& is) {
    if (is.op == Comparison::Operator::Greater && is.number == 0) return true;  // "at least 1"
    return is.number == 1 && is.op != Comparison::Operator::NotEqual;
}

std::string howMany(const Comparison& is, const std::string& one, const std::string& many) {
    if (is.op == Comparison::Operator::Equal && is.number == 0) return "no " + many;
    if (is.op == Comparison::Operator::Greater && is.number == 0) return "at least 1 " + one;
    return std::string(bound(is.op)) + numberText(is.number) + " " + (is.number == 1 ? one : many);
}

std::string compared(const Comparison& is, bool percent) {
    std::string number = percent ? percentText(is.number) : numberText(is.number);
    switch (is.op) {
        case Comparison::Operator::Less: return "is less than " + number;
        case Comparison::Operator::LessEqual: return "is at most " + number;
        case Comparison::Operator::Equal: return "is exactly " + number;
        case Comparison::Operator::NotEqual: return "is not " + number;
        case Comparison::Operator::GreaterEqual: return "is at least " + number;
        case Comparison::Operator::Greater: return "is more than " + number;
    }
    return number;
}

std::string schedule(const Cron& cron) {
    return fmt::format("the schedule \"{}\" ({})", cron.text(), cron.timezone());
}

}  // namespace dogwatch::wording

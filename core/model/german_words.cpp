#include "core/model/german_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/model/json.h"
#include "core/model/sentence.h"
#include "core/model/wording.h"

namespace dogwatch::german {
namespace {

struct KindWords {
    std::string_view subject;  ///< wording::subjectOf()
    bool feminine = false;
    std::string_view adjective;  ///< stem, before a feminine noun: "gedrosselt"
    std::string_view one;
    std::string_view many;
    std::string_view manyDative;
    Predicate present;
    Predicate notYet;
};

constexpr KindWords kRecord = {"", false, "", "Datensatz", "Datensätze", "Datensätzen", {}, {}};
constexpr std::array<KindWords, 8> kKinds = {{
    {wording::kFinished,
     true,
     "abgeschlossen",
     "Ausführung",
     "Ausführungen",
     "Ausführungen",
     {"wird", "fertig"},
     {"ist", "fertig geworden"}},
    {"execution.succeeded",
     false,
     "",
     "Erfolg",
     "Erfolge",
     "Erfolgen",
     {"ist", "erfolgreich"},
     {"war", "erfolgreich"}},
    {"execution.failed",
     false,
     "",
     "Fehlschlag",
     "Fehlschläge",
     "Fehlschlägen",
     {"scheitert", ""},
     {"ist", "gescheitert"}},
    {"execution.started", false, "", "Start", "Starts", "Starts", {"startet", ""}, {"ist", "gestartet"}},
    {"execution.queued",
     true,
     "",
     "Anforderung",
     "Anforderungen",
     "Anforderungen",
     {"wird", "angefordert"},
     {"wurde", "angefordert"}},
    {"execution.throttled",
     true,
     "gedrosselt",
     "Anforderung",
     "Anforderungen",
     "Anforderungen",
     {"wird", "gedrosselt"},
     {"wurde", "gedrosselt"}},
    {"execution.retrying",
     true,
     "",
     "Wiederholung",
     "Wiederholungen",
     "Wiederholungen",
     {"wird", "wiederholt"},
     {"wurde", "wiederholt"}},
    {"execution.dropped",
     true,
     "verworfen",
     "Anforderung",
     "Anforderungen",
     "Anforderungen",
     {"wird", "verworfen"},
     {"wurde", "verworfen"}},
}};

const KindWords& wordsOf(const Selector& selector) {
    const auto* words = wording::wordsOf(selector, kKinds);
    return words != nullptr ? *words : kRecord;
}

/// In the dative: behind "von" and "zu".
std::string functionsOf(const Selector& selector) {
    std::vector<std::string> names;
    for (const auto& function : *selector.functions) {
        if (function.text() == "*") return "einer beliebigen Funktion";
        names.push_back(function.isExact() ? function.text() : "einer Funktion namens " + function.text());
    }
    return joinWords(names, "oder");
}

std::string kindsOf(const Selector& selector) {
    std::vector<std::string> kinds;
    for (const auto& event : selector.events) {
        if (event.text() == "*") return "beliebiger Art";
        kinds.push_back(event.text());
    }
    return "der Art " + joinWords(kinds, "oder");
}

std::string listed(const json::array& values) {
    std::vector<std::string> texts;
    for (const auto& value : values) texts.push_back(toJson(value));
    return joinWords(texts, "oder");
}

std::string whereOf(const Clause& clause) {
    using Operator = Clause::Operator;
    std::string path = clause.path.text();
    const auto with = [&](std::string_view words) {
        return fmt::format("{} {} {}", path, words, toJson(clause.value));
    };
    switch (clause.op) {
        case Operator::Equal: return with("ist");
        case Operator::NotEqual: return with("ist nicht");
        case Operator::Less: return with("ist kleiner als");
        case Operator::LessEqual: return with("ist höchstens");
        case Operator::GreaterEqual: return with("ist mindestens");
        case Operator::Greater: return with("ist größer als");
        case Operator::In: return path + " ist " + listed(clause.value.as_array());
        case Operator::Contains: return with("enthält");
        case Operator::StartsWith: return with("beginnt mit");
        case Operator::Matches: return with("passt auf");
        case Operator::Exists: return path + (clause.value.as_bool() ? " ist vorhanden" : " fehlt");
    }
    return path;
}

/// Whose, which, and in brackets what its fields say: main clauses of their own, whatever stands around them.
std::string attributes(const Selector& selector, const KindWords& words) {
    std::string text;
    if (&words == &kRecord) {
        text = " " + kindsOf(selector);
        if (selector.functions) text += " zu " + functionsOf(selector);
    } else {
        text = " von " + (selector.functions ? functionsOf(selector) : "einer beliebigen Funktion");
    }
    std::vector<std::string> where;
    for (const auto& clause : selector.where) where.push_back(whereOf(clause));
    return where.empty() ? text : text + " (" + joinWords(where, "und") + ")";
}

std::string withAdjective(std::string_view article, const KindWords& words, std::string_view ending,
                          std::string_view noun) {
    std::string text(article);
    if (!words.adjective.empty()) text += fmt::format("{}{} ", words.adjective, ending);
    return text.append(noun);
}

std::string numberText(double number) {
    std::string text = toJson(json::value(number));
    std::replace(text.begin(), text.end(), '.', ',');
    return text;
}

/// Rounded only where the doubles of the percentage are off: 0.07 is 7 %, not 7,000000000000001 %.
std::string percentText(double share) {
    return numberText(std::round(share * 1e14) / 1e12) + " %";
}

struct Unit {
    std::string_view one;
    std::string_view many;
    std::string_view manyDative;
    std::int64_t us;
};
constexpr std::array<Unit, 6> kUnits = {{{"Tag", "Tage", "Tagen", 86'400'000'000},
                                         {"Stunde", "Stunden", "Stunden", 3'600'000'000},
                                         {"Minute", "Minuten", "Minuten", 60'000'000},
                                         {"Sekunde", "Sekunden", "Sekunden", 1'000'000},
                                         {"Millisekunde", "Millisekunden", "Millisekunden", 1'000},
                                         {"Mikrosekunde", "Mikrosekunden", "Mikrosekunden", 1}}};

}  // namespace

bool isFeminine(const Selector& selector) {
    return wordsOf(selector).feminine;
}

std::string noun(const Selector& selector, Form form) {
    const KindWords& words = wordsOf(selector);
    const bool feminine = words.feminine;
    const auto one = [&](std::string_view masculineArticle, std::string_view feminineArticle,
                         std::string_view ending) {
        return withAdjective(feminine ? feminineArticle : masculineArticle, words, ending, words.one);
    };
    std::string text;
    switch (form) {
        case Form::OneNominative: text = one("ein ", "eine ", "e"); break;
        case Form::OneAccusative: text = one("einen ", "eine ", "e"); break;
        case Form::OneDative: text = one("einem ", "einer ", "en"); break;
        case Form::NoneNominative: text = one("kein ", "keine ", "e"); break;
        case Form::NoneAccusative: text = one("keinen ", "keine ", "e"); break;
        case Form::OneFurther: text = one("einen weiteren ", "eine weitere ", "e"); break;
        case Form::NoFurther: text = one("keinen weiteren ", "keine weitere ", "e"); break;
        case Form::Bare: text = one("", "", "e"); break;
        case Form::Many: text = withAdjective("", words, "e", words.many); break;
        case Form::ManyDative: text = withAdjective("", words, "en", words.manyDative); break;
    }
    return text + attributes(selector, words);
}

std::optional<Verb> verb(const Selector& selector) {
    const KindWords& words = wordsOf(selector);
    if (&words == &kRecord || !selector.where.empty() || !selector.functions ||
        selector.functions->size() != 1 || !selector.functions->front().isExact()) {
        return std::nullopt;
    }
    return Verb{selector.functions->front().text(), words.present, words.notYet};
}

bool isSingular(const Comparison& is) {
    if (is.op == Comparison::Operator::Greater && is.number == 0) return true;  // "mindestens 1"
    if (is.op == Comparison::Operator::Equal && is.number == 0) return true;    // "keine Ausführung"
    return is.number == 1;
}

std::string howMany(const Comparison& is, const std::string& one, const std::string& many,
                    const std::string& none) {
    using Operator = Comparison::Operator;
    if (is.op == Operator::Equal && is.number == 0) return none;
    if (is.op == Operator::Greater && is.number == 0) return "mindestens 1 " + one;
    const auto bound = [&is]() -> std::string_view {
        switch (is.op) {
            case Operator::Less: return "weniger als ";
            case Operator::LessEqual: return "höchstens ";
            case Operator::Equal: return "genau ";
            case Operator::NotEqual: return "nicht genau ";
            case Operator::GreaterEqual: return "mindestens ";
            case Operator::Greater: return "mehr als ";
        }
        return "";
    };
    return std::string(bound()) + numberText(is.number) + " " + (is.number == 1 ? one : many);
}

std::string compared(const Comparison& is, bool percent) {
    std::string number = percent ? percentText(is.number) : numberText(is.number);
    switch (is.op) {
        case Comparison::Operator::Less: return "kleiner als " + number;
        case Comparison::Operator::LessEqual: return "höchstens " + number;
        case Comparison::Operator::Equal: return "genau " + number;
        case Comparison::Operator::NotEqual: return "ungleich " + number;
        case Comparison::Operator::GreaterEqual: return "mindestens " + number;
        case Comparison::Operator::Greater: return "größer als " + number;
    }
    return number;
}

std::string duration(Duration duration, Grammar::Case way) {
    // As in English: "24 Stunden" and "36 Stunden", but "7 Tage".
    const std::int64_t day = kUnits.front().us;
    const bool inHours =
        duration.count() < 3 * day && !(duration.count() % day == 0 && duration.count() > day);
    std::string text;
    std::int64_t rest = duration.count();
    for (std::size_t i = inHours ? 1 : 0; i < kUnits.size(); ++i) {
        const Unit& unit = kUnits[i];
        const std::int64_t count = rest / unit.us;
        rest %= unit.us;
        if (count == 0) continue;
        const std::string_view name = count == 1                     ? unit.one
                                      : way == Grammar::Case::Dative ? unit.manyDative
                                                                     : unit.many;
        text += fmt::format("{}{} {}", text.empty() ? "" : " ", count, name);
    }
    return text.empty() ? "0 Sekunden" : text;
}

std::string oneUnit(Duration duration) {
    for (const Unit& unit : kUnits)
        if (unit.us == duration.count() && &unit != &kUnits.front()) return std::string(unit.one);
    return {};
}

std::string lately(Duration within) {
    const std::string unit = oneUnit(within);
    if (!unit.empty()) return "in der letzten " + unit;  // all of them are feminine
    return "in den letzten " + duration(within, Grammar::Case::Dative);
}

std::string schedule(const Cron& cron) {
    return fmt::format("Zeitplan \"{}\" ({})", cron.text(), cron.timezone());
}

}  // namespace dogwatch::german

// The German words for selectors, comparisons and lengths of time, declined, of which german.cpp makes
// clauses.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/grammar.h"

namespace dogwatch::german {

/// "ein Erfolg von import", "einem Erfolg …", "keinen Erfolg …", "Erfolge …". The case of the plural is named
/// too: "unter Erfolgen".
enum class Form {
    OneNominative,
    OneAccusative,
    OneDative,
    NoneNominative,
    NoneAccusative,
    OneFurther,  ///< accusative: "einen weiteren Erfolg"
    NoFurther,   ///< accusative: "keinen weiteren Erfolg"
    Bare,        ///< without an article, nominative or accusative
    Many,        ///< the same in the plural
    ManyDative,
};
std::string noun(const Selector& selector, Form form);
bool isFeminine(const Selector& selector);

/// A predicate in the order of a main clause: finite verb, what stands in the middle, and the verb's other
/// half.
struct Predicate {
    std::string_view finite;
    std::string_view rest;
};
/// What one function does. None where the selector is about more than one function or kind, or has a `where`.
struct Verb {
    std::string subject;
    Predicate present;  ///< "wird" + "verworfen"
    Predicate notYet;   ///< "wurde" + "verworfen", with "nicht" between
};
std::optional<Verb> verb(const Selector& selector);

/// "mindestens 5 Erfolge von import": a number of what the selector matches, in the nominative, and in the
/// accusative but for `none`.
std::string howMany(const Comparison& is, const std::string& one, const std::string& many,
                    const std::string& none);
/// "größer als 5", "mindestens 20 %": what something is.
std::string compared(const Comparison& is, bool percent = false);
bool isSingular(const Comparison& is);

std::string duration(Duration duration, Grammar::Case way);
/// "in den letzten 10 Minuten", "in der letzten Stunde".
std::string lately(Duration within);
/// The one unit that a duration is: "Stunde"; empty: it is more than that.
std::string oneUnit(Duration duration);
/// `laut Zeitplan "0 2 * * *" (UTC)` without the first word.
std::string schedule(const Cron& cron);

}  // namespace dogwatch::german

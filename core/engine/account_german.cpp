// German: how it is told why a metaevent fired or did not (account.h).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "core/engine/account_parts.h"
#include "core/model/german_words.h"
#include "core/model/sentence.h"

namespace dogwatch::engine {
namespace account {
namespace {

using namespace condition;
using german::Form;
using german::noun;

std::string number(double value) {
    std::string text = numberText(value);
    std::replace(text.begin(), text.end(), '.', ',');
    return text;
}

std::string percent(double share) {
    std::string text = percentText(share);
    std::replace(text.begin(), text.end(), '.', ',');
    return text + " %";
}

std::string boundText(const Comparison& is, bool isShare = false) {
    const std::string bound = isShare ? percent(is.number) : number(is.number);
    switch (is.op) {
        case Comparison::Operator::Less: return "weniger als " + bound;
        case Comparison::Operator::LessEqual: return "höchstens " + bound;
        case Comparison::Operator::Equal: return "genau " + bound;
        case Comparison::Operator::NotEqual: return "alles außer " + bound;
        case Comparison::Operator::GreaterEqual: return "mindestens " + bound;
        case Comparison::Operator::Greater: return "mehr als " + bound;
    }
    return bound;
}

std::string against(const std::string& actual, bool holds, const Comparison& is, bool isShare = false) {
    return holds ? fmt::format("der Wert ist {} ({})", actual, boundText(is, isShare))
                 : fmt::format("der Wert ist {}, nötig ist: {}", actual, boundText(is, isShare));
}

/// "in 4 min 10 s (2026-03-01T12:00:00Z)"
std::string whenText(Time time, Time at) {
    const Duration left = time - at;
    return left > Duration{} ? fmt::format("in {} ({})", toWords(left), toIso(time)) : toIso(time);
}

std::string agoText(Time time, Time at) {
    const Duration since = at - time;
    return since > Duration{} ? fmt::format("vor {} ({})", toWords(since), toIso(time))
                              : fmt::format("gerade eben ({})", toIso(time));
}

/// "es sei denn, backup ist erfolgreich", "es sei denn, es gibt einen Fehlschlag von import".
std::string unless(const Selector& selector) {
    if (const auto does = german::verb(selector)) {
        return fmt::format("es sei denn, {} {}{}{}", does->subject, does->present.finite,
                           does->present.rest.empty() ? "" : " ", does->present.rest);
    }
    return "es sei denn, es gibt " + noun(selector, Form::OneAccusative);
}

std::string silence(const ConditionMoment& moment, const Selector& selector, Time at) {
    if (moment.holds) return {};
    if (!moment.deadline) return "vor dem ersten Mal wird nichts erwartet";
    return fmt::format("wird wahr {}, {}", whenText(*moment.deadline, at), unless(selector));
}

std::string fewSamples(std::int64_t samples, std::int64_t needed, std::string_view one,
                       std::string_view many) {
    return fmt::format("es gibt {} {}, nötig sind mindestens {}", samples, samples == 1 ? one : many, needed);
}

/// What a run waits for, and until when.
std::string waiting(const Sequence& sequence, std::size_t step, Time until) {
    const auto& waited = sequence.steps[std::min(step, sequence.steps.size() - 1)];
    const std::string end = "wartet bis " + toIso(until);
    if (!waited.isNot) return end + " auf " + noun(waited.selector, Form::OneAccusative);
    if (step + 1 >= sequence.steps.size())
        return end + " darauf, dass es " + noun(waited.selector, Form::NoneAccusative) + " gibt";
    return fmt::format("{} auf {}, ohne {} davor", end,
                       noun(sequence.steps[step + 1].selector, Form::OneAccusative),
                       noun(waited.selector, Form::Bare));
}

std::string runs(const Sequence& sequence, const ConditionMoment& moment, Time at) {
    if (moment.runs.empty()) return moment.holds ? std::string() : "kein Ablauf ist im Gang";
    const auto& oldest = moment.runs.front();
    const std::string many = moment.runCount == 1
                                 ? std::string("1 Ablauf ist im Gang; er")
                                 : fmt::format("{} Abläufe sind im Gang; der älteste", moment.runCount);
    return fmt::format("{} begann {} und {}", many, agoText(oldest.started, at),
                       waiting(sequence, oldest.step, oldest.ends));
}

std::string lastPulse(const ConditionMoment& moment, Time at) {
    if (moment.holds) return {};
    if (moment.lastRise) return "zuletzt " + agoText(*moment.lastRise, at);
    return moment.since ? "bisher noch nie" : std::string();
}

struct Details {
    const Condition& condition;
    const ConditionMoment& moment;
    Time at;

    [[nodiscard]] double actual() const { return moment.number.value_or(0); }
    [[nodiscard]] std::string compared(const Comparison& is) const {
        return against(number(actual()), moment.holds, is);
    }

    std::string operator()(const Absent& c) const {
        std::string text = silence(moment, c.selector, at);
        if (moment.excused > Duration::zero()) {
            text += fmt::format("{}nicht gezählt: {}, während Dogwatch nicht lief", text.empty() ? "" : "; ",
                                toWords(moment.excused));
        }
        return text;
    }
    std::string operator()(const Missed& c) const { return silence(moment, c.selector, at); }
    std::string operator()(const Count& c) const { return compared(c.is); }
    std::string operator()(const Streak& c) const { return compared(c.is); }
    std::string operator()(const Gauge& c) const { return compared(c.is); }
    std::string operator()(const Measure& c) const {
        if (moment.samples < c.samples) return fewSamples(moment.samples, c.samples, "Wert", "Werte");
        return compared(c.is);
    }
    std::string operator()(const Ratio& c) const {
        if (moment.samples < c.samples)
            return fewSamples(moment.samples, c.samples, "Datensatz", "Datensätze");
        return against(fmt::format("{} von {}", percent(actual()), moment.samples), moment.holds, c.is, true);
    }
    std::string operator()(const Sequence& c) const { return runs(c, moment, at); }
    std::string operator()(const Held& c) const {
        if (moment.holds || !moment.deadline) return {};
        const Duration lasted = c.duration - (*moment.deadline - at);
        return fmt::format("gilt seit {} von {}; wird wahr {}, wenn es so bleibt", toWords(lasted),
                           toWords(c.duration), whenText(*moment.deadline, at));
    }
    std::string operator()(const Recent&) const {
        if (!moment.holds || !moment.deadline) return {};
        return "es ist vorbei und zählt bis " + toIso(*moment.deadline);
    }
    std::string operator()(const During&) const {
        if (!moment.changes) return {};
        return (moment.holds ? "endet " : "beginnt ") + whenText(*moment.changes, at);
    }
    std::string operator()(const At&) const {
        return moment.changes && !moment.holds ? "kommt " + whenText(*moment.changes, at) : std::string();
    }
    std::string operator()(const AtLeast& c) const {
        return fmt::format("{} von {} sind wahr, nötig sind {}", number(actual()), condition.children.size(),
                           c.count);
    }
    std::string operator()(const Active&) const {
        return actual() > 1 ? fmt::format("bei {} Schlüsseln", number(actual())) : std::string();
    }
    std::string operator()(const Occurs&) const { return lastPulse(moment, at); }
    std::string operator()(const Changed&) const { return lastPulse(moment, at); }
    std::string operator()(const Fired&) const { return lastPulse(moment, at); }
    std::string operator()(const auto&) const { return {}; }
};

std::string more(std::int64_t count, const Selector& selector) {
    return count == 1 ? noun(selector, Form::OneFurther)
                      : fmt::format("{} weitere {}", count, noun(selector, Form::Many));
}

// ---- the whole

std::string unlessAnything(const Hindrance& hindrance) {
    switch (hindrance.by) {
        case Hindrance::By::Match: return unless(*hindrance.selector);
        case Hindrance::By::AnyChange: return "wenn sich bis dahin nichts ändert";
        case Hindrance::By::AnyRecord: return "wenn kein weiterer Datensatz kommt";
    }
    return {};
}

/// Why it is held back: "die Sperrzeit".
std::string_view reasonText(std::string_view reason) {
    static constexpr std::array<std::array<std::string_view, 2>, 4> kReasons = {
        {{"cooldown", "die Sperrzeit"},
         {"limit", "die Obergrenze"},
         {"depth", "die größte Tiefe von Ketten"},
         {"cascade", "die größte Länge einer Kaskade"}}};
    const auto found = std::find_if(kReasons.begin(), kReasons.end(),
                                    [reason](const auto& each) { return each[0] == reason; });
    return found != kReasons.end() ? (*found)[1] : reason;
}

std::string nextText(const Explanation& explanation, const Account& account) {
    const Moment& moment = explanation.moment;
    if (!moment.isForeseen) return {};
    if (moment.next) {
        const std::string when = whenText(moment.next->time, moment.at);
        const std::string hindrance = unlessAnything(hindranceOf(explanation));
        if (!moment.next->reason.empty()) {
            return fmt::format(" Es würde {} auslösen, {}; dem steht entgegen: {}.", when, hindrance,
                               reasonText(moment.next->reason));
        }
        return fmt::format(" Es löst {} {}aus, {}.", when, moment.next->edge == "repeat" ? "erneut " : "",
                           hindrance);
    }
    const std::vector<std::string> needed = allNeeded(explanation, account);
    const bool isAny = explanation.definition->when.as<Any>() != nullptr;
    if (moment.holds || needed.empty()) return " Allein dadurch, dass Zeit vergeht, löst es nicht aus.";
    return fmt::format(" Dazu braucht es {}.", joinWords(needed, isAny ? "oder" : "und"));
}

std::string keyText(const Moment& moment) {
    return moment.key.is_null() ? std::string() : " für den Schlüssel " + dogwatch::toJson(moment.key);
}

std::string_view edgeNoun(std::string_view edge) {
    if (edge == "fall") return "Das Auslösen am Ende";
    return edge == "repeat" ? "Die Wiederholung" : "Das Auslösen";
}

std::string refusals(const Explanation& explanation) {
    const Moment& moment = explanation.moment;
    std::string text;
    if (moment.cooldownUntil)
        text += fmt::format(" Die Sperrzeit dauert bis {}.", toIso(*moment.cooldownUntil));
    if (moment.limitUntil)
        text += fmt::format(" Die Obergrenze ist bis {} ausgeschöpft.", toIso(*moment.limitUntil));
    if (const auto& last = explanation.suppressed) {
        text += fmt::format(" {} wurde {} unterdrückt; Grund: {}.", edgeNoun(last->edge),
                            agoText(last->time, moment.at), reasonText(last->reason));
    }
    return text;
}

std::string_view edgeText(std::string_view edge) {
    if (edge == "fall") return "seine Kriterien nicht mehr erfüllt waren";
    return edge == "repeat" ? "seine Kriterien noch immer erfüllt waren" : "seine Kriterien erfüllt wurden";
}

class German final : public Account {
 public:
    const Grammar& grammar() const override { return Grammar::german(); }
    std::string detail(const Condition& condition, const ConditionMoment& moment, Time at) const override;
    std::string needed(const Condition& condition, const ConditionMoment& moment) const override;
    std::string summary(const Explanation& explanation) const override;
};

std::string German::detail(const Condition& condition, const ConditionMoment& moment, Time at) const {
    std::string detail = std::visit(Details{condition, moment, at}, condition.kind);
    if (isPulse(condition) || !moment.since) return detail;
    return fmt::format("{}{}seit {}", detail, detail.empty() ? "" : "; ", toIso(*moment.since));
}

/// In the accusative: behind "dazu braucht es".
std::string German::needed(const Condition& condition, const ConditionMoment& moment) const {
    const auto one = [](const Selector& selector) { return noun(selector, Form::OneAccusative); };
    if (const auto* c = condition.as<Occurs>()) return one(c->selector);
    if (const auto* c = condition.as<Count>()) {
        const auto count = howManyMore(c->is, moment.number);
        return count ? more(*count, c->selector) + " innerhalb von " +
                           german::duration(c->within, Grammar::Case::Dative)
                     : std::string();
    }
    if (const auto* c = condition.as<Streak>()) {
        const auto count = howManyMore(c->is, moment.number);
        return count ? more(*count, c->selector) + " in Folge" : std::string();
    }
    if (const auto* c = condition.as<Changed>())
        return fmt::format("{} mit einem anderen Wert von {}", one(c->over), c->path.text());
    if (const auto* c = condition.as<Sequence>()) {
        if (moment.runs.empty()) return one(c->steps.front().selector);
        const auto& step = c->steps[std::min(moment.runs.front().step, c->steps.size() - 1)];
        return step.isNot ? std::string() : one(step.selector);
    }
    if (const auto* c = condition.as<Fired>()) return "ein Auslösen von " + c->metaevent;
    if (const auto* c = condition.as<Active>()) return "dass " + c->metaevent + " aktiv ist";
    if (const auto* c = condition.as<Absent>(); c != nullptr && !moment.deadline)
        return "zuerst " + one(c->selector);
    if (const auto* c = condition.as<Missed>(); c != nullptr && !moment.deadline)
        return "zuerst " + one(c->selector);
    if (condition.as<Measure>() || condition.as<Ratio>() || condition.as<Gauge>())
        return "dass " + clauseOf(condition, grammar(), Grammar::Order::Subordinate).text();
    return {};
}

/// "Stand …:" and the like go with a time however a view writes it.
std::string German::summary(const Explanation& explanation) const {
    const Moment& moment = explanation.moment;
    const std::string asOf = "Stand " + toIso(moment.at) + ": ";
    if (!moment.isDefined || !explanation.definition)
        return fmt::format("{}Es gab kein Metaevent {}.", asOf, moment.metaevent);
    if (explanation.firing) {
        return fmt::format("Ausgelöst {}{}, weil {}.", toIso(moment.at), keyText(moment),
                           edgeText(moment.edge));
    }
    if (!moment.isEnabled) return asOf + "Es war deaktiviert und achtete auf nichts.";
    if (!moment.isKnown) {
        const bool isPartitioned = !explanation.definition->partition.empty();
        if (moment.key.is_null() && !(moment.keyCount == 0 && isPartitioned))
            return asOf + "Es war gerade erst scharf geschaltet.";
        return fmt::format("{}Noch kein Datensatz{}, der es betrifft.", asOf, keyText(moment));
    }
    std::string text = fmt::format("{}Die Kriterien sind{} {}", asOf, keyText(moment),
                                   moment.holds ? "erfüllt" : "nicht erfüllt");
    const auto& since = moment.conditions.front().since;
    text += since && moment.holds ? fmt::format(", seit {}.", toIso(*since)) : ".";
    if (moment.lastFired)
        text += fmt::format(" Zuletzt ausgelöst {}.", agoText(*moment.lastFired, moment.at));
    return text + refusals(explanation) + nextText(explanation, *this);
}

}  // namespace
}  // namespace account

const Account& Account::german() {
    static const account::German kGerman;
    return kGerman;
}

}  // namespace dogwatch::engine

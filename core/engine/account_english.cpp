// English: how it is told why a metaevent fired or did not (account.h).
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/engine/account_parts.h"
#include "core/model/sentence.h"
#include "core/model/wording.h"

namespace dogwatch::engine {
namespace account {
namespace {

using namespace condition;

/// "at least 5", "20% or less" is not: always the operator first.
std::string boundText(const Comparison& is, bool percent = false) {
    const std::string number = percent ? percentText(is.number) + "%" : numberText(is.number);
    switch (is.op) {
        case Comparison::Operator::Less: return "less than " + number;
        case Comparison::Operator::LessEqual: return "at most " + number;
        case Comparison::Operator::Equal: return "exactly " + number;
        case Comparison::Operator::NotEqual: return "anything but " + number;
        case Comparison::Operator::GreaterEqual: return "at least " + number;
        case Comparison::Operator::Greater: return "more than " + number;
    }
    return number;
}

std::string against(const std::string& actual, bool holds, const Comparison& is, bool percent = false) {
    return holds ? fmt::format("it is {} ({})", actual, boundText(is, percent))
                 : fmt::format("it is {}, needed {}", actual, boundText(is, percent));
}

/// "in 4 min 10 s (2026-03-01T12:00:00Z)"; "now" where the time has come.
std::string whenText(Time time, Time at) {
    const Duration left = time - at;
    return left > Duration{} ? fmt::format("in {} ({})", toWords(left), toIso(time)) : toIso(time);
}

std::string agoText(Time time, Time at) {
    const Duration since = at - time;
    return since > Duration{} ? fmt::format("{} ago ({})", toWords(since), toIso(time))
                              : fmt::format("just then ({})", toIso(time));
}

/// "unless backup succeeds", "unless there is a failure of import".
std::string unless(const Selector& selector) {
    if (const auto verb = wording::verb(selector)) return "unless " + verb->subject + " " + verb->present;
    return "unless there is " + wording::noun(selector, wording::Form::One);
}

std::string silence(const ConditionMoment& moment, const Selector& selector, Time at) {
    if (moment.holds) return {};
    if (!moment.deadline) return "nothing is awaited before a first one";
    return fmt::format("comes true {} {}", whenText(*moment.deadline, at), unless(selector));
}

std::string fewSamples(std::int64_t samples, std::int64_t needed, std::string_view what) {
    return fmt::format("there {} {} {}, needed at least {}", samples == 1 ? "is" : "are", samples,
                       fmt::format("{}{}", what, samples == 1 ? "" : "s"), needed);
}

std::string stepText(const Sequence& sequence, std::size_t step) {
    const auto& waited = sequence.steps[std::min(step, sequence.steps.size() - 1)];
    if (!waited.isNot) return "for " + wording::noun(waited.selector, wording::Form::One);
    if (step + 1 >= sequence.steps.size()) return "for no " + wording::bareNoun(waited.selector);
    return fmt::format("for {}, with no {} before it",
                       wording::noun(sequence.steps[step + 1].selector, wording::Form::One),
                       wording::bareNoun(waited.selector));
}

std::string runs(const Sequence& sequence, const ConditionMoment& moment, Time at) {
    if (moment.runs.empty()) return moment.holds ? std::string() : "no run is under way";
    const auto& oldest = moment.runs.front();
    return fmt::format("{} under way; the oldest began {} and waits {} until {}",
                       moment.runCount == 1 ? "1 run is" : fmt::format("{} runs are", moment.runCount),
                       agoText(oldest.started, at), stepText(sequence, oldest.step), toIso(oldest.ends));
}

std::string lastPulse(const ConditionMoment& moment, Time at) {
    if (moment.holds) return {};
    if (moment.lastRise) return "the last was " + agoText(*moment.lastRise, at);
    return moment.since ? "none so far" : std::string();
}

struct Details {
    const Condition& condition;
    const ConditionMoment& moment;
    Time at;

    std::string operator()(const Absent& c) const {
        std::string text = silence(moment, c.selector, at);
        if (moment.excused > Duration::zero()) {
            text += fmt::format("{}{} in which Dogwatch was down do not count", text.empty() ? "" : "; ",
                                toWords(moment.excused));
        }
        return text;
    }
    std::string operator()(const Missed& c) const { return silence(moment, c.selector, at); }
    std::string operator()(const Count& c) const {
        return against(numberText(moment.number.value_or(0)), moment.holds, c.is);
    }
    std::string operator()(const Streak& c) const {
        return against(numberText(moment.number.value_or(0)), moment.holds, c.is);
    }
    std::string operator()(const Gauge& c) const {
        return against(numberText(moment.number.value_or(0)), moment.holds, c.is);
    }
    std::string operator()(const Measure& c) const {
        if (moment.samples < c.samples) return fewSamples(moment.samples, c.samples, "value");
        return against(numberText(moment.number.value_or(0)), moment.holds, c.is);
    }
    std::string operator()(const Ratio& c) const {
        if (moment.samples < c.samples) return fewSamples(moment.samples, c.samples, "record");
        return against(fmt::format("{}% of {}", percentText(moment.number.value_or(0)), moment.samples),
                       moment.holds, c.is, true);
    }
    std::string operator()(const Sequence& c) const { return runs(c, moment, at); }
    std::string operator()(const Held& c) const {
        if (moment.holds || !moment.deadline) return {};
        const Duration lasted = c.duration - (*moment.deadline - at);
        return fmt::format("it has been for {} of {}; comes true {} if it stays so", toWords(lasted),
                           toWords(c.duration), whenText(*moment.deadline, at));
    }
    std::string operator()(const Recent&) const {
        if (!moment.holds || !moment.deadline) return {};
        return "it is over, and counts until " + toIso(*moment.deadline);
    }
    std::string operator()(const During&) const {
        if (!moment.changes) return {};
        return (moment.holds ? "ends " : "begins ") + whenText(*moment.changes, at);
    }
    std::string operator()(const At&) const {
        return moment.changes && !moment.holds ? "comes " + whenText(*moment.changes, at) : std::string();
    }
    std::string operator()(const AtLeast& c) const {
        return fmt::format("{} of {} are true, needed {}", numberText(moment.number.value_or(0)),
                           condition.children.size(), c.count);
    }
    std::string operator()(const Active&) const {
        const double keys = moment.number.value_or(0);
        return keys > 1 ? fmt::format("for {} keys", numberText(keys)) : std::string();
    }
    std::string operator()(const Occurs&) const { return lastPulse(moment, at); }
    std::string operator()(const Changed&) const { return lastPulse(moment, at); }
    std::string operator()(const Fired&) const { return lastPulse(moment, at); }
    std::string operator()(const auto&) const { return {}; }
};

std::string more(std::int64_t number, const Selector& selector) {
    return number == 1 ? "1 more " + wording::bareNoun(selector)
                       : fmt::format("{} more {}", number, wording::noun(selector, wording::Form::Many));
}

// ---- the whole

std::string unlessAnything(const Hindrance& hindrance) {
    switch (hindrance.by) {
        case Hindrance::By::Match: return " " + unless(*hindrance.selector);
        case Hindrance::By::AnyChange: return " if nothing changes until then";
        case Hindrance::By::AnyRecord: return " if no further record comes";
    }
    return {};
}

std::string nextText(const Explanation& explanation, const Account& account) {
    const Moment& moment = explanation.moment;
    if (!moment.isForeseen) return {};
    if (moment.next) {
        const std::string when =
            whenText(moment.next->time, moment.at) + unlessAnything(hindranceOf(explanation));
        if (!moment.next->reason.empty()) {
            return fmt::format(" It would fire {}, but for its {}.", when, moment.next->reason);
        }
        return fmt::format(" It fires {} {}.", moment.next->edge == "repeat" ? "again" : "next", when);
    }
    const std::vector<std::string> needed = allNeeded(explanation, account);
    const bool isAny = explanation.definition->when.as<Any>() != nullptr;
    if (moment.holds || needed.empty()) return " Time alone will not make it fire.";
    return fmt::format(" It takes {}.", joinWords(needed, isAny ? "or" : "and"));
}

std::string keyText(const Moment& moment) {
    return moment.key.is_null() ? std::string() : " for the key " + dogwatch::toJson(moment.key);
}

std::string refusals(const Explanation& explanation) {
    const Moment& moment = explanation.moment;
    std::string text;
    if (moment.cooldownUntil) {
        text += fmt::format(" Its cooldown lasts until {}.", toIso(*moment.cooldownUntil));
    }
    if (moment.limitUntil) text += fmt::format(" Its limit is used up until {}.", toIso(*moment.limitUntil));
    if (const auto& last = explanation.suppressed) {
        text += fmt::format(" A {} was suppressed {}: {}.", last->edge, agoText(last->time, moment.at),
                            last->reason);
    }
    return text;
}

const char* edgeText(const std::string& edge) {
    if (edge == "fall") return "its criteria ceased to be true";
    return edge == "repeat" ? "its criteria were still true" : "its criteria became true";
}

class English final : public Account {
 public:
    const Grammar& grammar() const override { return Grammar::english(); }
    std::string detail(const Condition& condition, const ConditionMoment& moment, Time at) const override;
    std::string needed(const Condition& condition, const ConditionMoment& moment) const override;
    std::string summary(const Explanation& explanation) const override;
};

std::string English::detail(const Condition& condition, const ConditionMoment& moment, Time at) const {
    std::string detail = std::visit(Details{condition, moment, at}, condition.kind);
    if (isPulse(condition) || !moment.since) return detail;
    return fmt::format("{}{}since {}", detail, detail.empty() ? "" : "; ", toIso(*moment.since));
}

std::string English::needed(const Condition& condition, const ConditionMoment& moment) const {
    const auto one = [](const Selector& selector) { return wording::noun(selector, wording::Form::One); };
    if (const auto* c = condition.as<Occurs>()) return one(c->selector);
    if (const auto* c = condition.as<Count>()) {
        const auto number = howManyMore(c->is, moment.number);
        return number ? more(*number, c->selector) + " within " + durationInWords(c->within) : std::string();
    }
    if (const auto* c = condition.as<Streak>()) {
        const auto number = howManyMore(c->is, moment.number);
        return number ? more(*number, c->selector) + " in a row" : std::string();
    }
    if (const auto* c = condition.as<Changed>()) {
        return fmt::format("{} with another {}", one(c->over), c->path.text());
    }
    if (const auto* c = condition.as<Sequence>()) {
        if (moment.runs.empty()) return one(c->steps.front().selector);
        const auto& step = c->steps[std::min(moment.runs.front().step, c->steps.size() - 1)];
        return step.isNot ? std::string() : one(step.selector);
    }
    if (const auto* c = condition.as<Fired>()) return "a firing of " + c->metaevent;
    if (const auto* c = condition.as<Active>()) return c->metaevent + " to be active";
    if (const auto* c = condition.as<Absent>(); c != nullptr && !moment.deadline) {
        return one(c->selector) + " first";
    }
    if (const auto* c = condition.as<Missed>(); c != nullptr && !moment.deadline) {
        return one(c->selector) + " first";
    }
    if (condition.as<Measure>() || condition.as<Ratio>() || condition.as<Gauge>()) {
        return "that " + clauseOf(condition).text();
    }
    return {};
}

std::string English::summary(const Explanation& explanation) const {
    const Moment& moment = explanation.moment;
    const std::string at = toIso(moment.at);
    if (!moment.isDefined || !explanation.definition) {
        return fmt::format("There was no metaevent {} at {}.", moment.metaevent, at);
    }
    if (explanation.firing) {
        return fmt::format("It fired at {}{} because {}.", at, keyText(moment), edgeText(moment.edge));
    }
    if (!moment.isEnabled) return fmt::format("It was disabled at {}, and watched nothing.", at);
    if (!moment.isKnown) {
        if (moment.keyCount == 0 && !explanation.definition->partition.empty()) {
            return fmt::format("No record that concerns it had come by {}.", at);
        }
        return moment.key.is_null()
                   ? fmt::format("At {} it had only just been armed.", at)
                   : fmt::format("No record{} that concerns it had come by {}.", keyText(moment), at);
    }
    std::string text =
        fmt::format("At {}{} its criteria are {}", at, keyText(moment), moment.holds ? "true" : "not true");
    const auto& since = moment.conditions.front().since;
    text += since && moment.holds ? fmt::format(", since {}.", toIso(*since)) : ".";
    if (moment.lastFired) text += fmt::format(" It last fired {}.", agoText(*moment.lastFired, moment.at));
    return text + refusals(explanation) + nextText(explanation, *this);
}

}  // namespace
}  // namespace account

const Account& Account::english() {
    static const account::English kEnglish;
    return kEnglish;
}

}  // namespace dogwatch::engine

// English: how definitions are said in it (grammar.h).
#include <fmt/format.h>

#include <array>
#include <utility>

#include "core/model/grammar.h"
#include "core/model/sentence.h"
#include "core/model/wording.h"

namespace dogwatch {
namespace english {
namespace {

using namespace condition;
using wording::Form;

/// "hour" rather than "1 hour", where "the last" or "every" goes before.
std::string span(Duration duration) {
    const std::string words = durationInWords(duration);
    const bool oneUnit = words.starts_with("1 ") && words.find(' ', 2) == std::string::npos;
    return oneUnit ? words.substr(2) : words;
}

std::string lately(Duration within) {
    return " within the last " + span(within);
}

// ---- leaves: one clause each

std::string words(const Occurs& c) {
    if (const auto verb = wording::verb(c.selector)) return verb->subject + " " + verb->present;
    return "there is " + wording::noun(c.selector, Form::One);
}

std::string words(const Absent& c) {
    const std::string lasting = " for " + durationInWords(c.duration);
    const bool again = c.since == Since::First;  // only after a first one
    if (const auto verb = wording::verb(c.selector))
        return verb->subject + " " + verb->notYet + (again ? " again" : "") + lasting;
    return fmt::format("there has been no {}{}{}", again ? "further " : "", wording::bareNoun(c.selector),
                       lasting);
}

std::string words(const Missed& c) {
    const std::string schedule = wording::schedule(c.schedule);
    const std::string first = c.since == Since::First ? ", counted from the first time on" : "";
    const std::string late =
        c.grace == Duration{} ? "when it was due" : durationInWords(c.grace) + " after it was due";
    if (const auto verb = wording::verb(c.selector)) {
        return fmt::format("{} {} {} by {}{}", verb->subject, verb->notYet, late, schedule, first);
    }
    return fmt::format("there has been no {} {} by {}{}", wording::bareNoun(c.selector), late, schedule,
                       first);
}

std::string words(const Count& c) {
    return fmt::format(
        "there {} {}{}", wording::isSingular(c.is) ? "has been" : "have been",
        wording::howMany(c.is, wording::bareNoun(c.selector), wording::noun(c.selector, Form::Many)),
        lately(c.within));
}

std::string words(const Measure& c) {
    static constexpr std::array<std::string_view, 9> kNames = {"sum",
                                                               "average",
                                                               "smallest value",
                                                               "largest value",
                                                               "median",
                                                               "90th percentile",
                                                               "95th percentile",
                                                               "99th percentile",
                                                               "number of distinct values"};
    std::string text =
        fmt::format("the {} of {} over {}{} {}", kNames[static_cast<std::size_t>(c.kind)], c.of.text(),
                    wording::noun(c.over, Form::Many), lately(c.within), wording::compared(c.is));
    if (c.samples > 1) text += fmt::format(" (given at least {} values)", c.samples);
    return text;
}

std::string words(const Ratio& c) {
    std::string text =
        fmt::format("the share of {} among {}{} {}", wording::noun(c.selector, Form::Many),
                    wording::noun(c.to, Form::Many), lately(c.within), wording::compared(c.is, true));
    if (c.samples > 1) text += fmt::format(" (given at least {} of the latter)", c.samples);
    return text;
}

std::string words(const Streak& c) {
    return fmt::format(
        "there {} {} in a row among {}", wording::isSingular(c.is) ? "has been" : "have been",
        wording::howMany(c.is, wording::bareNoun(c.selector), wording::noun(c.selector, Form::Many)),
        wording::noun(c.among, Form::Many));
}

std::string words(const Gauge& c) {
    const char* are = wording::isSingular(c.is) ? "is" : "are";
    if (c.kind == Gauge::Kind::Vms) {
        return fmt::format("{} {} ready or at work", wording::howMany(c.is, "VM", "VMs"), are);
    }
    std::string of;
    if (c.function && c.function->text() != "*") {
        of = c.function->isExact() ? " of " + c.function->text()
                                   : " of a function named " + c.function->text();
    }
    return fmt::format("{} {} {}", wording::howMany(c.is, "execution" + of, "executions" + of), are,
                       gaugeName(c.kind));
}

std::string words(const Changed& c) {
    return fmt::format("{} changes from one {} to the next", c.path.text(), wording::bareNoun(c.over));
}

/// "…, with no X in between, is followed by …" for the steps behind the first.
std::string stepsInWords(const Sequence& c) {
    std::string text = wording::noun(c.steps.front().selector, Form::One) + " is followed";
    bool further = false;
    for (std::size_t i = 1; i < c.steps.size(); ++i) {
        const auto& step = c.steps[i];
        const bool last = i + 1 == c.steps.size();
        if (step.isNot && !last) continue;  // told with the step behind it
        text += std::exchange(further, true) ? ", then by " : " by ";
        text +=
            step.isNot ? "no " + wording::bareNoun(step.selector) : wording::noun(step.selector, Form::One);
        if (step.duration) text += " for " + durationInWords(*step.duration);
        if (!step.isNot && c.steps[i - 1].isNot) {
            text += ", with no " + wording::bareNoun(c.steps[i - 1].selector) + " in between";
        }
    }
    return text;
}

std::string words(const Sequence& c) {
    if (c.steps.size() == 1) return words(Occurs{c.steps.front().selector});
    const auto& last = c.steps.back();
    std::string text = stepsInWords(c);
    const bool twoSteps = c.steps.size() == 2;
    if (!last.isNot) {
        text += (twoSteps ? " within " : ", all within ") + durationInWords(c.within);
    } else if (!last.duration) {
        text += " until " + durationInWords(c.within) + " after the first";
    } else if (!twoSteps) {
        text += ", what comes before that all within " + durationInWords(c.within);
    }
    std::vector<std::string> by;
    for (const auto& path : c.by) by.push_back(path.text());
    if (!by.empty()) text += ", all with the same " + joinWords(by);
    if (!c.overlap) text += ", one such run at a time";
    return text;
}

std::string words(const At& c) {
    return "it is time by " + wording::schedule(c.schedule);
}

std::string words(const During& c) {
    return "it is within " + durationInWords(c.duration) + " after a time of " +
           wording::schedule(c.schedule);
}

std::string words(const Fired& c) {
    return "metaevent " + c.metaevent + " fires";
}
std::string words(const Active& c) {
    return "metaevent " + c.metaevent + " is active";
}

/// "at most once an hour", "at most once in 90 minutes".
std::string atMostOnce(Duration cooldown) {
    using namespace std::chrono_literals;
    if (cooldown == 1s) return "at most once a second";
    if (cooldown == 1min) return "at most once a minute";
    if (cooldown == 1h) return "at most once an hour";
    if (cooldown == 24h) return "at most once a day";
    return "at most once in " + durationInWords(cooldown);
}

class English final : public Grammar {
 public:
    std::string things(const Selector& selector) const override {
        return wording::noun(selector, Form::Many);
    }
    std::string duration(Duration duration, Case) const override { return durationInWords(duration); }
    std::string list(const std::vector<std::string>& words) const override { return joinWords(words); }
    std::vector<std::string_view> recordWords() const override {
        return {"a record of kind ", "record of kind ", "records of kind "};
    }

    std::string clause(const Condition& leaf, Order) const override {
        return std::visit(
            [](const auto& kind) {
                if constexpr (requires { words(kind); }) return words(kind);
                return std::string();
            },
            leaf.kind);
    }
    std::string notActive(const std::string& metaevent, Order) const override {
        return "metaevent " + metaevent + " is not active";
    }
    std::string notTrueThat(Order) const override { return "it is not true that "; }
    std::string atLeastOf(std::int64_t count, std::size_t of, Order) const override {
        return fmt::format("at least {} of these {} {} true: ", count, of, count == 1 ? "is" : "are");
    }
    std::string held(Duration duration) const override {
        return ", without a break for " + durationInWords(duration);
    }
    std::string recent(Duration within) const override { return ", now or" + lately(within); }
    std::string_view conjunction(bool all) const override { return all ? " and " : " or "; }

    std::string partition(const std::vector<std::string>& paths) const override {
        return "separately for each " + joinWords(paths);
    }
    std::string expire(Duration duration) const override {
        return " (forgotten after " + durationInWords(duration) + " without a record)";
    }
    std::string onRise() const override { return "when "; }
    std::string onFall() const override { return "when it is no longer true that "; }
    std::string onBoth() const override { return "when it begins and when it ceases to be true that "; }
    std::string atMostOnce(Duration cooldown) const override { return english::atMostOnce(cooldown); }
    std::string repeat(Duration every) const override {
        return "again every " + span(every) + " while it lasts";
    }
    std::string limit(std::int64_t count, Duration within, bool inAll) const override {
        return fmt::format("at most {} {} within {}{}", count, count == 1 ? "time" : "times",
                           durationInWords(within), inAll ? " in all" : "");
    }
    std::string chains(std::int64_t depth) const override {
        return fmt::format("in chains of at most {} {}", depth, depth == 1 ? "firing" : "firings");
    }
    std::string downtimeExcluded() const override { return "not counting time in which Dogwatch was down"; }
    std::string with(const std::string& payload) const override { return " (with " + payload + ")"; }
    std::string_view beforeJobs() const override { return ", run "; }
    std::string_view afterJobs() const override { return ""; }
    std::string_view noted() const override { return ", note it"; }
    std::string_view disabled() const override { return " (disabled)"; }
};

}  // namespace
}  // namespace english

const Grammar& Grammar::english() {
    static const english::English kEnglish;
    return kEnglish;
}

const Grammar* Grammar::in(std::string_view language) {
    if (language == "en") return &english();
    return language == "de" ? &german() : nullptr;
}

std::string durationInWords(Duration duration) {
    struct Unit {
        std::string_view name;
        std::int64_t us;
    };
    static constexpr std::array<Unit, 6> kUnits = {{{"day", 86'400'000'000},
                                                    {"hour", 3'600'000'000},
                                                    {"minute", 60'000'000},
                                                    {"second", 1'000'000},
                                                    {"millisecond", 1'000},
                                                    {"microsecond", 1}}};
    // People say "24 hours" and "36 hours", but "7 days".
    const std::int64_t day = kUnits.front().us;
    const bool inHours =
        duration.count() < 3 * day && !(duration.count() % day == 0 && duration.count() > day);
    std::string text;
    std::int64_t rest = duration.count();
    for (std::size_t i = inHours ? 1 : 0; i < kUnits.size(); ++i) {
        const std::int64_t count = rest / kUnits[i].us;
        rest %= kUnits[i].us;
        if (count == 0) continue;
        text +=
            fmt::format("{}{} {}{}", text.empty() ? "" : " ", count, kUnits[i].name, count == 1 ? "" : "s");
    }
    return text.empty() ? "0 seconds" : text;
}

std::string joinWords(const std::vector<std::string>& words, std::string_view last) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) text += i + 1 == words.size() ? fmt::format(" {} ", last) : ", ";
        text += words[i];
    }
    return text;
}

}  // namespace dogwatch

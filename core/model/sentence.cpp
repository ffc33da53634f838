#include "core/model/sentence.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "core/model/wording.h"

namespace dogwatch {
namespace {

using namespace condition;
using wording::Form;

using Phrases = std::vector<Phrase>;

std::string textOf(const Phrases& phrases) {
    std::string text;
    for (const auto& phrase : phrases) text += phrase.text;
    return text;
}

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

// ---- the tree

void add(Phrases& to, const Condition& condition);

/// Whether a clause reads as one thing inside another, without brackets.
bool isPlain(const Condition& condition, const std::string& text) {
    if (!condition.children.empty()) return false;
    for (const std::string_view joint : {", ", " and ", " or "}) {
        if (text.find(joint) != std::string::npos) return false;
    }
    return true;
}

void addPart(Phrases& to, const Condition& condition) {
    Phrases part;
    add(part, condition);
    const bool plain = isPlain(condition, textOf(part));
    if (!plain) to.push_back({"(", {}});
    to.insert(to.end(), part.begin(), part.end());
    if (!plain) to.push_back({")", {}});
}

void addJoined(Phrases& to, const Condition& condition, const std::string& joint) {
    for (std::size_t i = 0; i < condition.children.size(); ++i) {
        if (i > 0) to.push_back({joint, condition.path});
        addPart(to, condition.children[i]);
    }
}

void addNot(Phrases& to, const Condition& condition) {
    const Condition& child = condition.children.front();
    if (const auto* active = child.as<Active>()) {
        to.push_back({"metaevent " + active->metaevent + " is not active", child.path});
        return;
    }
    to.push_back({"it is not true that ", condition.path});
    addPart(to, child);
}

/// A child and something said of it afterwards, in brackets unless the child is brief.
void addQualified(Phrases& to, const Condition& condition, std::string qualifier) {
    addPart(to, condition.children.front());
    to.push_back({std::move(qualifier), condition.path});
}

void add(Phrases& to, const Condition& condition) {
    const bool several = condition.children.size() > 1;
    if (condition.as<All>() != nullptr || condition.as<Any>() != nullptr) {
        if (!several) return add(to, condition.children.front());
        return addJoined(to, condition, condition.as<All>() != nullptr ? " and " : " or ");
    }
    if (const auto* c = condition.as<AtLeast>()) {
        to.push_back({fmt::format("at least {} of these {} {} true: ", c->count, condition.children.size(),
                                  c->count == 1 ? "is" : "are"),
                      condition.path});
        return addJoined(to, condition, "; ");
    }
    if (condition.as<Not>() != nullptr) return addNot(to, condition);
    if (const auto* c = condition.as<Held>()) {
        return addQualified(to, condition, ", without a break for " + durationInWords(c->duration));
    }
    if (const auto* c = condition.as<Recent>()) {
        return addQualified(to, condition, ", now or" + lately(c->within));
    }
    std::visit(
        [&](const auto& leaf) {
            if constexpr (requires { words(leaf); }) to.push_back({words(leaf), condition.path});
        },
        condition.kind);
}

// ---- the definition around it

void addPartition(Phrases& to, const Metaevent& definition) {
    if (definition.partition.empty()) return;
    std::vector<std::string> paths;
    for (const auto& path : definition.partition) paths.push_back(path.text());
    to.push_back({"separately for each " + joinWords(paths), "partition"});
    if (definition.expire) {
        to.push_back(
            {" (forgotten after " + durationInWords(*definition.expire) + " without a record)", "expire"});
    }
    to.push_back({", ", {}});
}

void addWhen(Phrases& to, const Metaevent& definition) {
    switch (definition.on) {
        case FireOn::Rise: to.push_back({"when ", {}}); return add(to, definition.when);
        case FireOn::Fall: to.push_back({"when it is no longer true that ", "fire.on"}); break;
        case FireOn::Both:
            to.push_back({"when it begins and when it ceases to be true that ", "fire.on"});
            break;
    }
    addPart(to, definition.when);
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

void addFire(Phrases& to, const Metaevent& definition) {
    const auto say = [&to](std::string text, std::string path) {
        to.push_back({", ", {}});
        to.push_back({std::move(text), std::move(path)});
    };
    if (definition.cooldown != Duration{}) say(atMostOnce(definition.cooldown), "fire.cooldown");
    if (definition.repeat) say("again every " + span(*definition.repeat) + " while it lasts", "fire.repeat");
    if (const auto& limit = definition.limit) {
        say(fmt::format("at most {} {} within {}{}", limit->count, limit->count == 1 ? "time" : "times",
                        durationInWords(limit->within), definition.partition.empty() ? "" : " in all"),
            "fire.limit");
    }
    if (definition.maxDepth != Metaevent{}.maxDepth) {
        say(fmt::format("in chains of at most {} {}", definition.maxDepth,
                        definition.maxDepth == 1 ? "firing" : "firings"),
            "fire.max_depth");
    }
}

void addDowntime(Phrases& to, const Metaevent& definition) {
    if (definition.downtime == Downtime::Counted) return;
    to.push_back({", ", {}});
    to.push_back({"not counting time in which Dogwatch was down", "downtime"});
}

void addJobs(Phrases& to, const Metaevent& definition) {
    const std::size_t count = definition.jobs.size();
    to.push_back({count == 0 ? ", note it" : ", run ", count == 0 ? "jobs" : ""});
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0) to.push_back({i + 1 == count ? " and " : ", ", {}});
        to.push_back({definition.jobs[i].run, fmt::format("jobs.{}", i)});
    }
    if (!definition.enabled) to.push_back({" (disabled)", "enabled"});
}

}  // namespace

std::string Sentence::text() const {
    return textOf(phrases);
}

Sentence sentenceOf(const Metaevent& definition) {
    Phrases phrases;
    addPartition(phrases, definition);
    addWhen(phrases, definition);
    addFire(phrases, definition);
    addDowntime(phrases, definition);
    addJobs(phrases, definition);
    return {std::move(phrases)};
}

Sentence clauseOf(const Condition& condition) {
    Phrases phrases;
    add(phrases, condition);
    return {std::move(phrases)};
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

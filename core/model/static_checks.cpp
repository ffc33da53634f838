#include "core/model/static_checks.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/model/satisfiable.h"
#include "core/model/schedule_checks.h"
#include "core/model/selector_checks.h"

namespace dogwatch {
namespace {

using namespace condition;
using Truth = Verdict::Truth;

using ByName = std::map<std::string, const Metaevent*, std::less<>>;

class Checker {
 public:
    Checker(const Metaevent& definition, const ByName& metaevents, const Surroundings& surroundings,
            const Grammar& grammar, std::vector<Warning>& to)
        : definition_(definition),
          metaevents_(metaevents),
          surroundings_(surroundings),
          grammar_(grammar),
          to_(to) {}

    void check() {
        for (const auto* condition : definition_.when.tree()) {
            numbers(*condition);
            exclusions(*condition);
            brevity(*condition);
            others(*condition);
            selectors(*condition);
            functions(*condition);
        }
        schedules();
        root();
        jobs();
    }

 private:
    template <typename... Args>
    void warn(const std::string& path, fmt::format_string<const Args&...> message, const Args&... args) {
        add(path, grammar_.say(message, args...));
    }
    void add(const std::string& path, std::string message) {
        toldOf_.insert(path);
        to_.push_back({definition_.name, path, std::move(message), false});
    }

    /// Comparisons that no number, or every number, satisfies.
    void numbers(const Condition& condition) {
        const auto quantity = quantityOf(condition);
        if (!quantity) return;
        if (!satisfiable(quantity->domain, {quantity->is})) {
            warn(condition.path + ".is", "this is never true: {}", rangeOf(condition));
        } else if (universal(quantity->domain, quantity->is)) {
            warn(condition.path + ".is", "this is true whatever happens: {}", rangeOf(condition));
        }
        if (quantity->samples > kLargestWindow) {
            warn(condition.path + ".samples",
                 "there are never so many: a window holds at most 1,000,000 records");
        }
    }

    [[nodiscard]] std::string rangeOf(const Condition& condition) const {
        if (condition.as<Ratio>() != nullptr) return grammar_.say("a ratio is a number from 0 to 1");
        if (condition.as<Count>() != nullptr)
            return grammar_.say("a count is a whole number from 0 to 1,000,000");
        if (const auto* c = condition.as<Measure>(); c != nullptr && c->kind == Measure::Kind::Distinct) {
            return grammar_.say("distinct is a whole number from 1 to 1,000,000");
        }
        return condition.as<Streak>() != nullptr ? grammar_.say("a streak is a whole number from 0")
                                                 : grammar_.say("a gauge is a whole number from 0");
    }

    /// Parts of an `all` that are never true together.
    void exclusions(const Condition& condition) {
        if (condition.as<All>() == nullptr) return;
        if (const auto pair = contradiction(condition)) {
            if (bothCanBe(*pair)) {
                warn(condition.path, "{} and {} are never true together: no number compares as both say",
                     pair->first->path, pair->second->path);
            }
        }
        if (const auto pair = pulsesExcludeEachOther(condition)) {
            warn(condition.path,
                 "{} and {} are never true together: they are pulses that never come at the same step; "
                 "`recent` makes one of them last",
                 pair->first->path, pair->second->path);
        }
    }

    using Pair = std::pair<const Condition*, const Condition*>;
    static bool bothCanBe(const Pair& pair) {
        return verdictOf(*pair.first).step != Truth::Never && verdictOf(*pair.second).step != Truth::Never;
    }

    /// Conditions that are too brief to be seen, or last for ever.
    void brevity(const Condition& condition) {
        if (condition.as<Held>() != nullptr) {
            const Verdict child = verdictOf(condition.children.front());
            if (child.gap == Truth::Never && child.step != Truth::Never) {
                warn(condition.path, "a pulse is over at once and cannot be held; `recent` makes it last");
            }
        }
        if (condition.as<During>() != nullptr && verdictOf(condition).step == Truth::Always) {
            warn(condition.path + ".for", "this is always true: it is as long as the schedule's interval");
        }
    }

    void selectors(const Condition& condition) {
        for (const auto* selector : condition.selectors()) {
            const auto why = neverMatches(*selector, grammar_);
            if (!why) continue;
            add(condition.path, *why);
            return;
        }
    }

    void schedules() {
        if (!surroundings_.functions) return;
        for (auto& [path, message] : scheduleFindings(definition_.when, *surroundings_.functions, grammar_)) {
            add(path, message);
        }
    }

    /// `fired` and `active` of metaevents that are not there, or never do so.
    void others(const Condition& condition) {
        const auto* fired = condition.as<Fired>();
        const auto* active = condition.as<Active>();
        if (fired == nullptr && active == nullptr) return;
        const std::string& name = fired != nullptr ? fired->metaevent : active->metaevent;
        const std::string path = condition.path + "." + condition.operatorKey();
        const auto found = metaevents_.find(name);
        if (found == metaevents_.end()) {
            warn(path, "there is no metaevent {}, so this is never true", name);
        } else if (active != nullptr && found->second->on == FireOn::Fall) {
            warn(path, "{} is never active: it fires where its criteria end", name);
        } else if (active != nullptr && verdictOf(found->second->when).gap == Truth::Never) {
            warn(path, "{} is never active: its criteria are over at once", name);
        }
    }

    bool unknown(const Pattern& function) const {
        return surroundings_.functions && function.isExact() &&
               !surroundings_.functions->contains(function.text());
    }

    void functions(const Condition& condition) {
        std::set<std::string> missing;
        for (const auto* selector : condition.selectors()) {
            if (!selector->functions) continue;
            for (const auto& function : *selector->functions) {
                if (unknown(function)) missing.insert(function.text());
            }
        }
        if (const auto* c = condition.as<Gauge>(); c != nullptr && c->function && unknown(*c->function)) {
            missing.insert(c->function->text());
        }
        for (const auto& name : missing) warn(condition.path, "there is no function {}", name);
    }

    void root() {
        const Verdict verdict = verdictOf(definition_.when);
        const bool never = verdict == Verdict{Truth::Never, Truth::Never};
        const bool always = verdict == Verdict{Truth::Always, Truth::Always};
        if (definition_.repeat && definition_.on == FireOn::Fall) {
            warn("fire.repeat", "there is nothing to repeat: it fires where its criteria end");
        } else if (definition_.repeat && !never && verdict.gap == Truth::Never) {
            warn("fire.repeat",
                 "there is nothing to repeat: its criteria are over at once; `recent` makes them last");
        }
        if (toldOf_.contains("when")) return;
        if (never) warn("when", "this can never be true, so it never fires");
        if (always && definition_.on == FireOn::Fall)
            warn("when", "this is always true, so it never falls and never fires");
        else if (always)
            warn("when", "this is always true, so it fires when it is armed and never ends");
    }

    void jobs() {
        for (std::size_t i = 0; i < definition_.jobs.size(); ++i) {
            const std::string& run = definition_.jobs[i].run;
            if (surroundings_.functions && !surroundings_.functions->contains(run)) {
                warn(fmt::format("jobs.{}.run", i), "there is no function {}", run);
            }
        }
    }

    const Metaevent& definition_;
    const ByName& metaevents_;
    const Surroundings& surroundings_;
    const Grammar& grammar_;
    std::vector<Warning>& to_;
    std::set<std::string> toldOf_;
};

std::string chainText(const std::vector<std::string>& chain) {
    std::string text;
    for (const auto& link : chain) text += (text.empty() ? "" : " -> ") + link;
    return text;
}

}  // namespace

std::vector<Warning> staticChecks(const std::vector<Metaevent>& definitions, const Surroundings& surroundings,
                                  const Grammar& grammar) {
    ByName byName;
    for (const auto& metaevent : surroundings.metaevents) byName.insert_or_assign(metaevent.name, &metaevent);
    for (const auto& definition : definitions) byName.insert_or_assign(definition.name, &definition);
    std::vector<Warning> warnings;
    for (const auto& definition : definitions) {
        Checker(definition, byName, surroundings, grammar, warnings).check();
    }

    // Those that are checked first: of a chain through several, the one that is new is told of.
    std::vector<const Metaevent*> all;
    all.reserve(definitions.size());
    for (const auto& definition : definitions) all.push_back(&definition);
    const auto isNew = [&](const Metaevent* m) {
        return std::find(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(definitions.size()), m) !=
               all.begin() + static_cast<std::ptrdiff_t>(definitions.size());
    };
    for (const auto& [name, metaevent] : byName) {
        if (!isNew(metaevent)) all.push_back(metaevent);
    }
    for (const auto& feedback : feedbacks(all, grammar)) {
        const auto* metaevent = byName.at(feedback.metaevent);
        if (!isNew(metaevent)) continue;
        warnings.push_back(
            {metaevent->name, "when",
             grammar.say("this can set itself off: {}; such a chain ends at depth {} (fire.max_depth)",
                         chainText(feedback.chain), metaevent->maxDepth),
             true});
    }
    return warnings;
}

}  // namespace dogwatch

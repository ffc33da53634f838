#include "core/model/schedule_checks.h"

#include <algorithm>
#include <chrono>

namespace dogwatch {
namespace {

using namespace condition;

constexpr int kInstants = 400;  ///< of a schedule that are looked at

struct Scheduled {
    std::string function;
    const Cron* schedule = nullptr;
};

/// The function whose runs the selector is about, one that has a schedule. A run leaves one such record,
/// unless it fails and is tried again.
std::optional<Scheduled> scheduledFor(const Selector& selector, const Schedules& functions) {
    if (!selector.functions || selector.functions->size() != 1 || !selector.where.empty())
        return std::nullopt;
    if (!selector.matchesKind("execution.succeeded") && !selector.matchesKind("execution.started")) {
        return std::nullopt;
    }
    const auto found = functions.find(selector.functions->front().text());
    if (found == functions.end() || !found->second) return std::nullopt;
    return Scheduled{found->first, &*found->second};
}

std::vector<Time> instantsOf(const Cron& schedule) {
    std::vector<Time> instants;
    auto at = schedule.after(Time{std::chrono::sys_days{std::chrono::year{2024} / 1 / 1}});
    for (int i = 0; at && i < kInstants; ++i) {
        instants.push_back(*at);
        at = schedule.after(*at);
    }
    return instants;
}

Duration longestPause(const std::vector<Time>& instants) {
    Duration longest{};
    for (std::size_t i = 1; i < instants.size(); ++i) {
        longest = std::max(longest, instants[i] - instants[i - 1]);
    }
    return longest;
}

/// The most instants that one window holds.
std::int64_t mostWithin(const std::vector<Time>& instants, Duration within) {
    std::size_t most = 0;
    std::size_t first = 0;
    for (std::size_t last = 0; last < instants.size(); ++last) {
        while (instants[last] - instants[first] >= within) ++first;
        most = std::max(most, last - first + 1);
    }
    return static_cast<std::int64_t>(most);
}

class Finder {
 public:
    Finder(const Schedules& functions, const Grammar& grammar, std::vector<ScheduleFinding>& to)
        : functions_(functions), grammar_(grammar), to_(to) {}

    /// `raises`: the whole is true whenever this one is.
    void look(const Condition& condition, bool raises) {
        if (const auto* c = condition.as<Absent>(); c != nullptr && raises) absent(condition, *c);
        if (const auto* c = condition.as<Missed>(); c != nullptr && raises) missed(condition, *c);
        if (const auto* c = condition.as<Count>()) count(condition, *c, raises);
        if (const auto* c = condition.as<Measure>()) samples(condition, c->over, c->within, c->samples);
        if (const auto* c = condition.as<Ratio>()) samples(condition, c->to, c->within, c->samples);
        const bool passes = condition.as<Any>() != nullptr || condition.as<Recent>() != nullptr ||
                            (condition.as<All>() != nullptr && condition.children.size() == 1);
        for (const auto& child : condition.children) look(child, raises && passes);
    }

 private:
    using Message =
        fmt::format_string<const std::string&, const std::string&, const std::string&, const std::string&>;
    /// `message`: of the function, its longest pause, its schedule and the window.
    void tooShort(const std::string& path, const Scheduled& scheduled, Duration window, Message message) {
        const Duration pause = longestPause(instantsOf(*scheduled.schedule));
        if (pause <= window) return;
        to_.push_back(
            {path,
             grammar_.say(message, scheduled.function, grammar_.duration(pause, Grammar::Case::Dative),
                          scheduled.schedule->text(), grammar_.duration(window, Grammar::Case::Accusative))});
    }

    void absent(const Condition& condition, const Absent& c) {
        if (const auto scheduled = scheduledFor(c.selector, functions_)) {
            tooShort(condition.path + ".for", *scheduled, c.duration,
                     "{} is scheduled with pauses of up to {} (\"{}\"), so it is absent for {} between runs "
                     "that are on time");
        }
    }

    /// Whether a run is missed although all come when they are due.
    void missed(const Condition& condition, const Missed& c) {
        const auto scheduled = scheduledFor(c.selector, functions_);
        if (!scheduled) return;
        const auto instants = instantsOf(*scheduled->schedule);
        for (std::size_t i = 1; i < instants.size(); ++i) {
            const auto due = c.schedule.after(instants[i - 1]);
            if (!due || *due + c.grace > instants[i]) continue;
            const bool isOwn = *due == instants[i];
            if (isOwn && c.grace == Duration{}) {
                to_.push_back({condition.path + ".grace",
                               grammar_.say("{} starts when it is due and takes time: without `grace` it is "
                                            "missed at every run, until that is over",
                                            scheduled->function)});
            } else {
                to_.push_back(
                    {condition.path + ".schedule",
                     grammar_.say(
                         "{} is scheduled by \"{}\" ({}), so it is missed by this schedule between runs "
                         "that are on time",
                         scheduled->function, scheduled->schedule->text(), scheduled->schedule->timezone())});
            }
            return;
        }
    }

    void count(const Condition& condition, const Count& c, bool raises) {
        const auto scheduled = scheduledFor(c.selector, functions_);
        if (!scheduled) return;
        if (raises && c.is.holds(0) && !c.is.holds(1)) {
            tooShort(condition.path + ".within", *scheduled, c.within,
                     "{} is scheduled with pauses of up to {} (\"{}\"), so there is none for {} between runs "
                     "that are on time");
            return;
        }
        using Op = Comparison::Operator;
        const bool wantsMany = c.is.op == Op::GreaterEqual || c.is.op == Op::Greater || c.is.op == Op::Equal;
        if (!wantsMany || c.is.holds(0) || triesCount(c.selector)) return;
        const std::int64_t most = mostWithin(instantsOf(*scheduled->schedule), c.within);
        for (std::int64_t number = 0; number <= most; ++number) {
            if (c.is.holds(static_cast<double>(number))) return;
        }
        fewRuns(condition.path + ".within", *scheduled, c.within, most);
    }

    void samples(const Condition& condition, const Selector& selector, Duration within, std::int64_t wanted) {
        const auto scheduled = scheduledFor(selector, functions_);
        if (!scheduled || wanted < 2 || triesCount(selector)) return;
        const std::int64_t most = mostWithin(instantsOf(*scheduled->schedule), within);
        if (most < wanted) fewRuns(condition.path + ".within", *scheduled, within, most);
    }

    /// Attempts that failed and are made again may be more than there are runs.
    static bool triesCount(const Selector& selector) {
        return selector.matchesKind("execution.failed") || selector.matchesKind("execution.started") ||
               selector.matchesKind("execution.retrying");
    }

    void fewRuns(const std::string& path, const Scheduled& scheduled, Duration within, std::int64_t most) {
        const std::string& schedule = scheduled.schedule->text();
        const std::string window = grammar_.duration(within, Grammar::Case::Dative);
        to_.push_back(
            {path, most == 1
                       ? grammar_.say("by its schedule (\"{}\") {} runs at most {} time within {}: with no "
                                      "runs besides, this is never true",
                                      schedule, scheduled.function, most, window)
                       : grammar_.say("by its schedule (\"{}\") {} runs at most {} times within {}: with no "
                                      "runs besides, this is never true",
                                      schedule, scheduled.function, most, window)});
    }

    const Schedules& functions_;
    const Grammar& grammar_;
    std::vector<ScheduleFinding>& to_;
};

}  // namespace

std::vector<ScheduleFinding> scheduleFindings(const Condition& root, const Schedules& functions,
                                              const Grammar& grammar) {
    std::vector<ScheduleFinding> findings;
    Finder(functions, grammar, findings).look(root, true);
    return findings;
}

}  // namespace dogwatch

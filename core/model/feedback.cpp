// Chains by which metaevents set themselves off through their jobs (static_checks.h).
#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <set>

#include "core/model/static_checks.h"

namespace dogwatch {
namespace {

using namespace condition;

/// The kinds that the execution of a job leaves behind; the likeliest first.
constexpr std::array<const char*, 7> kJobRecords = {
    "execution.succeeded", "execution.failed",   "execution.started", "execution.queued",
    "execution.throttled", "execution.retrying", "execution.dropped"};
constexpr std::int64_t kDeepest = 64;

/// Whether a `where` clause may hold of a record that a job leaves: what is certain of it speaks against
/// none.
bool mayHold(const Clause& clause, const Record& record) {
    const std::string& path = clause.path.text();
    if (path == "trigger" || (path == "cause" && clause.op == Clause::Operator::Exists)) {
        const json::value trigger = "metaevent";  // a cause is there too, whatever it is
        return clause.holds(&trigger);
    }
    if (path == "depth") {
        for (std::int64_t depth = 1; depth <= kDeepest; ++depth) {
            const json::value value = depth;
            if (clause.holds(&value)) return true;
        }
        return false;
    }
    if (path == "event" || path == "function") {
        json::value scratch;
        return clause.holds(clause.path.find(record, scratch));
    }
    return true;
}

bool mayMatch(const Selector& selector, const Record& record) {
    const std::string_view function = record.function();
    return selector.matchesKind(record.event) && selector.matchesFunction(&function) &&
           std::all_of(selector.where.begin(), selector.where.end(),
                       [&record](const Clause& clause) { return mayHold(clause, record); });
}

/// The pulses of a tree that can by themselves make the whole rise, again and again: each as the selectors
/// that records must match for it. (What lasts, such as a count, does not rise again while it is true.)
using Pulse = std::vector<const Selector*>;
void addPulses(const Condition& condition, std::vector<Pulse>& to) {
    if (const auto* c = condition.as<Occurs>()) to.push_back({&c->selector});
    if (const auto* c = condition.as<Changed>()) to.push_back({&c->over});
    if (const auto* c = condition.as<Sequence>(); c != nullptr && !c->steps.back().isNot) {
        Pulse pulse;
        for (const auto& step : c->steps) {
            if (!step.isNot) pulse.push_back(&step.selector);
        }
        to.push_back(std::move(pulse));
    }
    if (condition.as<Not>() != nullptr || condition.as<Held>() != nullptr ||
        condition.as<Recent>() != nullptr)
        return;
    for (const auto& child : condition.children) addPulses(child, to);
}

void addFired(const Condition& condition, std::set<std::string>& to) {
    if (const auto* c = condition.as<Fired>()) to.insert(c->metaevent);
    if (condition.as<Not>() != nullptr || condition.as<Held>() != nullptr ||
        condition.as<Recent>() != nullptr)
        return;
    for (const auto& child : condition.children) addFired(child, to);
}

struct Edge {
    const Metaevent* to = nullptr;
    std::vector<std::string> through;
};

class Graph {
 public:
    Graph(const std::vector<const Metaevent*>& metaevents, const Grammar& grammar)
        : metaevents_(metaevents), grammar_(grammar) {}

    /// The shortest chain from a metaevent back to itself; empty: there is none.
    std::vector<const Metaevent*> cycle(const Metaevent& start, std::vector<std::string>& chain) const;

 private:
    std::vector<Edge> edges(const Metaevent& from) const;
    std::optional<Edge> throughJob(const Metaevent& from, const Metaevent& to) const;

    const std::vector<const Metaevent*>& metaevents_;
    const Grammar& grammar_;
};

Record jobRecord(const char* kind, const std::string& function) {
    Record record;
    record.event = kind;
    record.fields["function"] = function;
    return record;
}

/// The kind of a record of this function that matches; null: none does.
const char* matchingKind(const Selector& selector, const std::string& function) {
    const auto* found = std::find_if(kJobRecords.begin(), kJobRecords.end(), [&](const char* kind) {
        return mayMatch(selector, jobRecord(kind, function));
    });
    return found != kJobRecords.end() ? *found : nullptr;
}

std::optional<Edge> Graph::throughJob(const Metaevent& from, const Metaevent& to) const {
    std::vector<Pulse> pulses;
    addPulses(to.when, pulses);
    for (const auto& job : from.jobs) {
        const auto matches = [&job](const Selector* selector) {
            return matchingKind(*selector, job.run) != nullptr;
        };
        for (const auto& pulse : pulses) {
            if (!std::all_of(pulse.begin(), pulse.end(), matches)) continue;
            const std::string kind = matchingKind(*pulse.back(), job.run);
            return Edge{&to, {grammar_.say("job {}", job.run), grammar_.say("{} of {}", kind, job.run)}};
        }
    }
    return std::nullopt;
}

std::vector<Edge> Graph::edges(const Metaevent& from) const {
    std::vector<Edge> found;
    for (const auto* to : metaevents_) {
        if (!to->enabled) continue;
        std::set<std::string> fired;
        addFired(to->when, fired);
        if (fired.contains(from.name)) {
            found.push_back({to, {}});
        } else if (auto edge = throughJob(from, *to)) {
            found.push_back(*std::move(edge));
        }
    }
    return found;
}

std::vector<const Metaevent*> Graph::cycle(const Metaevent& start, std::vector<std::string>& chain) const {
    struct Reached {
        const Metaevent* before;
        std::vector<std::string> through;
    };
    std::map<const Metaevent*, Reached> reached;
    std::deque<const Metaevent*> ahead{&start};
    while (!ahead.empty() && !reached.contains(&start)) {
        const auto* from = ahead.front();
        ahead.pop_front();
        for (auto& edge : edges(*from)) {
            if (reached.try_emplace(edge.to, Reached{from, std::move(edge.through)}).second)
                ahead.push_back(edge.to);
        }
    }
    std::vector<const Metaevent*> members;
    if (!reached.contains(&start)) return members;
    chain = {start.name};
    const Metaevent* at = &start;
    do {
        const Reached& step = reached.at(at);
        chain.insert(chain.begin(), step.through.begin(), step.through.end());
        chain.insert(chain.begin(), step.before->name);
        at = step.before;
        members.push_back(at);
    } while (at != &start);
    return members;
}

/// Whether the depth that grows by one with each firing lets the chain come back to its start.
bool isDeepEnough(std::vector<const Metaevent*> members) {
    std::reverse(members.begin(), members.end());
    members.push_back(members.front());
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (static_cast<std::size_t>(members[i]->maxDepth) < i + 1) return false;
    }
    return true;
}

}  // namespace

std::vector<Feedback> feedbacks(const std::vector<const Metaevent*>& metaevents, const Grammar& grammar) {
    const Graph graph(metaevents, grammar);
    std::vector<Feedback> found;
    std::set<const Metaevent*> told;
    for (const auto* metaevent : metaevents) {
        if (told.contains(metaevent) || !metaevent->enabled) continue;
        std::vector<std::string> chain;
        const auto members = graph.cycle(*metaevent, chain);
        if (members.empty() || !isDeepEnough(members)) continue;
        told.insert(members.begin(), members.end());
        found.push_back({metaevent->name, std::move(chain)});
    }
    return found;
}

}  // namespace dogwatch

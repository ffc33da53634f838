#include "core/engine/moment.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <bit>
#include <utility>

#include "core/engine/engine_private.h"
#include "core/engine/numbers.h"
#include "core/engine/observer.h"

namespace dogwatch::engine {
namespace {

constexpr std::size_t kMostRunsShown = 20;
constexpr std::size_t kMostKeys = 100;
constexpr int kMostSteps = 2'000;  ///< timer steps that one look ahead takes
constexpr std::int64_t kHorizon = std::chrono::microseconds{std::chrono::days{400}}.count();

std::optional<Time> timeOr(std::int64_t time, std::int64_t none) {
    return time == none ? std::nullopt : std::optional{timeFromUs(time)};
}

/// Since when one condition has been as it is.
struct Log {
    std::int64_t since = 0;
    std::int64_t rises = 0;
    std::int64_t lastRise = kLongAgo;
};

/// The conditions that make the root what it is: of a node above others those below it that agree with it.
NodeMask decisive(const MetaeventState& metaevent, NodeMask values) {
    const auto& nodes = metaevent.program->nodes();
    NodeMask found = bit(metaevent.program->root());
    for (std::size_t n = nodes.size(); n-- > 0;) {  // parents come after their children
        const Node& node = nodes[n];
        const auto index = static_cast<NodeIndex>(n);
        if ((found & bit(index)) == 0) continue;
        const bool follows = node.condition->as<condition::Held>() != nullptr ||
                             node.condition->as<condition::Recent>() != nullptr;
        const bool value = ((values & bit(index)) != 0) != (node.condition->as<condition::Not>() != nullptr);
        found |= follows ? node.children : value ? node.children & values : node.children & ~values;
    }
    return found;
}

void addDeadline(ConditionMoment& to, const NodeState& state) {
    std::visit(
        [&to]<typename T>(const T& detector) {
            if constexpr (requires { detector.deadline(); })
                to.deadline = timeOr(detector.deadline(), kNever);
        },
        state);
    if (const auto* absent = std::get_if<AbsentDetector>(&state)) to.excused = Duration{absent->excused()};
    if (const auto* recent = std::get_if<RecentDetector>(&state);
        recent != nullptr && recent->isChildTrue()) {
        to.deadline.reset();
    }
}

void addRuns(ConditionMoment& to, const Instance& instance, NodeIndex node, const Step& step) {
    const auto* sequence = std::get_if<SequenceDetector>(&instance.nodes[node]);
    if (sequence == nullptr) return;
    const auto& pool = *instance.metaevent->sequences[node];
    for (const auto& run : pool.waiting(*sequence, step, kMostRunsShown, to.runCount)) {
        to.runs.push_back({timeFromUs(run.started), run.step, timeFromUs(run.ends)});
    }
}

ConditionMoment conditionAt(const Fold& fold, const Instance& instance, NodeIndex node, const Step& step,
                            NodeMask values, const Log* log) {
    const Condition& condition = *instance.metaevent->program->nodes()[node].condition;
    ConditionMoment moment;
    moment.path = condition.path;
    moment.op = condition.operatorKey();
    moment.level = levelOf(condition);
    moment.holds = (values & bit(node)) != 0;
    const Number number = numberOf(fold, instance, node, step, values);
    moment.number = number.value;
    moment.samples = number.samples;
    addDeadline(moment, instance.nodes[node]);
    addRuns(moment, instance, node, step);
    if (condition.children.empty()) {
        for (const EvidenceRef ref : fold.evidenceOf(instance, node)) {
            if (ref > 0) moment.evidence.push_back(ref);
        }
    }
    if (log != nullptr) {
        moment.since = timeFromUs(log->since);
        moment.rises = log->rises;
        moment.lastRise = timeOr(log->lastRise, kLongAgo);
    }
    return moment;
}

std::vector<ConditionMoment> conditionsAt(const Fold& fold, const Instance& instance, const Step& step,
                                          NodeMask values, const std::vector<Log>* logs) {
    const MetaeventState& metaevent = *instance.metaevent;
    const auto& nodes = metaevent.program->nodes();
    const NodeMask decides = decisive(metaevent, values);
    std::vector<ConditionMoment> moments;
    for (const Condition* condition : metaevent.definition->when.tree()) {
        const auto found = std::find_if(nodes.begin(), nodes.end(),
                                        [&](const Node& each) { return each.condition == condition; });
        const auto node = static_cast<NodeIndex>(found - nodes.begin());
        moments.push_back(
            conditionAt(fold, instance, node, step, values, logs != nullptr ? &(*logs)[node] : nullptr));
        moments.back().decides = (decides & bit(node)) != 0;
    }
    return moments;
}

/// What would refuse a firing at `time`.
void addRefusals(Moment& to, const MetaeventState& metaevent, const Instance& instance, std::int64_t time) {
    const Metaevent& definition = *metaevent.definition;
    const std::int64_t last = definition.on == FireOn::Fall ? instance.lastFall : instance.lastRise;
    if (last != kLongAgo && last + definition.cooldown.count() > time) {
        to.cooldownUntil = timeFromUs(last + definition.cooldown.count());
    }
    if (const auto& limit = definition.limit) {
        const auto& times = metaevent.firings;  // ascending
        const auto count = static_cast<std::size_t>(limit->count);
        if (times.size() < count) return;
        const std::int64_t until = times[times.size() - count] + limit->within.count();
        if (until > time) to.limitUntil = timeFromUs(until);
    }
}

void addKeys(Moment& to, const MetaeventState& metaevent) {
    std::vector<const Instance*> all;
    metaevent.forEachInstance([&all](const Instance& instance) { all.push_back(&instance); });
    to.keyCount = static_cast<std::int64_t>(all.size());
    const auto kept = static_cast<std::ptrdiff_t>(std::min(kMostKeys, all.size()));
    std::partial_sort(all.begin(), all.begin() + kept, all.end(), [](const Instance* a, const Instance* b) {
        return std::pair{a->acted, a->ordinal} > std::pair{b->acted, b->ordinal};
    });
    for (auto each = all.begin(); each != all.begin() + kept; ++each) {
        to.keys.push_back({(*each)->key, (*each)->holds, timeFromUs((*each)->acted)});
    }
}

const Instance* instanceOf(const MetaeventState& metaevent, const json::value& key) {
    if (!metaevent.isPartitioned()) return metaevent.sole.get();
    const auto* values = key.if_array();
    if (values == nullptr) return nullptr;
    std::string text;
    for (const auto& value : *values) appendCanonical(text, value);
    const auto found = metaevent.instances.find(text);
    return found != metaevent.instances.end() ? found->second.get() : nullptr;
}

Moment headOf(const Fold& fold, std::string_view name, Time at) {
    Moment moment;
    moment.metaevent = name;
    moment.at = at;
    const MetaeventState* metaevent = fold.find(name);
    if (metaevent == nullptr) return moment;
    moment.isDefined = true;
    moment.version = metaevent->version;
    moment.isEnabled = metaevent->definition->enabled;
    if (metaevent->isArmed()) moment.armed = timeFromUs(metaevent->armed);
    moment.firings = metaevent->totalFirings;
    if (metaevent->lastFired) moment.lastFired = timeFromUs(*metaevent->lastFired);
    return moment;
}

void addInstance(Moment& to, const Fold& fold, const Instance& instance, const Step& step, NodeMask values,
                 const std::vector<Log>* logs) {
    to.key = instance.key;
    to.isKnown = !instance.nodes.empty();
    if (!to.isKnown) return;
    to.holds = (values & bit(instance.metaevent->program->root())) != 0;
    to.conditions = conditionsAt(fold, instance, step, values, logs);
    addRefusals(to, *instance.metaevent, instance, step.time);
    to.nextTry = timeOr(instance.nextTry, kNever);
}

}  // namespace

// ---- witness

class Witness::Private final : public Observer {
 public:
    Private(Engine& engine, std::string metaevent) : engine_(engine), metaevent_(std::move(metaevent)) {
        Internals::observe(engine_, *this);
    }
    ~Private() override { Internals::unobserve(engine_, *this); }
    Private(const Private&) = delete;
    Private& operator=(const Private&) = delete;

    void evaluated(const Step& step, const Instance& instance, NodeMask at, NodeMask gap) override {
        if (instance.metaevent->name() != metaevent_) return;
        auto& logs = logs_[&instance];
        if (logs.empty()) {
            Log first;
            first.since = instance.armed;
            logs.assign(instance.metaevent->program->nodes().size(), first);
        }
        const NodeMask before = std::exchange(gaps_[&instance], gap);
        for (NodeMask rest = (before ^ at) | (at ^ gap); rest != 0; rest &= rest - 1) {
            const NodeMask node = rest & -rest;
            Log& log = logs[static_cast<std::size_t>(std::countr_zero(rest))];
            log.since = step.time;
            const int rises = ((before & node) == 0 && (at & node) != 0 ? 1 : 0) +
                              ((at & node) == 0 && (gap & node) != 0 ? 1 : 0);
            if (rises == 0) continue;
            log.rises += rises;
            log.lastRise = step.time;
        }
        step_ = step;
        instance_ = &instance;
        at_ = at;
        gap_ = gap;
    }

    void gone(const Instance& instance, std::int64_t /*time*/) override {
        logs_.erase(&instance);
        gaps_.erase(&instance);
        if (instance_ == &instance) instance_ = nullptr;
    }

    [[nodiscard]] Moment atStep(const Derived& derived) const {
        const Fold& fold = Internals::fold(engine_);
        Moment moment = headOf(fold, metaevent_, derived.time);
        moment.edge = derived.edge;
        if (instance_ == nullptr) return moment;
        const NodeMask root = bit(instance_->metaevent->program->root());
        const bool isAtStep = ((at_ & root) != 0) != (derived.edge == "fall");
        addInstance(moment, fold, *instance_, step_, isAtStep ? at_ : gap_, logsOf(*instance_));
        return moment;
    }

    [[nodiscard]] const std::vector<Log>* logsOf(const Instance& instance) const {
        const auto found = logs_.find(&instance);
        return found != logs_.end() ? &found->second : nullptr;
    }

 private:
    Engine& engine_;
    std::string metaevent_;
    absl::flat_hash_map<const Instance*, std::vector<Log>> logs_;
    absl::flat_hash_map<const Instance*, NodeMask> gaps_;
    Step step_;  ///< the last one that evaluated an instance, and what came of it
    const Instance* instance_ = nullptr;
    NodeMask at_ = 0;
    NodeMask gap_ = 0;
};

Witness::Witness(Engine& engine, std::string metaevent)
    : d(std::make_unique<Private>(engine, std::move(metaevent))) {}

Witness::~Witness() = default;

Moment Witness::atStep(const Derived& derived) const {
    return d->atStep(derived);
}

// ---- moments

Moment momentOf(const Engine& engine, std::string_view metaevent, const std::optional<json::value>& key,
                Time at, const Witness* witness) {
    const Fold& fold = Internals::fold(engine);
    Moment moment = headOf(fold, metaevent, at);
    const MetaeventState* state = fold.find(metaevent);
    if (state == nullptr || !state->isArmed()) return moment;
    if (state->isPartitioned()) addKeys(moment, *state);
    if (key) {
        moment.key = *key;
    } else if (!moment.keys.empty()) {
        moment.key = moment.keys.front().key;
    }
    const Instance* instance = instanceOf(*state, moment.key);
    if (instance == nullptr) return moment;
    addInstance(moment, fold, *instance, timeStep(toUs(at), true), Fold::truthOf(*instance),
                witness != nullptr ? witness->d->logsOf(*instance) : nullptr);
    return moment;
}

// ---- looking ahead

namespace {

/// The first change of each condition of one instance.
class Changes final : public Observer {
 public:
    Changes(Engine& engine, const Instance& instance)
        : engine_(engine), instance_(&instance), start_(Fold::truthOf(instance)) {
        Internals::observe(engine_, *this);
    }
    ~Changes() override { Internals::unobserve(engine_, *this); }
    Changes(const Changes&) = delete;
    Changes& operator=(const Changes&) = delete;

    void evaluated(const Step& step, const Instance& instance, NodeMask at, NodeMask gap) override {
        if (&instance != instance_) return;
        const NodeMask changed = ((start_ ^ at) | (start_ ^ gap)) & ~known_;
        for (NodeMask rest = changed; rest != 0; rest &= rest - 1) {
            times_.emplace_back(std::countr_zero(rest), step.time);
        }
        known_ |= changed;
    }
    void gone(const Instance& instance, std::int64_t /*time*/) override {
        if (&instance == instance_) instance_ = nullptr;
    }

    [[nodiscard]] bool isOver() const { return instance_ == nullptr; }
    [[nodiscard]] const std::vector<std::pair<int, std::int64_t>>& times() const { return times_; }

 private:
    Engine& engine_;
    const Instance* instance_;
    NodeMask start_;
    NodeMask known_ = 0;
    std::vector<std::pair<int, std::int64_t>> times_;
};

}  // namespace

void foresee(Engine engine, Moment& moment) {
    moment.isForeseen = true;
    const MetaeventState* metaevent = Internals::fold(engine).find(moment.metaevent);
    if (metaevent == nullptr || !metaevent->isArmed()) return;
    const Instance* instance = instanceOf(*metaevent, moment.key);
    if (instance == nullptr) return;
    const std::vector<const Condition*> tree = metaevent->definition->when.tree();
    const Sink sink = [&moment](Derived&& derived) {
        const bool isOurs = derived.metaevent == moment.metaevent && sameValue(derived.key, moment.key);
        if (moment.next || !isOurs || derived.edge.empty()) return;
        moment.next = Moment::Next{derived.time, std::move(derived.edge), std::move(derived.reason)};
    };
    const Changes changes(engine, *instance);
    const Time horizon = timeFromUs(toUs(moment.at) + kHorizon);
    for (int step = 0; step < kMostSteps && !changes.isOver(); ++step) {
        const auto due = engine.nextDue();
        if (!due || *due > horizon) break;
        if (moment.next && changes.times().size() == tree.size()) break;
        engine.advance(*due, sink);
    }
    const auto& nodes = metaevent->program->nodes();
    for (const auto& [node, time] : changes.times()) {
        const std::string& path = nodes[static_cast<std::size_t>(node)].condition->path;
        for (auto& condition : moment.conditions) {
            if (condition.path == path) condition.changes = timeFromUs(time);
        }
    }
}

}  // namespace dogwatch::engine

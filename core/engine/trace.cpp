#include "core/engine/trace.h"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <utility>

#include "core/engine/engine_private.h"
#include "core/engine/numbers.h"
#include "core/engine/observer.h"

namespace dogwatch::engine {
namespace {

constexpr std::size_t kMostKnownKeys = 1000;
/// What a sample may cost is saved up, so that taking them costs O(1) a record however large windows are.
constexpr std::int64_t kSavedAtFirst = 1 << 16;
constexpr std::int64_t kSavedEachTime = 64;
constexpr std::int64_t kMostSaved = 1 << 20;

/// One condition for one key.
struct Lane {
    Lane(const TraceOptions& options, TimeRange range, const Condition& condition)
        : intervals(options.spans, range),
          pulses(options.spans, range),
          samples(options.points, range, !isTimeLeft(condition)) {}

    Spans intervals;
    Spans pulses;
    Samples samples;
    std::optional<Span> open;
    std::int64_t rises = 0;
    std::int64_t saved = kSavedAtFirst;
};

/// All conditions for one key; also of the instances that followed one that expired.
struct Lanes {
    const MetaeventState* metaevent = nullptr;
    const Instance* instance = nullptr;  ///< null: it has gone
    json::value key;
    Time armed{};
    std::optional<Time> gone;
    NodeMask gap = 0;
    std::vector<Lane> nodes;
};

struct Traced {
    const MetaeventState* metaevent = nullptr;
    std::vector<std::unique_ptr<Lanes>> lanes;
    TextMap<Lanes*> byKey;
    std::vector<MetaeventTrace::Key> keys;
    TextMap<std::size_t> known;  ///< places in `keys`
    bool hasMoreKeys = false;
};

struct Bound {
    double number;
    const char* op;
};

std::optional<Bound> boundOf(const Condition& condition) {
    if (const auto* c = condition.as<condition::AtLeast>()) return Bound{static_cast<double>(c->count), ">="};
    return std::visit(
        [](const auto& spec) -> std::optional<Bound> {
            if constexpr (requires { spec.is; }) {
                return Bound{spec.is.number, operatorName(spec.is.op)};
            } else {
                return std::nullopt;
            }
        },
        condition.kind);
}

}  // namespace

class Tracer::Private final : public Observer {
 public:
    Private(Engine& engine, TraceOptions options) : engine_(engine), options_(std::move(options)) {
        Internals::observe(engine_, *this);
        if (options_.from) range_.from = toUs(*options_.from);
        if (options_.until) range_.until = toUs(*options_.until);
        for (const auto& key : options_.keys) {
            std::string text;
            if (const auto* values = key.if_array()) {
                for (const auto& value : *values) appendCanonical(text, value);
            }
            wanted_.push_back(std::move(text));
        }
    }

    ~Private() override { Internals::unobserve(engine_, *this); }
    Private(const Private&) = delete;
    Private& operator=(const Private&) = delete;

    void changing(const Step& step, const Instance& instance, NodeIndex node) override {
        Lanes* lanes = find(instance);
        if (lanes == nullptr || options_.points == 0) return;
        sampleLeaves(*lanes, node, step.time);
        if (isTimeLeft(conditionOf(*lanes, node))) sample(*lanes, node, step, lanes->gap);
    }

    void changed(const Step& step, const Instance& instance, NodeIndex node) override {
        if (Lanes* lanes = find(instance)) sample(*lanes, node, step, lanes->gap);
    }

    void runsChanging(const Step& step, const MetaeventState& metaevent, NodeIndex node) override {
        for (Lanes* lanes : livingOf(metaevent)) {
            sampleLeaves(*lanes, node, step.time);
            sample(*lanes, node, step, lanes->gap);
        }
    }

    void sharedChanged(std::int64_t time, const MetaeventState& metaevent, NodeIndex node) override {
        const Step step = timeStep(time, false);
        for (Lanes* lanes : livingOf(metaevent)) sample(*lanes, node, step, lanes->gap);
    }

    void evaluated(const Step& step, const Instance& instance, NodeMask at, NodeMask gap) override {
        bool isNew = false;
        Lanes* lanes = findOrCreate(instance, isNew);
        noteRise(instance, at, gap);
        if (lanes == nullptr) return;
        const NodeMask before = lanes->gap;
        for (NodeMask rest = (before ^ at) | (at ^ gap); rest != 0; rest &= rest - 1) {
            const auto node = static_cast<NodeIndex>(std::countr_zero(rest));
            edge(lanes->nodes[node], step, (before & bit(node)) != 0, (at & bit(node)) != 0,
                 (gap & bit(node)) != 0);
        }
        lanes->gap = gap;
        const auto& nodes = instance.metaevent->program->nodes();
        for (NodeIndex node = 0; node < nodes.size(); ++node) {
            if (isNew || nodes[node].children != 0) sample(*lanes, node, step, gap);
        }
    }

    void gone(const Instance& instance, std::int64_t time) override {
        const auto found = instances_.find(&instance);
        if (found == instances_.end()) return;
        if (Lanes* lanes = found->second) {
            close(*lanes, time == kNever ? lastTime_ : time);
            lanes->instance = nullptr;
        }
        instances_.erase(found);
    }

    std::vector<MetaeventTrace> finish(std::int64_t until) {
        std::vector<MetaeventTrace> result;
        for (auto& traced : traced_) {
            MetaeventTrace trace;
            trace.metaevent = traced->metaevent->name();
            trace.keys = std::move(traced->keys);
            trace.hasMoreKeys = traced->hasMoreKeys;
            for (auto& lanes : traced->lanes) trace.traces.push_back(finish(*lanes, until));
            result.push_back(std::move(trace));
        }
        return result;
    }

 private:
    [[nodiscard]] const Fold& fold() const { return Internals::fold(engine_); }
    static const Condition& conditionOf(const Lanes& lanes, NodeIndex node) {
        return *lanes.metaevent->program->nodes()[node].condition;
    }

    Lanes* find(const Instance& instance) const {
        const auto found = instances_.find(&instance);
        return found != instances_.end() ? found->second : nullptr;
    }

    Traced& tracedOf(const MetaeventState& metaevent) {
        const auto found = std::find_if(traced_.begin(), traced_.end(),
                                        [&](const auto& each) { return each->metaevent == &metaevent; });
        if (found != traced_.end()) return **found;
        traced_.push_back(std::make_unique<Traced>());
        traced_.back()->metaevent = &metaevent;
        return *traced_.back();
    }

    std::vector<Lanes*> livingOf(const MetaeventState& metaevent) {
        std::vector<Lanes*> living;
        for (const auto& lanes : tracedOf(metaevent).lanes) {
            if (lanes->instance != nullptr) living.push_back(lanes.get());
        }
        return living;
    }

    /// Null: the instance is not traced.
    Lanes* findOrCreate(const Instance& instance, bool& isNew) {
        const auto [place, isUnknown] = instances_.try_emplace(&instance, nullptr);
        if (!isUnknown) return place->second;
        isNew = true;
        Traced& traced = tracedOf(*instance.metaevent);
        if (traced.known.size() < kMostKnownKeys &&
            traced.known.try_emplace(instance.keyText, traced.keys.size()).second) {
            traced.keys.push_back({instance.key, timeFromUs(instance.armed), 0});
        }
        const auto known = traced.byKey.find(instance.keyText);
        Lanes* lanes = known != traced.byKey.end() ? known->second : create(traced, instance);
        if (lanes != nullptr) {
            lanes->instance = &instance;
            lanes->gone.reset();
        }
        return place->second = lanes;
    }

    Lanes* create(Traced& traced, const Instance& instance) {
        const auto& nodes = instance.metaevent->program->nodes();
        const bool isWanted = wanted_.empty() || !instance.metaevent->isPartitioned() ||
                              std::find(wanted_.begin(), wanted_.end(), instance.keyText) != wanted_.end();
        const std::size_t cost = nodes.size() * (options_.points + 2 * options_.spans);
        if (!isWanted) return nullptr;
        if (traced.lanes.size() >= options_.keysTraced || cost > options_.budget) {
            traced.hasMoreKeys = true;
            return nullptr;
        }
        options_.budget -= cost;
        auto lanes = std::make_unique<Lanes>();
        lanes->metaevent = instance.metaevent;
        lanes->key = instance.key;
        lanes->armed = timeFromUs(instance.armed);
        for (const Node& node : nodes) lanes->nodes.emplace_back(options_, range_, *node.condition);
        traced.lanes.push_back(std::move(lanes));
        traced.byKey[instance.keyText] = traced.lanes.back().get();
        return traced.lanes.back().get();
    }

    /// Counts the rises of the root for each key.
    void noteRise(const Instance& instance, NodeMask at, NodeMask gap) {
        const NodeMask root = bit(instance.metaevent->program->root());
        const bool rises = (!instance.holds && (at & root) != 0) || ((at & root) == 0 && (gap & root) != 0);
        if (!rises) return;
        Traced& traced = tracedOf(*instance.metaevent);
        const auto known = traced.known.find(instance.keyText);
        if (known != traced.known.end()) ++traced.keys[known->second].rises;
    }

    void edge(Lane& lane, const Step& step, bool before, bool at, bool gap) {
        lastTime_ = step.time;
        const std::int64_t cause = fold().origin();
        if (before && !(at && gap)) end(lane, step.time, cause, at);
        if (!before && at && !gap) {
            Span pulse;
            pulse.from = step.time;
            pulse.until = step.time;
            pulse.cause = pulse.untilCause = cause;
            lane.pulses.add(pulse);
            ++lane.rises;
        }
        if (gap && !(before && at)) {
            lane.open.emplace();
            lane.open->from = step.time;
            lane.open->cause = cause;
            lane.open->fromGap = !at;
            ++lane.rises;
        }
    }

    static void end(Lane& lane, std::int64_t time, std::int64_t cause, bool atStep) {
        if (!lane.open) return;
        lane.open->until = time;
        lane.open->untilCause = cause;
        lane.open->untilGap = atStep;
        lane.intervals.add(*lane.open);
        lane.open.reset();
    }

    void close(Lanes& lanes, std::int64_t time) {
        for (NodeIndex node = 0; node < lanes.nodes.size(); ++node) {
            sampleLeaves(lanes, node, time);
            end(lanes.nodes[node], time, 0, true);
            lanes.nodes[node].samples.add(time, std::numeric_limits<double>::quiet_NaN());
        }
        lanes.gap = 0;
        lanes.gone = timeFromUs(time);
    }

    /// Samples where records leave the window, or runs end, before `time`.
    void sampleLeaves(Lanes& lanes, NodeIndex node, std::int64_t time) {
        if (options_.points == 0) return;
        const std::int64_t start = std::max(lanes.nodes[node].samples.last(), lanes.instance->armed);
        for (std::int64_t at = nextLeave(*lanes.instance, node, start); at < time;
             at = nextLeave(*lanes.instance, node, at)) {
            if (!sample(lanes, node, timeStep(at, true), lanes.gap)) return;
        }
    }

    /// False: it would have cost too much.
    bool sample(Lanes& lanes, NodeIndex node, const Step& step, NodeMask values) {
        if (options_.points == 0) return false;
        Lane& lane = lanes.nodes[node];
        const auto cost = static_cast<std::int64_t>(costOfNumber(*lanes.instance, node));
        lane.saved = std::min(lane.saved + kSavedEachTime, kMostSaved);
        if (cost > lane.saved) return false;
        lane.saved -= cost;
        const auto number = numberOf(fold(), *lanes.instance, node, step, values).value;
        if (!number && lane.samples.list().empty()) return true;
        lane.samples.add(step.time, number.value_or(std::numeric_limits<double>::quiet_NaN()));
        return true;
    }

    KeyTrace finish(Lanes& lanes, std::int64_t until) {
        KeyTrace trace;
        trace.key = std::move(lanes.key);
        trace.armed = lanes.armed;
        trace.gone = lanes.gone;
        const auto& nodes = lanes.metaevent->program->nodes();
        for (const Condition* condition : lanes.metaevent->definition->when.tree()) {
            const auto node = static_cast<NodeIndex>(
                std::find_if(nodes.begin(), nodes.end(),
                             [&](const Node& each) { return each.condition == condition; }) -
                nodes.begin());
            if (lanes.instance != nullptr) {
                sampleLeaves(lanes, node, until);
                sample(lanes, node, timeStep(until, true), lanes.gap);
            }
            trace.conditions.push_back(finish(lanes.nodes[node], *condition));
            trace.conditions.back().holds = (lanes.gap & bit(node)) != 0;
        }
        return trace;
    }

    static ConditionTrace finish(Lane& lane, const Condition& condition) {
        ConditionTrace trace;
        trace.path = condition.path;
        trace.op = condition.operatorKey();
        trace.level = levelOf(condition);
        trace.rises = lane.rises;
        if (lane.open) lane.intervals.add(*lane.open);
        trace.intervals = lane.intervals.list();
        trace.pulses = lane.pulses.list();
        trace.samples = lane.samples.list();
        trace.isTimeLeft = isTimeLeft(condition);
        if (const auto bound = boundOf(condition)) {
            trace.bound = bound->number;
            trace.comparison = bound->op;
        }
        trace.resolution = std::max({lane.intervals.resolution(), lane.pulses.resolution(),
                                     lane.samples.resolution(), std::int64_t{0}});
        return trace;
    }

    Engine& engine_;
    TraceOptions options_;
    TimeRange range_;
    std::vector<std::string> wanted_;
    std::vector<std::unique_ptr<Traced>> traced_;
    absl::flat_hash_map<const Instance*, Lanes*> instances_;  ///< null: not traced
    std::int64_t lastTime_ = 0;
};

Tracer::Tracer(Engine& engine, TraceOptions options)
    : d(std::make_unique<Private>(engine, std::move(options))) {}

Tracer::~Tracer() = default;

std::vector<MetaeventTrace> Tracer::finish(Time until) {
    return d->finish(toUs(until));
}

}  // namespace dogwatch::engine

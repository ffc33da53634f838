#include "core/engine/fold.h"

#include <algorithm>

#include "core/engine/record_input.h"

namespace dogwatch::engine {

using Phase = TimerQueue::Phase;

Fold::Fold(EngineOptions options) : options_(options), gauges_(symbols), index_(symbols) {
    fields.setSymbols(&symbols);
    downEvent_ = symbols.intern(kDownEvent);
}

// ---- definitions

MetaeventState* Fold::find(std::string_view name) const {
    const auto found = byName_.find(name);
    return found == byName_.end() ? nullptr : found->second;
}

void Fold::define(Metaevent definition, std::int64_t version, std::int64_t at) {
    MetaeventState* known = find(definition.name);
    if (known == nullptr) {
        auto& added =
            metaevents_.emplace_back(std::make_unique<MetaeventState>(std::move(definition), version));
        added->order = nextOrder_++;
        byName_.emplace(added->name(), added.get());
        if (added->definition->enabled) arm(*added, at);
        return;
    }
    const auto criteria = [](const Metaevent& one, const char* key) {
        const auto* value = one.source.if_contains(key);
        return value != nullptr ? *value : json::value(json::array{});
    };
    const bool same = sameValue(criteria(*known->definition, "when"), criteria(definition, "when")) &&
                      sameValue(criteria(*known->definition, "partition"), criteria(definition, "partition"));
    known->version = version;
    if (known->isArmed() && definition.enabled && same) {
        reshape(*known, std::move(definition));
        return;
    }
    disarm(*known);
    *known->definition = std::move(definition);
    if (known->definition->enabled) arm(*known, at);
}

/// Puts a definition of the same criteria in place of another; its state carries over.
void Fold::reshape(MetaeventState& metaevent, Metaevent definition) {
    index_.remove(metaevent);
    const bool expires = definition.expire.has_value();
    *metaevent.definition = std::move(definition);
    metaevent.program.emplace(*metaevent.definition, fields);
    const auto& nodes = metaevent.program->nodes();
    for (std::size_t n = 0; n < metaevent.sequences.size(); ++n) {
        if (metaevent.sequences[n] == nullptr) continue;
        metaevent.sequences[n]->setSpec(*nodes[n].condition->as<condition::Sequence>());
    }
    metaevent.forEachInstance([&](Instance& instance) {
        if (!metaevent.definition->repeat) instance.nextTry = kNever;
        if (expires && metaevent.isPartitioned()) armExpiry(metaevent, instance);
    });
    index_.add(metaevent);
}

/// Compiles the criteria.
void Fold::prepare(MetaeventState& metaevent) {
    metaevent.program.emplace(*metaevent.definition, fields);
    metaevent.shared.assign(metaevent.program->nodes().size(), {});
    listen(metaevent);
    index_.add(metaevent);
}

void Fold::makePools(MetaeventState& metaevent) {
    const auto& nodes = metaevent.program->nodes();
    metaevent.sequences.resize(nodes.size());
    for (NodeIndex n = 0; n < nodes.size(); ++n) {
        if (const auto* sequence = nodes[n].condition->as<condition::Sequence>()) {
            metaevent.sequences[n] = std::make_unique<SequencePool>(*sequence, metaevent.isPartitioned());
        }
    }
}

void Fold::arm(MetaeventState& metaevent, std::int64_t at) {
    metaevent.armed = std::max(at, lastTimerStep == kLongAgo ? at : lastTimerStep + 1);
    prepare(metaevent);
    metaevent.armTimer = timers.open({&metaevent, nullptr, kArmTimer});
    timers.arm(metaevent.armTimer, metaevent.armed, Phase::AnyStep);
}

/// Registers the nodes that follow gauges and firings.
void Fold::listen(MetaeventState& metaevent) {
    const auto& nodes = metaevent.program->nodes();
    for (NodeIndex n = 0; n < nodes.size(); ++n) {
        const Condition& condition = *nodes[n].condition;
        if (const auto* fired = condition.as<condition::Fired>()) {
            listeners_[fired->metaevent].push_back({&metaevent, n});
        } else if (const auto* active = condition.as<condition::Active>()) {
            listeners_[active->metaevent].push_back({&metaevent, n});
        } else if (const auto* gauge = condition.as<condition::Gauge>()) {
            const Gauges::Watch watch = gauges_.watch(gauge->kind, gauge->function);
            metaevent.shared[n].watch = watch;
            if (watch >= gaugeNodes_.size()) gaugeNodes_.resize(watch + 1);
            gaugeNodes_[watch].push_back({&metaevent, n});
        }
    }
}

void Fold::disarm(MetaeventState& metaevent) {
    if (!metaevent.isArmed()) return;
    const auto isOf = [&metaevent](const SharedRef& ref) { return ref.metaevent == &metaevent; };
    for (auto& nodes : gaugeNodes_) std::erase_if(nodes, isOf);
    for (auto& [name, nodes] : listeners_) std::erase_if(nodes, isOf);
    absl::erase_if(listeners_, [](const auto& entry) { return entry.second.empty(); });
    index_.remove(metaevent);
    if (observer != nullptr) {
        metaevent.forEachInstance([this](const Instance& instance) { observer->gone(instance, kNever); });
    }
    if (metaevent.sole != nullptr) closeTimers(*metaevent.sole);
    for (auto& [key, instance] : metaevent.instances) closeTimers(*instance);
    for (auto& shared : metaevent.shared) timers.close(shared.timer);
    for (auto& pool : metaevent.sequences) {
        if (pool != nullptr) pool->close(timers);
    }
    timers.close(metaevent.armTimer);
    metaevent.sole.reset();
    forgetStreams(*metaevent.program);
    metaevent.instances.clear();
    metaevent.shared.clear();
    metaevent.sequences.clear();
    metaevent.sharedAt = metaevent.sharedGap = 0;
    metaevent.firings.clear();
    metaevent.boundsReached = metaevent.boundsTold = 0;
    metaevent.program.reset();
}

/// Drops the streams of a program that nobody looks at any more.
void Fold::forgetStreams(const Program& program) {
    for (const Node& node : program.nodes()) {
        if (node.condition->as<condition::Measure>() == nullptr) continue;
        const auto found = streams_.find(streamKey(node));
        if (found != streams_.end() && found->second.expired()) streams_.erase(found);
    }
}

void Fold::remove(MetaeventState& metaevent) {
    disarm(metaevent);
    byName_.erase(metaevent.name());
    std::erase_if(metaevents_, [&metaevent](const auto& one) { return one.get() == &metaevent; });
}

// ---- steps

void Fold::open(const Sink& sink, std::int64_t origin, bool isTimer) {
    sink_ = &sink;
    origin_ = origin;
    isTimerOrigin_ = isTimer;
    cascade_ = 0;
    firingsOfOrigin_ = 0;
    told_.clear();
}

void Fold::record(const Input& input, const Sink& sink) {
    if (timers.nextKey() < TimerQueue::key(input.time, Phase::AnyStep)) advance(input.time - 1, sink);
    open(sink, input.seq, false);
    lastSeq_ = input.seq;
    external_ = &input;
    ++stepNumber_;
    const Step step{input.time, input.depth, &input, false, false, input.seq, stepNumber_};
    fields.begin(input, false);
    const auto* changed = options_.gauges ? &gauges_.see(input) : nullptr;
    if (timers.nextKey() <= TimerQueue::key(input.time, Phase::AnyStep)) {
        runTimers(step, TimerQueue::key(input.time, Phase::AnyStep));
    }
    if (changed != nullptr && !changed->empty()) seeGauges(*changed);
    if (input.event == downEvent_) excuse(step);
    dispatch(step);
    finish(step);
    actDerived();
    external_ = nullptr;
}

/// The record is control.down: nobody watched for a while from its time on.
void Fold::excuse(const Step& step) {
    static const FieldPath kDown = FieldPath::parse(kDownField).value();
    const json::value* value = step.record->fields != nullptr ? step.record->fields->find(kDown) : nullptr;
    if (value == nullptr || !value->is_int64() || value->get_int64() <= 0) return;
    for (const auto& metaevent : metaevents_) {
        if (metaevent->definition->downtime == Downtime::Counted || !metaevent->isArmed()) continue;
        metaevent->forEachInstance([&](Instance& instance) {
            for (std::size_t n = 0; n < instance.nodes.size(); ++n) {
                const auto node = static_cast<NodeIndex>(n);
                auto* absent = std::get_if<AbsentDetector>(&instance.nodes[n]);
                if (absent != nullptr) absent->excuse(scopeFor(step, instance, node), value->get_int64());
            }
        });
    }
}

void Fold::advance(std::int64_t to, const Sink& sink) {
    const std::int64_t limit = TimerQueue::key(to, Phase::TimerStep);
    std::vector<Derived> late;
    while (timers.nextKey() <= limit) {
        const std::int64_t time = timers.nextKey() >> 1;
        const bool isLate = time < lateUntil;
        late_ = isLate ? &late : nullptr;
        if (!isLate) handOverLate(late, sink);
        open(sink, 0, true);
        ++stepNumber_;
        const Step step{time, 0, nullptr, true, false, kNoEvidence, stepNumber_};
        lastTimerStep = time;
        runTimers(step, TimerQueue::key(time, Phase::TimerStep));
        finish(step);
        actDerived();
        late_ = nullptr;
    }
    handOverLate(late, sink);
}

/// What fell due while nobody watched: of several firings of one key only the last runs its jobs.
void Fold::handOverLate(std::vector<Derived>& late, const Sink& sink) {
    absl::flat_hash_set<std::string> seen;
    for (auto derived = late.rbegin(); derived != late.rend(); ++derived) {
        if (derived->kind != Derived::Kind::Fired) continue;
        std::string key = derived->metaevent + '\n';
        appendCanonical(key, derived->key);
        if (!seen.insert(std::move(key)).second) derived->jobs.clear();
    }
    for (auto& derived : late) sink(std::move(derived));
    late.clear();
}

/// The end of a step: trees are evaluated, and what was true at the step alone is over.
void Fold::finish(const Step& step) {
    if (!dirty_.empty()) evaluateDirty(step);
    for (MetaeventState* metaevent : pulsed_) metaevent->sharedAt = metaevent->sharedGap;
    pulsed_.clear();
    if (!expiring_.empty()) expire(step);
}

/// The steps of the records that were derived, first in first out.
void Fold::actDerived() {
    while (!pending_.empty()) {
        const Pending pending = std::move(pending_.front());
        pending_.pop_front();
        const RecordInput record(pending.record, symbols);
        ++stepNumber_;
        Step step{record.input().time, record.input().depth, &record.input(), isTimerOrigin_, true,
                  kNoEvidence,         stepNumber_};
        fields.begin(record.input(), true);
        if (concernsAnyone(record.input(), pending.derived)) {
            step.ref = derived_.add(lastSeq_, evidenceForm(pending.record));
            if (derived_.isFull()) sweepDerived(step.ref);
            seeFiring(step, pending.derived);
            dispatch(step);
        }
        finish(step);
    }
}

bool Fold::concernsAnyone(const Input& record, const Derived& derived) {
    if (listeners_.contains(derived.metaevent)) return true;
    const Route& route = index_.route(record.event, record.eventName, record.function, record.functionName);
    return !route.isEmpty();
}

/// A derived record as evidence: without what may hold records of its own (spec section 6, Jobs).
json::object Fold::evidenceForm(const Record& record) {
    json::object object = toJson(record);
    for (const char* key : {"evidence", "result", "output"}) object.erase(key);
    return object;
}

}  // namespace dogwatch::engine

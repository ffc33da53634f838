// The first half of a step: the detectors that a record or a time concerns look at it.
#include <algorithm>

#include "core/engine/fold.h"

namespace dogwatch::engine {

using Phase = TimerQueue::Phase;

Scope Fold::scopeFor(const Step& step, Instance& instance, NodeIndex node) {
    MetaeventState& metaevent = *instance.metaevent;
    return {step,
            fields,
            metaevent.program->nodes()[node],
            timers,
            {&metaevent, &instance, node},
            boundsReached_,
            metaevent.sequences[node].get()};
}

Scope Fold::scopeFor(const Step& step, MetaeventState& metaevent, NodeIndex node) {
    return {step,
            fields,
            metaevent.program->nodes()[node],
            timers,
            {&metaevent, nullptr, node},
            boundsReached_,
            metaevent.sequences[node].get()};
}

// ---- records

void Fold::dispatch(const Step& step) {
    const Input& record = *step.record;
    const Route& route = index_.route(record.event, record.eventName, record.function, record.functionName);
    dispatch(step, route.entries);
    dispatch(step, route.pinned);
    if (route.ofKind != nullptr) dispatch(step, route.ofKind->pinned);
}

void Fold::dispatch(const Step& step, const std::vector<Route::Pinned>& pins) {
    for (const auto& pinned : pins) {
        const json::value* value = fields.find(pinned.path);
        const auto* text = value != nullptr ? value->if_string() : nullptr;
        if (text == nullptr) continue;
        const auto found = pinned.byValue.find(std::string_view{text->data(), text->size()});
        if (found != pinned.byValue.end()) dispatch(step, found->second);
    }
}

namespace {

/// Where many conditions look at a record, their states come from memory while others are at work.
constexpr std::ptrdiff_t kAhead = 3;

void prefetch(const RouteEntry& entry) {
    if (entry.instance == nullptr) return;  // it is not alone
    const auto* state = entry.sequence != nullptr ? reinterpret_cast<const char*>(entry.sequence)
                                                  : static_cast<const char*>(entry.leaf.detector);
    __builtin_prefetch(state);
    if (entry.sequence != nullptr) return;
    __builtin_prefetch(state + 64);
    __builtin_prefetch(state + 128);
}

}  // namespace

void Fold::dispatch(const Step& step, const RouteEntries& entries) {
    ++entries.records;
    const RouteEntry* const end = entries.list.data() + entries.list.size();
    for (const RouteEntry* entry = entries.list.data(); entry != end;) {
        prefetch(end - entry > kAhead ? entry[kAhead] : *entry);
        if (!entry->isAlone) {
            entry = dispatchTogether(step, entry, end);
            continue;
        }
        if (entry->where == nullptr || entry->where->matchesWhere(fields)) {
            hit(step, *entry, Hits{&entry->selector, 1});
        }
        ++entry;
    }
}

/// The entries of one metaevent from here on. Returns the first that is not.
const RouteEntry* Fold::dispatchTogether(const Step& step, const RouteEntry* entry, const RouteEntry* end) {
    MetaeventState& metaevent = *entry->metaevent;
    Instance* instance = metaevent.sole.get();
    bool looked = instance != nullptr;
    while (entry != end && entry->metaevent == &metaevent) {
        RouteEntry target = *entry;
        hits_.clear();
        for (; entry != end && entry->metaevent == &metaevent && entry->node == target.node; ++entry) {
            const bool matches = entry->where == nullptr || entry->where->matchesWhere(fields);
            if (matches && target.node != RouteEntry::kActsOnly) hits_.push_back(entry->selector);
        }
        if (hits_.empty() && target.node != RouteEntry::kActsOnly) continue;
        if (!looked || (instance == nullptr && !hits_.empty())) {
            instance = instanceFor(step, metaevent, !hits_.empty());
            looked = true;
        }
        if (instance == nullptr || hits_.empty()) continue;
        target.instance = instance;
        target.compiled = &metaevent.program->nodes()[target.node];
        target.leaf = leafOf(instance->nodes[target.node]);
        target.sequence = metaevent.sequences[target.node].get();
        hit(step, target, hits_);
    }
    if (instance != nullptr) instance->acted = step.time;
    return entry;
}

/// A record that some selectors of a leaf match.
void Fold::hit(const Step& step, const RouteEntry& target, Hits hits) {
    if (target.sequence != nullptr && hits.front() != 0 && target.sequence->isIdle()) return;
    if (observer != nullptr) observer->changing(step, *target.instance, target.node);
    look(step, target, hits);
    if (observer != nullptr) observer->changed(step, *target.instance, target.node);
}

void Fold::look(const Step& step, const RouteEntry& target, Hits hits) {
    const Scope scope{step,
                      fields,
                      *target.compiled,
                      timers,
                      {target.metaevent, target.instance, target.node},
                      boundsReached_,
                      target.sequence};
    if (RunQueue* queue = target.sequence != nullptr ? target.sequence->queue() : nullptr) {
        EvidenceList completed;  // the detector itself is not needed until a run completes
        if (queue->onRecord(scope, hits, completed)) {
            static_cast<SequenceDetector*>(target.leaf.detector)->setCompleted(std::move(completed));
            set(*target.instance, target.node, Truth::pulse(true));
        }
    } else {
        withLeaf(target.leaf, [&](auto& detector) {
            tell(*target.instance, target.node, detector, detector.onRecord(scope, hits));
        });
    }
    if (boundsReached_ != 0) tellBounds(step, *target.metaevent);
}

/// The instance that a record acts on; null: it lacks a path, or there is none and it makes none.
Instance* Fold::instanceFor(const Step& step, MetaeventState& metaevent, bool matches) {
    key_.clear();
    for (const PathId path : metaevent.program->partition()) {
        const json::value* value = fields.find(path);
        if (value == nullptr) return nullptr;
        appendCanonical(key_, *value);
    }
    const auto found = metaevent.instances.find(key_);
    if (found != metaevent.instances.end()) return found->second.get();
    return matches ? createInstance(step, metaevent) : nullptr;
}

Instance* Fold::createInstance(const Step& step, MetaeventState& metaevent) {
    if (metaevent.instances.size() >= kMostInstances) {
        boundsReached_ |= kPartitionsBound;
        tellBounds(step, metaevent);
        return nullptr;
    }
    auto& instance = metaevent.instances[key_];
    instance = std::make_unique<Instance>();
    instance->metaevent = &metaevent;
    instance->ordinal = metaevent.nextOrdinal++;
    instance->armed = instance->acted = step.time;
    instance->keyText = key_;
    json::array key;
    for (const PathId path : metaevent.program->partition()) key.push_back(*fields.find(path));
    instance->key = std::move(key);
    armExpiry(metaevent, *instance);
    Instance* created = instance.get();
    startNodes(step, *created);
    return created;
}

void Fold::armExpiry(MetaeventState& metaevent, Instance& instance) {
    if (!metaevent.definition->expire) return;
    if (instance.expireTimer == kNoTimer)
        instance.expireTimer = timers.open({&metaevent, &instance, kExpireTimer});
    timers.arm(instance.expireTimer, instance.acted + metaevent.definition->expire->count(),
               Phase::TimerStep);
}

/// The state of an instance in which nothing has happened yet. Windows of instances without keys see the same
/// records, and share them.
void Fold::makeNodes(Instance& instance) {
    const auto& nodes = instance.metaevent->program->nodes();
    instance.nodes.reserve(nodes.size());
    for (const Node& node : nodes) {
        instance.nodes.push_back(makeNodeState(*node.condition));
        auto* measure = std::get_if<MeasureDetector>(&instance.nodes.back());
        if (measure == nullptr) continue;
        measure->read(node.paths.front());
        const bool shares = measure->canShare() && !instance.metaevent->isPartitioned();
        if (shares) measure->share(streamOf(node));
    }
}

std::string Fold::streamKey(const Node& node) {
    std::string key = std::to_string(node.paths.front());
    node.selectors.front().appendKey(key);
    return key;
}

std::shared_ptr<WindowStream> Fold::streamOf(const Node& node) {
    auto& known = streams_[streamKey(node)];
    auto stream = known.lock();
    if (stream == nullptr) known = stream = std::make_shared<WindowStream>();
    return stream;
}

/// The first step of an instance: what is true of an empty history is true from here on.
void Fold::startNodes(const Step& step, Instance& instance) {
    makeNodes(instance);
    for (NodeIndex n = 0; n < instance.nodes.size(); ++n) {
        withLeaf(instance.nodes[n], [&](auto& detector) {
            tell(instance, n, detector, detector.arm(scopeFor(step, instance, n), instance.armed));
        });
    }
    touch(instance);
}

void Fold::closeTimers(Instance& instance) {
    for (auto& node : instance.nodes) {
        std::visit(
            [this]<typename T>(T& detector) {
                if constexpr (!std::is_same_v<T, std::monostate>) detector.close(timers);
            },
            node);
    }
    timers.close(instance.repeatTimer);
    timers.close(instance.expireTimer);
}

void Fold::dropInstance(Instance& instance) {
    MetaeventState& metaevent = *instance.metaevent;
    closeTimers(instance);
    for (std::size_t n = 0; n < instance.nodes.size(); ++n) {
        if (auto* sequence = std::get_if<SequenceDetector>(&instance.nodes[n]))
            metaevent.sequences[n]->leave(*sequence);
    }
    const std::string key = instance.keyText;
    metaevent.instances.erase(key);
}

// ---- times

void Fold::runTimers(const Step& step, std::int64_t limit) {
    while (const auto owner = timers.pop(limit)) onTimer(step, *owner);
}

void Fold::onTimer(const Step& step, const TimerOwner& owner) {
    MetaeventState& metaevent = *owner.metaevent;
    if (owner.node == kArmTimer) {
        onArm(step, metaevent);
    } else if (owner.instance == nullptr) {
        if (metaevent.sequences[owner.node] != nullptr) {
            onSequenceTimer(step, metaevent, owner.node);
        } else {
            onSharedTimer(step, metaevent, owner.node);
        }
    } else if (owner.node == kRepeatTimer) {
        Instance& instance = *owner.instance;
        if (instance.nextTry == step.time) {
            touch(instance);
        } else if (instance.nextTry != kNever) {  // armed for a try that fell away
            timers.arm(instance.repeatTimer, instance.nextTry, Phase::TimerStep);
        }
    } else if (owner.node == kExpireTimer) {
        if (!metaevent.definition->expire) return;
        if (step.passed(owner.instance->acted + metaevent.definition->expire->count())) {
            expiring_.push_back(owner.instance);
        } else {
            armExpiry(metaevent, *owner.instance);
        }
    } else {
        if (observer != nullptr) observer->changing(step, *owner.instance, owner.node);
        lookAtTime(step, *owner.instance, owner.node);
        if (observer != nullptr) observer->changed(step, *owner.instance, owner.node);
    }
}

void Fold::lookAtTime(const Step& step, Instance& instance, NodeIndex node) {
    std::visit(
        [&]<typename T>(T& detector) {
            if constexpr (LeafDetector<T>) {
                tell(instance, node, detector, detector.onTimer(scopeFor(step, instance, node)));
            } else {
                touch(instance);  // held and recent look at the time when they are evaluated
            }
        },
        instance.nodes[node]);
}

void Fold::onArm(const Step& step, MetaeventState& metaevent) {
    timers.close(metaevent.armTimer);
    // All state is made here and not with the definition: that of many metaevents lies together in memory.
    makePools(metaevent);
    if (!metaevent.isPartitioned()) {
        metaevent.sole = std::make_unique<Instance>();
        metaevent.sole->metaevent = &metaevent;
        metaevent.sole->ordinal = metaevent.nextOrdinal++;
        metaevent.sole->armed = metaevent.sole->acted = metaevent.armed;
    }
    const auto& nodes = metaevent.program->nodes();
    for (NodeIndex n = 0; n < nodes.size(); ++n) {
        if (nodes[n].shared) startShared(step, metaevent, n);
    }
    if (metaevent.sole != nullptr) {
        startNodes(step, *metaevent.sole);
        index_.forgetRoutes();  // they point to its nodes
    }
}

void Fold::onSequenceTimer(const Step& step, MetaeventState& metaevent, NodeIndex node) {
    completed_.clear();
    if (observer != nullptr) observer->runsChanging(step, metaevent, node);
    metaevent.sequences[node]->onTimer(scopeFor(step, metaevent, node), metaevent.sole.get(), completed_);
    // The oldest run comes first, and is the evidence: those of the same instance after it change nothing.
    for (auto& [instance, evidence] : completed_) {
        if ((instance->at & bit(node)) != 0) continue;
        std::get<SequenceDetector>(instance->nodes[node]).setCompleted(std::move(evidence));
        set(*instance, node, Truth::pulse(true));
    }
}

}  // namespace dogwatch::engine

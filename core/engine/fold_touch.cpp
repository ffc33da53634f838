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
            metaevent.boundsReached,
            metaevent.sequences[node].get()};
}

Scope Fold::scopeFor(const Step& step, MetaeventState& metaevent, NodeIndex node) {
    return {step,
            fields,
            metaevent.program->nodes()[node],
            timers,
            {&metaevent, nullptr, node},
            metaevent.boundsReached,
            metaevent.sequences[node].get()};
}

void Fold::set(Instance& instance, NodeIndex node, Truth truth) {
    const NodeMask mask = bit(node);
    if (((instance.at & mask) != 0) == truth.at && ((instance.gap & mask) != 0) == truth.gap) return;
    instance.at = truth.at ? instance.at | mask : instance.at & ~mask;
    instance.gap = truth.gap ? instance.gap | mask : instance.gap & ~mask;
    touch(instance);
}

// ---- records

void Fold::dispatch(const Step& step) {
    const Input& record = *step.record;
    const Route& route = index_.route(record.event, record.eventName, record.function, record.functionName);
    dispatch(step, route.entries);
    for (const auto& pinned : route.pinned) {
        const json::value* value = fields.find(pinned.path);
        const auto* text = value != nullptr ? value->if_string() : nullptr;
        if (text == nullptr) continue;
        const auto found = pinned.byValue.find(std::string_view{text->data(), text->size()});
        if (found != pinned.byValue.end()) dispatch(step, found->second);
    }
}

void Fold::dispatch(const Step& step, const std::vector<RouteEntry>& entries) {
    const std::size_t n = entries.size();
    for (std::size_t i = 0; i < n;) {
        MetaeventState& metaevent = *entries[i].metaevent;
        Instance* instance = metaevent.sole.get();
        bool looked = instance != nullptr;
        while (i < n && entries[i].metaevent == &metaevent) {
            const NodeIndex node = entries[i].node;
            hits_.clear();
            for (; i < n && entries[i].metaevent == &metaevent && entries[i].node == node; ++i) {
                const bool matches = entries[i].where == nullptr || entries[i].where->matchesWhere(fields);
                if (matches && node != RouteEntry::kActsOnly) hits_.push_back(entries[i].selector);
            }
            if (hits_.empty() && node != RouteEntry::kActsOnly) continue;
            if (!looked || (instance == nullptr && !hits_.empty())) {
                instance = instanceFor(step, metaevent, !hits_.empty());
                looked = true;
            }
            if (instance != nullptr && !hits_.empty()) hit(step, *instance, node, hits_);
        }
        if (instance != nullptr) instance->acted = step.time;
    }
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
        metaevent.boundsReached |= kPartitionsBound;
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

/// The first step of an instance: what is true of an empty history is true from here on.
void Fold::startNodes(const Step& step, Instance& instance) {
    const auto& nodes = instance.metaevent->program->nodes();
    instance.nodes.reserve(nodes.size());
    for (const Node& node : nodes) instance.nodes.push_back(makeNodeState(*node.condition));
    for (NodeIndex n = 0; n < nodes.size(); ++n) {
        std::visit(
            [&]<typename T>(T& detector) {
                if constexpr (LeafDetector<T>) {
                    set(instance, n, detector.arm(scopeFor(step, instance, n), instance.armed));
                }
            },
            instance.nodes[n]);
    }
    touch(instance);
}

void Fold::hit(const Step& step, Instance& instance, NodeIndex node, Hits hits) {
    if (observer == nullptr) return look(step, instance, node, hits);
    observer->changing(step, instance, node);
    look(step, instance, node, hits);
    observer->changed(step, instance, node);
}

void Fold::look(const Step& step, Instance& instance, NodeIndex node, Hits hits) {
    std::visit(
        [&]<typename T>(T& detector) {
            if constexpr (LeafDetector<T>) {
                set(instance, node, detector.onRecord(scopeFor(step, instance, node), hits));
            }
        },
        instance.nodes[node]);
    MetaeventState& metaevent = *instance.metaevent;
    if ((metaevent.boundsReached & ~metaevent.boundsTold) != 0) tellBounds(step, metaevent);
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
                set(instance, node, detector.onTimer(scopeFor(step, instance, node)));
            } else {
                touch(instance);  // held and recent look at the time when they are evaluated
            }
        },
        instance.nodes[node]);
}

void Fold::onArm(const Step& step, MetaeventState& metaevent) {
    timers.close(metaevent.armTimer);
    const auto& nodes = metaevent.program->nodes();
    for (NodeIndex n = 0; n < nodes.size(); ++n) {
        if (nodes[n].shared) startShared(step, metaevent, n);
    }
    if (metaevent.sole != nullptr) startNodes(step, *metaevent.sole);
}

void Fold::onSequenceTimer(const Step& step, MetaeventState& metaevent, NodeIndex node) {
    completed_.clear();
    if (observer != nullptr) observer->runsChanging(step, metaevent, node);
    metaevent.sequences[node]->onTimer(scopeFor(step, metaevent, node), completed_);
    // The oldest run comes first, and is the evidence: those of the same instance after it change nothing.
    for (auto& [instance, evidence] : completed_) {
        if ((instance->at & bit(node)) != 0) continue;
        std::get<SequenceDetector>(instance->nodes[node]).setCompleted(std::move(evidence));
        set(*instance, node, Truth::pulse(true));
    }
}

}  // namespace dogwatch::engine

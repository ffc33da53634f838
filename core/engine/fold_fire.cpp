// The second half of a step: trees are evaluated, and roots that rise or fall fire (spec section 6).
#include <algorithm>
#include <bit>
#include <cmath>
#include <tuple>
#include <utility>

#include "core/engine/engine_private.h"
#include "core/engine/firing_id.h"
#include "core/engine/payload.h"

namespace dogwatch::engine {
namespace {

bool inOrder(const Instance* a, const Instance* b) {
    return std::tuple{a->metaevent->order, a->ordinal} < std::tuple{b->metaevent->order, b->ordinal};
}

}  // namespace

void Fold::evaluateDirty(const Step& step) {
    if (dirty_.size() > 1 && !std::is_sorted(dirty_.begin(), dirty_.end(), inOrder)) {
        std::sort(dirty_.begin(), dirty_.end(), inOrder);
    }
    for (Instance* instance : dirty_) evaluate(step, *instance);
    dirty_.clear();
}

void Fold::evaluate(const Step& step, Instance& instance) {
    if (instance.nodes.empty()) return;  // its first step is still to come
    const MetaeventState& metaevent = *instance.metaevent;
    const NodeMask shared = metaevent.program->shared();
    NodeMask at = (instance.at & ~shared) | (metaevent.sharedAt & shared);
    NodeMask gap = (instance.gap & ~shared) | (metaevent.sharedGap & shared);
    combine(step, instance, at, gap);
    instance.at = at;
    instance.gap = gap;
    if (observer != nullptr) observer->evaluated(step, instance, at, gap);
    const NodeMask root = bit(metaevent.program->root());
    const bool before = instance.holds;
    const bool now = (at & root) != 0;
    instance.holds = (gap & root) != 0;
    if (!before && now) rise(step, instance);
    if (before && !now) fall(step, instance, before);
    if (before && now && step.record == nullptr && step.time == instance.nextTry) repeat(step, instance);
    if (!now && instance.holds) rise(step, instance);
    if (now && !instance.holds) fall(step, instance, before);
    instance.at = gap;
}

/// The nodes above the leaves, children first, at the step and in the gap.
void Fold::combine(const Step& step, Instance& instance, NodeMask& at, NodeMask& gap) {
    const Program& program = *instance.metaevent->program;
    for (const NodeIndex n : program.combinators()) {
        const Node& node = program.nodes()[n];
        const NodeMask children = node.children;
        const auto put = [n](NodeMask& values, bool value) {
            values = value ? values | bit(n) : values & ~bit(n);
        };
        const Condition& condition = *node.condition;
        if (auto* held = std::get_if<HeldDetector>(&instance.nodes[n])) {
            const Scope scope = scopeFor(step, instance, n);
            put(at, held->point(scope, (at & children) != 0));
            put(gap, held->point(scope, (gap & children) != 0));
        } else if (auto* recent = std::get_if<RecentDetector>(&instance.nodes[n])) {
            const Scope scope = scopeFor(step, instance, n);
            const auto child = static_cast<NodeIndex>(std::countr_zero(children));
            // The values when it was true: at this step, or in the gap before, which are no longer known.
            put(at, recent->point(scope, (at & children) != 0,
                                  [&] { return evidenceOf(instance, child, ~NodeMask{0}); }));
            put(gap,
                recent->point(scope, (gap & children) != 0, [&] { return evidenceOf(instance, child, at); }));
        } else {
            const auto combined = [&](NodeMask values) {
                if (condition.as<condition::All>() != nullptr) return (values & children) == children;
                if (condition.as<condition::Any>() != nullptr) return (values & children) != 0;
                if (condition.as<condition::Not>() != nullptr) return (values & children) == 0;
                return std::popcount(values & children) >= condition.as<condition::AtLeast>()->count;
            };
            put(at, combined(at));
            put(gap, combined(gap));
        }
    }
}

void Fold::rise(const Step& step, Instance& instance) {
    const Metaevent& definition = *instance.metaevent->definition;
    instance.fired = definition.on != FireOn::Fall && fire(step, instance, "rise");
    if (!instance.fired || !definition.repeat) return;
    instance.nextTry = step.time + definition.repeat->count();
    if (instance.repeatTimer == kNoTimer) {
        instance.repeatTimer = timers.open({instance.metaevent, &instance, kRepeatTimer});
    }
    timers.arm(instance.repeatTimer, instance.nextTry, TimerQueue::Phase::TimerStep);
}

void Fold::repeat(const Step& step, Instance& instance) {
    fire(step, instance, "repeat");
    instance.nextTry = step.time + instance.metaevent->definition->repeat->count();
    timers.arm(instance.repeatTimer, instance.nextTry, TimerQueue::Phase::TimerStep);
}

/// `before`: the root was true in the gap before this step.
void Fold::fall(const Step& step, Instance& instance, bool before) {
    if (instance.metaevent->definition->on != FireOn::Rise) fire(step, instance, "fall");
    if (instance.fired && before) append(step, derive(step, instance, Derived::Kind::Cleared, depthOf(step)));
    instance.fired = false;
    instance.nextTry = kNever;
}

const char* Fold::refusal(const Step& step, const Instance& instance, std::string_view edge) const {
    const MetaeventState& metaevent = *instance.metaevent;
    const Metaevent& definition = *metaevent.definition;
    if (edge != "repeat") {
        if (depthOf(step) + 1 > definition.maxDepth) return "depth";
        if (step.derived && cascade_ >= kMostCascade) return "cascade";
        const std::int64_t last = edge == "fall" ? instance.lastFall : instance.lastRise;
        if (last != kLongAgo && step.time - last < definition.cooldown.count()) return "cooldown";
    }
    if (definition.limit) {
        const std::int64_t since = step.time - definition.limit->within.count();
        const auto recent = std::count_if(metaevent.firings.begin(), metaevent.firings.end(),
                                          [since](std::int64_t time) { return time > since; });
        if (recent >= definition.limit->count) return "limit";
    }
    return nullptr;
}

/// Fires, or tells why not. Returns whether it fired.
bool Fold::fire(const Step& step, Instance& instance, const char* edge) {
    MetaeventState& metaevent = *instance.metaevent;
    const bool isFall = std::string_view{edge} == "fall";
    Derived derived = derive(step, instance, Derived::Kind::Fired, depthOf(step) + 1);
    derived.edge = edge;
    if (const char* reason = refusal(step, instance, edge)) {
        const std::string_view why = reason;
        const bool once = why == "depth" || why == "cascade";
        if (once && !told_.emplace(metaevent.name(), reason).second) return false;
        derived.kind = Derived::Kind::Suppressed;
        derived.reason = reason;
        append(step, std::move(derived));
        return false;
    }
    (isFall ? instance.lastFall : instance.lastRise) = step.time;
    if (const auto& limit = metaevent.definition->limit) {
        metaevent.firings.push_back(step.time);
        while (metaevent.firings.front() <= step.time - limit->within.count()) metaevent.firings.pop_front();
    }
    ++metaevent.totalFirings;
    metaevent.lastFired = step.time;
    if (step.derived) ++cascade_;
    derived.holds = instance.holds && !isFall;
    derived.late = step.late && step.time < lateUntil;
    derived.firing = firingId(derived, firingsOfOrigin_++);
    instance.firing = derived.firing;
    if (options_.evidence) {
        const NodeIndex root = metaevent.program->root();
        const bool atStep = ((instance.at & bit(root)) != 0) != isFall;
        derived.evidence = resolve(evidenceOf(instance, root, atStep ? instance.at : instance.gap));
        derived.jobs = jobsOf(*metaevent.definition, derived);
    }
    append(step, std::move(derived));
    return true;
}

std::int64_t Fold::depthOf(const Step& step) {
    if (step.depth != kDepthInFields) return step.depth;
    static const FieldPath kDepth = FieldPath::parse("depth").value();
    const json::value* found = step.record->fields != nullptr ? step.record->fields->find(kDepth) : nullptr;
    const auto number = found != nullptr ? asNumber(*found) : std::nullopt;
    constexpr double kExact = 9007199254740992.0;  // 2^53
    const bool isWhole = number && std::fabs(*number) < kExact && std::floor(*number) == *number;
    return isWhole ? static_cast<std::int64_t>(*number) : 0;
}

Derived Fold::derive(const Step& step, const Instance& instance, Derived::Kind kind,
                     std::int64_t depth) const {
    Derived derived;
    derived.kind = kind;
    derived.metaevent = instance.metaevent->name();
    derived.version = instance.metaevent->version;
    derived.time = timeFromUs(step.time);
    derived.key = instance.key;
    derived.cause = origin_;
    derived.depth = depth;
    if (kind == Derived::Kind::Cleared) derived.firing = instance.firing;
    for (const FieldPath& path : instance.metaevent->definition->partition)
        derived.partition.push_back(path.text());
    return derived;
}

/// Hands a derived record over; those that some condition may see wait for their step.
void Fold::append(const Step&, Derived derived) {
    const bool isSeen = derived.kind == Derived::Kind::Fired || derived.kind == Derived::Kind::Cleared;
    if (isSeen && (index_.hearsDerived() || listeners_.contains(derived.metaevent))) {
        pending_.push_back({derived, derived.toRecord()});
        pending_.back().derived.evidence.clear();
        pending_.back().derived.jobs.clear();
    }
    if (late_ != nullptr) {
        late_->push_back(std::move(derived));
    } else {
        (*sink_)(std::move(derived));
    }
}

/// At the end of a timer step: drops the instances on which nothing acted for long.
void Fold::expire(const Step& step) {
    std::sort(expiring_.begin(), expiring_.end(), inOrder);
    for (Instance* instance : expiring_) {
        if (instance->fired && instance->holds) {
            append(step, derive(step, *instance, Derived::Kind::Cleared, depthOf(step)));
        }
        if (observer != nullptr) observer->gone(*instance, step.time);
        dropInstance(*instance);
    }
    expiring_.clear();
}

/// Appends one metaevent.degraded for each bound that was reached for the first time.
void Fold::tellBounds(const Step& step, MetaeventState& metaevent) {
    metaevent.boundsReached |= std::exchange(boundsReached_, std::uint8_t{0});
    if ((metaevent.boundsReached & ~metaevent.boundsTold) == 0) return;
    for (const auto& [bound, reason] : {std::pair{kPartitionsBound, "partitions"},
                                        std::pair{kRunsBound, "runs"}, std::pair{kWindowBound, "window"}}) {
        if ((metaevent.boundsReached & ~metaevent.boundsTold & bound) == 0) continue;
        metaevent.boundsTold |= bound;
        Derived derived;
        derived.kind = Derived::Kind::Degraded;
        derived.metaevent = metaevent.name();
        derived.version = metaevent.version;
        derived.time = timeFromUs(step.time);
        derived.cause = origin_;
        derived.depth = depthOf(step);
        derived.reason = reason;
        append(step, std::move(derived));
    }
}

// ---- evidence

NodeMask Fold::truthOf(const Instance& instance) {
    const NodeMask shared = instance.metaevent->program->shared();
    return (instance.gap & ~shared) | (instance.metaevent->sharedGap & shared);
}

std::vector<EvidenceRef> Fold::evidenceOf(const Instance& instance, NodeIndex node) const {
    return evidenceOf(instance, node, truthOf(instance));
}

std::vector<EvidenceRef> Fold::evidenceOf(const Instance& instance, NodeIndex node, NodeMask truth) const {
    EvidenceList refs;
    collect(instance, node, truth, refs);
    return derived_.ordered(std::move(refs));
}

/// Of a node above others those below it count that agree with it; of `not` those that do not.
void Fold::collect(const Instance& instance, NodeIndex node, NodeMask truth, EvidenceList& out) const {
    const Node& compiled = instance.metaevent->program->nodes()[node];
    if (compiled.shared) {
        const SharedNode& shared = instance.metaevent->shared[node];
        if (compiled.condition->as<condition::Fired>() != nullptr) out.push_back(shared.last);
        for (const auto& [key, ref] : shared.standing) out.push_back(ref);
        return;
    }
    const bool value = (truth & bit(node)) != 0;
    const auto* recent = std::get_if<RecentDetector>(&instance.nodes[node]);
    if (recent != nullptr && value && (truth & compiled.children) == 0) {
        recent->evidence(out);
        return;
    }
    const bool inverse = compiled.condition->as<condition::Not>() != nullptr;
    const bool any = recent != nullptr || std::holds_alternative<HeldDetector>(instance.nodes[node]);
    for (NodeMask rest = compiled.children; rest != 0; rest &= rest - 1) {
        const auto child = static_cast<NodeIndex>(std::countr_zero(rest));
        if (any || ((truth & bit(child)) != 0) == (value != inverse)) collect(instance, child, truth, out);
    }
    std::visit(
        [&out]<typename T>(const T& detector) {
            if constexpr (LeafDetector<T>) detector.evidence(out);
        },
        instance.nodes[node]);
}

json::array Fold::resolve(const std::vector<EvidenceRef>& refs) const {
    json::array records;
    for (const EvidenceRef ref : refs) records.push_back(evidenceRecord(ref));
    return records;
}

json::object Fold::evidenceRecord(EvidenceRef ref) const {
    if (const auto* derived = ref < 0 ? derived_.find(ref) : nullptr) return derived->record;
    if (external_ != nullptr && external_->seq == ref && external_->record != nullptr) {
        return toJson(*external_->record);
    }
    if (source) {
        if (auto found = source(ref)) return std::move(*found);
    }
    return {{"seq", ref}};
}

EvidenceList references(const Fold& fold) {
    EvidenceList refs;
    for (const auto& metaevent : fold.metaevents()) {
        for (const auto& shared : metaevent->shared) {
            refs.push_back(shared.last);
            for (const auto& [key, ref] : shared.standing) refs.push_back(ref);
        }
        metaevent->forEachInstance([&refs](const Instance& instance) {
            for (const auto& node : instance.nodes) {
                std::visit(
                    [&refs]<typename T>(const T& detector) {
                        if constexpr (requires { detector.evidence(refs); }) detector.evidence(refs);
                    },
                    node);
            }
        });
        for (const auto& pool : metaevent->sequences) {
            if (pool != nullptr) pool->evidence(refs);
        }
    }
    return refs;
}

/// Keeps of the derived records those alone that some condition still refers to.
void Fold::sweepDerived(EvidenceRef latest) {
    EvidenceList refs = references(*this);
    refs.push_back(latest);
    derived_.keepOnly(refs);
}

std::int64_t MetaeventState::stateBytes() const {
    std::size_t bytes = instances.capacity() * (sizeof(std::string) + sizeof(void*) + 1) + firings.size() * 8;
    forEachInstance([&bytes](const Instance& instance) {
        bytes += sizeof(Instance) + instance.nodes.capacity() * sizeof(NodeState) +
                 2 * instance.keyText.capacity();
        for (const auto& node : instance.nodes) {
            std::visit(
                [&bytes]<typename T>(const T& detector) {
                    if constexpr (requires { detector.bytes(); }) bytes += detector.bytes();
                },
                node);
        }
    });
    for (const auto& pool : sequences) bytes += pool != nullptr ? pool->bytes() : 0;
    for (const auto& node : shared) bytes += sizeof(SharedNode) + node.standing.capacity() * 48;
    return static_cast<std::int64_t>(bytes);
}

}  // namespace dogwatch::engine

// Fold: the steps of spec section 1, over all metaevents.
//
// A step first lets the detectors that it concerns look at it, then evaluates the trees of those instances in
// which a truth changed, in the order of their metaevents and of their arming. What fires appends derived
// records, which get steps of their own, first in first out.
#pragma once

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>

#include <deque>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/engine/engine.h"
#include "core/engine/evidence.h"
#include "core/engine/gauges.h"
#include "core/engine/metaevent_state.h"
#include "core/engine/observer.h"
#include "core/engine/selector_index.h"
#include "core/engine/text_map.h"
#include "core/engine/timer_queue.h"

namespace dogwatch::engine {

class Fold {
 public:
    static constexpr std::int64_t kMostCascade = 1024;  ///< spec section 6, Firing

    explicit Fold(EngineOptions options);

    // ---- definitions
    void define(Metaevent definition, std::int64_t version, std::int64_t at);
    void arm(MetaeventState& metaevent, std::int64_t at);
    void disarm(MetaeventState& metaevent);
    void remove(MetaeventState& metaevent);
    [[nodiscard]] MetaeventState* find(std::string_view name) const;
    [[nodiscard]] const std::vector<std::unique_ptr<MetaeventState>>& metaevents() const {
        return metaevents_;
    }

    // ---- steps
    void record(const Input& input, const Sink& sink);
    void seen(const Input& input) {
        if (options_.gauges) gauges_.see(input);
    }
    void advance(std::int64_t to, const Sink& sink);

    Symbols symbols;
    FieldCache fields;
    TimerQueue timers;
    RecordSource source;
    Observer* observer = nullptr;
    std::int64_t lastTimerStep = kLongAgo;
    std::int64_t lateUntil = kLongAgo;

    /// Seq of the external record that the step goes back to; 0: a timer step.
    [[nodiscard]] std::int64_t origin() const { return origin_; }
    [[nodiscard]] const Gauges& gauges() const { return gauges_; }
    /// Brings MetaeventState::checks up to date.
    void countChecks() { index_.countChecks(); }
    [[nodiscard]] const DerivedStore& derivedStore() const { return derived_; }
    /// What made a node of an instance what it is now: references, oldest first.
    [[nodiscard]] std::vector<EvidenceRef> evidenceOf(const Instance& instance, NodeIndex node) const;
    [[nodiscard]] json::array resolve(const std::vector<EvidenceRef>& refs) const;
    /// Values of all nodes in the gap now.
    [[nodiscard]] static NodeMask truthOf(const Instance& instance);

    /// Writes or reads the whole state (checkpoint.cpp), or that of some metaevents. Read only into a new
    /// fold.
    template <typename Archive>
    void archive(Archive& a, const std::set<std::string>* only = nullptr);

 private:
    /// A derived record that waits for its step.
    struct Pending {
        Derived derived;
        Record record;
    };

    void reshape(MetaeventState& metaevent, Metaevent definition);
    void prepare(MetaeventState& metaevent);
    static void makePools(MetaeventState& metaevent);
    void listen(MetaeventState& metaevent);
    template <typename Archive>
    void archive(Archive& a, MetaeventState& metaevent);
    template <typename Archive>
    void archive(Archive& a, MetaeventState& metaevent, Instance& instance);
    void closeTimers(Instance& instance);

    void open(const Sink& sink, std::int64_t origin, bool isTimer);
    void excuse(const Step& step);
    void finish(const Step& step);
    void actDerived();
    bool concernsAnyone(const Input& record, const Derived& derived);
    static json::object evidenceForm(const Record& record);
    static void handOverLate(std::vector<Derived>& late, const Sink& sink);

    // ---- what concerns whom (fold_touch.cpp)
    void runTimers(const Step& step, std::int64_t limit);
    void onTimer(const Step& step, const TimerOwner& owner);
    void onArm(const Step& step, MetaeventState& metaevent);
    void onSequenceTimer(const Step& step, MetaeventState& metaevent, NodeIndex node);
    void dispatch(const Step& step);
    void dispatch(const Step& step, const RouteEntries& entries);
    void dispatch(const Step& step, const std::vector<Route::Pinned>& pins);
    const RouteEntry* dispatchTogether(const Step& step, const RouteEntry* entry, const RouteEntry* end);
    Instance* instanceFor(const Step& step, MetaeventState& metaevent, bool matches);
    Instance* createInstance(const Step& step, MetaeventState& metaevent);
    void dropInstance(Instance& instance);
    void armExpiry(MetaeventState& metaevent, Instance& instance);
    void startNodes(const Step& step, Instance& instance);
    void makeNodes(Instance& instance);
    static std::string streamKey(const Node& node);
    std::shared_ptr<WindowStream> streamOf(const Node& node);
    void forgetStreams(const Program& program);
    void hit(const Step& step, const RouteEntry& target, Hits hits);
    void look(const Step& step, const RouteEntry& target, Hits hits);
    void lookAtTime(const Step& step, Instance& instance, NodeIndex node);
    void set(Instance& instance, NodeIndex node, Truth truth) {
        const NodeMask mask = bit(node);
        if (((instance.at & mask) != 0) == truth.at && ((instance.gap & mask) != 0) == truth.gap) return;
        instance.at = truth.at ? instance.at | mask : instance.at & ~mask;
        instance.gap = truth.gap ? instance.gap | mask : instance.gap & ~mask;
        touch(instance);
    }
    void tell(Instance& instance, NodeIndex node, Leaf& leaf, Truth truth) {
        if (truth.at == leaf.told && truth.gap == leaf.told) return;
        leaf.told = truth.gap;
        set(instance, node, truth);
    }
    void touch(Instance& instance) {
        if (instance.touched == stepNumber_) return;
        instance.touched = stepNumber_;
        dirty_.push_back(&instance);
    }
    Scope scopeFor(const Step& step, Instance& instance, NodeIndex node);
    Scope scopeFor(const Step& step, MetaeventState& metaevent, NodeIndex node);

    // ---- nodes that all instances share (fold_shared.cpp)
    void startShared(const Step& step, MetaeventState& metaevent, NodeIndex node);
    void onSharedTimer(const Step& step, MetaeventState& metaevent, NodeIndex node);
    void setShared(MetaeventState& metaevent, NodeIndex node, Truth truth);
    void armSchedule(const Step& step, MetaeventState& metaevent, NodeIndex node, std::int64_t after);
    void seeGauges(const std::vector<Gauges::Watch>& changed);
    void seeFiring(const Step& step, const Derived& derived);

    // ---- evaluation and firing (fold_fire.cpp)
    void evaluateDirty(const Step& step);
    void evaluate(const Step& step, Instance& instance);
    void combine(const Step& step, Instance& instance, NodeMask& at, NodeMask& gap);
    void rise(const Step& step, Instance& instance);
    void fall(const Step& step, Instance& instance, bool before);
    void repeat(const Step& step, Instance& instance);
    bool fire(const Step& step, Instance& instance, const char* edge);
    [[nodiscard]] static std::int64_t depthOf(const Step& step);
    [[nodiscard]] const char* refusal(const Step& step, const Instance& instance,
                                      std::string_view edge) const;
    void expire(const Step& step);
    void tellBounds(const Step& step, MetaeventState& metaevent);
    Derived derive(const Step& step, const Instance& instance, Derived::Kind kind, std::int64_t depth) const;
    void append(const Step& step, Derived derived);
    [[nodiscard]] std::vector<EvidenceRef> evidenceOf(const Instance& instance, NodeIndex node,
                                                      NodeMask truth) const;
    void collect(const Instance& instance, NodeIndex node, NodeMask truth, EvidenceList& out) const;
    [[nodiscard]] json::object evidenceRecord(EvidenceRef ref) const;
    void sweepDerived(EvidenceRef latest);

    EngineOptions options_;
    Symbol downEvent_ = kNoSymbol;  ///< control.down
    Gauges gauges_;
    SelectorIndex index_;
    DerivedStore derived_;
    std::vector<std::unique_ptr<MetaeventState>> metaevents_;  ///< in the order of definition
    TextMap<MetaeventState*> byName_;
    std::uint64_t nextOrder_ = 0;

    struct SharedRef {
        MetaeventState* metaevent;
        NodeIndex node;
    };
    TextMap<std::weak_ptr<WindowStream>> streams_;    ///< by selector and path
    TextMap<std::vector<SharedRef>> listeners_;       ///< fired and active, by the name they name
    std::vector<std::vector<SharedRef>> gaugeNodes_;  ///< by watch

    // ---- the step
    const Sink* sink_ = nullptr;
    std::uint64_t stepNumber_ = 0;
    std::vector<Instance*> dirty_;
    std::vector<Instance*> expiring_;
    std::vector<MetaeventState*> pulsed_;  ///< a shared node of theirs was true at the step alone
    std::vector<std::uint16_t> hits_;
    std::uint8_t boundsReached_ = 0;  ///< set of Bound: by the metaevent at work just now
    std::string key_;
    std::vector<std::pair<Instance*, EvidenceList>> completed_;
    const Input* external_ = nullptr;  ///< the record of the step, for its own evidence
    std::int64_t lastSeq_ = 0;

    // ---- what all steps that go back to the same external record or timer step share
    std::int64_t origin_ = 0;
    bool isTimerOrigin_ = false;
    std::int64_t cascade_ = 0;
    std::int64_t firingsOfOrigin_ = 0;
    absl::flat_hash_set<std::pair<std::string, std::string>> told_;
    std::deque<Pending> pending_;
    std::vector<Derived>* late_ = nullptr;  ///< what late timer steps derive is collected here
};

}  // namespace dogwatch::engine

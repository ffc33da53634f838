// Observer: sees the conditions of metaevents as the fold evaluates them, step by step: what traces and
// explanations are made of. It is told by the fold itself, so that what is drawn is what fires.
//
// Without observers a step costs one look at a null pointer.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/engine/metaevent_state.h"
#include "core/engine/step.h"

namespace dogwatch::engine {

class Observer {
 public:
    virtual ~Observer() = default;

    /// A detector is about to look at a record or a time, and has looked: between the two its number changes.
    virtual void changing(const Step& /*step*/, const Instance& /*instance*/, NodeIndex /*node*/) {}
    virtual void changed(const Step& /*step*/, const Instance& /*instance*/, NodeIndex /*node*/) {}
    /// The runs of a sequence, in all instances, are about to be looked at by time.
    virtual void runsChanging(const Step& /*step*/, const MetaeventState& /*metaevent*/, NodeIndex /*node*/) {
    }
    /// The number of a node that all instances share (gauge, active) changed at `time`.
    virtual void sharedChanged(std::int64_t /*time*/, const MetaeventState& /*metaevent*/,
                               NodeIndex /*node*/) {}
    /// The values of all nodes at a step and in the gap after it, before what fires of them. Not told where
    /// no value changed: they are those of the last gap.
    virtual void evaluated(const Step& step, const Instance& instance, NodeMask at, NodeMask gap) = 0;
    /// The instance is about to go, at `time`; kNever: with its definition.
    virtual void gone(const Instance& instance, std::int64_t time) = 0;
};

/// Several observers as one.
class Observers final : public Observer {
 public:
    void add(Observer* observer) { all_.push_back(observer); }
    void remove(const Observer* observer) { std::erase(all_, observer); }
    [[nodiscard]] bool empty() const { return all_.empty(); }

    void changing(const Step& step, const Instance& instance, NodeIndex node) override {
        for (auto* each : all_) each->changing(step, instance, node);
    }
    void changed(const Step& step, const Instance& instance, NodeIndex node) override {
        for (auto* each : all_) each->changed(step, instance, node);
    }
    void runsChanging(const Step& step, const MetaeventState& metaevent, NodeIndex node) override {
        for (auto* each : all_) each->runsChanging(step, metaevent, node);
    }
    void sharedChanged(std::int64_t time, const MetaeventState& metaevent, NodeIndex node) override {
        for (auto* each : all_) each->sharedChanged(time, metaevent, node);
    }
    void evaluated(const Step& step, const Instance& instance, NodeMask at, NodeMask gap) override {
        for (auto* each : all_) each->evaluated(step, instance, at, gap);
    }
    void gone(const Instance& instance, std::int64_t time) override {
        for (auto* each : all_) each->gone(instance, time);
    }

 private:
    std::vector<Observer*> all_;
};

}  // namespace dogwatch::engine

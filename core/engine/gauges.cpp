#include "core/engine/gauges.h"

#include <algorithm>

namespace dogwatch::engine {

/// What an event makes of its execution or VM; Ready and Gone of a VM, Queued, Running and Gone of an
/// execution.
Gauges::State Gauges::stateOf(Symbol event, std::string_view name) {
    if (event < states_.size() && states_[event] != State::None) return states_[event];
    State state = State::None;
    if (name == "execution.queued" || name == "execution.retrying") {
        state = State::Queued;
    } else if (name == "execution.started") {
        state = State::Running;
    } else if (name == "vm.ready" || name == "vm.assigned") {
        state = State::Ready;
    } else if (name == "execution.succeeded" || name == "execution.failed" || name == "execution.dropped" ||
               name == "vm.booting" || name == "vm.lost" || name == "vm.retired") {
        state = State::Gone;
    }
    if (event != kUnlistedSymbol && state != State::None) {
        if (event >= states_.size()) states_.resize(event + 1, State::None);
        states_[event] = state;
    }
    return state;
}

const std::vector<Gauges::Watch>& Gauges::see(const Input& record) {
    changed_.clear();
    if (record.execution.empty() && record.vm.empty()) return changed_;
    const std::string_view event =
        record.event == kUnlistedSymbol ? record.eventName : symbols_->name(record.event);
    const State state = stateOf(record.event, event);
    if (state == State::None) return changed_;
    const bool ofVm = event.starts_with("vm.");
    const std::string_view id = ofVm ? record.vm : record.execution;
    if (id.empty()) return changed_;
    auto& standing = ofVm ? vms_ : executions_;
    const auto found = standing.find(id);
    if (found != standing.end()) {
        shift(found->second.state, found->second.function, -1);
        if (state == State::Gone) {
            standing.erase(found);
        } else {
            found->second = {state, record.function};
        }
    } else if (state != State::Gone) {
        standing.emplace(id, Standing{state, record.function});
    }
    shift(state, record.function, 1);
    return changed_;
}

void Gauges::shift(State state, Symbol function, std::int64_t by) {
    if (state == State::None || state == State::Gone) return;
    if (state == State::Ready) {
        readyVms_ += by;
    } else {
        if (function >= counts_.size()) counts_.resize(function + 1);
        (state == State::Queued ? counts_[function].queued : counts_[function].running) += by;
    }
    const Kind kind = state == State::Ready    ? Kind::Vms
                      : state == State::Queued ? Kind::Queued
                                               : Kind::Running;
    for (Watch id = 0; id < watches_.size(); ++id) {
        Watched& watched = watches_[id];
        if (watched.kind != kind || !concerns(watched, function)) continue;
        watched.number += by;
        if (std::find(changed_.begin(), changed_.end(), id) == changed_.end()) changed_.push_back(id);
    }
}

bool Gauges::concerns(Watched& watched, Symbol function) const {
    if (!watched.function || watched.kind == Kind::Vms) return true;
    if (function == kNoSymbol) return false;
    if (function >= watched.matches.size()) watched.matches.resize(function + 1, -1);
    std::int8_t& matches = watched.matches[function];
    if (matches < 0) matches = watched.function->matches(symbols_->name(function)) ? 1 : 0;
    return matches == 1;
}

Gauges::Watch Gauges::watch(Kind kind, const std::optional<Pattern>& function) {
    const auto found = std::find_if(watches_.begin(), watches_.end(), [&](const Watched& watched) {
        return watched.kind == kind && watched.function == function;
    });
    if (found != watches_.end()) return static_cast<Watch>(found - watches_.begin());
    watches_.push_back({kind, function, count(kind, function), {}});
    return static_cast<Watch>(watches_.size() - 1);
}

std::int64_t Gauges::count(Kind kind, const std::optional<Pattern>& function) const {
    if (kind == Kind::Vms) return readyVms_;
    std::int64_t sum = 0;
    for (Symbol symbol = 0; symbol < counts_.size(); ++symbol) {
        if (function && (symbol == kNoSymbol || !function->matches(symbols_->name(symbol)))) continue;
        sum += kind == Kind::Queued ? counts_[symbol].queued : counts_[symbol].running;
    }
    return sum;
}

}  // namespace dogwatch::engine

#include "core/engine/engine.h"

#include <algorithm>

#include "core/engine/engine_private.h"
#include "core/engine/record_input.h"

namespace dogwatch::engine {
namespace {

/// The names that a tree refers to by `active`.
void collectActives(const Condition& condition, std::vector<std::pair<std::string, std::string>>& out) {
    if (const auto* active = condition.as<condition::Active>()) {
        out.emplace_back(active->metaevent, condition.path + ".active");
    }
    for (const auto& child : condition.children) collectActives(child, out);
}

/// Whether `from` leads to `target` by way of `active`, in the definitions there are.
bool leadsTo(const Fold& fold, const std::string& from, const std::string& target,
             std::vector<std::string>& visited) {
    if (from == target) return true;
    if (std::find(visited.begin(), visited.end(), from) != visited.end()) return false;
    visited.push_back(from);
    const MetaeventState* metaevent = fold.find(from);
    if (metaevent == nullptr) return false;
    std::vector<std::pair<std::string, std::string>> actives;
    collectActives(metaevent->definition->when, actives);
    return std::any_of(actives.begin(), actives.end(),
                       [&](const auto& active) { return leadsTo(fold, active.first, target, visited); });
}

}  // namespace

Engine::Engine(EngineOptions options) : d(std::make_unique<Private>(options)) {}
Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;

Result<void> Engine::define(const Metaevent& definition, std::int64_t version, Time at) {
    std::vector<std::pair<std::string, std::string>> actives;
    collectActives(definition.when, actives);
    for (const auto& [name, path] : actives) {
        std::vector<std::string> visited;
        if (leadsTo(d->fold, name, definition.name, visited)) {
            return malformed(path, "no cycle of `active`: " + name + " depends on " + definition.name);
        }
    }
    d->fold.define(definition, version, toUs(at));
    return {};
}

void Engine::setEnabled(std::string_view name, bool enabled, Time at) {
    MetaeventState* metaevent = d->fold.find(name);
    if (metaevent == nullptr || metaevent->isArmed() == enabled) return;
    metaevent->definition->enabled = enabled;
    if (enabled) {
        d->fold.arm(*metaevent, toUs(at));
    } else {
        d->fold.disarm(*metaevent);
    }
}

void Engine::remove(std::string_view name) {
    if (MetaeventState* metaevent = d->fold.find(name)) d->fold.remove(*metaevent);
}

void Engine::advance(Time to, const Sink& sink) {
    d->fold.advance(toUs(to), sink);
}

void Engine::fold(const Record& record, const Sink& sink) {
    if (record.isMetaevent()) return;  // derived afresh, or a change of definitions
    const RecordInput input(record, d->fold.symbols);
    d->fold.record(input.input(), sink);
}

void Engine::fold(const Input& input, const Sink& sink) {
    d->fold.record(input, sink);
}

void Engine::seen(const Record& record) {
    if (record.isMetaevent()) return;
    const RecordInput input(record, d->fold.symbols);
    d->fold.seen(input.input());
}

void Engine::seen(const Input& input) {
    d->fold.seen(input);
}

Symbols& Engine::symbols() {
    return d->fold.symbols;
}

std::optional<Time> Engine::nextDue() const {
    const std::int64_t key = d->fold.timers.nextKey();
    return key == kNever ? std::nullopt : std::optional{timeFromUs(key >> 1)};
}

Time Engine::lastTimerStep() const {
    return timeFromUs(d->fold.lastTimerStep);
}

void Engine::setLateUntil(Time time) {
    d->fold.lateUntil = toUs(time);
}

void Engine::setRecordSource(RecordSource source) {
    d->fold.source = std::move(source);
}

std::optional<Status> Engine::status(std::string_view name) const {
    const MetaeventState* metaevent = d->fold.find(name);
    if (metaevent == nullptr) return std::nullopt;
    Status status;
    status.armed = metaevent->isArmed();
    status.instances = metaevent->isPartitioned() ? static_cast<std::int64_t>(metaevent->instances.size())
                                                  : (metaevent->isArmed() ? 1 : 0);
    status.stateBytes = metaevent->stateBytes();
    d->fold.countChecks();
    status.checks = metaevent->checks;
    status.firings = metaevent->totalFirings;
    if (metaevent->lastFired) status.lastFired = timeFromUs(*metaevent->lastFired);
    metaevent->forEachInstance([&status](const Instance& instance) { status.active |= instance.holds; });
    const std::int64_t due = d->fold.timers.earliest(metaevent);
    if (due != kNever) status.nextDeadline = timeFromUs(due >> 1);
    return status;
}

std::vector<std::int64_t> Engine::evidence() const {
    std::vector<std::int64_t> seqs = references(d->fold);
    std::erase_if(seqs, [](EvidenceRef ref) { return ref < 0; });
    std::sort(seqs.begin(), seqs.end());
    seqs.erase(std::unique(seqs.begin(), seqs.end()), seqs.end());
    return seqs;
}

std::int64_t Engine::gauge(std::string_view gauge, std::string_view function) const {
    using Kind = condition::Gauge::Kind;
    const Kind kind = gauge == "queued" ? Kind::Queued : gauge == "running" ? Kind::Running : Kind::Vms;
    const auto pattern = function == "*" ? std::nullopt : std::optional{Pattern(std::string(function))};
    return d->fold.gauges().count(kind, pattern);
}

}  // namespace dogwatch::engine

#include "core/control/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/model/metaevent.h"

namespace dogwatch::control {
namespace {

constexpr Duration kShortest{1};

}  // namespace

Result<void> applyDefinition(engine::Engine& engine, const Record& record) {
    const auto name = stringMember(record.fields, "metaevent");
    if (record.event == "metaevent.defined") {
        const auto* source = record.fields.if_contains("definition");
        const auto definition = metaeventFromJson(source != nullptr ? *source : json::value());
        if (!definition) return tl::unexpected(definition.error());
        return engine.define(*definition, intMember(record.fields, "version"), record.time);
    }
    if (record.event == "metaevent.removed") {
        engine.remove(name);
    } else if (record.event == "metaevent.enabled" || record.event == "metaevent.disabled") {
        engine.setEnabled(name, record.event == "metaevent.enabled", record.time);
    }  // others (acknowledged, silenced, ...) are for people to read
    return {};
}

bool isDerived(const Record& record) {
    return record.event == "metaevent.fired" || record.event == "metaevent.cleared" ||
           record.event == "metaevent.suppressed" || record.event == "metaevent.degraded";
}

Replay::Replay(engine::Engine& engine)
    : engine_(engine), sink_([this](engine::Derived&& derived) {
          rederived_.push_back(identity(derived.toRecord()));
          settle();
      }) {}

Result<void> Replay::add(const Record& record) {
    if (isDerived(record)) {
        recorded_.push_back(identity(record));
        lastDerived_ = record.time;
        settle();
        return {};
    }
    approach(record.time);
    if (record.isMetaevent()) return applyDefinition(engine_, record);
    engine_.fold(record, sink_);
    return {};
}

void Replay::finish() {
    if (!recorded_.empty()) engine_.advance(lastDerived_, sink_);
    for (const std::string& missing : recorded_)
        diverged(fmt::format("recorded, not derived again: {}", missing));
    for (const std::string& extra : rederived_) diverged(fmt::format("derived, not recorded: {}", extra));
}

void Replay::approach(Time time) {
    engine_.advance(time - kShortest, sink_);
}

std::string Replay::identity(const Record& record) {
    const auto* key = record.fields.if_contains("key");
    return fmt::format("{} of {} at {}, key {}, {}{}", record.event, stringMember(record.fields, "metaevent"),
                       toIso(record.time), key != nullptr ? toJson(*key) : "null",
                       stringMember(record.fields, "firing"), stringMember(record.fields, "reason"));
}

void Replay::settle() {
    while (!recorded_.empty() && !rederived_.empty()) {
        if (recorded_.front() != rederived_.front()) {
            diverged(fmt::format("recorded {}; derived {}", recorded_.front(), rederived_.front()));
        }
        recorded_.pop_front();
        rederived_.pop_front();
    }
}

void Replay::diverged(const std::string& what) {
    if (divergences_++ == 0) firstDivergence_ = what;
}

}  // namespace dogwatch::control

#include "core/control/timeline.h"

#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <utility>

namespace dogwatch::control {
namespace {

constexpr Duration kClosestStep{1};

/// Late firings of one metaevent and key but the last lose their jobs.
void dropSupersededJobs(std::span<Timeline::Fired> fired) {
    std::set<std::pair<std::string, std::string>> seen;
    for (auto each = fired.rbegin(); each != fired.rend(); ++each) {
        engine::Derived& firing = each->firing;
        if (!firing.late) continue;
        if (!seen.emplace(firing.metaevent, toJson(firing.key)).second) firing.jobs.clear();
    }
}

}  // namespace

Record definitionRecord(std::string_view event, std::string_view name, std::int64_t version, Time time) {
    Record record;
    record.time = time;
    record.event = event;
    record.fields["metaevent"] = name;
    record.fields["version"] = version;
    return record;
}

Timeline::Timeline(engine::Engine engine, std::int64_t lastSeq, Time lastTime)
    : engine_(std::move(engine)), lastSeq_(lastSeq), lastTime_(lastTime) {}

Time Timeline::stamp(Time now) const {
    return std::max({now, lastTime_, engine_.lastTimerStep() + kClosestStep});
}

void Timeline::advance(Time now, Output& output) {
    engine_.advance(now, sinkInto(output));
}

void Timeline::catchUp(Time now, Output& output, const std::optional<Down>& down) {
    engine_.setLateUntil(now);
    const std::size_t before = output.firings.size();
    if (down) {
        const Time since = stamp(down->since);
        if (since < now) {
            Record record;
            record.time = since;
            record.event = engine::kDownEvent;
            record.fields["until"] = toUs(now);
            record.fields[engine::kDownField] = (now - since).count();
            record.fields["reason"] = down->reason;
            place(std::move(record), output);
        }
    }
    advance(now, output);
    dropSupersededJobs(std::span(output.firings).subspan(before));
}

void Timeline::append(Record record, Time now, Output& output) {
    record.time = stamp(now);
    record.seq = lastSeq_ + 1;
    place(std::move(record), output);
}

void Timeline::adopt(Record record, Output& output) {
    record.seq = std::max(record.seq, lastSeq_ + 1);
    place(std::move(record), output);
}

void Timeline::place(Record record, Output& output) {
    approach(record.time, output);
    // What fell due on the way has its seq by now.
    record.seq = std::max(record.seq, lastSeq_ + 1);
    lastSeq_ = record.seq;
    lastTime_ = record.time;
    const std::size_t index = output.records.size();
    output.records.emplace_back().seq = record.seq;  // what it causes comes after it
    engine_.fold(record, sinkInto(output));
    output.records[index] = std::move(record);
}

Result<void> Timeline::define(const Metaevent& definition, std::int64_t version, Time now, Output& output) {
    const Time time = stamp(now);
    approach(time, output);
    if (auto defined = engine_.define(definition, version, time); !defined) return defined;
    Record record = definitionRecord("metaevent.defined", definition.name, version, time);
    record.fields["definition"] = definition.source;
    push(std::move(record), output);
    return {};
}

void Timeline::setEnabled(std::string_view name, std::int64_t version, bool enabled, Time now,
                          Output& output) {
    const Time time = stamp(now);
    approach(time, output);
    engine_.setEnabled(name, enabled, time);
    push(definitionRecord(enabled ? "metaevent.enabled" : "metaevent.disabled", name, version, time), output);
}

void Timeline::remove(std::string_view name, std::int64_t version, Time now, Output& output) {
    const Time time = stamp(now);
    approach(time, output);
    engine_.remove(name);
    push(definitionRecord("metaevent.removed", name, version, time), output);
}

void Timeline::note(Record record, Time now, Output& output) {
    record.time = stamp(now);
    approach(record.time, output);
    push(std::move(record), output);
}

void Timeline::approach(Time time, Output& output) {
    engine_.advance(time - kClosestStep, sinkInto(output));
}

void Timeline::push(Record record, Output& output) {
    record.seq = ++lastSeq_;
    lastTime_ = record.time;
    output.records.push_back(std::move(record));
}

engine::Sink Timeline::sinkInto(Output& output) {
    return [this, &output](engine::Derived&& derived) {
        push(derived.toRecord(), output);
        if (derived.kind == engine::Derived::Kind::Fired) {
            output.firings.push_back({lastSeq_, std::move(derived)});
        }
    };
}

}  // namespace dogwatch::control

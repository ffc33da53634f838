// Timeline: the total order of what happens. It stamps and numbers records, runs the engine's timer steps up
// to each, folds it, and puts what the engine derives right behind its cause. No clock, no I/O: "now" is
// given.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/engine/engine.h"
#include "core/model/metaevent.h"
#include "core/model/record.h"

namespace dogwatch::control {

class Timeline {
 public:
    struct Fired {
        std::int64_t seq = 0;  ///< of its record
        engine::Derived firing;
    };
    /// What a call appends to the journal, in order, and the firings among it, whose jobs are to be enqueued.
    struct Output {
        std::vector<Record> records;
        std::vector<Fired> firings;
    };

    struct Down {
        Time since{};
        std::string_view reason;  ///< "stopped", "killed", "clock" (set forward, or the machine slept)
    };

    Timeline(engine::Engine engine, std::int64_t lastSeq, Time lastTime);

    /// The time that a record appended now would get: not before the last record, after the last timer step.
    [[nodiscard]] Time stamp(Time now) const;

    /// Runs the timer steps at all times <= now.
    void advance(Time now, Output& output);
    /// Runs what fell due while nobody watched, marked late; of several firings of one metaevent and key only
    /// the last keeps its jobs (spec section 6).
    /// `down`: nobody watched since then, which becomes a record (control.down) that the engine folds first.
    void catchUp(Time now, Output& output, const std::optional<Down>& down = std::nullopt);
    void append(Record record, Time now, Output& output);
    /// Appends a record of another journal with its own time, which must not lie before stamp() of it, and
    /// with its own seq where that is still free.
    void adopt(Record record, Output& output);

    // Changes of definitions: applied, and journaled as records that replay arms and disarms by.
    Result<void> define(const Metaevent& definition, std::int64_t version, Time now, Output& output);
    void setEnabled(std::string_view name, std::int64_t version, bool enabled, Time now, Output& output);
    void remove(std::string_view name, std::int64_t version, Time now, Output& output);
    /// A record metaevent.* that no condition sees: for people to read.
    void note(Record record, Time now, Output& output);

    /// Where the evidence of firings comes from.
    void setRecordSource(engine::RecordSource source) { engine_.setRecordSource(std::move(source)); }

    [[nodiscard]] const engine::Engine& engine() const { return engine_; }
    [[nodiscard]] std::int64_t lastSeq() const { return lastSeq_; }
    [[nodiscard]] Time lastTime() const { return lastTime_; }

 private:
    engine::Sink sinkInto(Output& output);
    void push(Record record, Output& output);
    /// Gives an external record its place, and the engine the record.
    void place(Record record, Output& output);
    /// Advances to just before `time`, which stamp() returned.
    void approach(Time time, Output& output);

    engine::Engine engine_;
    std::int64_t lastSeq_;
    Time lastTime_;
};

/// The record metaevent.defined, .enabled, .disabled or .removed, without seq.
Record definitionRecord(std::string_view event, std::string_view name, std::int64_t version, Time time);

}  // namespace dogwatch::control

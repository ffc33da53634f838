// Engine: the fold of the spec over the journal. No clock, no I/O, no event loop: the same inputs in the same
// order give the same outputs, so one code serves live detection, recovery, backtests and time travel.
//
// Inputs: "here is the next record", "time has reached t", and changes of definitions.
// Thread: none of its own; one engine, one thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/input.h"
#include "core/model/json.h"
#include "core/model/metaevent.h"
#include "core/model/record.h"
#include "core/model/result.h"

namespace dogwatch::engine {

// The record that tells of time in which no control plane watched: from its own time on, for so many
// microseconds. The intervals of definitions with `"downtime": "excluded"` do not count it.
constexpr std::string_view kDownEvent = "control.down";
constexpr std::string_view kDownField = "down_us";

/// One job of a firing, to be enqueued as an execution request with trigger "metaevent".
struct JobRequest {
    std::string function;
    std::string payload;  ///< JSON text, the template filled in
};

/// A record that the engine derived. Those of a step come in the order in which they are to be journaled,
/// each with the time of the step.
struct Derived {
    enum class Kind { Fired, Cleared, Suppressed, Degraded };
    Kind kind = Kind::Fired;
    std::string metaevent;
    std::int64_t version = 0;  ///< of the definition
    Time time{};
    json::value key;         ///< null, or the array of the partition's values
    std::int64_t cause = 0;  ///< seq of the external record that it goes back to; 0: a timer step
    std::int64_t depth = 0;
    std::string edge;                    ///< fired, suppressed: "rise", "fall", "repeat"
    std::string reason;                  ///< suppressed, degraded
    std::string firing;                  ///< fired, cleared: the firing's id
    bool holds = false;                  ///< fired
    bool late = false;                   ///< fired: fell due while nobody watched (see Engine::setLateUntil)
    std::vector<std::string> partition;  ///< the paths whose values the key holds
    json::array evidence;                ///< fired: the records that made it true, oldest first, at most 16
    std::vector<JobRequest> jobs;

    /// The record to journal (seq 0): metaevent.fired, .cleared, .suppressed or .degraded.
    [[nodiscard]] Record toRecord() const;
    /// The line that `backtest` prints (spec section 7).
    [[nodiscard]] json::object toBacktestLine() const;
};

/// Receives what a step derives, in order. Must not call back into the engine.
using Sink = std::function<void(Derived&&)>;

/// The record of a seq as it stands in the journal, for evidence and payloads; none when it is no longer
/// kept. Must find records that were folded but are not committed yet, too: the engine keeps none.
using RecordSource = std::function<std::optional<json::object>(std::int64_t seq)>;

struct EngineOptions {
    bool gauges = true;    ///< false: no definition has a gauge, or none will ever be asked for
    bool evidence = true;  ///< false: firings carry neither evidence nor jobs (backtests need none)
};

/// What `metaevents list` shows of one definition's state.
struct Status {
    bool armed = false;
    bool active = false;         ///< some key's root is true now
    std::int64_t instances = 0;  ///< 1 unless partitioned
    std::int64_t stateBytes = 0;
    std::int64_t checks = 0;   ///< records its conditions looked at since this engine began: what it costs
    std::int64_t firings = 0;  ///< since it was first defined
    std::optional<Time> lastFired;
    std::optional<Time> nextDeadline;  ///< the earliest time at which one of its conditions has something due
};

class Engine {
 public:
    explicit Engine(EngineOptions options = {});
    ~Engine();
    Engine(Engine&&) noexcept;
    Engine& operator=(Engine&&) noexcept;

    // ---- changes of definitions, at a time not before the last step's
    /// Adds or replaces. Armed anew when it is new, was disabled, or its `when` or `partition` changed;
    /// otherwise its state carries over. `definition.enabled` false: kept, not armed. Refuses a cycle of
    /// `active`.
    Result<void> define(const Metaevent& definition, std::int64_t version, Time at);
    void setEnabled(std::string_view name, bool enabled, Time at);
    void remove(std::string_view name);

    // ---- the fold
    /// Runs the timer steps at all t <= `to`.
    void advance(Time to, const Sink& sink);
    /// Runs the record's step and those of all records derived from it. Precondition: advance(record.time - 1
    /// µs) was called, and record.time is later than the last timer step.
    void fold(const Record& record, const Sink& sink);
    /// The same for a record in its fast form; see input.h.
    void fold(const Input& input, const Sink& sink);
    /// A record from before any arming: counts for gauges alone.
    void seen(const Record& record);
    void seen(const Input& input);
    /// Interns the names of inputs.
    Symbols& symbols();
    /// The time of the next timer step; none: nothing is due. May be too early, never too late.
    [[nodiscard]] std::optional<Time> nextDue() const;
    /// The time of the last timer step that ran: later records must be stamped after it.
    [[nodiscard]] Time lastTimerStep() const;
    /// Timer steps at times before this are late: the process was down when they fell due.
    void setLateUntil(Time time);
    /// Where evidence is fetched from. Without one, evidence holds each record's seq alone.
    void setRecordSource(RecordSource source);

    // ---- state
    [[nodiscard]] std::optional<Status> status(std::string_view name) const;
    /// How many executions (or VMs) stand in a state now: "queued", "running", "vms" (spec 5.2).
    [[nodiscard]] std::int64_t gauge(std::string_view gauge, std::string_view function = "*") const;
    /// The seqs, ascending, of all records that a firing to come may name as evidence, of those there are
    /// now.
    [[nodiscard]] std::vector<std::int64_t> evidence() const;
    /// The whole state, definitions included; restore() continues to exactly the same future.
    [[nodiscard]] std::string checkpoint() const;
    static Result<Engine> restore(std::string_view checkpoint);

 private:
    friend class Internals;
    class Private;
    std::unique_ptr<Private> d;
};

}  // namespace dogwatch::engine

// Study: what a definition would have done over recorded history: its firings, how its conditions stood, and
// why at any moment. The engine itself runs here, in the console's own process, so that a bound can be
// dragged and firings follow; it is the fold that fires live and in `dogwatchctl backtest`.
//
// Thread: any; a store is used by one study at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/engine/trace.h"
#include "core/model/metaevent.h"
#include "gui/bench/model/record_store.h"

namespace dogwatch::gui::bench {

struct BenchFiring {
    enum class Fate { Plain, Kept, Gained, Lost };
    std::int64_t time = 0;  ///< µs
    std::int64_t cause = 0;
    std::int64_t depth = 1;
    std::string key;  ///< compact JSON; empty: none
    std::string edge;
    Fate fate = Fate::Plain;

    [[nodiscard]] bool isSame(const BenchFiring& other) const {
        return time == other.time && cause == other.cause && edge == other.edge && key == other.key;
    }
    /// As `dogwatchctl backtest` prints it.
    [[nodiscard]] json::object toLine(const std::string& metaevent) const;
};

/// Records placed and left out by hand.
struct WhatIf {
    std::vector<Record> added;  ///< by time; they come after others of the same time
    std::set<std::int64_t> removed;

    [[nodiscard]] bool empty() const { return added.empty() && removed.empty(); }
    [[nodiscard]] bool leavesOut(std::int64_t seq) const { return !removed.empty() && removed.contains(seq); }
};

/// A history to run over. The definitions are armed at `from`; none: at the first record.
struct Scope {
    std::shared_ptr<RecordStore> store;
    std::optional<Time> from;
    std::optional<Time> until;
    WhatIf whatIf;
};

/// One definition with those that it refers to, which run with it and come before it.
struct Subject {
    Metaevent definition;
    std::vector<Metaevent> others;

    [[nodiscard]] std::vector<Metaevent> all() const;
};

/// Asked now and then; true ends the work.
using Stopped = std::function<bool()>;

/// The firings of the subject's own definition. None: stopped. An error: a cycle of `active`.
Result<std::vector<BenchFiring>> firingsOf(const Subject& subject, const Scope& scope,
                                           const Stopped& stopped);

/// Marks what of `now` `before` has as well, and adds what `before` alone has, in the order of time.
void compareFirings(std::vector<BenchFiring>& now, const std::vector<BenchFiring>& before);

/// How its conditions stood, for one key or the first that comes.
Result<engine::MetaeventTrace> traceOf(const Subject& subject, const Scope& scope,
                                       const engine::TraceOptions& options, const Stopped& stopped);

struct Question {
    Time at{};
    std::optional<json::value> key;     ///< none: the one that acted last
    std::optional<BenchFiring> firing;  ///< the step at which this one fired, rather than a time
};
/// EXPLANATION of docs/api.md.
Result<json::object> explanationOf(const Subject& subject, const Scope& scope, const Question& question,
                                   const Stopped& stopped);

/// Error of a study that was stopped.
bool wasStopped(const Error& error);

}  // namespace dogwatch::gui::bench

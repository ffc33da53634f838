// Trace: how the conditions of metaevents stood over a history: the intervals in which each was true, its
// pulses, and samples of the number behind it. Recorded while the fold runs, so that it is the truth that
// fires; in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/engine.h"
#include "core/engine/series.h"

namespace dogwatch::engine {

struct TraceOptions {
    /// Of partitioned metaevents: the keys wanted, each an array of the partition's values. Empty: the first
    /// ones that come, as many as there is room for.
    std::vector<json::value> keys;
    std::optional<Time> from;  ///< the part that is wanted; it does not change when metaevents are armed
    std::optional<Time> until;
    std::size_t points = 1000;  ///< samples of one condition for one key, at most; 0: none
    std::size_t spans = 500;    ///< intervals of one condition for one key, at most, and pulses
    std::size_t keysTraced = 16;
    /// Samples and spans of all conditions and keys together; keys for which there is no room are not traced.
    std::size_t budget = 500'000;
};

struct ConditionTrace {
    std::string path;             ///< "when.all.1"
    std::string op;               ///< "absent"
    int level = 0;                ///< how many conditions it stands below
    bool holds = false;           ///< at the end
    std::int64_t rises = 0;       ///< how often it became true, pulses included, in all the time
    std::vector<Span> intervals;  ///< where it was true, in order; the last may be open
    std::vector<Span> pulses;     ///< steps at which it was true and not after
    std::vector<Sample> samples;
    bool isTimeLeft = false;      ///< samples are µs left: a line between two is right; else they jump
    std::optional<double> bound;  ///< what the number is compared with
    std::string comparison;       ///< "<", ...; empty: nothing is compared
    std::int64_t resolution = 0;  ///< µs within which spans or samples were joined; 0: all are exact
};

struct KeyTrace {
    json::value key;  ///< null without a partition
    Time armed{};
    std::optional<Time> gone;                ///< it expired
    std::vector<ConditionTrace> conditions;  ///< parents first
};

struct MetaeventTrace {
    struct Key {
        json::value key;
        Time armed{};
        std::int64_t rises = 0;
    };
    std::string metaevent;
    std::vector<KeyTrace> traces;
    std::vector<Key> keys;     ///< those that came, at most 1,000
    bool hasMoreKeys = false;  ///< some came that are not traced although none or they were asked for
};

/// Records while the engine folds. Attach it before definitions are armed, and change none meanwhile; the
/// engine must outlive it and stay where it is.
class Tracer {
 public:
    Tracer(Engine& engine, TraceOptions options);  ///< borrows the engine
    ~Tracer();
    Tracer(const Tracer&) = delete;
    Tracer& operator=(const Tracer&) = delete;

    /// What there is, up to `until`, to which the engine was advanced; once.
    [[nodiscard]] std::vector<MetaeventTrace> finish(Time until);

 private:
    class Private;
    std::unique_ptr<Private> d;
};

}  // namespace dogwatch::engine

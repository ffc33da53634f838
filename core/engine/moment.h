// Moment: how a metaevent stands at one time: each condition's truth, the number behind it against its bound,
// since when and until when; what keeps it from firing; and what comes next if no record does.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/engine.h"

namespace dogwatch::engine {

struct ConditionMoment {
    /// A run of a sequence that waits.
    struct Run {
        Time started{};
        std::size_t step = 0;  ///< the one it waits for, or behind where that is a `not`
        Time ends{};           ///< when it dies, or completes where its last step is a `not`
    };

    std::string path;  ///< "when.all.1"
    std::string op;    ///< "absent"
    int level = 0;     ///< how many conditions it stands below
    bool holds = false;
    /// The whole is true, or false, because of this one among others.
    bool decides = false;
    std::optional<Time> since;  ///< since when it has been so; none: not known
    std::int64_t rises = 0;     ///< how often it became true; 0 where that is not known
    std::optional<Time> lastRise;
    std::optional<double> number;  ///< see numberOf() in numbers.h
    std::int64_t samples = 0;      ///< of measure and ratio: how many records it is of
    std::optional<Time> deadline;  ///< of absent, missed, held, recent: when time alone changes it
    Duration excused{};            ///< of absent: downtime since the last match that does not count
    std::optional<Time> changes;   ///< when it changes if no record comes; none: it does not, or not soon
    std::vector<Run> runs;         ///< of sequence, the oldest first, at most 20
    std::size_t runCount = 0;
    std::vector<std::int64_t> evidence;  ///< seqs of records behind it, oldest first, at most 16
};

struct Moment {
    struct Key {
        json::value key;
        bool holds = false;
        Time acted{};  ///< when a record of it last acted
    };
    /// What happens to the root if no record comes.
    struct Next {
        Time time{};
        std::string edge;    ///< "rise", "fall", "repeat"
        std::string reason;  ///< why it would be suppressed; empty: it would fire
    };

    std::string metaevent;
    Time at{};
    bool isDefined = false;
    std::int64_t version = 0;
    bool isEnabled = false;
    std::optional<Time> armed;  ///< none: it is not
    json::value key;            ///< null without a partition
    bool isKnown = false;       ///< there is an instance of the key, and its first step is over
    bool holds = false;
    std::string edge;  ///< of a firing's moment: the values are those of the step at which it fired
    std::vector<ConditionMoment> conditions;  ///< parents first
    std::optional<Time> cooldownUntil;        ///< firings before it are suppressed
    std::optional<Time> limitUntil;
    std::optional<Time> nextTry;  ///< of a repeat
    std::int64_t firings = 0;
    std::optional<Time> lastFired;
    std::vector<Key> keys;  ///< at most 100, those that acted last first
    std::int64_t keyCount = 0;
    std::optional<Next> next;  ///< see foresee()
    bool isForeseen = false;   ///< `next` and `changes` were looked for
};

/// Keeps since when the conditions of one metaevent have been as they are, and catches the moment of one of
/// its firings. The engine must outlive it and stay where it is.
class Witness {
 public:
    Witness(Engine& engine, std::string metaevent);
    ~Witness();
    Witness(const Witness&) = delete;
    Witness& operator=(const Witness&) = delete;

    /// How it stood at the step that evaluates it now: to be called by the sink, which is handed a firing or
    /// a suppression of it.
    [[nodiscard]] Moment atStep(const Derived& derived) const;

 private:
    friend Moment momentOf(const Engine& engine, std::string_view metaevent,
                           const std::optional<json::value>& key, Time at, const Witness* witness);
    class Private;
    std::unique_ptr<Private> d;
};

/// How a metaevent stands at `at`, to which the engine was advanced. `key` none: of a partition, the one on
/// which a record acted last.
Moment momentOf(const Engine& engine, std::string_view metaevent, const std::optional<json::value>& key,
                Time at, const Witness* witness = nullptr);

/// A checkpoint of that metaevent and those it depends on alone: an engine to look ahead with, which may do
/// so on another thread.
std::string excerpt(const Engine& engine, std::string_view metaevent);

/// Lets time pass in an engine that nobody needs any more, in which the moment's metaevent stands as the
/// moment says, and notes what comes of it.
void foresee(Engine engine, Moment& moment);

}  // namespace dogwatch::engine

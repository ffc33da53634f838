// Metaevent: criteria and jobs as users define them (spec sections 3 to 6), read strictly: whatever is
// malformed is refused with the JSON path of the fault and, in the words of a grammar, what was expected
// there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/model/condition.h"
#include "core/model/grammar.h"
#include "core/model/json.h"
#include "core/model/record.h"
#include "core/model/time.h"

namespace dogwatch {

enum class FireOn { Rise, Fall, Both };
/// Whether the intervals of `absent` count the time in which no control plane watched.
enum class Downtime { Counted, Excluded };

struct FireLimit {
    std::int64_t count = 1;
    Duration within{};
};

struct Job {
    std::string run;                     ///< the function
    std::optional<json::value> payload;  ///< a template; absent: the whole context object
};

struct Metaevent {
    std::string name;
    std::string description;
    Condition when;
    std::vector<FieldPath> partition;
    std::optional<Duration> expire;
    FireOn on = FireOn::Rise;
    Duration cooldown{};
    std::optional<Duration> repeat;
    std::optional<FireLimit> limit;
    int maxDepth = 8;
    std::vector<Job> jobs;
    Downtime downtime = Downtime::Counted;
    bool enabled = true;
    json::object source;  ///< as it was written; what lists, the canvas and the journal show

    /// The key whose instance a record acts on: the array of the partition's values. None without a
    /// partition, and for a record that lacks one of its paths.
    [[nodiscard]] std::optional<json::value> keyOf(const Record& record) const;
};

/// `path` begins the paths of faults: empty, or the position in a list such as "1".
Result<Metaevent> metaeventFromJson(const json::value& value, const std::string& path = {},
                                    const Grammar& grammar = Grammar::english());

/// The fault where a definition, with others that stand already, closes a cycle of `active`; one of the same
/// name is replaced by it. `path` as above.
std::optional<Error> activeCycle(const Metaevent& definition, const std::vector<const Metaevent*>& others,
                                 const std::string& path = {}, const Grammar& grammar = Grammar::english());

/// One definition or a list of them; also refuses a name used twice and cycles of `active`.
Result<std::vector<Metaevent>> metaeventsFromJson(const json::value& value,
                                                  const Grammar& grammar = Grammar::english());

}  // namespace dogwatch

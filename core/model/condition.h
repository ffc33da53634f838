// Condition: one node of the tree of criteria (spec section 5), read and typed. A value; what it means over
// time is the engine's part.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/model/cron.h"
#include "core/model/selector.h"
#include "core/model/time.h"
#include "core/model/value.h"

namespace dogwatch {

/// IS: [op, number].
struct Comparison {
    enum class Operator { Less, LessEqual, Equal, NotEqual, GreaterEqual, Greater };
    Operator op = Operator::Equal;
    double number = 0;

    [[nodiscard]] bool holds(double value) const;
    bool operator==(const Comparison&) const = default;
};

const char* operatorName(Comparison::Operator op);  ///< "<", "<=", "==", "!=", ">=", ">"

/// The conditions, one struct each, with what stands in their JSON form. C, the conditions below, are the
/// children of the node.
namespace condition {

/// From when on an absence is told: from the arming, or only after a first match.
enum class Since { Armed, First };

struct Occurs {
    Selector selector;
    bool operator==(const Occurs&) const = default;
};
struct Absent {
    Selector selector;
    Duration duration{};
    Since since = Since::Armed;
    bool operator==(const Absent&) const = default;
};
struct Missed {
    Selector selector;
    Cron schedule;
    Duration grace{};
    Since since = Since::Armed;
    bool operator==(const Missed&) const = default;
};
struct Count {
    Selector selector;
    Duration within{};
    Comparison is;
    bool operator==(const Count&) const = default;
};
struct Measure {
    enum class Kind { Sum, Avg, Min, Max, P50, P90, P95, P99, Distinct };
    Kind kind = Kind::Sum;
    FieldPath of;
    Selector over;
    Duration within{};
    Comparison is;
    std::int64_t samples = 1;
    bool operator==(const Measure&) const = default;
};
struct Ratio {
    Selector selector;  ///< counted where `to` matches as well
    Selector to;
    Duration within{};
    Comparison is;
    std::int64_t samples = 1;
    bool operator==(const Ratio&) const = default;
};
struct Streak {
    Selector selector;
    Selector among;
    Comparison is;
    bool operator==(const Streak&) const = default;
};
struct Gauge {
    enum class Kind { Queued, Running, Vms };
    Kind kind = Kind::Queued;
    std::optional<Pattern> function;  ///< none: all
    Comparison is;
    bool operator==(const Gauge&) const = default;
};
struct Changed {
    FieldPath path;
    Selector over;
    bool operator==(const Changed&) const = default;
};
struct Sequence {
    struct Step {
        Selector selector;
        bool isNot = false;
        std::optional<Duration> duration;  ///< `for` of a last `not`
        bool operator==(const Step&) const = default;
    };
    std::vector<Step> steps;  ///< the first is no `not`, and no two adjacent ones are
    Duration within{};
    std::vector<FieldPath> by;
    bool overlap = true;
    bool operator==(const Sequence&) const = default;
};
struct At {
    Cron schedule;
    bool operator==(const At&) const = default;
};
struct During {
    Cron schedule;
    Duration duration{};
    bool operator==(const During&) const = default;
};
struct Fired {
    std::string metaevent;
    bool operator==(const Fired&) const = default;
};
struct Active {
    std::string metaevent;
    bool operator==(const Active&) const = default;
};
struct All {
    bool operator==(const All&) const = default;
};
struct Any {
    bool operator==(const Any&) const = default;
};
struct Not {
    bool operator==(const Not&) const = default;
};
struct AtLeast {
    std::int64_t count = 1;  ///< at most the number of children
    bool operator==(const AtLeast&) const = default;
};
struct Held {
    Duration duration{};
    bool operator==(const Held&) const = default;
};
struct Recent {
    Duration within{};
    bool operator==(const Recent&) const = default;
};

using Kind = std::variant<Occurs, Absent, Missed, Count, Measure, Ratio, Streak, Gauge, Changed, Sequence, At,
                          During, Fired, Active, All, Any, Not, AtLeast, Held, Recent>;

const char* measureName(Measure::Kind kind);  ///< "sum", ...
const char* gaugeName(Gauge::Kind kind);      ///< "queued", ...

}  // namespace condition

struct Condition {
    condition::Kind kind;
    std::vector<Condition> children;  ///< of all, any, not, at_least, held, recent
    std::string path;                 ///< where it stands in its definition: "when.all.1"

    template <typename T>
    [[nodiscard]] const T* as() const {
        return std::get_if<T>(&kind);
    }
    [[nodiscard]] const char* operatorKey() const;                 ///< "occurs", "at_least", ...
    [[nodiscard]] std::vector<const Selector*> selectors() const;  ///< its own, not those below it
    [[nodiscard]] std::size_t size() const;   ///< conditions in the tree, itself included
    [[nodiscard]] std::size_t depth() const;  ///< 1 for a leaf
    /// Itself and all below it, parents first.
    [[nodiscard]] std::vector<const Condition*> tree() const;
};

constexpr std::size_t kLargestTree = 64;  ///< conditions in one metaevent
constexpr std::size_t kDeepestTree = 16;

/// Reads one condition strictly; `path` is where it stands.
Result<Condition> conditionFromJson(const json::value& value, const std::string& path = "when");

}  // namespace dogwatch

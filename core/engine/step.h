// Step: what happens now (spec section 1), a record step or a timer step, with the record's fields looked up
// at most once each however many conditions ask.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/engine/evidence.h"
#include "core/engine/input.h"
#include "core/engine/text_map.h"
#include "core/model/value.h"

namespace dogwatch::engine {

using PathId = std::uint32_t;

/// The field paths that definitions name, and what stands there in the record of the step.
class FieldCache {
 public:
    PathId intern(const FieldPath& path);
    /// A new record; what is known of the last one is forgotten.
    void begin(const Input& record, bool derived);
    [[nodiscard]] const json::value* find(PathId path) const {
        const Entry& entry = entries_[path];
        return entry.stamp == stamp_ ? entry.found : look(entry);
    }
    /// Of the record alone: null when there is no record.
    [[nodiscard]] const FieldPath& path(PathId id) const { return entries_[id].path; }
    void setSymbols(const Symbols* symbols) { symbols_ = symbols; }

 private:
    enum class Special : std::uint8_t { None, Seq, Time, Event, Function, Depth };
    struct Entry {
        FieldPath path;
        Special special = Special::None;
        mutable std::uint64_t stamp = 0;
        mutable const json::value* found = nullptr;
        mutable json::value scratch;
    };
    const json::value* look(const Entry& entry) const;
    const json::value* lookSpecial(const Entry& entry) const;

    std::vector<Entry> entries_;
    TextMap<PathId> ids_;
    const Symbols* symbols_ = nullptr;
    const Input* record_ = nullptr;
    bool derived_ = false;
    std::uint64_t stamp_ = 1;
};

/// Of Input::depth: it is to be looked up among the fields, when it is needed.
constexpr std::int64_t kDepthInFields = -1;

struct Step {
    std::int64_t time = 0;
    std::int64_t depth = 0;         ///< of its record, as Input has it; 0 at a timer step
    const Input* record = nullptr;  ///< null: a timer step
    bool late = false;              ///< the timer step, or a derived record that goes back to it
    bool derived = false;           ///< the step of a derived record
    EvidenceRef ref = kNoEvidence;  ///< of its record
    std::uint64_t number = 0;       ///< another one for every step

    /// Whether this is the timer step at `due` or later: all that happens by time happens there.
    [[nodiscard]] bool passed(std::int64_t due) const { return time > due || (time == due && late); }
};

/// Appends a form of the value that is equal exactly where the values are the same (spec section 1: 1
/// and 1.0).
void appendCanonical(std::string& out, const json::value& value);

}  // namespace dogwatch::engine

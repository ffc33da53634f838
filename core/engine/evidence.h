// Evidence: which records made a condition true. Conditions keep references of eight bytes; the records
// themselves stand in the journal, and are fetched when something fires.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <limits>
#include <vector>

#include "core/model/json.h"

namespace dogwatch::engine {

/// The seq of a journaled record, or -1 - id of a derived one (they have no seq while conditions see them).
using EvidenceRef = std::int64_t;
constexpr EvidenceRef kNoEvidence = std::numeric_limits<EvidenceRef>::min();
constexpr std::size_t kMostEvidence = 16;

/// Keeps the derived records that conditions refer to, for as long as one does.
class DerivedStore {
 public:
    struct Entry {
        std::int64_t after = 0;  ///< seq of the last journaled record before it
        json::object record;
    };

    EvidenceRef add(std::int64_t after, json::object record);
    [[nodiscard]] const Entry* find(EvidenceRef ref) const;

    /// Time to sweep: call keepOnly() with all references there are. Amortized: the bound doubles.
    [[nodiscard]] bool isFull() const { return entries_.size() >= bound_; }
    void keepOnly(const std::vector<EvidenceRef>& refs);

    /// Oldest first, each once, the newest kMostEvidence of them.
    [[nodiscard]] std::vector<EvidenceRef> ordered(std::vector<EvidenceRef> refs) const;

    template <typename Archive>
    void archive(Archive& a) {
        a.field(next_);
        a.field(bound_);
        a.map(entries_, [&a](Entry& entry) {
            a.field(entry.after);
            a.field(entry.record);
        });
    }

 private:
    std::int64_t next_ = 0;
    std::uint64_t bound_ = 1024;
    absl::flat_hash_map<std::int64_t, Entry> entries_;  ///< by id
};

}  // namespace dogwatch::engine

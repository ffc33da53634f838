#include "core/engine/evidence.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace dogwatch::engine {

EvidenceRef DerivedStore::add(std::int64_t after, json::object record) {
    const std::int64_t id = next_++;
    entries_.emplace(id, Entry{after, std::move(record)});
    return -1 - id;
}

const DerivedStore::Entry* DerivedStore::find(EvidenceRef ref) const {
    const auto found = entries_.find(-1 - ref);
    return found == entries_.end() ? nullptr : &found->second;
}

void DerivedStore::keepOnly(const std::vector<EvidenceRef>& refs) {
    absl::flat_hash_map<std::int64_t, Entry> kept;
    for (const EvidenceRef ref : refs) {
        if (ref >= 0) continue;
        if (auto entry = entries_.extract(-1 - ref)) kept.insert(std::move(entry));
    }
    entries_ = std::move(kept);
    bound_ = std::max<std::uint64_t>(1024, entries_.size() * 2);
}

std::vector<EvidenceRef> DerivedStore::ordered(std::vector<EvidenceRef> refs) const {
    std::erase_if(
        refs, [this](EvidenceRef ref) { return ref == kNoEvidence || (ref < 0 && find(ref) == nullptr); });
    const auto position = [this](EvidenceRef ref) {
        return ref >= 0 ? std::tuple{ref, std::int64_t{-1}} : std::tuple{find(ref)->after, -1 - ref};
    };
    std::sort(refs.begin(), refs.end(),
              [&](EvidenceRef a, EvidenceRef b) { return position(a) < position(b); });
    refs.erase(std::unique(refs.begin(), refs.end()), refs.end());
    if (refs.size() > kMostEvidence) refs.erase(refs.begin(), refs.end() - kMostEvidence);
    return refs;
}

}  // namespace dogwatch::engine

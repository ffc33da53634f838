// Newest: which records entered a window last, for its evidence.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

#include "core/engine/detectors/detector.h"

namespace dogwatch::engine {

/// The newest of the records in a window.
class Newest {
 public:
    void push(EvidenceRef ref) {
        if (refs_ == nullptr) refs_ = std::make_unique<Refs>();
        (*refs_)[pushed_++ % kMostEvidence] = ref;
    }
    /// `within`: how many there are in the window.
    void evidence(std::size_t within, EvidenceList& out) const {
        const std::uint64_t kept = std::min<std::uint64_t>({within, kMostEvidence, pushed_});
        for (std::uint64_t i = pushed_ - kept; i < pushed_; ++i) out.push_back((*refs_)[i % kMostEvidence]);
    }
    [[nodiscard]] std::size_t bytes() const { return refs_ != nullptr ? sizeof(Refs) : 0; }

    template <typename Archive>
    void archive(Archive& a) {
        a.field(pushed_);
        a.optional(refs_, [&a](Refs& refs) {
            for (EvidenceRef& ref : refs) a.field(ref);
        });
    }

 private:
    using Refs = std::array<EvidenceRef, kMostEvidence>;

    std::uint64_t pushed_ = 0;
    std::unique_ptr<Refs> refs_;
};

}  // namespace dogwatch::engine

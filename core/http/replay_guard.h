// ReplayGuard: remembers the signatures of requests that change something, so that none is carried out twice.
// A signature is good for as long as its time is near enough to now; so long it is remembered.
//
// Times are signed to the second, and SDKs tell the requests of one second apart by headers that they add
// after signing. So one signature may come with several such tags, but only in the seconds after it was first
// seen; the same with the same tag, or later, was sent again by somebody else.
#pragma once

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string_view>
#include <utility>

#include "core/model/time.h"

namespace dogwatch::http {

class ReplayGuard {
 public:
    enum class Verdict { Fresh, Replayed, Full };
    /// How long after its first use a signature may come with other tags.
    static constexpr Duration kSameSecond = std::chrono::seconds{5};

    /// `most`: requests remembered at once; beyond, others have to wait until some are forgotten.
    explicit ReplayGuard(std::size_t most = 150'000) : most_(most) {}

    /// `signature`: 64 hexadecimal digits, verified before, so that only holders of a key fill this. `tag`:
    /// what tells apart requests of the same signature; empty: nothing does. `signedAt`: not more than the
    /// skew from `now`.
    Verdict admit(std::string_view signature, std::string_view tag, Time signedAt, Time now);
    [[nodiscard]] std::size_t size() const { return inOrder_.size(); }

 private:
    using Key = std::pair<std::uint64_t, std::uint64_t>;  ///< half of a SHA-256: 128 bits are enough
    struct Entry {
        Time until;
        Key signature;
        Key tagged;
    };
    static Key keyOf(std::string_view digits);
    void forget(Time now);

    std::size_t most_;
    absl::flat_hash_map<Key, Time> firstSeen_;  ///< signatures
    absl::flat_hash_set<Key> tagged_;           ///< signatures with their tags
    std::deque<Entry> inOrder_;                 ///< in the order they came
};

}  // namespace dogwatch::http

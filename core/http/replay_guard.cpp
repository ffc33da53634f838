#include "core/http/replay_guard.h"

#include <charconv>
#include <string>

#include "core/http/signature.h"

namespace dogwatch::http {

ReplayGuard::Key ReplayGuard::keyOf(std::string_view digits) {
    constexpr std::size_t kDigits = 16;
    constexpr int kHexadecimal = 16;
    Key key{};
    std::from_chars(digits.data(), digits.data() + kDigits, key.first, kHexadecimal);
    std::from_chars(digits.data() + kDigits, digits.data() + 2 * kDigits, key.second, kHexadecimal);
    return key;
}

ReplayGuard::Verdict ReplayGuard::admit(std::string_view signature, std::string_view tag, Time signedAt,
                                        Time now) {
    forget(now);
    const Key key = keyOf(signature);
    const Key tagged = keyOf(sha256Hex(std::string{signature}.append(tag)));
    if (const auto seen = firstSeen_.find(key); seen != firstSeen_.end()) {
        if (tag.empty() || now - seen->second > kSameSecond || tagged_.contains(tagged))
            return Verdict::Replayed;
    }
    if (inOrder_.size() >= most_) return Verdict::Full;
    firstSeen_.try_emplace(key, now);
    tagged_.insert(tagged);
    inOrder_.push_back({signedAt + kSignatureSkew, key, tagged});
    return Verdict::Fresh;
}

void ReplayGuard::forget(Time now) {
    // One that is good for longer keeps later ones back; none is forgotten too early.
    while (!inOrder_.empty() && inOrder_.front().until < now) {
        firstSeen_.erase(inOrder_.front().signature);
        tagged_.erase(inOrder_.front().tagged);
        inOrder_.pop_front();
    }
}

}  // namespace dogwatch::http

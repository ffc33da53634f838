#include "core/http/authenticator.h"

#include <algorithm>
#include <utility>

namespace dogwatch::http {

Authenticator::Authenticator(std::vector<Credential> credentials, std::function<Time()> clock)
    : credentials_(std::move(credentials)), clock_(std::move(clock)) {}

std::optional<std::string> Authenticator::secretOf(std::string_view accessKey) const {
    const auto found = std::find_if(credentials_.begin(), credentials_.end(),
                                    [&](const Credential& each) { return each.accessKey == accessKey; });
    return found != credentials_.end() ? std::optional<std::string>(found->secret) : std::nullopt;
}

tl::expected<Claim, AwsError> Authenticator::admit(const Request& head) const {
    return readClaim(
        head, [this](std::string_view accessKey) { return secretOf(accessKey); }, clock_());
}

tl::expected<Claim, AwsError> Authenticator::verify(const Request& request) {
    auto claim = admit(request);
    if (!claim) return claim;
    const auto fine = verifySignature(request, *claim, *secretOf(claim->accessKey));
    if (!fine) return tl::unexpected(fine.error());
    if (request.method == "GET") return claim;
    const std::string tag =
        std::string{request.header("amz-sdk-invocation-id")}.append(request.header("amz-sdk-request"));
    switch (replays_.admit(claim->signature, tag, claim->signedAt, clock_())) {
        case ReplayGuard::Verdict::Fresh: return claim;
        case ReplayGuard::Verdict::Full:
            return tl::unexpected(AwsError{429, "TooManyRequestsException",
                                           "More requests than can be told from replays: try again later."});
        case ReplayGuard::Verdict::Replayed: break;
    }
    return tl::unexpected(AwsError{403, "InvalidSignatureException",
                                   "This signature was used before: a request that changes something must be "
                                   "signed anew each time it is sent."});
}

}  // namespace dogwatch::http

// AWS Signature Version 4, the verifying side, from the public description ("Signature Version 4 signing
// process", AWS General Reference): a request carries, in its Authorization header, an HMAC over a canonical
// form of itself with a key that is derived from a secret, a date, a region and a service. Pure: the time
// comes in as an argument.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/http/aws_error.h"
#include "core/http/message.h"
#include "core/model/time.h"

namespace dogwatch::http {

/// A request may be signed this long before or after now.
constexpr Duration kSignatureSkew = std::chrono::minutes{5};
constexpr std::string_view kLambdaService = "lambda";

/// The parts of an Authorization header.
struct Claim {
    std::string accessKey;
    std::string date;    ///< of the scope: "20150830"
    std::string region;  ///< of the scope
    std::string service;
    std::vector<std::string> signedHeaders;  ///< lower case, sorted
    std::string signature;                   ///< 64 digits
    std::string timestamp;                   ///< X-Amz-Date: "20150830T123600Z"
    Time signedAt{};
};

/// The secret of an access key; none: unknown.
using SecretOf = std::function<std::optional<std::string>(std::string_view accessKey)>;

/// What can be told from the head alone: that the header is well formed and for `service`, that the key is
/// known, that the time is near `now`, and that everything that must be signed is said to be.
tl::expected<Claim, AwsError> readClaim(const Request& head, const SecretOf& secretOf, Time now,
                                        std::string_view service = kLambdaService);

/// Whether the signature is that of this request, body included. Compares in constant time.
tl::expected<void, AwsError> verifySignature(const Request& request, const Claim& claim,
                                             std::string_view secret);

// The steps, for tests and for whoever signs.
std::string canonicalRequest(const Request& request, const std::vector<std::string>& signedHeaders,
                             std::string_view payloadHash);
std::string stringToSign(const Claim& claim, std::string_view canonicalRequest);
std::string signatureOf(const Claim& claim, std::string_view secret, std::string_view stringToSign);
/// SHA-256 in lower-case hexadecimal digits.
std::string sha256Hex(std::string_view bytes);

/// "20150830T123600Z" as a time; none when it is not of that form.
std::optional<Time> parseAmzDate(std::string_view text);

}  // namespace dogwatch::http

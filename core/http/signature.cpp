#include "core/http/signature.h"

#include <fmt/format.h>

#include <QByteArray>
#include <QCryptographicHash>
#include <QMessageAuthenticationCode>
#include <algorithm>
#include <array>
#include <charconv>

namespace dogwatch::http {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
constexpr std::string_view kTerminator = "aws4_request";
constexpr std::size_t kLongestAuthorization = 4096;
constexpr std::size_t kMostSignedHeaders = 64;
constexpr std::size_t kSignatureLength = 64;

QByteArray bytesOf(std::string_view text) {
    return QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size()));
}

QByteArray hmac(const QByteArray& key, std::string_view message) {
    return QMessageAuthenticationCode::hash(bytesOf(message), key, QCryptographicHash::Sha256);
}

bool isUnreserved(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '~';
}

std::string percentEncoded(std::string_view text, bool keepSlash) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string encoded;
    encoded.reserve(text.size());
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (isUnreserved(c) || (keepSlash && c == '/')) {
            encoded += c;
        } else {
            encoded += {'%', kDigits[byte >> 4U], kDigits[byte & 0x0FU]};
        }
    }
    return encoded;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

/// Without "." and "..", and without empty segments (RFC 3986, 5.2.4).
std::string normalizedPath(std::string_view path) {
    std::vector<std::string_view> kept;
    for (const auto segment : split(path, '/')) {
        if (segment.empty() || segment == ".") continue;
        if (segment != "..") {
            kept.push_back(segment);
        } else if (!kept.empty()) {
            kept.pop_back();
        }
    }
    std::string normalized;
    for (const auto segment : kept) normalized.append("/").append(segment);
    const bool slash = path.ends_with('/') || path.ends_with("/.") || path.ends_with("/..");
    if (normalized.empty() || slash) normalized += '/';
    return normalized;
}

std::string canonicalQuery(std::string_view query) {
    std::vector<std::pair<std::string, std::string>> parameters;
    for (const auto pair : split(query, '&')) {
        if (pair.empty()) continue;
        const auto equals = pair.find('=');
        const auto value = equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
        parameters.emplace_back(percentEncoded(percentDecoded(pair.substr(0, equals)), false),
                                percentEncoded(percentDecoded(value), false));
    }
    std::sort(parameters.begin(), parameters.end());
    std::string canonical;
    for (const auto& [name, value] : parameters) {
        if (!canonical.empty()) canonical += '&';
        canonical.append(name).append("=").append(value);
    }
    return canonical;
}

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Without blanks at its ends, and with one space for each run of them inside.
void appendTrimmed(std::string& out, std::string_view value) {
    const std::size_t begin = out.size();
    bool blank = false;
    for (const char c : value) {
        if (isBlank(c)) {
            blank = true;
            continue;
        }
        if (blank && out.size() > begin) out += ' ';
        blank = false;
        out += c;
    }
}

std::string canonicalHeaders(const Request& request, const std::vector<std::string>& names) {
    std::string canonical;
    for (const auto& name : names) {
        canonical.append(name).append(":");
        bool first = true;
        for (const auto& [key, value] : request.headers) {
            if (!sameName(key, name)) continue;
            if (!first) canonical += ',';
            first = false;
            appendTrimmed(canonical, value);
        }
        canonical += '\n';
    }
    return canonical;
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) {
        if (!text.empty()) text += ';';
        text += name;
    }
    return text;
}

std::string lowered(std::string_view text) {
    std::string result{text};
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

bool isDigits(std::string_view text, std::string_view digits, std::size_t length) {
    return text.size() == length && text.find_first_not_of(digits) == std::string_view::npos;
}

bool sameInConstantTime(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    volatile unsigned difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        difference = difference | (static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
    }
    return difference == 0;
}

tl::unexpected<AwsError> forbidden(const char* type, std::string message) {
    return tl::unexpected(AwsError{403, type, std::move(message)});
}

tl::unexpected<AwsError> incomplete(std::string message) {
    return forbidden("IncompleteSignatureException", std::move(message));
}

/// "Credential=KEY/DATE/REGION/SERVICE/aws4_request, SignedHeaders=a;b, Signature=HEX"
tl::expected<Claim, AwsError> parseAuthorization(std::string_view text) {
    text.remove_prefix(kAlgorithm.size());
    Claim claim;
    std::string_view credential;
    for (auto part : split(text, ',')) {
        while (!part.empty() && isBlank(part.front())) part.remove_prefix(1);
        const auto equals = part.find('=');
        const auto name = part.substr(0, equals);
        const auto value = equals == std::string_view::npos ? std::string_view{} : part.substr(equals + 1);
        if (name == "Credential") {
            credential = value;
        } else if (name == "SignedHeaders") {
            for (const auto header : split(value, ';')) claim.signedHeaders.push_back(lowered(header));
        } else if (name == "Signature") {
            claim.signature = value;
        } else {
            return incomplete(
                fmt::format("The Authorization header has a part \"{}\" that is not known.", name));
        }
    }
    const auto scope = split(credential, '/');
    if (scope.size() != 5 || scope[4] != kTerminator) {
        return incomplete("Credential must be ACCESS-KEY/YYYYMMDD/REGION/SERVICE/aws4_request.");
    }
    claim.accessKey = scope[0];
    claim.date = scope[1];
    claim.region = scope[2];
    claim.service = scope[3];
    if (claim.signedHeaders.empty() || claim.signedHeaders.size() > kMostSignedHeaders ||
        !std::is_sorted(claim.signedHeaders.begin(), claim.signedHeaders.end())) {
        return incomplete("SignedHeaders must be the names of the signed headers, sorted.");
    }
    if (!isDigits(claim.signature, "0123456789abcdef", kSignatureLength)) {
        return incomplete("Signature must be 64 lower-case hexadecimal digits.");
    }
    return claim;
}

/// Headers that could change what a request means must be signed; those of tracing and of hops need not be.
bool mustBeSigned(std::string_view lowerName) {
    return lowerName == "host" || lowerName == "x-amz-date" ||
           (lowerName.starts_with("x-amz-") && lowerName != "x-amz-security-token");
}

tl::expected<void, AwsError> checkHeaders(const Request& head, const Claim& claim) {
    const auto isSigned = [&](const std::string& name) {
        return std::binary_search(claim.signedHeaders.begin(), claim.signedHeaders.end(), name);
    };
    for (const char* needed : {"host", "x-amz-date"}) {
        if (head.header(needed).empty() || !isSigned(needed)) {
            return incomplete(fmt::format("The header \"{}\" must be there and be signed.", needed));
        }
    }
    for (const auto& [name, value] : head.headers) {
        const auto lower = lowered(name);
        if (mustBeSigned(lower) && !isSigned(lower)) {
            return incomplete(fmt::format("The header \"{}\" is not signed.", lower));
        }
    }
    for (const auto& name : claim.signedHeaders) {
        const bool there = std::any_of(head.headers.begin(), head.headers.end(),
                                       [&](const auto& each) { return sameName(each.first, name); });
        if (!there) return incomplete(fmt::format("The signed header \"{}\" is missing.", name));
    }
    return {};
}

std::string amzDate(Time time) {
    auto text = toIso(std::chrono::floor<std::chrono::seconds>(time));  // "2015-08-30T12:36:00Z"
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

tl::expected<void, AwsError> checkTime(Claim& claim, Time now) {
    const auto time = parseAmzDate(claim.timestamp);
    if (!time) return incomplete("X-Amz-Date must be of the form YYYYMMDDTHHMMSSZ.");
    if (claim.timestamp.substr(0, 8) != claim.date) {
        return forbidden("InvalidSignatureException",
                         "Date in Credential scope does not match YYYYMMDD from "
                         "ISO-8601 version of date from HTTP.");
    }
    claim.signedAt = *time;
    if (*time < now - kSignatureSkew) {
        return forbidden("InvalidSignatureException",
                         fmt::format("Signature expired: {} is now earlier than {} ({} - 5 min.)",
                                     claim.timestamp, amzDate(now - kSignatureSkew), amzDate(now)));
    }
    if (*time > now + kSignatureSkew) {
        return forbidden("InvalidSignatureException",
                         fmt::format("Signature not yet current: {} is still later than {} ({} + 5 min.)",
                                     claim.timestamp, amzDate(now + kSignatureSkew), amzDate(now)));
    }
    return {};
}

}  // namespace

std::optional<Time> parseAmzDate(std::string_view text) {
    if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
    const auto iso =
        fmt::format("{}-{}-{}T{}:{}:{}Z", text.substr(0, 4), text.substr(4, 2), text.substr(6, 2),
                    text.substr(9, 2), text.substr(11, 2), text.substr(13, 2));
    if (!isDigits(text.substr(0, 8), "0123456789", 8) || !isDigits(text.substr(9, 6), "0123456789", 6)) {
        return std::nullopt;
    }
    const auto time = parseAbsoluteTime(iso);
    return time ? std::optional<Time>(*time) : std::nullopt;
}

std::string sha256Hex(std::string_view bytes) {
    return QCryptographicHash::hash(bytesOf(bytes), QCryptographicHash::Sha256).toHex().toStdString();
}

std::string canonicalRequest(const Request& request, const std::vector<std::string>& signedHeaders,
                             std::string_view payloadHash) {
    return fmt::format("{}\n{}\n{}\n{}\n{}\n{}", request.method,
                       percentEncoded(normalizedPath(request.path()), true), canonicalQuery(request.query()),
                       canonicalHeaders(request, signedHeaders), joined(signedHeaders), payloadHash);
}

std::string stringToSign(const Claim& claim, std::string_view canonicalRequest) {
    return fmt::format("{}\n{}\n{}/{}/{}/{}\n{}", kAlgorithm, claim.timestamp, claim.date, claim.region,
                       claim.service, kTerminator, sha256Hex(canonicalRequest));
}

std::string signatureOf(const Claim& claim, std::string_view secret, std::string_view stringToSign) {
    auto key = hmac(QByteArray("AWS4").append(bytesOf(secret)), claim.date);
    key = hmac(key, claim.region);
    key = hmac(key, claim.service);
    key = hmac(key, kTerminator);
    return hmac(key, stringToSign).toHex().toStdString();
}

tl::expected<Claim, AwsError> readClaim(const Request& head, const SecretOf& secretOf, Time now,
                                        std::string_view service) {
    const auto header = head.header("authorization");
    if (header.empty())
        return forbidden("MissingAuthenticationTokenException", "Missing Authentication Token");
    if (!header.starts_with(kAlgorithm) || header.size() > kLongestAuthorization) {
        return incomplete("The Authorization header must be that of AWS4-HMAC-SHA256.");
    }
    auto claim = parseAuthorization(header);
    if (!claim) return claim;
    claim->timestamp = head.header("x-amz-date");
    if (const auto fine = checkHeaders(head, *claim); !fine) return tl::unexpected(fine.error());
    if (claim->service != service) {
        return forbidden("InvalidSignatureException",
                         fmt::format("Credential should be scoped to correct service: '{}'.", service));
    }
    if (!secretOf(claim->accessKey)) {
        return forbidden("UnrecognizedClientException",
                         "The security token included in the request is invalid.");
    }
    if (const auto fine = checkTime(*claim, now); !fine) return tl::unexpected(fine.error());
    return claim;
}

tl::expected<void, AwsError> verifySignature(const Request& request, const Claim& claim,
                                             std::string_view secret) {
    const auto hash = sha256Hex(request.body);
    const auto said = request.header("x-amz-content-sha256");
    if (!said.empty() && said != hash) {
        return forbidden("InvalidSignatureException",
                         "X-Amz-Content-Sha256 is not the SHA-256 of the body; unsigned and chunked payloads "
                         "are not accepted.");
    }
    const auto canonical = canonicalRequest(request, claim.signedHeaders, hash);
    const auto expected = signatureOf(claim, secret, stringToSign(claim, canonical));
    if (sameInConstantTime(expected, claim.signature)) return {};
    return forbidden("InvalidSignatureException",
                     "The request signature we calculated does not match the signature you provided. Check "
                     "your AWS Secret Access Key and signing method. Consult the service documentation for "
                     "details.");
}

}  // namespace dogwatch::http

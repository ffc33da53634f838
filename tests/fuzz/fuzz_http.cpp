// Any request over HTTP, once its bytes are one: its signature is read, it is told apart, and refused with
// one of AWS's errors or understood.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "core/http/lambda_call.h"
#include "core/http/signature.h"

using namespace dogwatch;

namespace {

const Time kNow = timeFromUs(1'440'938'160'000'000);  // 2015-08-30T12:36:00Z

void require(bool holds) {
    if (!holds) std::abort();
}

void check(const http::AwsError& error) {
    require(error.status >= 400 && error.status < 600 && !error.type.empty() && !error.message.empty());
    const auto response = http::errorResponse(error, "id");
    require(parseJson(response.body).has_value());
    for (const auto& [name, value] : response.headers)
        require(value.find_first_of("\r\n") == std::string::npos);
}

/// "METHOD TARGET", lines of "name:value", an empty line, the body.
http::Request requestOf(std::string_view text) {
    http::Request request;
    const auto take = [&text] {
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        return line;
    };
    const auto first = take();
    const auto space = first.find(' ');
    request.method = first.substr(0, space);
    if (space != std::string_view::npos) request.target = first.substr(space + 1);
    for (auto line = take(); !line.empty(); line = take()) {
        const auto colon = line.find(':');
        request.headers.emplace_back(line.substr(0, colon), colon == std::string_view::npos
                                                                ? std::string_view{}
                                                                : line.substr(colon + 1));
    }
    request.body = text;
    return request;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto request = requestOf({reinterpret_cast<const char*>(data), size});
    const auto secretOf = [](std::string_view key) {
        return key == "AKIDEXAMPLE" ? std::optional<std::string>("secret") : std::nullopt;
    };
    const auto claim = http::readClaim(request, secretOf, kNow);
    if (!claim) {
        require(claim.error().status == 403);
        check(claim.error());
    } else {
        require(!claim->signedHeaders.empty() && claim->signature.size() == 64);
        if (const auto fine = http::verifySignature(request, *claim, "secret"); !fine) check(fine.error());
    }
    require(http::largestBody(request.method, request.path()) <= 100U << 20U);
    const auto call = http::readCall(request, claim.value_or(http::Claim{}), "id");
    if (!call) check(call.error());
    return 0;
}

#include "core/http/lambda_call.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include "core/model/function.h"

namespace dogwatch::http {
namespace {

constexpr std::size_t kLargestSettings = 256U << 10U;
constexpr std::size_t kLargestUpload = kLargestCode / 3 * 4 + kLargestSettings;  // the zip is base64
constexpr std::size_t kLongestReference = 170;
constexpr std::int64_t kMostItems = 50;  // a page of AWS holds no more
constexpr std::string_view kFunctions = "functions";

struct Route {
    std::string_view method;
    std::string_view date;   ///< of the API's version: the first part of the path
    std::string_view child;  ///< what follows the function's name; empty: nothing
    bool named;              ///< whether a function is named
    Operation operation;
};

constexpr std::array kRoutes = {
    Route{"POST", "2015-03-31", "", false, Operation::CreateFunction},
    Route{"GET", "2015-03-31", "", false, Operation::ListFunctions},
    Route{"GET", "2015-03-31", "", true, Operation::GetFunction},
    Route{"DELETE", "2015-03-31", "", true, Operation::DeleteFunction},
    Route{"GET", "2015-03-31", "configuration", true, Operation::GetFunctionConfiguration},
    Route{"PUT", "2015-03-31", "configuration", true, Operation::UpdateFunctionConfiguration},
    Route{"PUT", "2015-03-31", "code", true, Operation::UpdateFunctionCode},
    Route{"POST", "2015-03-31", "invocations", true, Operation::Invoke},
    Route{"PUT", "2017-10-31", "concurrency", true, Operation::PutFunctionConcurrency},
    Route{"DELETE", "2017-10-31", "concurrency", true, Operation::DeleteFunctionConcurrency},
    Route{"GET", "2019-09-30", "concurrency", true, Operation::GetFunctionConcurrency},
    Route{"PUT", "2019-09-25", "event-invoke-config", true, Operation::PutFunctionEventInvokeConfig},
    Route{"POST", "2019-09-25", "event-invoke-config", true, Operation::UpdateFunctionEventInvokeConfig},
    Route{"GET", "2019-09-25", "event-invoke-config", true, Operation::GetFunctionEventInvokeConfig},
    Route{"DELETE", "2019-09-25", "event-invoke-config", true, Operation::DeleteFunctionEventInvokeConfig},
};

struct Place {
    const Route* route = nullptr;  ///< null: there is no such operation
    std::string_view function;     ///< as in the path
};

std::vector<std::string_view> segmentsOf(std::string_view path) {
    std::vector<std::string_view> segments;
    while (!path.empty()) {
        const auto segment = path.substr(0, path.find('/'));
        if (!segment.empty()) segments.push_back(segment);
        path.remove_prefix(std::min(segment.size() + 1, path.size()));
    }
    return segments;
}

/// "/2015-03-31/functions/NAME/code"
Place placeOf(std::string_view method, std::string_view path) {
    const auto segments = segmentsOf(path);
    if (segments.size() < 2 || segments.size() > 4 || segments[1] != kFunctions) return {};
    const bool named = segments.size() > 2;
    const auto child = segments.size() > 3 ? segments[3] : std::string_view{};
    const auto* const found = std::find_if(kRoutes.begin(), kRoutes.end(), [&](const Route& route) {
        return route.method == method && route.date == segments[0] && route.named == named &&
               route.child == child;
    });
    return found != kRoutes.end() ? Place{found, named ? segments[2] : std::string_view{}} : Place{};
}

bool takesJson(Operation operation) {
    switch (operation) {
        case Operation::CreateFunction:
        case Operation::UpdateFunctionCode:
        case Operation::UpdateFunctionConfiguration:
        case Operation::PutFunctionConcurrency:
        case Operation::PutFunctionEventInvokeConfig:
        case Operation::UpdateFunctionEventInvokeConfig: return true;
        default: return false;
    }
}

tl::unexpected<AwsError> invalidCall(std::string message) {
    return tl::unexpected(invalidParameter(std::move(message)));
}

tl::expected<void, AwsError> readPage(const Request& request, Call& call) {
    call.marker = request.parameter("Marker");
    const auto items = request.parameter("MaxItems");
    if (items.empty()) return {};
    const auto [end, code] = std::from_chars(items.data(), items.data() + items.size(), call.maxItems);
    if (code != std::errc{} || end != items.data() + items.size() || call.maxItems < 1 ||
        call.maxItems > 10'000) {
        return invalidCall("MaxItems: a whole number from 1 to 10000");
    }
    call.maxItems = std::min(call.maxItems, kMostItems);
    return {};
}

tl::expected<void, AwsError> readInvocation(const Request& request, const Claim& claim, Call& call) {
    const auto type = request.header("x-amz-invocation-type");
    if (type == "Event") {
        call.type = InvocationType::Event;
    } else if (type == "DryRun") {
        call.type = InvocationType::DryRun;
    } else if (!type.empty() && type != "RequestResponse") {
        return invalidCall("InvocationType: RequestResponse, Event or DryRun");
    }
    const auto log = request.header("x-amz-log-type");
    if (!log.empty() && log != "None" && log != "Tail") return invalidCall("LogType: None or Tail");
    call.tailLog = log == "Tail";
    call.payload = request.body.empty() ? "{}" : request.body;
    if (const auto json = parseJson(call.payload); !json) {
        return tl::unexpected(AwsError{400, "InvalidRequestContentException",
                                       "Could not parse request body into json: " + json.error().text()});
    }
    // SDKs send one invocation id with all retries of a request. Without one the signature tells a request.
    const auto id = request.header("amz-sdk-invocation-id");
    const bool usable = !id.empty() && id.size() <= 64;
    call.idempotencyKey = usable ? fmt::format("aws-sdk:{}:{}", id, sha256Hex(call.payload).substr(0, 16))
                                 : fmt::format("sigv4:{}", claim.signature);
    return {};
}

template <typename T>
tl::expected<void, AwsError> assign(tl::expected<T, AwsError> read, T& out) {
    if (!read) return tl::unexpected(std::move(read.error()));
    out = std::move(*read);
    return {};
}

tl::expected<void, AwsError> readBody(const json::object& body, Call& call) {
    switch (call.operation) {
        case Operation::CreateFunction: return assign(readCreateFunction(body), call.settings);
        case Operation::UpdateFunctionCode: return assign(readUpdateFunctionCode(body), call.settings);
        case Operation::UpdateFunctionConfiguration:
            return assign(readUpdateFunctionConfiguration(body), call.settings);
        case Operation::PutFunctionConcurrency: return assign(readConcurrency(body), call.concurrency);
        case Operation::PutFunctionEventInvokeConfig:
        case Operation::UpdateFunctionEventInvokeConfig:
            return assign(readEventInvokeConfig(body), call.eventInvoke);
        default: return {};
    }
}

tl::expected<void, AwsError> readDetails(const Request& request, const Claim& claim, Call& call) {
    if (call.operation == Operation::ListFunctions) return readPage(request, call);
    if (call.operation == Operation::Invoke) return readInvocation(request, claim, call);
    if (!takesJson(call.operation)) return {};
    auto body = parseJson(request.body, {kLargestUpload, 16});
    if (!body || !body->is_object()) {
        return tl::unexpected(
            AwsError{400, "InvalidRequestContentException",
                     body ? "The body must be a JSON object."
                          : "Could not parse request body into json: " + body.error().text()});
    }
    return readBody(body->get_object(), call);
}

}  // namespace

std::size_t largestBody(std::string_view method, std::string_view path) {
    const auto* route = placeOf(method, path).route;
    if (route == nullptr) return 0;
    if (route->operation == Operation::CreateFunction || route->operation == Operation::UpdateFunctionCode) {
        return kLargestUpload;
    }
    if (route->operation == Operation::Invoke) return kLargestPayload;
    return takesJson(route->operation) ? kLargestSettings : 4096;
}

tl::expected<FunctionReference, AwsError> parseFunctionReference(std::string_view text) {
    const auto fault = [&] {
        return invalidCall(fmt::format("FunctionName: a name, NAME:QUALIFIER or an ARN, not \"{}\"",
                                       text.substr(0, kLongestReference)));
    };
    if (text.size() > kLongestReference) return fault();
    std::vector<std::string_view> parts;
    for (auto rest = text;;) {
        const auto colon = rest.find(':');
        parts.push_back(rest.substr(0, colon));
        if (colon == std::string_view::npos) break;
        rest.remove_prefix(colon + 1);
    }
    // [arn:aws:lambda:REGION:]ACCOUNT:function:NAME[:QUALIFIER], or NAME[:QUALIFIER]
    const auto word = std::find(parts.begin(), parts.end(), kFunctions.substr(0, kFunctions.size() - 1));
    auto name = parts.begin();
    if (word != parts.end() && word != parts.begin() && word + 1 != parts.end()) name = word + 1;
    const auto after = parts.end() - name;
    if (after > 2 || !isName(*name)) return fault();
    FunctionReference reference{std::string{*name}, {}};
    if (after == 2) reference.qualifier = name[1];
    return reference;
}

tl::expected<Call, AwsError> readCall(const Request& request, const Claim& claim, std::string requestId) {
    const auto place = placeOf(request.method, request.path());
    if (place.route == nullptr) {
        return tl::unexpected(AwsError{404, "UnknownOperationException",
                                       fmt::format("There is no operation {} {}; docs/http.md lists those "
                                                   "there are.",
                                                   request.method, request.path())});
    }
    Call call;
    call.operation = place.route->operation;
    call.requestId = std::move(requestId);
    call.region = claim.region;
    if (place.route->named) {
        auto reference = parseFunctionReference(percentDecoded(place.function));
        if (!reference) return tl::unexpected(reference.error());
        call.function = std::move(reference->name);
        call.qualifier = std::move(reference->qualifier);
        if (call.qualifier.empty()) call.qualifier = request.parameter("Qualifier");
    }
    if (auto read = readDetails(request, claim, call); !read) return tl::unexpected(read.error());
    return call;
}

}  // namespace dogwatch::http

// A request to AWS's Lambda REST API (its public API reference names paths, headers and errors), taken apart
// and checked as far as that needs no knowledge of what there is. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/http/aws_error.h"
#include "core/http/lambda_settings.h"
#include "core/http/message.h"
#include "core/http/signature.h"

namespace dogwatch::http {

enum class Operation {
    CreateFunction,
    ListFunctions,
    GetFunction,
    GetFunctionConfiguration,
    UpdateFunctionCode,
    UpdateFunctionConfiguration,
    DeleteFunction,
    Invoke,
    PutFunctionConcurrency,
    GetFunctionConcurrency,
    DeleteFunctionConcurrency,
    PutFunctionEventInvokeConfig,
    UpdateFunctionEventInvokeConfig,
    GetFunctionEventInvokeConfig,
    DeleteFunctionEventInvokeConfig,
};

enum class InvocationType { RequestResponse, Event, DryRun };

struct Call {
    Operation operation = Operation::ListFunctions;
    std::string function;   ///< its name; empty where none is named
    std::string qualifier;  ///< a version; empty: the newest
    std::string requestId;
    std::string region;             ///< as the client signed it, for ARNs
    Settings settings;              ///< CreateFunction, UpdateFunctionCode, UpdateFunctionConfiguration
    std::int64_t concurrency = 0;   ///< PutFunctionConcurrency
    EventInvokeConfig eventInvoke;  ///< Put-, UpdateFunctionEventInvokeConfig
    std::string marker;             ///< ListFunctions
    std::int64_t maxItems = 50;
    InvocationType type = InvocationType::RequestResponse;  ///< Invoke, and what follows
    bool tailLog = false;
    std::string payload;  ///< JSON text
    /// What retries of one request have in common; the same for as long as it is remembered, runs once.
    std::string idempotencyKey;
};

/// The largest body that a request to this path may have.
std::size_t largestBody(std::string_view method, std::string_view path);

/// `claim`: of its verified signature.
tl::expected<Call, AwsError> readCall(const Request& request, const Claim& claim, std::string requestId);

/// A function's name out of a name, a partial or a full ARN, each maybe with a qualifier.
struct FunctionReference {
    std::string name;
    std::string qualifier;
};
tl::expected<FunctionReference, AwsError> parseFunctionReference(std::string_view text);

}  // namespace dogwatch::http

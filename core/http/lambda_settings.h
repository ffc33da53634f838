// Functions in the terms of AWS Lambda and back: names of runtimes, units, keys. Pure.
//
// What Lambda knows and Dogwatch does not (the role, the description, the exact name of the runtime) is kept
// in tags that begin with "aws:", a prefix that AWS reserves for itself, and is told back as it was given.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/http/aws_error.h"
#include "core/model/function.h"
#include "core/model/json.h"

namespace dogwatch::http {

/// What a request sets; what it leaves out stays as it is.
struct Settings {
    json::object definition;                 ///< keys of FUNCTION (docs/api.md), but for name and tags
    std::map<std::string, std::string> own;  ///< "aws:" tags
    std::optional<std::map<std::string, std::string>> tags;
    std::string revisionId;  ///< the change is for this revision alone; empty: for any
    bool dryRun = false;
};

tl::expected<Settings, AwsError> readCreateFunction(const json::object& body);
tl::expected<Settings, AwsError> readUpdateFunctionCode(const json::object& body);
tl::expected<Settings, AwsError> readUpdateFunctionConfiguration(const json::object& body);

/// How often and how long asynchronous invocations are tried.
struct EventInvokeConfig {
    std::optional<std::int64_t> retries;
    std::optional<std::int64_t> maxAgeSeconds;
};
constexpr std::int64_t kDefaultRetries = 2;                             ///< as AWS
constexpr std::int64_t kDefaultMaxAgeSeconds = std::int64_t{6} * 3600;  ///< as AWS
tl::expected<EventInvokeConfig, AwsError> readEventInvokeConfig(const json::object& body);
tl::expected<std::int64_t, AwsError> readConcurrency(const json::object& body);

/// The function's tags with those of `settings` laid over them.
std::map<std::string, std::string> mergedTags(const std::map<std::string, std::string>& current,
                                              const Settings& settings);
json::object tagsToJson(const std::map<std::string, std::string>& tags);

/// The tag that tells that an event-invoke configuration was put.
constexpr std::string_view kEventInvokeTag = "aws:event-invoke-config";

/// "python3.11" -> "python3"; empty: nothing here runs it.
std::string runtimeFromAws(std::string_view name);

std::string functionArn(std::string_view region, std::string_view name);
std::string revisionIdOf(const Function& function);
/// `codeSha256`: base64.
json::object functionConfiguration(const Function& function, std::string_view region,
                                   std::string_view codeSha256);
json::object userTags(const Function& function);
json::object eventInvokeConfiguration(const Function& function, std::string_view region);
std::string codeSha256Of(const Function& function);

}  // namespace dogwatch::http

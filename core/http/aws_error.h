// Errors as AWS's REST-JSON services tell them: a status, a type in x-amzn-ErrorType, a message in the body.
#pragma once

#include <string>
#include <string_view>

#include "core/http/message.h"
#include "core/model/result.h"

namespace dogwatch::http {

struct AwsError {
    int status = 500;
    std::string type;  ///< "ResourceNotFoundException", ...
    std::string message;
};

AwsError invalidParameter(std::string message);
/// What a service of the control plane refuses, in AWS's terms.
AwsError awsError(const Error& error);

/// {"Type","Message","message"}: SDKs read the one or the other.
Response errorResponse(const AwsError& error, std::string_view requestId);

}  // namespace dogwatch::http

#include "core/http/aws_error.h"

#include <QString>
#include <utility>

#include "core/model/json.h"

namespace dogwatch::http {

AwsError invalidParameter(std::string message) {
    return {400, "InvalidParameterValueException", std::move(message)};
}

AwsError awsError(const Error& error) {
    switch (error.kind) {
        case Error::Kind::Invalid: return invalidParameter(error.text());
        case Error::Kind::NotFound: return {404, "ResourceNotFoundException", error.text()};
        case Error::Kind::Conflict: return {409, "ResourceConflictException", error.text()};
        case Error::Kind::Refused: return {429, "TooManyRequestsException", error.text()};
        case Error::Kind::Unavailable: return {503, "ServiceException", error.text()};
        case Error::Kind::Io:
        case Error::Kind::Internal: break;
    }
    return {500, "ServiceException", error.text()};
}

Response errorResponse(const AwsError& error, std::string_view requestId) {
    // It may quote bytes of the request, which JSON cannot hold where they are no UTF-8.
    const std::string message = QString::fromStdString(error.message).toStdString();
    const json::object body{
        {"Type", error.status < 500 ? "User" : "Service"}, {"Message", message}, {"message", message}};
    Response response{error.status,
                      {{"Content-Type", "application/json"},
                       {"x-amzn-ErrorType", error.type},
                       {"x-amzn-RequestId", std::string{requestId}}},
                      toJson(body)};
    if (error.status == 429 || error.status == 503) response.headers.emplace_back("Retry-After", "1");
    return response;
}

}  // namespace dogwatch::http

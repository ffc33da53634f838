#include "core/http/lambda_invoke.h"

#include <absl/strings/escaping.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace dogwatch::http {
namespace {

constexpr double kUsPerMs = 1000.0;
constexpr double kUsInSecond = 1e6;
constexpr std::int64_t kBytesPerMiB = 1 << 20;

bool isIdentifier(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '.';
    });
}

/// "ValueError: no such thing" -> its type, and the rest.
std::pair<std::string, std::string> splitException(const std::string& message) {
    const auto colon = message.find(": ");
    if (colon == std::string::npos || !isIdentifier(std::string_view{message}.substr(0, colon))) {
        return isIdentifier(message) ? std::pair{message, std::string{}}
                                     : std::pair{std::string{"Error"}, message};
    }
    return {message.substr(0, colon), message.substr(colon + 2)};
}

json::array linesOf(std::string_view text) {
    json::array lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size() - 1) + 1;
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return lines;
}

json::object errorOf(const ExecutionDetail& detail) {
    const auto& execution = detail.execution;
    const auto told = [&](std::string_view what) {
        return fmt::format("RequestId: {} Error: {}", execution.id, what);
    };
    json::object error{{"requestId", execution.id}};
    if (execution.error == "exception") {
        const auto [type, message] = splitException(execution.message);
        error["errorType"] = type;
        error["errorMessage"] = message;
        error["stackTrace"] = linesOf(detail.output.traceback);
    } else if (execution.error == "timeout") {
        error["errorType"] = "Sandbox.Timedout";
        const auto seconds = static_cast<double>(detail.terms.timeout.count()) / kUsInSecond;
        error["errorMessage"] = told(fmt::format("Task timed out after {:.2f} seconds", seconds));
    } else if (execution.error == "out_of_memory") {
        error["errorType"] = "Runtime.OutOfMemory";
        error["errorMessage"] = told(execution.message);
    } else {
        error["errorType"] = execution.error == "exit" ? "Runtime.ExitError" : "Sandbox.Failure";
        error["errorMessage"] = told(execution.message);
    }
    return error;
}

Response answer(const std::string& requestId, std::string body) {
    return {200,
            {{"Content-Type", "application/json"},
             {"x-amzn-RequestId", requestId},
             {"X-Amz-Executed-Version", "$LATEST"}},
            std::move(body)};
}

Response functionError(const std::string& requestId, const json::object& error) {
    auto response = answer(requestId, toJson(error));
    response.headers.emplace_back("X-Amz-Function-Error", "Unhandled");
    return response;
}

/// Accepted, and then given up before or between attempts.
Response dropped(const Execution& execution) {
    return errorResponse(
        {503, "ServiceException",
         fmt::format("The execution {} was dropped before it could end: it was cancelled, waited "
                     "longer than its function's maximum age, or its function was removed.",
                     execution.id)},
        execution.id);
}

}  // namespace

dispatch::Request dispatchRequest(Call& call) {
    dispatch::Request request;
    request.function = call.function;
    request.payload = std::move(call.payload);
    request.idempotencyKey = std::move(call.idempotencyKey);
    // AWS tries asynchronous invocations again, and leaves synchronous ones to the caller.
    if (call.type == InvocationType::RequestResponse) request.retries = 0;
    return request;
}

std::string logTail(const ExecutionDetail& detail) {
    const auto& execution = detail.execution;
    std::string log =
        fmt::format("START RequestId: {} Version: $LATEST\n{}", execution.id, detail.output.output);
    if (log.back() != '\n') log += '\n';
    const auto ms = static_cast<double>(execution.durationUs.value_or(0)) / kUsPerMs;
    log += fmt::format(
        "END RequestId: {0}\nREPORT RequestId: {0}\tDuration: {1:.2f} ms\tMax Memory Used: {2} MB\t"
        "Init Duration: {3:.2f} ms\n",
        execution.id, ms, (detail.output.memoryPeakBytes + kBytesPerMiB - 1) / kBytesPerMiB,
        static_cast<double>(execution.initUs.value_or(0)) / kUsPerMs);
    if (log.size() <= kLogTail) return log;
    std::size_t begin = log.size() - kLogTail;
    while (begin < log.size() && (static_cast<unsigned char>(log[begin]) & 0xC0U) == 0x80U) ++begin;
    return log.substr(begin);
}

Response invocationResponse(const ExecutionDetail& detail, bool tailLog) {
    const auto& execution = detail.execution;
    if (execution.state == ExecutionState::Dropped) return dropped(execution);
    Response response;
    if (execution.state == ExecutionState::Succeeded) {
        const bool tooLarge = detail.output.result.empty() && detail.output.resultBytes > 0;
        response =
            tooLarge ? functionError(
                           execution.id,
                           {{"errorType", "Function.ResponseSizeTooLarge"},
                            {"errorMessage",
                             fmt::format("Response payload size ({} bytes) exceeded maximum allowed payload "
                                         "size ({} bytes).",
                                         detail.output.resultBytes, kLargestResult)}})
                     : answer(execution.id, detail.output.result.empty() ? "null" : detail.output.result);
    } else {
        response = functionError(execution.id, errorOf(detail));
    }
    if (tailLog) response.headers.emplace_back("X-Amz-Log-Result", absl::Base64Escape(logTail(detail)));
    return response;
}

}  // namespace dogwatch::http

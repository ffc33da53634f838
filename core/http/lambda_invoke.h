// Invoke: an execution's end as AWS Lambda answers it. Pure.
#pragma once

#include <string>
#include <string_view>

#include "core/dispatch/dispatcher.h"
#include "core/http/lambda_call.h"
#include "core/http/message.h"
#include "core/model/execution.h"

namespace dogwatch::http {

/// The last bytes of the log that an answer carries, as with AWS.
constexpr std::size_t kLogTail = 4096;

/// Takes the payload out of the call.
dispatch::Request dispatchRequest(Call& call);

/// The answer once the execution is over: its result, or {"errorMessage","errorType","stackTrace"} with
/// X-Amz-Function-Error. An execution that never ran (dropped) is an error of the service.
Response invocationResponse(const ExecutionDetail& detail, bool tailLog);

/// START, what it printed, END and REPORT, cut to the last kLogTail bytes.
std::string logTail(const ExecutionDetail& detail);

}  // namespace dogwatch::http

// invoke, executions.*, deadletters.*
#include "core/api/encode.h"
#include "core/api/methods.h"

namespace dogwatch::api {
namespace {

constexpr std::int64_t kMostRows = 10'000;

std::string readTrigger(Params& params) {
    return params.textOr("trigger", "api");
}

void invoke(const Context& context, Params& params, const Answer& answer) {
    dispatch::Request request;
    request.function = params.text("function");
    if (const auto* payload = params.valueIf("payload")) request.payload = toJson(*payload);
    request.timeout = params.duration("timeout");
    request.trigger = readTrigger(params);
    request.idempotencyKey = params.textOr("idempotency_key");
    const bool async = params.flagOr("async");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    if (request.trigger != "api" && request.trigger != "console") {
        return answer(malformed("trigger", "\"api\" or \"console\""));
    }
    auto& executions = context.plane.executions();
    if (async) {
        executions.submit(std::move(request), encoded<std::string>(answer, [](const std::string& id) {
                              return json::object{{"execution", id}};
                          }));
        return;
    }
    executions.invoke(std::move(request), encoded<ExecutionDetail>(answer, encodeInvocation));
}

json::object encodeExecution(const Execution& execution) {
    return toJson(execution);
}

void list(const Context& context, Params& params, const Answer& answer) {
    journal::ExecutionQuery query;
    query.function = params.textOr("function");
    query.before = params.textOr("before");
    query.since = params.time("since");
    query.limit = params.numberOr("limit", 100, 1, kMostRows);
    const std::string state = params.textOr("state");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    if (!state.empty()) {
        const auto known = stateFromName(state);
        if (!known)
            return answer(
                malformed("state", "\"queued\", \"running\", \"succeeded\", \"failed\" or \"dropped\""));
        query.state = *known;
    }
    context.plane.executions().list(
        query, encoded<std::vector<Execution>>(answer, [](const std::vector<Execution>& executions) {
            return json::object{{"executions", encodeList(executions, encodeExecution)}};
        }));
}

void show(const Context& context, Params& params, const Answer& answer) {
    const std::string id = params.text("execution");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    auto& plane = context.plane;
    plane.executions().show(id, [&plane, id, answer](Result<ExecutionDetail> detail) {
        if (!detail) return answer(tl::unexpected(detail.error()));
        journal::RecordQuery query;
        query.execution = id;
        plane.queries().run<journal::RecordPage>(
            [query](journal::Reader& reader) { return reader.records(query); },
            encoded<journal::RecordPage>(answer, [detail = *detail](const journal::RecordPage& page) {
                json::object result = toJson(detail);
                result["records"] =
                    encodeList(page.records, [](const Record& record) { return toJson(record); });
                return result;
            }));
    });
}

void logs(const Context& context, Params& params, const Answer& answer) {
    const std::string id = params.text("execution");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    using Logs = control::ExecutionService::Logs;
    context.plane.executions().logs(
        id, encoded<Logs>(answer, [](const Logs& logs) {
            return json::object{{"output", logs.output}, {"output_bytes", logs.outputBytes}};
        }));
}

void cancel(const Context& context, Params& params, const Answer& answer) {
    const std::string id = params.text("execution");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    context.plane.executions().cancel(id, encoded<ExecutionState>(answer, [id](ExecutionState state) {
                                          return json::object{{"execution", id}, {"state", stateName(state)}};
                                      }));
}

void listDeadLetters(const Context& context, Params& /*params*/, const Answer& answer) {
    journal::ExecutionQuery query;
    query.deadLetters = true;
    query.limit = kMostRows;
    context.plane.executions().list(
        query, encoded<std::vector<Execution>>(answer, [](const std::vector<Execution>& executions) {
            return json::object{{"deadletters", encodeList(executions, encodeExecution)}};
        }));
}

void retryDeadLetters(const Context& context, Params& params, const Answer& answer) {
    const auto ids = params.texts("executions");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    context.plane.executions().retryDeadLetters(
        ids, encoded<std::vector<std::string>>(answer, [](const std::vector<std::string>& executions) {
            return json::object{{"executions", json::array(executions.begin(), executions.end())}};
        }));
}

void dropDeadLetters(const Context& context, Params& params, const Answer& answer) {
    const auto ids = params.texts("executions");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    context.plane.executions().dropDeadLetters(ids, encoded<std::int64_t>(answer, [](std::int64_t count) {
                                                   return json::object{{"dropped", count}};
                                               }));
}

}  // namespace

std::vector<Method> executionMethods() {
    return {
        {"invoke", {"function", "payload?", "timeout?", "async?", "trigger?", "idempotency_key?"}, invoke},
        {"executions.list", {"function?", "state?", "limit?", "before?", "since?"}, list},
        {"executions.show", {"execution"}, show},
        {"executions.logs", {"execution"}, logs},
        {"executions.cancel", {"execution"}, cancel},
        {"deadletters.list", {}, listDeadLetters},
        {"deadletters.retry", {"executions"}, retryDeadLetters},
        {"deadletters.drop", {"executions"}, dropDeadLetters}};
}

}  // namespace dogwatch::api

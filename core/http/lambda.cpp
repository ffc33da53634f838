#include "core/http/lambda.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/http/lambda_invoke.h"

namespace dogwatch::http {
namespace {

Response reply(const Call& call, int status, const json::object& body) {
    return {
        status, {{"Content-Type", "application/json"}, {"x-amzn-RequestId", call.requestId}}, toJson(body)};
}

Response nothing(const Call& call, int status = 204) {
    return {status, {{"x-amzn-RequestId", call.requestId}}, {}};
}

void refuse(const Call& call, const Respond& respond, AwsError error) {
    respond([error = std::move(error), id = call.requestId] { return errorResponse(error, id); });
}

Response configuration(const Call& call, const Function& function, CodeHashes& hashes) {
    return reply(call, call.operation == Operation::CreateFunction ? 201 : 200,
                 functionConfiguration(function, call.region, hashes.of(function)));
}

Response whole(const Call& call, const Function& function, CodeHashes& hashes) {
    json::object body{{"Configuration", functionConfiguration(function, call.region, hashes.of(function))},
                      {"Code", {{"RepositoryType", "Dogwatch"}}}};
    if (auto tags = userTags(function); !tags.empty()) body["Tags"] = std::move(tags);
    if (function.concurrency > 0) {
        body["Concurrency"] = {{"ReservedConcurrentExecutions", function.concurrency}};
    }
    return reply(call, 200, body);
}

Response concurrency(const Call& call, const Function& function, CodeHashes& /*hashes*/) {
    if (call.operation == Operation::DeleteFunctionConcurrency) return nothing(call);
    json::object body;
    if (function.concurrency > 0) body["ReservedConcurrentExecutions"] = function.concurrency;
    return reply(call, 200, body);
}

Response eventInvoke(const Call& call, const Function& function, CodeHashes& /*hashes*/) {
    if (call.operation == Operation::DeleteFunctionEventInvokeConfig) return nothing(call);
    return reply(call, 200, eventInvokeConfiguration(function, call.region));
}

AwsError noSuchFunction(const Call& call, std::string_view qualifier = {}) {
    auto arn = functionArn(call.region, call.function);
    if (!qualifier.empty()) arn.append(":").append(qualifier);
    return {404, "ResourceNotFoundException", "Function not found: " + arn};
}

bool hasEventInvokeConfig(const Function& function) {
    return function.tags.contains(std::string{kEventInvokeTag});
}

}  // namespace

std::string CodeHashes::of(const Function& function) {
    if (byName_.size() > kMost) byName_.clear();
    auto& [version, hash] = byName_[function.name];
    if (version != function.version) {
        version = function.version;
        hash = codeSha256Of(function);
    }
    return hash;
}

Lambda::Lambda(control::ControlPlane& plane) : plane_(plane) {}

void Lambda::handle(Call call, Respond respond) {
    switch (call.operation) {
        case Operation::CreateFunction: return create(call, std::move(respond));
        case Operation::ListFunctions: return list(call, respond);
        case Operation::GetFunction: return get(call, respond, whole);
        case Operation::GetFunctionConfiguration: return get(call, respond, configuration);
        case Operation::UpdateFunctionCode:
        case Operation::UpdateFunctionConfiguration: return update(call, std::move(respond), configuration);
        case Operation::DeleteFunction: return remove(call, std::move(respond));
        case Operation::Invoke: return invoke(call, std::move(respond));
        case Operation::GetFunctionConcurrency: return get(call, respond, concurrency);
        case Operation::PutFunctionConcurrency:
        case Operation::DeleteFunctionConcurrency: return setConcurrency(call, std::move(respond));
        case Operation::PutFunctionEventInvokeConfig:
        case Operation::UpdateFunctionEventInvokeConfig:
            return setEventInvokeConfig(call, std::move(respond));
        case Operation::GetFunctionEventInvokeConfig: return getEventInvokeConfig(call, respond);
        case Operation::DeleteFunctionEventInvokeConfig:
            return removeEventInvokeConfig(call, std::move(respond));
    }
}

tl::expected<Lambda::FunctionPtr, AwsError> Lambda::find(const Call& call) const {
    const auto function = plane_.functions().show(call.function);
    if (!function) return tl::unexpected(noSuchFunction(call));
    const auto& qualifier = call.qualifier;
    if (!qualifier.empty() && qualifier != "$LATEST" && qualifier != std::to_string((*function)->version)) {
        return tl::unexpected(noSuchFunction(call, qualifier));
    }
    return *function;
}

void Lambda::get(const Call& call, const Respond& respond, Make make) {
    const auto function = find(call);
    if (!function) return refuse(call, respond, function.error());
    respond([call, function = *function, make, hashes = hashes_] { return make(call, *function, *hashes); });
}

void Lambda::list(const Call& call, const Respond& respond) {
    auto functions = plane_.functions().all();
    const auto first = std::find_if(functions.begin(), functions.end(),
                                    [&](const FunctionPtr& each) { return each->name > call.marker; });
    functions.erase(functions.begin(), first);
    const bool more = static_cast<std::int64_t>(functions.size()) > call.maxItems;
    if (more) functions.resize(static_cast<std::size_t>(call.maxItems));
    respond([call, functions = std::move(functions), more, hashes = hashes_] {
        json::array rows;
        for (const auto& function : functions) {
            rows.emplace_back(functionConfiguration(*function, call.region, hashes->of(*function)));
        }
        json::object body{{"Functions", std::move(rows)}};
        if (more) body["NextMarker"] = functions.back()->name;
        return reply(call, 200, body);
    });
}

control::Reply<control::FunctionVersion> Lambda::changed(const Call& call, Respond respond, Make make) {
    return [this, call, respond = std::move(respond), make](const Result<control::FunctionVersion>& result) {
        if (!result) return refuse(call, respond, awsError(result.error()));
        Call now = call;
        now.function = result->function;
        now.qualifier.clear();
        get(now, respond, make);
    };
}

void Lambda::create(Call& call, Respond respond) {
    Settings settings = std::move(call.settings);
    settings.definition["tags"] = tagsToJson(mergedTags({}, settings));
    settings.definition["retries"] = kDefaultRetries;
    plane_.functions().add(settings.definition, changed(call, std::move(respond), configuration));
}

void Lambda::update(Call& call, Respond respond, Make make) {
    const auto function = find(call);
    if (!function) return refuse(call, respond, function.error());
    Settings settings = std::move(call.settings);
    if (!settings.revisionId.empty() && settings.revisionId != revisionIdOf(**function)) {
        return refuse(call, respond,
                      {412, "PreconditionFailedException",
                       "The RevisionId provided does not match the latest RevisionId of the function: get it "
                       "again and repeat the change."});
    }
    auto& changes = settings.definition;
    changes["name"] = (*function)->name;
    if (settings.tags || !settings.own.empty()) {
        changes["tags"] = tagsToJson(mergedTags((*function)->tags, settings));
    }
    if (settings.dryRun) {
        if (const auto checked = functionFromJson(changes, function->get()); !checked) {
            return refuse(call, respond, awsError(checked.error()));
        }
        return get(call, respond, make);
    }
    plane_.functions().update(changes, changed(call, std::move(respond), make));
}

void Lambda::remove(const Call& call, Respond respond) {
    if (!call.qualifier.empty()) {
        return refuse(call, respond, invalidParameter("Qualifier: versions cannot be removed one by one"));
    }
    if (const auto function = find(call); !function) return refuse(call, respond, function.error());
    plane_.functions().remove(
        call.function, [call, respond = std::move(respond)](const Result<control::FunctionVersion>& removed) {
            if (!removed) return refuse(call, respond, awsError(removed.error()));
            respond([call] { return nothing(call); });
        });
}

void Lambda::invoke(Call& call, Respond respond) {
    if (const auto function = find(call); !function) return refuse(call, respond, function.error());
    auto& executions = plane_.executions();
    if (call.type == InvocationType::DryRun) return respond([call] { return nothing(call); });
    auto request = dispatchRequest(call);
    if (call.type == InvocationType::Event) {
        return executions.submit(std::move(request),
                                 [call, respond = std::move(respond)](const Result<std::string>& accepted) {
                                     if (!accepted) return refuse(call, respond, awsError(accepted.error()));
                                     Call named = call;
                                     named.requestId = *accepted;
                                     respond([named] { return nothing(named, 202); });
                                 });
    }
    executions.invoke(std::move(request),
                      [call, respond = std::move(respond)](Result<ExecutionDetail> ended) {
                          if (!ended) return refuse(call, respond, awsError(ended.error()));
                          respond([detail = std::move(*ended), tail = call.tailLog] {
                              return invocationResponse(detail, tail);
                          });
                      });
}

void Lambda::setConcurrency(Call& call, Respond respond) {
    call.settings.definition["concurrency"] = call.concurrency;  // 0, no limit, where it is deleted
    update(call, std::move(respond), concurrency);
}

void Lambda::setEventInvokeConfig(Call& call, Respond respond) {
    const auto function = find(call);
    if (!function) return refuse(call, respond, function.error());
    // PUT puts a whole configuration, POST changes what it names of the one there is.
    const bool keeps = call.operation == Operation::UpdateFunctionEventInvokeConfig;
    if (keeps && !hasEventInvokeConfig(**function)) return getEventInvokeConfig(call, respond);
    const EventInvokeConfig config = call.eventInvoke;
    Settings& settings = call.settings;
    settings.own[std::string{kEventInvokeTag}] = "put";
    if (config.retries || !keeps) settings.definition["retries"] = config.retries.value_or(kDefaultRetries);
    if (config.maxAgeSeconds || !keeps) {
        settings.definition["max_age"] =
            fmt::format("{}s", config.maxAgeSeconds.value_or(kDefaultMaxAgeSeconds));
    }
    update(call, std::move(respond), eventInvoke);
}

void Lambda::getEventInvokeConfig(const Call& call, const Respond& respond) {
    const auto function = find(call);
    if (!function) return refuse(call, respond, function.error());
    if (hasEventInvokeConfig(**function)) return get(call, respond, eventInvoke);
    refuse(call, respond,
           {404, "ResourceNotFoundException",
            fmt::format("The function {} doesn't have an EventInvokeConfig",
                        functionArn(call.region, call.function))});
}

void Lambda::removeEventInvokeConfig(const Call& call, Respond respond) {
    const auto function = find(call);
    if (!function) return refuse(call, respond, function.error());
    if (!hasEventInvokeConfig(**function)) return getEventInvokeConfig(call, respond);
    auto tags = (*function)->tags;
    tags.erase(std::string{kEventInvokeTag});
    plane_.functions().update({{"name", call.function},
                               {"tags", tagsToJson(tags)},
                               {"retries", kDefaultRetries},
                               {"max_age", fmt::format("{}s", kDefaultMaxAgeSeconds)}},
                              changed(call, std::move(respond), eventInvoke));
}

}  // namespace dogwatch::http

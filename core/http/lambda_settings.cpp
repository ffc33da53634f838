#include "core/http/lambda_settings.h"

#include <fmt/format.h>

#include <QByteArray>
#include <QCryptographicHash>
#include <QUuid>
#include <algorithm>
#include <array>
#include <utility>

namespace dogwatch::http {
namespace {

constexpr std::string_view kOwnPrefix = "aws:";
constexpr std::string_view kRuntimeTag = "aws:runtime";
constexpr std::string_view kRoleTag = "aws:role";
constexpr std::string_view kDescriptionTag = "aws:description";
constexpr std::size_t kLongestNote = 256;
constexpr std::int64_t kLongestTimeoutSeconds = 900;
constexpr std::int64_t kMostRetries = 2;
constexpr std::int64_t kLeastAgeSeconds = 60;

using Done = tl::expected<void, AwsError>;

tl::unexpected<AwsError> invalid(std::string message) {
    return tl::unexpected(invalidParameter(std::move(message)));
}

tl::expected<std::string, AwsError> text(std::string_view key, const json::value& value) {
    const auto* string = value.if_string();
    if (string == nullptr) return invalid(fmt::format("{}: a string", key));
    return std::string{*string};
}

tl::expected<std::int64_t, AwsError> number(std::string_view key, const json::value& value,
                                            std::int64_t least, std::int64_t most) {
    const auto* integer = value.if_int64();
    if (integer == nullptr || *integer < least || *integer > most) {
        return invalid(fmt::format("{}: a whole number from {} to {}", key, least, most));
    }
    return *integer;
}

Done readNote(std::string_view key, const json::value& value, std::string_view tag, Settings& settings) {
    auto note = text(key, value);
    if (!note) return tl::unexpected(note.error());
    if (note->size() > kLongestNote) return invalid(fmt::format("{}: at most {} bytes", key, kLongestNote));
    settings.own[std::string{tag}] = std::move(*note);
    return {};
}

Done readRuntime(const json::value& value, Settings& settings) {
    auto name = text("Runtime", value);
    if (!name) return tl::unexpected(name.error());
    const auto runtime = runtimeFromAws(*name);
    if (runtime.empty()) {
        return invalid(
            fmt::format("Runtime: python3.x, nodejsX.x, provided, provided.al2, provided.al2023, sh or "
                        "lua, not \"{}\"",
                        *name));
    }
    settings.definition["runtime"] = runtime;
    settings.own[std::string{kRuntimeTag}] = *name;
    return {};
}

Done readZip(const json::value& value, Settings& settings) {
    auto zip = text("ZipFile", value);
    if (!zip) return tl::unexpected(zip.error());
    settings.definition["code"] = *zip;
    settings.definition["zip"] = true;
    return {};
}

Done readCode(const json::value& value, Settings& settings) {
    const auto* code = value.if_object();
    const auto* zip = code != nullptr ? code->if_contains("ZipFile") : nullptr;
    if (zip == nullptr || code->size() != 1) {
        return invalid("Code: {\"ZipFile\": BASE64}; code in S3 and images are not supported");
    }
    return readZip(*zip, settings);
}

Done readTags(const json::value& value, Settings& settings) {
    const auto* object = value.if_object();
    if (object == nullptr) return invalid("Tags: an object of strings");
    std::map<std::string, std::string> tags;
    for (const auto& tag : *object) {
        const std::string_view key = tag.key();
        const auto* string = tag.value().if_string();
        if (string == nullptr || key.starts_with(kOwnPrefix)) {
            return invalid("Tags: strings, under names that do not begin with \"aws:\"");
        }
        tags.emplace(key, std::string{*string});
    }
    settings.tags = std::move(tags);
    return {};
}

Done readEnvironment(const json::value& value, Settings& settings) {
    const auto* object = value.if_object();
    if (object == nullptr) return invalid("Environment: {\"Variables\": {NAME: VALUE}}");
    const auto* variables = object->if_contains("Variables");
    settings.definition["env"] = variables != nullptr ? *variables : json::object();
    return {};
}

Done readConfigurationMember(std::string_view key, const json::value& value, Settings& settings) {
    if (key == "Runtime") return readRuntime(value, settings);
    if (key == "Role") return readNote(key, value, kRoleTag, settings);
    if (key == "Description") return readNote(key, value, kDescriptionTag, settings);
    if (key == "Environment") return readEnvironment(value, settings);
    if (key == "Handler") {
        auto handler = text(key, value);
        if (!handler) return tl::unexpected(handler.error());
        settings.definition["handler"] = *handler;
        return {};
    }
    if (key == "Timeout") {
        const auto seconds = number(key, value, 1, kLongestTimeoutSeconds);
        if (!seconds) return tl::unexpected(seconds.error());
        settings.definition["timeout"] = fmt::format("{}s", *seconds);
        return {};
    }
    if (key == "MemorySize") {
        settings.definition["memory"] = value;
        return {};
    }
    if (key == "RevisionId") {
        auto revision = text(key, value);
        if (!revision) return tl::unexpected(revision.error());
        settings.revisionId = std::move(*revision);
        return {};
    }
    return invalid(fmt::format("{}: not supported", key));
}

/// What SDKs send along though it asks for nothing: the one value that changes nothing here is taken.
bool asksForNothing(std::string_view key, const json::value& value) {
    const auto member = [&](const char* name) {
        const auto* object = value.if_object();
        return object != nullptr ? stringMember(*object, name) : std::string_view{};
    };
    if (key == "Publish") return value == json::value(false);
    if (key == "PackageType") return value == json::value("Zip");
    if (key == "Architectures") return value == json::value(json::array{"x86_64"});
    if (key == "TracingConfig") return member("Mode") == "PassThrough";
    if (key == "SnapStart") return member("ApplyOn") == "None";
    if (key == "KMSKeyArn") return value == json::value("");
    if (key == "EphemeralStorage") return value.is_object() && intMember(value.get_object(), "Size") == 512;
    if (key == "Layers" || key == "FileSystemConfigs") return value.is_array() && value.get_array().empty();
    if (key == "DeadLetterConfig") return value.is_object() && member("TargetArn").empty();
    if (key == "VpcConfig" && value.is_object()) {
        return std::all_of(value.get_object().begin(), value.get_object().end(), [](const auto& each) {
            return each.value().is_array() && each.value().get_array().empty();
        });
    }
    return false;
}

template <typename Read>
tl::expected<Settings, AwsError> readAll(const json::object& body, Read read) {
    Settings settings;
    for (const auto& member : body) {
        if (member.value().is_null() || asksForNothing(member.key(), member.value())) continue;
        if (const auto done = read(std::string_view{member.key()}, member.value(), settings); !done) {
            return tl::unexpected(done.error());
        }
    }
    return settings;
}

std::string noteOf(const Function& function, std::string_view tag, std::string_view otherwise = {}) {
    const auto found = function.tags.find(std::string{tag});
    return found != function.tags.end() ? found->second : std::string{otherwise};
}

std::string_view runtimeToAws(std::string_view runtime) {
    if (runtime == "python3") return "python3.11";
    if (runtime == "node") return "nodejs18.x";
    if (runtime == "provided") return "provided.al2023";
    return runtime;
}

/// "2026-03-01T12:00:00.000+0000"
std::string lastModified(Time time) {
    auto iso = toIso(std::chrono::floor<std::chrono::seconds>(time));
    iso.pop_back();
    return iso + ".000+0000";
}

}  // namespace

std::string runtimeFromAws(std::string_view name) {
    if (name.starts_with("python3")) return "python3";
    if (name.starts_with("nodejs") || name == "node") return "node";
    if (name == "provided" || name.starts_with("provided.")) return "provided";
    if (name == "sh" || name == "lua") return std::string{name};
    return {};
}

tl::expected<Settings, AwsError> readCreateFunction(const json::object& body) {
    auto settings = readAll(body, [](std::string_view key, const json::value& value, Settings& read) -> Done {
        if (key == "FunctionName") {
            auto name = text(key, value);
            if (!name) return tl::unexpected(name.error());
            read.definition["name"] = *name;
            return {};
        }
        if (key == "Code") return readCode(value, read);
        if (key == "Tags") return readTags(value, read);
        return readConfigurationMember(key, value, read);
    });
    for (const char* needed : {"name", "runtime", "code"}) {
        if (!settings || settings->definition.contains(needed)) continue;
        return invalid("FunctionName, Runtime and Code are required");
    }
    return settings;
}

tl::expected<Settings, AwsError> readUpdateFunctionCode(const json::object& body) {
    auto settings = readAll(body, [](std::string_view key, const json::value& value, Settings& read) -> Done {
        if (key == "ZipFile") return readZip(value, read);
        if (key == "DryRun" && value.is_bool()) {
            read.dryRun = value.get_bool();
            return {};
        }
        if (key == "RevisionId") return readConfigurationMember(key, value, read);
        return invalid(fmt::format("{}: not supported", key));
    });
    if (settings && !settings->definition.contains("code")) return invalid("ZipFile: required");
    return settings;
}

tl::expected<Settings, AwsError> readUpdateFunctionConfiguration(const json::object& body) {
    return readAll(body, readConfigurationMember);
}

tl::expected<EventInvokeConfig, AwsError> readEventInvokeConfig(const json::object& body) {
    EventInvokeConfig config;
    for (const auto& member : body) {
        const std::string_view key = member.key();
        const auto& value = member.value();
        if (key == "MaximumRetryAttempts") {
            const auto retries = number(key, value, 0, kMostRetries);
            if (!retries) return tl::unexpected(retries.error());
            config.retries = *retries;
        } else if (key == "MaximumEventAgeInSeconds") {
            const auto age = number(key, value, kLeastAgeSeconds, kDefaultMaxAgeSeconds);
            if (!age) return tl::unexpected(age.error());
            config.maxAgeSeconds = *age;
        } else if (key == "DestinationConfig" && value.is_object()) {
            for (const auto& side : value.get_object()) {
                if (!side.value().is_object() || side.value().get_object().empty()) continue;
                return invalid("DestinationConfig: not supported; a metaevent can run what should follow");
            }
        } else {
            return invalid(fmt::format("{}: not supported", key));
        }
    }
    return config;
}

tl::expected<std::int64_t, AwsError> readConcurrency(const json::object& body) {
    const auto* value = body.if_contains("ReservedConcurrentExecutions");
    if (value == nullptr || body.size() != 1)
        return invalid("ReservedConcurrentExecutions: required, and alone");
    return number("ReservedConcurrentExecutions", *value, 1, 10'000);
}

std::map<std::string, std::string> mergedTags(const std::map<std::string, std::string>& current,
                                              const Settings& settings) {
    std::map<std::string, std::string> merged = settings.tags.value_or(std::map<std::string, std::string>());
    for (const auto& [key, value] : current) {
        if (!settings.tags || key.starts_with(kOwnPrefix)) merged[key] = value;
    }
    for (const auto& [key, value] : settings.own) merged[key] = value;
    return merged;
}

json::object tagsToJson(const std::map<std::string, std::string>& tags) {
    json::object object;
    for (const auto& [key, value] : tags) object[key] = value;
    return object;
}

std::string functionArn(std::string_view region, std::string_view name) {
    return fmt::format("arn:aws:lambda:{}:000000000000:function:{}", region, name);
}

std::string revisionIdOf(const Function& function) {
    const auto text = fmt::format("{}/{}/{}", function.name, function.version, toUs(function.updatedAt));
    return QUuid::createUuidV5(QUuid(), QByteArray::fromStdString(text))
        .toString(QUuid::WithoutBraces)
        .toStdString();
}

std::string codeSha256Of(const Function& function) {
    const auto bytes =
        QByteArray::fromRawData(function.code.data(), static_cast<qsizetype>(function.code.size()));
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toBase64().toStdString();
}

json::object functionConfiguration(const Function& function, std::string_view region,
                                   std::string_view codeSha256) {
    json::object variables;
    for (const auto& [name, value] : function.environment) variables[name] = value;
    return {{"FunctionName", function.name},
            {"FunctionArn", functionArn(region, function.name)},
            {"Runtime", noteOf(function, kRuntimeTag, runtimeToAws(function.runtime))},
            {"Role", noteOf(function, kRoleTag)},
            {"Handler", function.handler.empty() ? "main.handler" : function.handler},
            {"CodeSize", function.code.size()},
            {"CodeSha256", codeSha256},
            {"Description", noteOf(function, kDescriptionTag)},
            {"Timeout", std::chrono::ceil<std::chrono::seconds>(function.timeout).count()},
            {"MemorySize", function.memoryMiB},
            {"LastModified", lastModified(function.updatedAt)},
            {"Version", "$LATEST"},
            {"Environment", {{"Variables", std::move(variables)}}},
            {"TracingConfig", {{"Mode", "PassThrough"}}},
            {"RevisionId", revisionIdOf(function)},
            {"State", "Active"},
            {"LastUpdateStatus", "Successful"},
            {"PackageType", "Zip"},
            {"Architectures", json::array{"x86_64"}},
            {"EphemeralStorage", {{"Size", 512}}},
            {"SnapStart", {{"ApplyOn", "None"}, {"OptimizationStatus", "Off"}}}};
}

json::object userTags(const Function& function) {
    json::object tags;
    for (const auto& [key, value] : function.tags) {
        if (!key.starts_with(kOwnPrefix)) tags[key] = value;
    }
    return tags;
}

json::object eventInvokeConfiguration(const Function& function, std::string_view region) {
    return {{"FunctionArn", functionArn(region, function.name) + ":$LATEST"},
            {"LastModified", static_cast<double>(toUs(function.updatedAt)) / 1e6},
            {"MaximumRetryAttempts", function.retries},
            {"MaximumEventAgeInSeconds", std::chrono::ceil<std::chrono::seconds>(function.maxAge).count()},
            {"DestinationConfig", {{"OnSuccess", json::object()}, {"OnFailure", json::object()}}}};
}

}  // namespace dogwatch::http

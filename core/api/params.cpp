#include "core/api/params.h"

#include <fmt/format.h>

namespace dogwatch::api {
namespace {

const json::value kNull;

}  // namespace

const json::value* Params::find(std::string_view key) const {
    const auto* value = params_.if_contains(key);
    return value == nullptr || value->is_null() ? nullptr : value;
}

void Params::fault(std::string_view key, std::string expected) {
    if (!fault_) fault_ = Error{Error::Kind::Invalid, std::move(expected), std::string(key)};
}

std::string Params::text(std::string_view key) {
    std::string result = textOr(key);
    if (result.empty()) fault(key, "a non-empty string");
    return result;
}

std::string Params::textOr(std::string_view key, std::string_view fallback) {
    const auto* value = find(key);
    if (value == nullptr) return std::string(fallback);
    const auto* text = value->if_string();
    if (text == nullptr) {
        fault(key, "a string");
        return std::string(fallback);
    }
    return {text->data(), text->size()};
}

bool Params::flagOr(std::string_view key, bool fallback) {
    const auto* value = find(key);
    if (value == nullptr) return fallback;
    if (const auto* flag = value->if_bool()) return *flag;
    fault(key, "true or false");
    return fallback;
}

std::optional<std::int64_t> Params::number(std::string_view key, std::int64_t least, std::int64_t most) {
    const auto* value = find(key);
    if (value == nullptr) return std::nullopt;
    const auto* number = value->if_int64();
    if (number != nullptr && *number >= least && *number <= most) return *number;
    fault(key, fmt::format("a whole number from {} to {}", least, most));
    return std::nullopt;
}

std::int64_t Params::numberOr(std::string_view key, std::int64_t fallback, std::int64_t least,
                              std::int64_t most) {
    return number(key, least, most).value_or(fallback);
}

std::optional<Time> Params::time(std::string_view key) {
    const auto* value = find(key);
    if (value == nullptr) return std::nullopt;
    if (const auto* us = value->if_int64()) return timeFromUs(*us);
    if (const auto* text = value->if_string()) {
        if (const auto time = parseTime(std::string_view{text->data(), text->size()}, now_)) return *time;
    }
    fault(key, "a time: whole microseconds, ISO 8601 with a zone, or relative such as \"-24h\"");
    return std::nullopt;
}

std::optional<Duration> Params::duration(std::string_view key) {
    const auto* value = find(key);
    if (value == nullptr) return std::nullopt;
    if (const auto* text = value->if_string()) {
        if (const auto duration = parseDuration(std::string_view{text->data(), text->size()}))
            return *duration;
    }
    fault(key, "a duration such as \"30s\", from 1 ms to 366 d");
    return std::nullopt;
}

std::vector<std::string> Params::texts(std::string_view key) {
    std::vector<std::string> result;
    const auto* value = find(key);
    const auto* list = value != nullptr ? value->if_array() : nullptr;
    if (list == nullptr || list->empty()) {
        fault(key, "a list of strings that is not empty");
        return result;
    }
    for (const auto& element : *list) {
        const auto* text = element.if_string();
        if (text == nullptr) {
            fault(fmt::format("{}.{}", key, result.size()), "a string");
            return result;
        }
        result.emplace_back(text->data(), text->size());
    }
    return result;
}

const Grammar& Params::language() {
    const auto* grammar = Grammar::in(textOr("language", "en"));
    if (grammar != nullptr) return *grammar;
    fault("language", R"("en" or "de")");
    return Grammar::english();
}

const json::value& Params::value(std::string_view key) {
    const auto* value = params_.if_contains(key);
    if (value != nullptr) return *value;
    fault(key, "required");
    return kNull;
}

Result<void> Params::check() const {
    if (fault_) return tl::unexpected(*fault_);
    return {};
}

}  // namespace dogwatch::api

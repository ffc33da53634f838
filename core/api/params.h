// Params: strict reading of a request's parameters. The first fault is kept, with its JSON path; readers
// after it return their fallbacks, so a handler reads everything and asks once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/grammar.h"
#include "core/model/json.h"
#include "core/model/result.h"
#include "core/model/time.h"

namespace dogwatch::api {

class Params {
 public:
    /// `params`: an object. `now`: what relative times such as "-24h" count from.
    Params(const json::object& params, Time now) : params_(params), now_(now) {}

    std::string text(std::string_view key);  ///< required, not empty
    std::string textOr(std::string_view key, std::string_view fallback = {});
    bool flagOr(std::string_view key, bool fallback = false);
    std::int64_t numberOr(std::string_view key, std::int64_t fallback, std::int64_t least, std::int64_t most);
    std::optional<std::int64_t> number(std::string_view key, std::int64_t least, std::int64_t most);
    std::optional<Time> time(std::string_view key);          ///< as interfaces.md takes times
    std::optional<Duration> duration(std::string_view key);  ///< text such as "30s"
    std::vector<std::string> texts(std::string_view key);    ///< required list of strings, not empty
    const Grammar& language();                               ///< of what is told: "en" (left out), "de"
    const json::value& value(std::string_view key);          ///< required, any JSON
    const json::value* valueIf(std::string_view key) const { return params_.if_contains(key); }
    const json::object& all() const { return params_; }

    /// The first fault, if any.
    [[nodiscard]] Result<void> check() const;

 private:
    const json::value* find(std::string_view key) const;  ///< null when missing or JSON null
    void fault(std::string_view key, std::string expected);

    const json::object& params_;
    Time now_;
    std::optional<Error> fault_;
};

}  // namespace dogwatch::api

// Function: a named, versioned piece of user code with its runtime and limits (spec: interfaces, Functions).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/model/json.h"
#include "core/model/time.h"

namespace dogwatch {

enum class Network { None, User };

/// What becomes of the instants of a schedule that passed while the control plane was down.
enum class CatchUp { Once, Skip, All };

/// A token bucket: it holds at most `count` starts and refills evenly by `count` in each `window`.
struct RateLimit {
    std::int64_t count = 0;
    Duration window{};
    bool operator==(const RateLimit&) const = default;
};

constexpr std::size_t kLargestCode = 50U << 20U;    ///< bytes of source or zip
constexpr std::size_t kLargestPayload = 6U << 20U;  ///< bytes of a payload
constexpr std::size_t kLargestResult = 64U << 10U;  ///< bytes kept of a result (spec section 2)
constexpr std::size_t kOutputKept = 4U << 10U;      ///< bytes kept of the output in a record (spec section 2)

struct Function {
    std::string name;          ///< 1 to 64 of a-z A-Z 0-9 - _ .
    std::int64_t version = 1;  ///< grows by one with each change of code or configuration
    std::string runtime;       ///< "python3", "sh", ...
    std::string code;          ///< the source text, or the bytes of a zip
    bool zip = false;          ///< whether `code` is a zip archive
    std::string handler;       ///< "module.function"; empty: the runtime's default
    std::int64_t memoryMiB = 128;
    Duration timeout = std::chrono::seconds{30};
    std::int64_t concurrency = 0;  ///< executions at once; 0: no limit of its own
    std::optional<RateLimit> rate;
    std::int64_t retries = 0;                 ///< further attempts after a failed one
    Duration maxAge = std::chrono::hours{6};  ///< a request older than this is dropped
    std::string schedule;                     ///< CRON; empty: none
    std::string timezone = "UTC";             ///< of the schedule
    CatchUp catchUp = CatchUp::Once;          ///< missed instants of the schedule: one run, none, or each
    std::map<std::string, std::string> environment;
    std::map<std::string, std::string> tags;
    Network network = Network::None;
    Time createdAt{};
    Time updatedAt{};
};

/// `withCode`: "code" as text, or base64 with "zip": true.
json::object toJson(const Function& function, bool withCode);

/// The function that this JSON describes, over the values of `base` (for updates) or the defaults. Checks
/// names, ranges and sizes, and that the runtime is known; errors carry the JSON path.
Result<Function> functionFromJson(const json::value& value, const Function* base = nullptr);

/// Whether this is a name that functions and metaevents may have.
bool isName(std::string_view text);

}  // namespace dogwatch

// What the host sends (docs/guest-protocol.md, "Host to guest"), checked: every value is within its range.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "vmpool/guest/message.h"

namespace dogwatch::guest {

constexpr std::int64_t kProtocolVersion = 1;
constexpr std::int64_t kLargestCode = 50 << 20;
constexpr std::int64_t kLargestPayload = 6 << 20;
constexpr std::int64_t kLargestResult = 6 << 20;

struct Configure {
    std::string vm;
    std::int64_t timeUs = 0;  ///< wall clock since the epoch
    std::string entropy;
};

struct Limits {
    std::int64_t memoryBytes = 0;
    std::int64_t processes = 64;
    std::int64_t openFiles = 1024;
    std::int64_t tmpBytes = 64 << 20;
    std::int64_t streamBytes = 1 << 20;  ///< output sent on for one execution
    std::int64_t resultBytes = 64 << 10;
    std::int64_t initTimeoutUs = 30'000'000;
};

struct Rehearse {};

struct Load {
    std::string function;
    std::int64_t version = 0;
    std::string runtime;
    std::string handler;  ///< empty: the runtime's default
    std::int64_t codeBytes = 0;
    bool zip = false;
    TextMap env;
    Limits limits;
};

struct Code {
    std::string data;
};

struct Run {
    std::string execution;
    std::int64_t attempt = 1;
    std::string payload;  ///< JSON text
    std::int64_t timeoutUs = 0;
};

struct Cancel {
    std::string execution;
};

struct Ping {
    std::int64_t nonce = 0;
};

struct Shutdown {};

using HostMessage = std::variant<Configure, Rehearse, Load, Code, Run, Cancel, Ping, Shutdown>;

/// An error is a violation of the protocol by the host.
Result<HostMessage> toHostMessage(Message message);

}  // namespace dogwatch::guest

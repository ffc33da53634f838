// The guest protocol, host side (docs/guest-protocol.md): frames and messages. Pure: bytes in, values out.
//
// What comes from a guest is hostile. Nothing here allocates by a length that the guest names, recurses, or
// lets anything pass that the document does not list.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/model/execution.h"
#include "core/model/result.h"

namespace dogwatch::vmpool {

constexpr std::int64_t kProtocolVersion = 1;
constexpr std::size_t kFrameHeader = 4;               ///< bytes: the length of the body
constexpr std::size_t kLargestFrame = 8U << 20U;      ///< bytes of a frame's body, both ways
constexpr std::size_t kLargestCodeChunk = 1U << 20U;  ///< bytes of data in a `code` message
constexpr std::int64_t kMostEmitted = 1000;           ///< `emitted` messages of one execution

// ---- guest to host

struct Hello {
    std::int64_t protocol = 0;
    std::string agent;
    std::string kernel;
    std::vector<std::string> runtimes;
};
struct Warm {
    std::string runtime;
    std::int64_t initUs = 0;
};
struct Configured {};
struct Rehearsed {};
struct Loaded {
    std::int64_t initUs = 0;
};
struct LoadFailed {
    FailureCause cause = FailureCause::Exception;
    std::string message;
    std::string traceback;
    std::optional<int> exitCode;
    std::string output;  ///< any bytes
};
struct Started {
    std::string execution;
    std::int64_t initUs = 0;
};
struct Output {
    std::string execution;
    bool isError = false;  ///< standard error, else standard output
    std::string data;      ///< any bytes, cut anywhere
};
struct Emitted {
    std::string execution;
    std::string name;
    std::string data;  ///< said to be JSON text
};
struct RunResult {
    std::string execution;
    Outcome outcome;       ///< `output` any bytes, `result` said to be JSON text, `vm` empty
    bool tainted = false;  ///< the VM must be replaced
};
struct Pong {
    std::int64_t nonce = 0;
};
struct Refused {
    std::string request;
    std::string execution;
    std::string message;
};
struct Fault {
    std::string message;
};
using GuestMessage = std::variant<Hello, Warm, Configured, Rehearsed, Loaded, LoadFailed, Started, Output,
                                  Emitted, RunResult, Pong, Refused, Fault>;

/// The message in a frame's body. The error tells what of the document it breaks.
Result<GuestMessage> decodeGuestMessage(std::string_view body);

/// The error that ends a connection: what the guest sent that it may not.
tl::unexpected<Error> violation(std::string what);

/// Cuts a stream of bytes into frames. Buffers what has arrived, never what was announced.
class FrameReader {
 public:
    void append(std::string_view bytes);
    /// The next complete body, none yet, or a violation. The view is valid until the next append().
    Result<std::optional<std::string_view>> next();
    [[nodiscard]] std::size_t buffered() const { return buffer_.size() - consumed_; }

 private:
    std::string buffer_;
    std::size_t consumed_ = 0;
};

// ---- host to guest: each function returns a whole frame

struct Configure {
    std::string vm;
    Time time;
    std::string entropy;  ///< 32 to 512 bytes
};
/// Limits that a function does not set itself.
struct LoadLimits {
    std::int64_t streamBytes = 1 << 20;
    std::int64_t resultBytes = static_cast<std::int64_t>(kLargestResult);
    std::chrono::microseconds initTimeout = std::chrono::seconds{30};
};

std::string encodeConfigure(const Configure& configure);
std::string encodeRehearse();
std::string encodeLoad(const Function& function, const LoadLimits& limits);
std::string encodeCode(std::string_view data);
std::string encodeRun(const Invocation& invocation);
std::string encodeCancel(std::string_view execution);
std::string encodePing(std::int64_t nonce);
std::string encodeShutdown();

}  // namespace dogwatch::vmpool

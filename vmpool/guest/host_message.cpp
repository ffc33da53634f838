#include "vmpool/guest/host_message.h"

#include <algorithm>
#include <optional>

#include "vmpool/guest/text.h"

namespace dogwatch::guest {
namespace {

/// Takes the keys out of a message one by one; the first fault sticks. What remains at the end is a fault
/// too.
class Fields {
 public:
    explicit Fields(Message message) : message_(std::move(message)) {}

    template <typename T>
    std::optional<T> take(const char* key, const char* expected) {
        const auto it = message_.find(key);
        if (it == message_.end()) return std::nullopt;
        auto* value = std::get_if<T>(&it->second);
        if (value == nullptr) {
            fail(key, expected);
            return std::nullopt;
        }
        auto taken = std::optional<T>(std::move(*value));
        message_.erase(it);
        return taken;
    }

    std::string id(const char* key) {
        const auto text = take<std::string>(key, "text");
        if (!text || !isId(*text)) fail(key, "1 to 64 printable ASCII characters");
        return text.value_or("");
    }

    std::int64_t integer(const char* key, std::int64_t least, std::int64_t most,
                         std::optional<std::int64_t> otherwise = std::nullopt) {
        const auto value = take<std::int64_t>(key, "an integer");
        if (!value && otherwise) return *otherwise;
        if (!value || *value < least || *value > most) {
            fail(key, "an integer from " + std::to_string(least) + " to " + std::to_string(most));
        }
        return value.value_or(0);
    }

    std::string bytes(const char* key, std::size_t least, std::size_t most) {
        auto value = take<Bytes>(key, "bytes");
        if (!value || value->data.size() < least || value->data.size() > most) {
            fail(key, std::to_string(least) + " to " + std::to_string(most) + " bytes");
            return {};
        }
        return std::move(value->data);
    }

    std::string text(const char* key, std::size_t most) {
        auto value = take<std::string>(key, "text");
        if (!value || value->size() > most) {
            fail(key, "text of at most " + std::to_string(most) + " bytes");
            return {};
        }
        return std::move(*value);
    }

    void fail(const std::string& key, const std::string& expected) {
        if (fault_.empty()) fault_ = "\"" + key + "\" must be " + expected;
    }

    Result<HostMessage> finish(HostMessage message) {
        if (fault_.empty() && !message_.empty())
            fault_ = "\"" + message_.begin()->first + "\" is not a key of it";
        if (!fault_.empty()) return failure(fault_);
        return message;
    }

 private:
    Message message_;
    std::string fault_;
};

constexpr std::int64_t kMiB = 1 << 20;
constexpr std::int64_t kHuge = std::int64_t{1} << 40;
constexpr std::int64_t kLongest = std::int64_t{1} << 50;  ///< microseconds
constexpr std::int64_t kMost = std::int64_t{1} << 62;

bool isVariable(const std::string& name, const std::string& value) {
    const auto isHead = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    const auto isTail = [&](char c) { return isHead(c) || (c >= '0' && c <= '9'); };
    return !name.empty() && name.size() <= 256 && isHead(name.front()) &&
           std::all_of(name.begin(), name.end(), isTail) && value.size() <= (32U << 10U) &&
           value.find('\0') == std::string::npos;
}

Result<HostMessage> toConfigure(Fields fields) {
    Configure configure;
    configure.vm = fields.id("vm");
    configure.timeUs = fields.integer("time_us", 1, kMost);
    configure.entropy = fields.bytes("entropy", 32, 512);
    return fields.finish(std::move(configure));
}

Result<HostMessage> toLoad(Fields fields) {
    Load load;
    load.function = fields.id("function");
    load.version = fields.integer("version", 1, kMost);
    load.runtime = fields.id("runtime");
    if (auto handler = fields.take<std::string>("handler", "text")) {
        if (handler->size() > 256) fields.fail("handler", "text of at most 256 bytes");
        load.handler = std::move(*handler);
    }
    load.codeBytes = fields.integer("code_bytes", 1, kLargestCode);
    const auto zip = fields.take<bool>("zip", "a boolean");
    if (!zip) fields.fail("zip", "a boolean");
    load.zip = zip.value_or(false);
    load.env = fields.take<TextMap>("env", "a map of text to text").value_or(TextMap());
    for (const auto& [name, value] : load.env) {
        if (!isVariable(name, value)) fields.fail("env", "names and values that a process may have");
    }
    Limits& limits = load.limits;
    limits.memoryBytes = fields.integer("memory_bytes", 16 * kMiB, kHuge);
    limits.processes = fields.integer("processes", 1, 4096, limits.processes);
    limits.openFiles = fields.integer("open_files", 16, 65536, limits.openFiles);
    limits.tmpBytes = fields.integer("tmp_bytes", kMiB, kHuge, limits.tmpBytes);
    limits.streamBytes = fields.integer("stream_bytes", 0, 64 * kMiB, limits.streamBytes);
    limits.resultBytes = fields.integer("result_bytes", 0, kLargestResult, limits.resultBytes);
    limits.initTimeoutUs = fields.integer("init_timeout_us", 1000, kLongest, limits.initTimeoutUs);
    return fields.finish(std::move(load));
}

Result<HostMessage> toRun(Fields fields) {
    Run run;
    run.execution = fields.id("execution");
    run.attempt = fields.integer("attempt", 1, kMost);
    run.payload = fields.text("payload", kLargestPayload);
    run.timeoutUs = fields.integer("timeout_us", 1000, kLongest);
    return fields.finish(std::move(run));
}

}  // namespace

Result<HostMessage> toHostMessage(Message message) {
    Fields fields(std::move(message));
    const auto type = fields.text("type", 32);
    if (type == "configure") return toConfigure(std::move(fields));
    if (type == "rehearse") return fields.finish(Rehearse{});
    if (type == "load") return toLoad(std::move(fields));
    if (type == "run") return toRun(std::move(fields));
    if (type == "code") {
        Code code{fields.bytes("data", 1, kMiB)};
        return fields.finish(std::move(code));
    }
    if (type == "cancel") {
        Cancel cancel{fields.id("execution")};
        return fields.finish(std::move(cancel));
    }
    if (type == "ping") {
        const Ping ping{fields.integer("nonce", 0, kMost)};
        return fields.finish(ping);
    }
    if (type == "shutdown") return fields.finish(Shutdown{});
    return failure("\"type\" must be a message that the host may send");
}

}  // namespace dogwatch::guest

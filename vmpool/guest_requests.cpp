// The guest protocol, host to guest: what guest_protocol.h encodes.
#include <QByteArray>
#include <QCborStreamWriter>
#include <QtEndian>

#include "vmpool/guest_protocol.h"

namespace dogwatch::vmpool {
namespace {

/// Writes one map, and puts the header before it.
class Writer {
 public:
    Writer(const char* type, quint64 members) : writer_(&body_) {
        writer_.startMap(members + 1);
        text("type", type);
    }
    void text(const char* key, std::string_view value) {
        name(key);
        writer_.appendTextString(value.data(), static_cast<qsizetype>(value.size()));
    }
    void bytes(const char* key, std::string_view value) {
        name(key);
        writer_.appendByteString(value.data(), static_cast<qsizetype>(value.size()));
    }
    void number(const char* key, std::int64_t value) {
        name(key);
        writer_.append(static_cast<qint64>(value));
    }
    void flag(const char* key, bool value) {
        name(key);
        writer_.append(value);
    }
    void texts(const char* key, const std::map<std::string, std::string>& values) {
        name(key);
        writer_.startMap(values.size());
        for (const auto& [left, right] : values) {
            writer_.appendTextString(left.data(), static_cast<qsizetype>(left.size()));
            writer_.appendTextString(right.data(), static_cast<qsizetype>(right.size()));
        }
        writer_.endMap();
    }
    std::string finish() {
        writer_.endMap();
        std::string frame(kFrameHeader, '\0');
        qToLittleEndian(static_cast<quint32>(body_.size()), frame.data());
        return frame.append(body_.data(), static_cast<std::size_t>(body_.size()));
    }

 private:
    void name(const char* key) { writer_.appendTextString(key, static_cast<qsizetype>(qstrlen(key))); }

    QByteArray body_;
    QCborStreamWriter writer_;
};

}  // namespace

std::string encodeConfigure(const Configure& configure) {
    Writer writer("configure", 3);
    writer.text("vm", configure.vm);
    writer.number("time_us", toUs(configure.time));
    writer.bytes("entropy", configure.entropy);
    return writer.finish();
}

std::string encodeRehearse() {
    return Writer("rehearse", 0).finish();
}

std::string encodeLoad(const Function& function, const LoadLimits& limits) {
    const bool hasHandler = !function.handler.empty();
    Writer writer("load", hasHandler ? 11 : 10);
    writer.text("function", function.name);
    writer.number("version", function.version);
    writer.text("runtime", function.runtime);
    if (hasHandler) writer.text("handler", function.handler);
    writer.number("code_bytes", static_cast<std::int64_t>(function.code.size()));
    writer.flag("zip", function.zip);
    writer.texts("env", function.environment);
    writer.number("memory_bytes", function.memoryMiB << 20);
    writer.number("stream_bytes", limits.streamBytes);
    writer.number("result_bytes", limits.resultBytes);
    writer.number("init_timeout_us", limits.initTimeout.count());
    return writer.finish();
}

std::string encodeCode(std::string_view data) {
    Writer writer("code", 1);
    writer.bytes("data", data);
    return writer.finish();
}

std::string encodeRun(const Invocation& invocation) {
    Writer writer("run", 4);
    writer.text("execution", invocation.execution);
    writer.number("attempt", invocation.attempt);
    writer.text("payload", invocation.payload);
    writer.number("timeout_us", invocation.timeout.count());
    return writer.finish();
}

std::string encodeCancel(std::string_view execution) {
    Writer writer("cancel", 1);
    writer.text("execution", execution);
    return writer.finish();
}

std::string encodePing(std::int64_t nonce) {
    Writer writer("ping", 1);
    writer.number("nonce", nonce);
    return writer.finish();
}

std::string encodeShutdown() {
    return Writer("shutdown", 0).finish();
}

}  // namespace dogwatch::vmpool

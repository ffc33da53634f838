#include "vmpool/guest_protocol.h"

#include <QByteArray>
#include <QCborStreamReader>
#include <QtEndian>
#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "vmpool/utf8.h"

namespace dogwatch::vmpool {
namespace {

constexpr std::uint64_t kMostPairs = 32;
constexpr std::size_t kLongestKey = 32;
constexpr std::uint64_t kMostItems = 256;

using Bytes = QByteArray;  // told apart from text by its type
using Value = std::variant<std::int64_t, bool, std::string, Bytes, std::vector<std::string>>;

/// One CBOR item after the other, of the subset that the protocol allows.
class Reader {
 public:
    explicit Reader(std::string_view body)
        : size_(body.size()), reader_(body.data(), static_cast<qsizetype>(body.size())) {}

    Result<std::uint64_t> enterMap() { return enter(reader_.isMap(), kMostPairs, "a map"); }
    void leave() { reader_.leaveContainer(); }

    Result<std::string> text(std::size_t longest) {
        if (!reader_.isString()) return violation("a text string was expected");
        auto bytes = string(longest);
        if (bytes && !isUtf8(*bytes)) return violation("text that is no UTF-8");
        return bytes;
    }

    Result<Value> value() {
        if (reader_.isUnsignedInteger()) return integer(reader_.toUnsignedInteger(), false);
        if (reader_.isNegativeInteger()) {
            // The enum's value is the magnitude, 0 standing for 2^64.
            return integer(static_cast<quint64>(reader_.toNegativeInteger()) - 1, true);
        }
        if (reader_.isBool()) {
            const bool flag = reader_.toBool();
            reader_.next();
            return Value{flag};
        }
        if (reader_.isString())
            return text(size_).map([](std::string text) { return Value{std::move(text)}; });
        if (reader_.isByteArray()) {
            return string(size_).map(
                [](const std::string& bytes) { return Value{QByteArray::fromStdString(bytes)}; });
        }
        if (reader_.isArray()) return texts();
        return violation("a value of a type that no message has");
    }

    /// Whether all of the body was read without a fault.
    [[nodiscard]] bool atEnd() {
        const auto error = reader_.lastError();
        const bool sound = error == QCborError::NoError || error == QCborError::EndOfFile;
        return sound && static_cast<std::size_t>(reader_.currentOffset()) == size_;
    }

 private:
    Result<std::uint64_t> enter(bool isIt, std::uint64_t most, const char* what) {
        if (!isIt || !reader_.isLengthKnown())
            return violation(std::string(what) + " of known length was expected");
        const std::uint64_t length = reader_.length();
        if (length > most) return violation(std::string(what) + " is too long");
        if (!reader_.enterContainer()) return violation(std::string(what) + " that cannot be read");
        return length;
    }

    Result<std::string> string(std::size_t longest) {
        if (!reader_.isLengthKnown()) return violation("a string of unknown length");
        // Before anything is allocated: it must fit into what did arrive.
        const std::uint64_t length = reader_.length();
        if (length > longest || length > size_ - static_cast<std::size_t>(reader_.currentOffset())) {
            return violation("a string that is too long");
        }
        std::string bytes(length, '\0');
        const auto chunk = reader_.readStringChunk(bytes.data(), static_cast<qsizetype>(length));
        if (chunk.status != QCborStreamReader::Ok || static_cast<std::uint64_t>(chunk.data) != length) {
            return violation("a string that cannot be read");
        }
        char none = 0;
        if (reader_.readStringChunk(&none, 0).status != QCborStreamReader::EndOfString) {
            return violation("a string that does not end");
        }
        return bytes;
    }

    Result<Value> integer(std::uint64_t magnitude, bool negative) {
        if (magnitude > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
            return violation("an integer out of range");
        }
        reader_.next();
        const auto number = static_cast<std::int64_t>(magnitude);
        return Value{negative ? -number - 1 : number};
    }

    Result<Value> texts() {
        const auto length = enter(true, kMostItems, "a list");
        if (!length) return tl::unexpected(length.error());
        std::vector<std::string> items;
        for (std::uint64_t i = 0; i < *length; ++i) {
            auto item = text(size_);
            if (!item) return tl::unexpected(item.error());
            items.push_back(std::move(*item));
        }
        leave();
        return Value{std::move(items)};
    }

    std::size_t size_;
    QCborStreamReader reader_;
};

using Members = std::map<std::string, Value, std::less<>>;

Result<Members> readMembers(std::string_view body) {
    Reader reader(body);
    const auto pairs = reader.enterMap();
    if (!pairs) return tl::unexpected(pairs.error());
    Members members;
    for (std::uint64_t i = 0; i < *pairs; ++i) {
        auto key = reader.text(kLongestKey);
        if (!key) return tl::unexpected(key.error());
        auto value = reader.value();
        if (!value) return tl::unexpected(value.error());
        if (!members.emplace(std::move(*key), std::move(*value)).second)
            return violation("a key that comes twice");
    }
    reader.leave();
    if (!reader.atEnd()) return violation("bytes after the message, or a malformed one");
    return members;
}

bool isId(std::string_view text) {
    return !text.empty() && text.size() <= 64 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

/// Takes the members of one message out of the map; the first fault sticks, and what is left over is one.
class Fields {
 public:
    explicit Fields(Members members) : members_(std::move(members)) {}

    std::string text(const char* key, std::size_t longest) {
        auto value = take<std::string>(key);
        if (value && value->size() > longest) fault(std::string("`") + key + "` is too long");
        return value.value_or(std::string{});
    }
    std::string optionalText(const char* key, std::size_t longest) {
        return members_.contains(key) ? text(key, longest) : std::string{};
    }
    std::string id(const char* key) {
        auto value = text(key, 64);
        if (!isId(value)) fault(std::string("`") + key + "` is no id");
        return value;
    }
    std::string bytes(const char* key, std::size_t longest) {
        const auto value = take<Bytes>(key);
        if (value && static_cast<std::size_t>(value->size()) > longest)
            fault(std::string("`") + key + "` is too long");
        return value.value_or(Bytes{}).toStdString();
    }
    std::int64_t number(const char* key) {
        const auto value = take<std::int64_t>(key);
        if (value && *value < 0) fault(std::string("`") + key + "` is negative");
        return value.value_or(0);
    }
    std::optional<int> exitCode(const char* key) {
        if (!members_.contains(key)) return std::nullopt;
        const auto value = take<std::int64_t>(key);
        if (value && (*value < 0 || *value > 255)) fault(std::string("`") + key + "` is no exit status");
        return value ? std::optional<int>(static_cast<int>(*value)) : std::nullopt;
    }
    std::vector<std::string> texts(const char* key) {
        return take<std::vector<std::string>>(key).value_or(std::vector<std::string>{});
    }
    FailureCause cause(const char* key) {
        const auto value = causeFromName(text(key, 32));
        if (!value || *value == FailureCause::None || *value == FailureCause::VmLost) {
            fault(std::string("`") + key + "` is no cause");
            return FailureCause::Protocol;
        }
        return *value;
    }
    [[nodiscard]] bool has(const char* key) const { return members_.contains(key); }

    void fault(std::string what) {
        if (fault_.empty()) fault_ = std::move(what);
    }
    /// The message, unless something was wrong with it.
    Result<GuestMessage> finish(GuestMessage message) {
        if (!members_.empty()) fault("a key that the message has not: `" + members_.begin()->first + "`");
        if (!fault_.empty()) return violation(fault_);
        return message;
    }

 private:
    template <typename T>
    std::optional<T> take(const char* key) {
        const auto found = members_.find(std::string_view{key});
        if (found == members_.end()) {
            fault(std::string("`") + key + "` is missing");
            return std::nullopt;
        }
        auto* value = std::get_if<T>(&found->second);
        if (value == nullptr) {
            fault(std::string("`") + key + "` is of the wrong type");
            return std::nullopt;
        }
        std::optional<T> taken{std::move(*value)};
        members_.erase(found);
        return taken;
    }

    Members members_;
    std::string fault_;
};

constexpr std::size_t kLongestName = 256;
constexpr std::size_t kLongestMessage = 4U << 10U;
constexpr std::size_t kLongestTraceback = 32U << 10U;
constexpr std::size_t kLongestOutput = 16U << 10U;
constexpr std::size_t kLargestEmitted = 64U << 10U;

Result<GuestMessage> readHello(Fields& fields) {
    Hello hello{fields.number("protocol"), fields.text("agent", kLongestName),
                fields.text("kernel", kLongestName), fields.texts("runtimes")};
    return fields.finish(std::move(hello));
}

Result<GuestMessage> readWarm(Fields& fields) {
    Warm warm{fields.id("runtime"), fields.number("init_us")};
    return fields.finish(std::move(warm));
}

Result<GuestMessage> readConfigured(Fields& fields) {
    return fields.finish(Configured{});
}

Result<GuestMessage> readRehearsed(Fields& fields) {
    return fields.finish(Rehearsed{});
}

Result<GuestMessage> readLoaded(Fields& fields) {
    return fields.finish(Loaded{fields.number("init_us")});
}

Result<GuestMessage> readLoadFailed(Fields& fields) {
    LoadFailed failed{fields.cause("cause"), fields.text("message", kLongestMessage),
                      fields.optionalText("traceback", kLongestTraceback), fields.exitCode("exit_code"),
                      fields.bytes("output", kOutputKept)};
    return fields.finish(std::move(failed));
}

Result<GuestMessage> readStarted(Fields& fields) {
    Started started{fields.id("execution"), fields.number("init_us")};
    return fields.finish(std::move(started));
}

Result<GuestMessage> readOutput(Fields& fields) {
    Output output;
    output.execution = fields.id("execution");
    const std::string stream = fields.text("stream", 16);
    if (stream != "stdout" && stream != "stderr") fields.fault("`stream` is neither stdout nor stderr");
    output.isError = stream == "stderr";
    output.data = fields.bytes("data", kLongestOutput);
    if (output.data.empty()) fields.fault("`data` is empty");
    return fields.finish(std::move(output));
}

Result<GuestMessage> readEmitted(Fields& fields) {
    Emitted emitted{fields.id("execution"), fields.text("name", 64), fields.text("data", kLargestEmitted)};
    if (!isName(emitted.name)) fields.fault("`name` is no name of a record");
    return fields.finish(std::move(emitted));
}

Result<GuestMessage> readResult(Fields& fields) {
    RunResult result;
    Outcome& outcome = result.outcome;
    result.execution = fields.id("execution");
    const std::string status = fields.text("status", 16);
    outcome.succeeded = status == "succeeded";
    if (!outcome.succeeded && status != "failed") fields.fault("`status` is neither succeeded nor failed");
    if (!outcome.succeeded) {
        outcome.cause = fields.cause("cause");
        outcome.message = fields.text("message", kLongestMessage);
        outcome.traceback = fields.optionalText("traceback", kLongestTraceback);
    }
    outcome.exitCode = fields.exitCode("exit_code");
    outcome.result = fields.optionalText("result", kLargestResult);
    outcome.resultBytes = fields.number("result_bytes");
    outcome.output = fields.bytes("output", kOutputKept);
    outcome.outputBytes = fields.number("output_bytes");
    outcome.durationUs = fields.number("duration_us");
    outcome.cpuUs = fields.number("cpu_us");
    outcome.memoryPeakBytes = fields.number("memory_peak_bytes");
    const std::string vm = fields.text("vm", 16);
    if (vm != "usable" && vm != "tainted") fields.fault("`vm` is neither usable nor tainted");
    result.tainted = vm == "tainted";
    if (!outcome.result.empty() && static_cast<std::size_t>(outcome.resultBytes) != outcome.result.size()) {
        fields.fault("`result_bytes` is not the size of `result`");
    }
    if (static_cast<std::size_t>(outcome.outputBytes) < outcome.output.size()) {
        fields.fault("`output_bytes` is less than the size of `output`");
    }
    return fields.finish(std::move(result));
}

Result<GuestMessage> readPong(Fields& fields) {
    return fields.finish(Pong{fields.number("nonce")});
}

Result<GuestMessage> readRefused(Fields& fields) {
    Refused refused{fields.text("request", 32),
                    fields.has("execution") ? fields.id("execution") : std::string{},
                    fields.text("message", kLongestMessage)};
    return fields.finish(std::move(refused));
}

Result<GuestMessage> readFault(Fields& fields) {
    return fields.finish(Fault{fields.text("message", kLongestMessage)});
}

struct Kind {
    std::string_view type;
    Result<GuestMessage> (*read)(Fields&);
};
constexpr std::array kKinds{
    Kind{"hello", readHello},         Kind{"warm", readWarm},     Kind{"configured", readConfigured},
    Kind{"rehearsed", readRehearsed}, Kind{"loaded", readLoaded}, Kind{"load_failed", readLoadFailed},
    Kind{"started", readStarted},     Kind{"output", readOutput}, Kind{"emitted", readEmitted},
    Kind{"result", readResult},       Kind{"pong", readPong},     Kind{"refused", readRefused},
    Kind{"fault", readFault}};

}  // namespace

tl::unexpected<Error> violation(std::string what) {
    return tl::unexpected(
        Error{Error::Kind::Invalid, "the guest broke the protocol: " + std::move(what), {}});
}

Result<GuestMessage> decodeGuestMessage(std::string_view body) {
    auto members = readMembers(body);
    if (!members) return tl::unexpected(members.error());
    Fields fields(std::move(*members));
    const std::string type = fields.text("type", kLongestKey);
    const auto* kind =
        std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& k) { return k.type == type; });
    if (kind == kKinds.end()) return violation("a message without a known type");
    return kind->read(fields);
}

void FrameReader::append(std::string_view bytes) {
    buffer_.erase(0, std::exchange(consumed_, 0));
    buffer_.append(bytes);
}

Result<std::optional<std::string_view>> FrameReader::next() {
    const std::string_view rest = std::string_view(buffer_).substr(consumed_);
    if (rest.size() < kFrameHeader) return std::nullopt;
    const std::size_t length = qFromLittleEndian<quint32>(rest.data());
    if (length == 0 || length > kLargestFrame)
        return violation("a frame of " + std::to_string(length) + " bytes");
    if (rest.size() - kFrameHeader < length) return std::nullopt;
    consumed_ += kFrameHeader + length;
    return rest.substr(kFrameHeader, length);
}

}  // namespace dogwatch::vmpool

#include "vmpool/guest/message.h"

#include <limits>
#include <optional>

#include "vmpool/guest/text.h"

namespace dogwatch::guest {
namespace {

enum Major : unsigned { kUnsigned, kNegative, kByteString, kText, kArray, kMap, kTag, kSimple };
constexpr unsigned kFalse = 20;
constexpr unsigned kTrue = 21;
constexpr std::uint64_t kMostPairs = 32;
constexpr std::uint64_t kMostItems = 256;
constexpr std::size_t kLongestKey = 32;

void putHead(std::string& out, Major major, std::uint64_t value) {
    const auto first = static_cast<unsigned>(major) << 5U;
    int bytes = 0;
    unsigned info = 0;
    if (value < 24) {
        out.push_back(static_cast<char>(first | static_cast<unsigned>(value)));
        return;
    }
    if (value <= 0xFF) {
        bytes = 1, info = 24;
    } else if (value <= 0xFFFF) {
        bytes = 2, info = 25;
    } else if (value <= 0xFFFFFFFF) {
        bytes = 4, info = 26;
    } else {
        bytes = 8, info = 27;
    }
    out.push_back(static_cast<char>(first | info));
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
        out.push_back(static_cast<char>((value >> static_cast<unsigned>(shift)) & 0xFFU));
    }
}

void putString(std::string& out, Major major, std::string_view text) {
    putHead(out, major, text.size());
    out.append(text);
}

struct Encoder {
    std::string& out;

    void operator()(std::int64_t value) const {
        if (value >= 0) {
            putHead(out, kUnsigned, static_cast<std::uint64_t>(value));
        } else {
            putHead(out, kNegative, ~static_cast<std::uint64_t>(value));
        }
    }
    void operator()(bool value) const { putHead(out, kSimple, value ? kTrue : kFalse); }
    void operator()(const std::string& text) const { putString(out, kText, text); }
    void operator()(const Bytes& bytes) const { putString(out, kByteString, bytes.data); }
    void operator()(const TextList& list) const {
        putHead(out, kArray, list.size());
        for (const auto& item : list) putString(out, kText, item);
    }
    void operator()(const TextMap& map) const {
        putHead(out, kMap, map.size());
        for (const auto& [key, value] : map) {
            putString(out, kText, key);
            putString(out, kText, value);
        }
    }
};

/// Reads the subset off a body. The first fault sticks in `fault`; what is returned after it means nothing.
class Decoder {
 public:
    explicit Decoder(std::string_view body) : rest_(body) {}

    Message message() {
        Message message;
        const auto pairs = count(head(), kMap, kMostPairs, "a map of at most 32 pairs");
        for (std::uint64_t i = 0; i < pairs && fault_.empty(); ++i) {
            auto key = text();
            if (key.size() > kLongestKey) fail("a key of more than 32 bytes");
            auto item = value();
            if (fault_.empty() && !message.emplace(std::move(key), std::move(item)).second) {
                fail("a key that stands twice");
            }
        }
        if (!rest_.empty()) fail("bytes after the map");
        return message;
    }

    [[nodiscard]] const std::string& fault() const { return fault_; }

 private:
    struct Head {
        Major major;
        std::uint64_t value;
    };

    void fail(std::string_view what) {
        if (fault_.empty()) fault_ = what;
        rest_ = {};
    }

    std::uint8_t byte() {
        if (rest_.empty()) {
            fail("a frame that ends inside a value");
            return 0;
        }
        const auto byte = static_cast<std::uint8_t>(rest_.front());
        rest_.remove_prefix(1);
        return byte;
    }

    Head head() {
        const unsigned first = byte();
        const auto major = static_cast<Major>(first >> 5U);
        const unsigned info = first & 31U;
        if (info < 24) return {major, info};
        if (info > 27) {
            fail("an indefinite length or a reserved CBOR head");
            return {major, 0};
        }
        std::uint64_t value = 0;
        for (unsigned left = 1U << (info - 24); left > 0; --left) value = value << 8U | byte();
        return {major, value};
    }

    std::uint64_t count(Head head, Major major, std::uint64_t most, std::string_view expected) {
        if (head.major == major && head.value <= most) return head.value;
        fail("something else where " + std::string(expected) + " is expected");
        return 0;
    }

    std::string_view stringBody(std::uint64_t size) {
        if (size > rest_.size()) {
            fail("a string longer than its frame");
            return {};
        }
        const auto body = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return body;
    }

    std::string textBody(std::uint64_t size) {
        const auto body = stringBody(size);
        if (!isUtf8(body)) fail("text that is not UTF-8");
        return std::string(body);
    }

    std::string text() {
        const auto start = head();
        if (start.major != kText) fail("something else where text is expected");
        return fault_.empty() ? textBody(start.value) : std::string();
    }

    Value value() {
        const auto start = head();
        switch (start.major) {
            case kUnsigned:
            case kNegative: return integer(start);
            case kByteString: return Bytes{std::string(stringBody(start.value))};
            case kText: return textBody(start.value);
            case kArray: return list(start);
            case kMap: return map(start);
            case kSimple:
                if (start.value == kTrue || start.value == kFalse) return start.value == kTrue;
                [[fallthrough]];
            case kTag: break;
        }
        fail("a kind of value that is not used here");
        return false;
    }

    std::int64_t integer(Head head) {
        if (head.value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
            fail("an integer beyond 64 bits");
            return 0;
        }
        const auto value = static_cast<std::int64_t>(head.value);
        return head.major == kUnsigned ? value : -1 - value;
    }

    TextList list(Head head) {
        TextList list;
        const auto items = count(head, kArray, kMostItems, "a list of at most 256 texts");
        for (std::uint64_t i = 0; i < items && fault_.empty(); ++i) list.push_back(text());
        return list;
    }

    TextMap map(Head head) {
        TextMap map;
        const auto pairs = count(head, kMap, kMostItems, "a map of at most 256 texts");
        for (std::uint64_t i = 0; i < pairs && fault_.empty(); ++i) {
            auto key = text();
            auto item = text();
            if (!map.emplace(std::move(key), std::move(item)).second) fail("a key that stands twice");
        }
        return map;
    }

    std::string_view rest_;
    std::string fault_;
};

}  // namespace

std::string encodeMessage(const Message& message) {
    std::string out;
    putHead(out, kMap, message.size());
    for (const auto& [key, value] : message) {
        putString(out, kText, key);
        std::visit(Encoder{out}, value);
    }
    return out;
}

Result<Message> decodeMessage(std::string_view body) {
    Decoder decoder(body);
    auto message = decoder.message();
    if (!decoder.fault().empty()) return failure("the frame holds " + decoder.fault());
    return message;
}

}  // namespace dogwatch::guest

// A message of the guest protocol: one flat CBOR map, in the strict subset of docs/guest-protocol.md
// ("Frames").
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "vmpool/guest/result.h"

namespace dogwatch::guest {

/// A CBOR byte string, as against text.
struct Bytes {
    std::string data;
    bool operator==(const Bytes&) const = default;
};

using TextList = std::vector<std::string>;
using TextMap = std::map<std::string, std::string>;
using Value = std::variant<std::int64_t, bool, std::string, Bytes, TextList, TextMap>;
using Message = std::map<std::string, Value, std::less<>>;

/// The body of a frame. Text in the message must be valid UTF-8 (see toUtf8).
std::string encodeMessage(const Message& message);

/// Never reads past `body`, never allocates more than `body` holds, does not recurse.
Result<Message> decodeMessage(std::string_view body);

}  // namespace dogwatch::guest

#include "vmpool/guest/frames.h"

#include <cstdint>

namespace dogwatch::guest {

void putU32(std::string& out, std::size_t value) {
    for (unsigned shift = 0; shift < 32; shift += 8) out.push_back(static_cast<char>(value >> shift & 0xFFU));
}

std::size_t getU32(std::string_view four) {
    std::size_t value = 0;
    for (std::size_t i = 4; i-- > 0;) value = value << 8U | static_cast<std::uint8_t>(four[i]);
    return value;
}

std::string frame(std::string_view body) {
    std::string out;
    out.reserve(4 + body.size());
    putU32(out, body.size());
    out.append(body);
    return out;
}

Result<std::optional<std::string>> FrameReader::next() {
    const auto rest = std::string_view(buffer_).substr(taken_);
    if (rest.size() >= 4) {
        const auto size = getU32(rest);
        if (size == 0 || size > kLargestFrame) {
            return failure("a frame of " + std::to_string(size) + " bytes, where 1 to 8388608 are allowed");
        }
        if (rest.size() - 4 >= size) {
            auto body = std::string(rest.substr(4, size));
            taken_ += 4 + size;
            return body;
        }
    }
    buffer_.erase(0, taken_);
    taken_ = 0;
    return std::optional<std::string>();
}

void FrameReader::clear() {
    buffer_.clear();
    taken_ = 0;
}

}  // namespace dogwatch::guest

// Length-prefixed frames: u32 little endian, then that many bytes. Used on the port and on the runner's
// channel.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "vmpool/guest/result.h"

namespace dogwatch::guest {

constexpr std::size_t kLargestFrame = 8U << 20U;  ///< bytes of a body

std::string frame(std::string_view body);
void putU32(std::string& out, std::size_t value);
std::size_t getU32(std::string_view four);

/// Cuts a stream of bytes into frames. Buffers what has arrived, never what a length promises.
class FrameReader {
 public:
    void feed(std::string_view bytes) { buffer_.append(bytes); }
    /// The next body; nothing: it is not complete yet; an error: the length is 0 or over kLargestFrame.
    Result<std::optional<std::string>> next();
    void clear();

 private:
    std::string buffer_;
    std::size_t taken_ = 0;  ///< bytes at the start of the buffer that were handed out
};

}  // namespace dogwatch::guest

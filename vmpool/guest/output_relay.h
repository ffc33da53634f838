// What an execution prints on its way to the host: counted, its end kept, sent on in chunks within a budget.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "vmpool/guest/driver.h"

namespace dogwatch::guest {

constexpr std::size_t kOutputKept = 4U << 10U;
constexpr std::size_t kLargestChunk = 16U << 10U;

class OutputRelay {
 public:
    struct Chunk {
        Stream stream = Stream::Output;
        std::string data;
    };

    /// `budget`: bytes that may be sent on; the rest is only counted.
    explicit OutputRelay(std::int64_t budget) : budget_(budget) {}

    void append(Stream stream, std::string_view data);
    /// The next chunk to send, at most kLargestChunk; nothing: all is sent.
    std::optional<Chunk> next();
    [[nodiscard]] std::size_t waiting() const { return waiting_; }
    [[nodiscard]] const std::string& tail() const {
        return tail_;
    }  ///< the last kOutputKept bytes of both streams
    [[nodiscard]] std::int64_t total() const { return total_; }

 private:
    std::int64_t budget_;
    std::int64_t total_ = 0;
    std::size_t waiting_ = 0;
    std::string tail_;
    std::deque<Chunk> chunks_;
};

}  // namespace dogwatch::guest

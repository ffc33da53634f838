#include "vmpool/guest/output_relay.h"

#include <algorithm>

namespace dogwatch::guest {

void OutputRelay::append(Stream stream, std::string_view data) {
    total_ += static_cast<std::int64_t>(data.size());
    tail_.append(data.substr(data.size() - std::min(data.size(), kOutputKept)));
    if (tail_.size() > kOutputKept) tail_.erase(0, tail_.size() - kOutputKept);

    data = data.substr(
        0, static_cast<std::size_t>(std::min<std::int64_t>(budget_, static_cast<std::int64_t>(data.size()))));
    budget_ -= static_cast<std::int64_t>(data.size());
    waiting_ += data.size();
    while (!data.empty()) {
        if (chunks_.empty() || chunks_.back().stream != stream ||
            chunks_.back().data.size() == kLargestChunk) {
            chunks_.push_back({stream, {}});
        }
        auto& last = chunks_.back().data;
        const auto part = data.substr(0, kLargestChunk - last.size());
        last.append(part);
        data.remove_prefix(part.size());
    }
}

std::optional<OutputRelay::Chunk> OutputRelay::next() {
    if (chunks_.empty()) return std::nullopt;
    auto chunk = std::move(chunks_.front());
    chunks_.pop_front();
    waiting_ -= chunk.data.size();
    return chunk;
}

}  // namespace dogwatch::guest

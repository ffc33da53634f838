// IdempotencyKeys: which execution a repeated request means. Keys are kept for a while, the latest 100,000 at
// most.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "core/model/time.h"

namespace dogwatch::dispatch {

class IdempotencyKeys {
 public:
    static constexpr std::size_t kMost = 100'000;

    explicit IdempotencyKeys(Duration kept) : kept_(kept) {}

    [[nodiscard]] static std::string keyOf(const std::string& function, const std::string& key) {
        return function + '\0' + key;
    }

    [[nodiscard]] std::optional<std::string> find(const std::string& key, Time now) {
        forget(now);
        const auto found = executions_.find(key);
        if (found == executions_.end()) return std::nullopt;
        return found->second;
    }

    void add(const std::string& key, std::string execution, Time now) {
        forget(now);
        if (!executions_.emplace(key, std::move(execution)).second) return;
        order_.emplace_back(now, key);
        if (order_.size() > kMost) dropOldest();
    }

 private:
    void forget(Time now) {
        while (!order_.empty() && order_.front().first + kept_ <= now) dropOldest();
    }
    void dropOldest() {
        executions_.erase(order_.front().second);
        order_.pop_front();
    }

    Duration kept_;
    std::unordered_map<std::string, std::string> executions_;
    std::deque<std::pair<Time, std::string>> order_;
};

}  // namespace dogwatch::dispatch

// Archives: a state written to bytes and read back. One function of a type serves both ways, so that they
// cannot disagree: archive.field(x) writes x, or reads into it.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/engine/detectors/detector.h"
#include "core/engine/ring.h"
#include "core/engine/timer_queue.h"
#include "core/model/json.h"

namespace dogwatch::engine {

template <typename T>
concept PlainField = std::is_arithmetic_v<T> || std::is_enum_v<T>;

class Writer {
 public:
    static constexpr bool kReads = false;

    explicit Writer(TimerQueue& timers) : timers_(&timers) {}
    TimerOwner owner;  ///< of the timers that follow
    [[nodiscard]] const std::string& bytes() const { return bytes_; }
    [[nodiscard]] bool ok() const { return true; }

    template <PlainField T>
    void field(T& value) {
        bytes_.append(reinterpret_cast<const char*>(&value), sizeof(T));
    }
    void field(std::string& text) {
        size(text.size());
        bytes_ += text;
    }
    void field(json::value& value) {
        std::string text = toJson(value);
        field(text);
    }
    void field(json::object& object) {
        json::value value = object;
        field(value);
    }
    template <typename List, typename Element>
    void list(List& list, Element element) {
        size(list.size());
        for (auto& one : list) element(one);
    }
    template <typename T, typename Element>
    void ring(Ring<T>& ring, Element element) {
        size(ring.size());
        for (std::size_t i = 0; i < ring.size(); ++i) {
            T one = ring[i];
            element(one);
        }
    }
    template <typename Map, typename Value>
    void map(Map& map, Value value) {
        size(map.size());
        for (auto& [key, one] : map) {
            auto copy = key;
            field(copy);
            value(one);
        }
    }
    template <typename T, typename Value>
    void optional(std::unique_ptr<T>& pointer, Value value) {
        bool present = pointer != nullptr;
        field(present);
        if (present) value(*pointer);
    }
    void timer(TimerSlot& slot) {
        bool present = slot != kNoTimer;
        field(present);
        if (!present) return;
        std::int64_t pending = timers_->pending(slot);
        field(pending);
    }
    void timer(Timer& one) { timer(one.slot); }

 private:
    void size(std::size_t size) {
        std::uint64_t wide = size;
        field(wide);
    }

    TimerQueue* timers_;
    std::string bytes_;
};

/// Reads what Writer wrote. Where the bytes end early or make no sense, ok() is false and everything after
/// reads as nothing.
class Reader {
 public:
    static constexpr bool kReads = true;

    Reader(std::string_view bytes, TimerQueue& timers) : rest_(bytes), timers_(&timers) {}
    TimerOwner owner;  ///< of the timers that follow
    [[nodiscard]] bool ok() const { return ok_; }
    void fail() {
        ok_ = false;
        rest_ = {};
    }
    [[nodiscard]] bool atEnd() const { return rest_.empty(); }

    template <PlainField T>
    void field(T& value) {
        if (rest_.size() < sizeof(T)) {
            fail();
            return;
        }
        std::memcpy(&value, rest_.data(), sizeof(T));
        rest_.remove_prefix(sizeof(T));
    }
    void field(std::string& text) {
        const std::size_t length = size();
        text.assign(rest_.substr(0, length));
        rest_.remove_prefix(length);
    }
    void field(json::value& value) {
        std::string text;
        field(text);
        auto parsed = parseJson(text);
        if (!parsed) {
            fail();
            return;
        }
        value = std::move(*parsed);
    }
    void field(json::object& object) {
        json::value value;
        field(value);
        if (auto* read = value.if_object()) {
            object = std::move(*read);
        } else {
            fail();
        }
    }
    template <typename List, typename Element>
    void list(List& list, Element element) {
        list.clear();
        for (std::size_t n = size(); n > 0 && ok_; --n) {
            list.emplace_back();
            element(list.back());
        }
    }
    template <typename T, typename Element>
    void ring(Ring<T>& ring, Element element) {
        ring.clear();
        for (std::size_t n = size(); n > 0 && ok_; --n) {
            T one{};
            element(one);
            ring.push(one);
        }
    }
    template <typename Map, typename Value>
    void map(Map& map, Value value) {
        map.clear();
        for (std::size_t n = size(); n > 0 && ok_; --n) {
            typename Map::key_type key{};
            field(key);
            value(map[key]);
        }
    }
    template <typename T, typename Value>
    void optional(std::unique_ptr<T>& pointer, Value value) {
        bool present = false;
        field(present);
        if (!present) return;
        pointer = std::make_unique<T>();
        value(*pointer);
    }
    void timer(TimerSlot& slot) {
        bool present = false;
        field(present);
        if (!present) return;
        std::int64_t pending = kNever;
        field(pending);
        slot = timers_->open(owner);
        if (pending != kNever) timers_->armKey(slot, pending);
    }
    void timer(Timer& one) {
        timer(one.slot);
        one.pending = one.slot == kNoTimer ? kNever : timers_->pending(one.slot);
    }

 private:
    /// How many elements or bytes follow; each takes a byte at least.
    std::size_t size() {
        std::uint64_t size = 0;
        field(size);
        if (size <= rest_.size()) return size;
        fail();
        return 0;
    }

    std::string_view rest_;
    TimerQueue* timers_;
    bool ok_ = true;
};

}  // namespace dogwatch::engine

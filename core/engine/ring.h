// Ring: a queue in one block of memory, for windows. Grows by doubling, gives memory back when it is nearly
// empty, and allocates nothing while its size is steady.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>
#include <utility>

namespace dogwatch::engine {

template <typename T>
class Ring {
    static_assert(std::is_trivially_copyable_v<T>);

 public:
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::size_t bytes() const { return capacity_ * sizeof(T); }
    [[nodiscard]] const T& operator[](std::size_t i) const { return block_[(head_ + i) & (capacity_ - 1)]; }
    [[nodiscard]] const T& front() const { return block_[head_]; }

    void push(const T& element) {
        if (size_ == capacity_) resize(capacity_ == 0 ? 4 : std::size_t{capacity_} * 2);
        block_[(head_ + size_) & (capacity_ - 1)] = element;
        ++size_;
    }

    void pop() {
        head_ = (head_ + 1) & (capacity_ - 1);
        --size_;
        if (capacity_ > kKept && size_ < capacity_ / 8) resize(capacity_ / 2);
    }

    void clear() { *this = Ring{}; }
    /// Empty again, and ready for as many as before unless those were many.
    void forget() {
        if (capacity_ > kKept) clear();
        head_ = size_ = 0;
    }

 private:
    static constexpr std::uint32_t kKept = 64;  ///< capacity that is never given back

    void resize(std::size_t capacity) {
        auto block = std::make_unique_for_overwrite<T[]>(capacity);
        for (std::size_t i = 0; i < size_; ++i) block[i] = (*this)[i];
        block_ = std::move(block);
        capacity_ = static_cast<std::uint32_t>(capacity);
        head_ = 0;
    }

    std::unique_ptr<T[]> block_;
    std::uint32_t capacity_ = 0;  ///< 0 or a power of two
    std::uint32_t head_ = 0;
    std::uint32_t size_ = 0;
};

}  // namespace dogwatch::engine

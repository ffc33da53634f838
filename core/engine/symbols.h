// Symbols: names of event kinds and functions as small integers, so that a record that comes in twice is told
// apart by number and not by text.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "core/engine/text_map.h"

namespace dogwatch::engine {

using Symbol = std::uint32_t;

constexpr Symbol kNoSymbol = 0;        ///< no name: the record has no function
constexpr Symbol kUnlistedSymbol = 1;  ///< a name beyond the bound; it is told by its text alone

/// Interns up to kMost names; later ones are unlisted (custom.NAME comes from user code, and must not be able
/// to fill the memory). A symbol stays valid as long as its table.
class Symbols {
 public:
    static constexpr std::size_t kMost = std::size_t{1} << 20U;

    Symbols();

    Symbol intern(std::string_view name);
    [[nodiscard]] std::string_view name(Symbol symbol) const { return names_[symbol]; }
    [[nodiscard]] std::size_t size() const { return names_.size(); }

 private:
    std::deque<std::string> names_;  ///< a deque: the views that are the keys below stay valid
    absl::flat_hash_map<std::string_view, Symbol, TextHash, std::equal_to<>> symbols_;
};

}  // namespace dogwatch::engine

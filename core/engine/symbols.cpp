#include "core/engine/symbols.h"

namespace dogwatch::engine {

Symbols::Symbols() : names_(2) {}

Symbol Symbols::intern(std::string_view name) {
    if (const auto found = symbols_.find(name); found != symbols_.end()) return found->second;
    if (names_.size() >= kMost) return kUnlistedSymbol;
    const auto symbol = static_cast<Symbol>(names_.size());
    symbols_.emplace(names_.emplace_back(name), symbol);
    return symbol;
}

}  // namespace dogwatch::engine

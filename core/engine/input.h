// Input: a record in the form the fold is fastest with: names interned, the body behind an interface that is
// asked only for the fields that some definition needs. The journal feeds replays and backtests in this form
// without decoding JSON.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/engine/symbols.h"
#include "core/model/value.h"

namespace dogwatch::engine {

/// The fields of a record, looked up when needed.
class Fields {
 public:
    virtual ~Fields() = default;
    /// What stands at the path; null: nothing. Never asked for `seq`, `time` or `event`. The result stays
    /// valid for as long as the fold of this record runs.
    [[nodiscard]] virtual const json::value* find(const FieldPath& path) const = 0;
};

struct Input {
    std::int64_t seq = 0;
    std::int64_t time = 0;        ///< µs since the epoch
    Symbol event = kNoSymbol;     ///< of Engine::symbols()
    Symbol function = kNoSymbol;  ///< likewise; kNoSymbol: the record has no function
    std::int64_t depth = 0;
    std::string_view eventName;      ///< needed where `event` is kUnlistedSymbol
    std::string_view functionName;   ///< needed where `function` is kUnlistedSymbol
    std::string_view execution;      ///< for gauges; empty: none
    std::string_view vm;             ///< for gauges; empty: none
    const Record* record = nullptr;  ///< where it is decoded already: for evidence
    const Fields* fields = nullptr;  ///< null: it has no fields beyond those here
};

}  // namespace dogwatch::engine

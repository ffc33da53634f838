// What lists and optional times look like in JSON.
#pragma once

#include <optional>

#include "core/model/json.h"
#include "core/model/time.h"

namespace dogwatch {

/// In microseconds; null: there is none.
inline json::value timeOrNull(const std::optional<Time>& time) {
    return time ? json::value(toUs(*time)) : json::value(nullptr);
}

/// A list of what `encode` makes of each.
template <typename List, typename Encode>
json::array encodeList(const List& list, Encode encode) {
    json::array result;
    result.reserve(list.size());
    for (const auto& each : list) result.push_back(json::value(encode(each)));
    return result;
}

}  // namespace dogwatch

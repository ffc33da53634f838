// What docs/api.md calls FUNCTION, VM, a metaevent's object, …: values as JSON.
#pragma once

#include <optional>

#include "core/control/control_plane.h"
#include "core/model/json.h"

namespace dogwatch::api {

json::object encodeStatus(const control::PlaneStatus& status);
json::object encodeFunctionRow(const control::FunctionRow& row);
/// The object of `invoke --json`.
json::object encodeInvocation(const ExecutionDetail& detail);
json::object encodeMetaevent(const control::MetaeventRow& row);
json::object encodeChange(const control::AppliedChange& change);

json::value timeOrNull(const std::optional<Time>& time);  ///< in microseconds

/// A list of what toJson() makes of each.
template <typename List, typename Encode>
json::array encodeList(const List& list, Encode encode) {
    json::array result;
    result.reserve(list.size());
    for (const auto& each : list) result.push_back(json::value(encode(each)));
    return result;
}

}  // namespace dogwatch::api

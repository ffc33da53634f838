// What docs/api.md calls FUNCTION, VM, a metaevent's object, …: values as JSON.
#pragma once

#include <optional>

#include "core/control/control_plane.h"
#include "core/model/json.h"
#include "core/model/json_lists.h"

namespace dogwatch::api {

json::object encodeStatus(const control::PlaneStatus& status);
json::object encodeFunctionRow(const control::FunctionRow& row);
/// The object of `invoke --json`.
json::object encodeInvocation(const ExecutionDetail& detail);
json::object encodeMetaevent(const control::MetaeventRow& row);
json::object encodeChange(const control::AppliedChange& change);

}  // namespace dogwatch::api

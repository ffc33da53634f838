// Traces and backtests as JSON (docs/api.md, History).
#pragma once

#include "core/control/history.h"
#include "core/model/json.h"

namespace dogwatch::api {

json::object encodeBacktest(const control::BacktestAnswer& answer, const control::BacktestQuery& query);

}  // namespace dogwatch::api

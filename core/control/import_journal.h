// Importing a file of records into a data directory that has no journal yet, without a control plane: what a
// backtest or a console is to look at elsewhere.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "core/model/result.h"
#include "core/model/time.h"

namespace dogwatch::control {

struct Imported {
    std::int64_t records = 0;
    std::int64_t passedOver = 0;  ///< metaevent.* records: they belong to definitions that are not here
    std::int64_t lastSeq = 0;
    Time lastTime{};
};

/// Makes a journal of the records in `file`, one JSON object a line, with their own times and seqs. The whole
/// file is read before anything is written: one with a fault leaves nothing behind. Refused where there is a
/// journal that holds anything. `progress`: called now and then with the records written so far.
Result<Imported> importJournal(const std::string& directory, const std::string& file, Time now,
                               const std::function<void(std::int64_t)>& progress);

}  // namespace dogwatch::control

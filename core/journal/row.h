// How a record is split into the columns of its table, and put together again. Private to core/journal.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/model/record.h"

namespace dogwatch::journal {

struct RecordRow {
    std::string_view function;   ///< "" when it has none, or none that is a string
    std::string_view execution;  ///< the same
    std::string body;            ///< JSON of the remaining fields
};

/// The views point into the record.
RecordRow toRow(const Record& record);

Result<Record> fromRow(std::int64_t seq, Time time, std::string_view event, std::string_view function,
                       std::string_view execution, std::string_view body);

}  // namespace dogwatch::journal

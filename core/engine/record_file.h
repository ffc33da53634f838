// Files of records: one JSON object a line (spec section 7).
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>

#include "core/model/record.h"
#include "core/model/result.h"

namespace dogwatch::engine {

/// Reads one record after the other. A line that is no record, or goes back in seq or time, is an error whose
/// path is "line N". Blank lines are passed over.
class RecordFile {
 public:
    /// The stream must outlive the reader.
    explicit RecordFile(std::istream& stream) : stream_(&stream) {}

    /// The next record; none at the end.
    Result<std::optional<Record>> next();
    [[nodiscard]] std::int64_t line() const { return line_; }

 private:
    std::istream* stream_;
    std::string text_;
    std::int64_t line_ = 0;
    std::optional<std::int64_t> lastSeq_;
    Time lastTime_{};
};

}  // namespace dogwatch::engine

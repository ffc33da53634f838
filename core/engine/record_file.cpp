#include "core/engine/record_file.h"

#include <istream>

namespace dogwatch::engine {

Result<std::optional<Record>> RecordFile::next() {
    while (std::getline(*stream_, text_)) {
        ++line_;
        if (text_.find_first_not_of(" \t\r") == std::string::npos) continue;
        const std::string where = "line " + std::to_string(line_);
        const auto value = parseJson(text_);
        if (!value) return malformed(where, "a record in " + value.error().text());
        auto record = recordFromJson(*value);
        if (!record) return malformed(where, "a record, but " + record.error().text());
        if (lastSeq_ && record->seq <= *lastSeq_) {
            return malformed(
                where, "a seq greater than " + std::to_string(*lastSeq_) + ", that of the record before");
        }
        if (lastSeq_ && record->time < lastTime_) {
            return malformed(where, "a time not before " + toIso(lastTime_) + ", that of the record before");
        }
        lastSeq_ = record->seq;
        lastTime_ = record->time;
        return std::optional{std::move(*record)};
    }
    if (stream_->bad())
        return failure(Error::Kind::Io, "The records cannot be read: the disk reports an error");
    return std::optional<Record>{};
}

}  // namespace dogwatch::engine

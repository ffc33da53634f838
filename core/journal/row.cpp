#include "core/journal/row.h"

namespace dogwatch::journal {

RecordRow toRow(const Record& record) {
    RecordRow row{record.function(), record.execution(), {}};
    row.body = "{";
    for (const auto& member : record.fields) {
        const std::string_view key{member.key().data(), member.key().size()};
        if (key == "function" && !row.function.empty()) continue;
        if (key == "execution" && !row.execution.empty()) continue;
        if (row.body.size() > 1) row.body += ',';
        row.body += json::serialize(member.key());
        row.body += ':';
        row.body += toJson(member.value());
    }
    row.body += '}';
    return row;
}

Result<Record> fromRow(std::int64_t seq, Time time, std::string_view event, std::string_view function,
                       std::string_view execution, std::string_view body) {
    auto rest = parseJson(body);
    if (!rest || !rest->is_object()) {
        return failure(Error::Kind::Io,
                       "The record with seq " + std::to_string(seq) +
                           " of the journal is damaged; put the newest backup in its place.");
    }
    Record record{seq, time, std::string{event}, {}};
    record.fields.reserve(rest->get_object().size() + 2);
    if (!function.empty()) record.fields["function"] = function;
    if (!execution.empty()) record.fields["execution"] = execution;
    for (auto& member : rest->get_object()) record.fields.emplace(member.key(), std::move(member.value()));
    return record;
}

}  // namespace dogwatch::journal

// records.* and journal.*
#include <fmt/format.h>

#include "core/api/encode.h"
#include "core/api/methods.h"

namespace dogwatch::api {
namespace {

constexpr std::int64_t kMostRows = 10'000;
constexpr std::int64_t kLargestSeq = (1LL << 53U) - 1;

void list(const Context& context, Params& params, const Answer& answer) {
    journal::RecordQuery query;
    if (const std::string event = params.textOr("event"); !event.empty()) query.events = {event};
    if (const std::string function = params.textOr("function"); !function.empty())
        query.functions = {function};
    query.execution = params.textOr("execution");
    query.since = params.time("since");
    query.until = params.time("until");
    query.afterSeq = params.numberOr("after_seq", 0, 0, kLargestSeq);
    query.beforeSeq = params.numberOr("before_seq", 0, 0, kLargestSeq);
    query.limit = params.numberOr("limit", 1000, 1, kMostRows);
    query.newest = params.flagOr("newest");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    context.plane.queries().run<journal::RecordPage>(
        [query](journal::Reader& reader) { return reader.records(query); },
        encoded<journal::RecordPage>(answer, [](const journal::RecordPage& page) {
            return json::object{
                {"records", encodeList(page.records, [](const Record& record) { return toJson(record); })},
                {"more", page.more}};
        }));
}

void import(const Context& context, Params& params, const Answer& answer) {
    const auto* list = params.value("records").if_array();
    if (list == nullptr) return answer(malformed("records", "a list of records"));
    std::vector<Record> records;
    records.reserve(list->size());
    for (const auto& value : *list) {
        auto record = recordFromJson(value, false);
        if (!record) {
            return answer(malformed(fmt::format("records.{}.{}", records.size(), record.error().path),
                                    record.error().message));
        }
        records.push_back(std::move(*record));
    }
    context.plane.importRecords(std::move(records), encoded<std::int64_t>(answer, [](std::int64_t count) {
                                    return json::object{{"imported", count}};
                                }));
}

void backup(const Context& context, Params& params, const Answer& answer) {
    const std::string file = params.text("file");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    if (!file.starts_with('/')) return answer(malformed("file", "an absolute path"));
    context.plane.backup(
        file, context.session.cancelled(),
        encoded<journal::JournalInfo>(answer, [file](const journal::JournalInfo& info) {
            return json::object{{"file", file}, {"records", info.records}, {"last_seq", info.lastSeq}};
        }));
}

void check(const Context& context, Params& /*params*/, const Answer& answer) {
    context.plane.check(encoded<bool>(answer, [](bool ok) { return json::object{{"ok", ok}}; }));
}

}  // namespace

std::vector<Method> recordMethods() {
    return {{"records.list",
             {"event?", "function?", "execution?", "since?", "until?", "after_seq?", "before_seq?", "limit?",
              "newest?"},
             list},
            {"records.import", {"records"}, import},
            {"journal.backup", {"file"}, backup},
            {"journal.check", {}, check}};
}

}  // namespace dogwatch::api

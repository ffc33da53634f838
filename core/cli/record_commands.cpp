// records tail | export | import
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "core/cli/commands.h"
#include "core/cli/files.h"
#include "core/engine/record_file.h"

namespace dogwatch::cli {
namespace {

constexpr std::int64_t kPage = 1000;
constexpr std::int64_t kLatest = 20;
constexpr std::size_t kImportAtOnce = 8U << 20U;  ///< bytes of records in one request

void printRecord(Session& session, const json::object& record) {
    if (session.json()) {
        session.printLine(record);
    } else {
        session.out() << recordLine(record, session.now(), session.palette()) << '\n';
    }
}

std::int64_t seqOf(const json::value& record) {
    return intMember(record.get_object(), "seq");
}

/// Hands all records that the filter lets through to `take`, oldest first; returns the seq of the last.
template <typename Take>
Result<std::int64_t> readAll(Session& session, json::object params, std::int64_t after, const Take& take) {
    params["limit"] = kPage;
    for (;;) {
        params["after_seq"] = after;
        auto answer = session.ask("records.list", params);
        if (!answer) return tl::unexpected(answer.error());
        const auto records = listMember(*answer, "records");
        for (const auto& record : records) take(record.get_object());
        if (!records.empty()) after = std::max(after, seqOf(records.back()));
        if (records.empty() || !boolMember(*answer, "more")) return after;
    }
}

Result<std::int64_t> printLatest(Session& session, json::object params) {
    params["limit"] = kLatest;
    params["newest"] = true;
    auto answer = session.ask("records.list", params);
    if (!answer) return tl::unexpected(answer.error());
    auto records = listMember(*answer, "records");
    std::sort(records.begin(), records.end(),
              [](const auto& a, const auto& b) { return seqOf(a) < seqOf(b); });
    for (const auto& record : records) printRecord(session, record.get_object());
    return records.empty() ? 0 : seqOf(records.back());
}

/// Prints what comes until the control plane goes.
int follow(Session& session, json::object params, std::int64_t after) {
    params["topics"] = json::array{"records"};
    params["after_seq"] = after;
    const auto subscribed = session.ask("subscribe", params);
    if (!subscribed) return session.fail(subscribed.error());
    for (;;) {
        session.out().flush();
        auto connected = session.client();
        if (!connected) return session.fail(connected.error());
        auto next = (*connected)->next();
        if (!next) return session.fail(next.error());
        if (!*next) continue;
        auto& notification = **next;
        if (notification.method == "records") {
            for (const auto& record : listMember(notification.params, "records")) {
                if (seqOf(record) <= after) continue;
                after = seqOf(record);
                printRecord(session, record.get_object());
            }
        } else if (notification.method == "missed") {  // read too slowly: catch up
            auto filters = params;
            filters.erase("topics");
            const auto last =
                readAll(session, filters, after, [&](const auto& record) { printRecord(session, record); });
            if (!last) return session.fail(last.error());
            after = *last;
        }
    }
}

}  // namespace

int tailRecords(Session& session, const Arguments& arguments) {
    json::object filters;
    if (const auto event = arguments.value("--event")) filters["event"] = *event;
    if (const auto function = arguments.value("--function")) filters["function"] = *function;
    const auto since = arguments.time("--since", session.now());
    if (!since) return session.misuse(since.error());

    // Asked first, so that nothing that comes meanwhile is passed over.
    const auto hello = session.ask("hello", {{"client", "dogwatchctl"}});
    if (!hello) return session.fail(hello.error());
    Result<std::int64_t> last = 0;
    if (*since) {
        auto params = filters;
        params["since"] = toUs(**since);
        last = readAll(session, params, 0, [&](const auto& record) { printRecord(session, record); });
    } else {
        last = printLatest(session, filters);
    }
    if (!last) return session.fail(last.error());
    if (!arguments.has("--follow")) return kDone;
    if (*last == 0) {  // nothing matches so far: from where the journal stood
        const auto* journal = hello->if_contains("journal");
        if (journal != nullptr && journal->is_object()) last = intMember(journal->get_object(), "last_seq");
    }
    return follow(session, filters, *last);
}

namespace {

/// All of them, so that nothing is sent of a file that is broken further down.
Result<std::vector<Record>> readRecords(const std::string& path) {
    std::ifstream stream{path};
    if (!stream) return failure(Error::Kind::Io, "Cannot read " + path + ": " + std::strerror(errno) + ".");
    engine::RecordFile file{stream};
    std::vector<Record> records;
    for (;;) {
        auto record = file.next();
        if (!record)
            return malformed(path + ", " + record.error().path, "expected " + record.error().message);
        if (!*record) return records;
        records.push_back(std::move(**record));
    }
}

}  // namespace

int exportRecords(Session& session, const Arguments& arguments) {
    const auto& path = arguments.operand();
    std::int64_t count = 0;
    std::string lines;
    const auto last = readAll(session, {}, 0, [&](const json::object& record) {
        lines += toJson(record);
        lines += '\n';
        ++count;
    });
    if (!last) return session.fail(last.error());
    if (path == "-") {
        session.out() << lines;
        return kDone;
    }
    if (auto written = writeFile(path, lines); !written) return session.fail(written.error());
    if (session.json()) {
        session.printLine(json::object{{"exported", count}, {"file", path}});
    } else {
        session.out() << count << " records written to " << path << '\n';
    }
    return kDone;
}

int importRecords(Session& session, const Arguments& arguments) {
    const auto& path = arguments.operand();
    const auto records = readRecords(path);
    if (!records) return session.fail(records.error());

    std::int64_t imported = 0;
    json::array part;
    std::size_t size = 0;
    for (std::size_t i = 0; i < records->size(); ++i) {
        part.emplace_back(toJson((*records)[i]));
        size += toJson(part.back()).size();
        if (size < kImportAtOnce && i + 1 < records->size()) continue;
        const auto answer = session.ask("records.import", {{"records", std::move(part)}});
        if (!answer) return session.fail(answer.error());
        imported += intMember(*answer, "imported");
        part = {};
        size = 0;
    }
    if (session.json()) {
        session.printLine(json::object{{"imported", imported}});
    } else {
        session.out() << imported << " records imported\n";
    }
    return kDone;
}

}  // namespace dogwatch::cli

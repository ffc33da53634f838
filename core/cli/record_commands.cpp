// records tail | export | import
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <optional>

#include "core/cli/commands.h"
#include "core/cli/daemon_process.h"
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

/// How far long work is, in place on standard error where that is a terminal.
class Progress {
 public:
    Progress(Session& session, std::string_view done)
        : session_(session), done_(done), shown_(!session.json() && isatty(STDERR_FILENO) == 1) {}
    void show(std::int64_t count) {
        if (shown_ && count % kProgressEvery == 0) {
            session_.err() << '\r' << count << " records " << done_ << std::flush;
        }
    }
    void clear() {
        if (shown_) session_.err() << "\r\x1b[K" << std::flush;
    }

 private:
    static constexpr std::int64_t kProgressEvery = 10'000;
    Session& session_;
    std::string_view done_;
    bool shown_;
};

/// The seq behind the last that a control plane has told in its answer to hello.
std::int64_t endOf(const json::object& hello) {
    const auto* journal = hello.if_contains("journal");
    return journal != nullptr && journal->is_object() ? intMember(journal->get_object(), "last_seq") + 1 : 1;
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
        last = endOf(*hello) - 1;
    }
    return follow(session, filters, *last);
}

int exportRecords(Session& session, const Arguments& arguments) {
    const auto& path = arguments.operand();
    const bool toOutput = path == "-";
    std::optional<NewFile> file;
    if (!toOutput) file.emplace(path);
    std::ostream& stream = file ? file->stream() : session.out();
    Progress progress(session, "written");
    std::int64_t count = 0;
    // What comes while it runs is not exported: else it might never end.
    const auto hello = session.ask("hello", {{"client", "dogwatchctl"}});
    if (!hello) return session.fail(hello.error());
    const auto last = readAll(session, {{"before_seq", endOf(*hello)}}, 0, [&](const json::object& record) {
        stream << toJson(record) << '\n';
        progress.show(++count);
    });
    progress.clear();
    if (!last) return session.fail(last.error());
    if (!file) return kDone;
    if (const auto done = file->finish(); !done) return session.fail(done.error());
    if (session.json()) {
        session.printLine(json::object{{"exported", count}, {"file", path}});
    } else {
        session.out() << count << " records written to " << path << '\n';
    }
    return kDone;
}

namespace {

/// Sends the records of a file to the control plane, part by part.
Result<json::object> sendRecords(Session& session, const std::string& path) {
    std::ifstream stream{path};
    if (!stream) return failure(Error::Kind::Io, "Cannot read " + path + ": " + std::strerror(errno) + ".");
    engine::RecordFile file{stream};
    Progress progress(session, "sent");
    std::int64_t imported = 0;
    json::array part;
    std::size_t size = 0;
    for (bool more = true; more;) {
        auto record = file.next();
        if (!record)
            return malformed(path + ", " + record.error().path, "expected " + record.error().message);
        more = record->has_value();
        if (more) {
            part.emplace_back(toJson(**record));
            size += toJson(part.back()).size();
        }
        if (part.empty() || (more && size < kImportAtOnce)) continue;
        const auto answer = session.ask("records.import", {{"records", std::move(part)}});
        if (!answer) return tl::unexpected(answer.error());
        imported += intMember(*answer, "imported");
        progress.show(imported);
        part = {};
        size = 0;
    }
    progress.clear();
    return json::object{{"imported", imported}};
}

/// Has dogwatchd make a journal of them, where no control plane runs.
Result<json::object> makeJournal(Session& session, const std::string& path) {
    Progress progress(session, "imported");
    json::object last;
    const auto done = runDaemon({"--data", session.dataDir(), "--import", path}, [&](json::object line) {
        if (line.contains("progress")) return progress.show(intMember(line, "progress"));
        last = std::move(line);
    });
    progress.clear();
    if (!done) return tl::unexpected(done.error());
    return last;
}

}  // namespace

int importRecords(Session& session, const Arguments& arguments) {
    const auto& path = arguments.operand();
    const auto imported = session.isServed() ? sendRecords(session, path) : makeJournal(session, path);
    if (!imported) return session.fail(imported.error());
    if (session.json()) {
        session.printLine(*imported);
    } else {
        session.out() << intMember(*imported, "imported") << " records imported\n";
    }
    return kDone;
}

}  // namespace dogwatch::cli

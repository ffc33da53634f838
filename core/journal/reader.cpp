#include "core/journal/reader.h"

#include <algorithm>
#include <filesystem>
#include <limits>

#include "core/journal/reader_p.h"
#include "core/journal/row.h"
#include "core/journal/schema.h"
#include "core/model/selector.h"

namespace dogwatch::journal {
namespace {

constexpr std::size_t kMostCachedNames = 65'536;
constexpr std::int64_t kLongestPage = 10'000;
constexpr std::size_t kLargestPage = 8U
                                     << 20U;  // bytes of record bodies; more of them follow in the next page

std::string listOf(const std::vector<std::int64_t>& ids) {
    std::string list;
    for (const auto id : ids) list += (list.empty() ? "" : ",") + std::to_string(id);
    return list;
}

}  // namespace

// ---- Reader::Private

Result<std::string_view> Reader::Private::name(std::int64_t id) {
    if (id == 0) return std::string_view{};
    if (const auto known = names_.find(id); known != names_.end()) return known->second;
    if (names_.size() >= kMostCachedNames) names_.clear();
    auto query = database_.prepare("SELECT name FROM names WHERE id = ?1");
    if (!query) return tl::unexpected(query.error());
    const auto row = query->bind(1, id).step();
    if (!row) return tl::unexpected(row.error());
    return names_.emplace(id, query->text(0)).first->second;
}

Result<std::vector<std::int64_t>> Reader::Private::idsOf(const std::vector<std::string>& patterns) {
    std::vector<std::int64_t> ids;
    for (const auto& text : patterns) {
        const Pattern pattern(text);
        auto query = database_.prepare(pattern.isExact() ? "SELECT id, name FROM names WHERE name = ?1"
                                                         : "SELECT id, name FROM names");
        if (!query) return tl::unexpected(query.error());
        if (pattern.isExact()) query->bind(1, std::string_view{text});
        const auto done = each(*query, [&]() -> Result<void> {
            if (pattern.matches(query->text(1))) ids.push_back(query->integer(0));
            return {};
        });
        if (!done) return tl::unexpected(done.error());
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

Result<std::int64_t> Reader::Private::firstAt(const char* table, const char* key, const char* timeColumn,
                                              Time time) {
    const std::string column{key};
    const std::string from = " FROM " + std::string{table};
    const auto last = database_.queryInteger("SELECT max(" + column + ")" + from);
    if (!last) return last;
    auto probe = database_.prepare("SELECT " + column + ", " + timeColumn + from + " WHERE " + column +
                                   " >= ?1 ORDER BY " + column + " LIMIT 1");
    if (!probe) return tl::unexpected(probe.error());
    std::int64_t low = 0;
    std::int64_t high = *last + 1;
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        const auto row = probe->bind(1, middle).step();
        if (!row) return tl::unexpected(row.error());
        const bool reached = !*row || probe->integer(1) >= toUs(time);
        const std::int64_t found = *row ? probe->integer(0) : high;
        probe->reset();
        if (reached) {
            high = middle;
        } else {
            low = found + 1;
        }
    }
    return low;
}

Result<void> Reader::Private::each(Statement& statement, const std::function<Result<void>()>& row) {
    while (true) {
        const auto more = statement.step();
        if (!more) return tl::unexpected(more.error());
        if (!*more) return {};
        if (auto done = row(); !done) return done;
    }
}

std::string mergedKeys(const char* table, const char* key, const std::vector<std::string>& conditions,
                       std::int64_t after, std::int64_t before, std::int64_t limit, bool descending) {
    const std::string column{key};
    const std::string bounds =
        column + " > " + std::to_string(after) + " AND " + column + " < " + std::to_string(before);
    const std::string tail =
        " ORDER BY " + column + (descending ? " DESC" : " ASC") + " LIMIT " + std::to_string(limit);
    const auto select = [&](const std::string& condition) {
        return "SELECT " + column + " FROM (SELECT " + column + " FROM " + table + " WHERE " +
               (condition.empty() ? "" : condition + " AND ") + bounds + tail + ")";
    };
    if (conditions.empty()) return select("");
    std::string sql;
    for (const auto& condition : conditions) sql += (sql.empty() ? "" : " UNION ALL ") + select(condition);
    return "SELECT " + column + " FROM (" + sql + ")" + tail;
}

// ---- Reader

Reader::Reader(std::unique_ptr<Private> priv) : d(std::move(priv)) {}
Reader::~Reader() = default;
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;

Result<Reader> Reader::open(const std::string& directory) {
    const std::string path = directory + "/" + kFileName;
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
        return failure(Error::Kind::NotFound,
                       "There is no journal at " + path + "; start dogwatchd to make one.");
    }
    auto database = Database::open(path, Database::Mode::Read);
    if (!database) return tl::unexpected(database.error());
    const auto version = database->queryInteger("PRAGMA user_version");
    if (!version) return tl::unexpected(version.error());
    if (*version != migrations().back().version) {
        return failure(Error::Kind::Io, path + " has schema " + std::to_string(*version) +
                                            ", this program reads " +
                                            std::to_string(migrations().back().version) +
                                            "; start the dogwatchd that belongs to it.");
    }
    return Reader(std::make_unique<Private>(std::move(*database)));
}

Result<JournalInfo> Reader::info() {
    return d->snapshot<JournalInfo>([this]() -> Result<JournalInfo> {
        // Numbers begin at 1 and have no gaps but those that retention made, so nobody has to count.
        auto query = d->database().prepare(
            "SELECT (SELECT max(seq) FROM records), (SELECT time FROM records ORDER BY seq DESC LIMIT 1), "
            "(SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'records.removed')");
        if (!query) return tl::unexpected(query.error());
        if (const auto row = query->step(); !row) return tl::unexpected(row.error());
        JournalInfo info;
        if (!query->isNull(0)) {
            info.lastSeq = query->integer(0);
            info.records = info.lastSeq - query->integer(2);
            info.lastTime = timeFromUs(query->integer(1));
        }
        for (const char* suffix : {"", "-wal"}) {
            std::error_code error;
            const auto bytes = std::filesystem::file_size(d->database().path() + suffix, error);
            if (!error) info.bytes += static_cast<std::int64_t>(bytes);
        }
        return info;
    });
}

Result<JournalExtent> Reader::extent() {
    return d->snapshot<JournalExtent>([this]() -> Result<JournalExtent> {
        auto query = d->database().prepare(
            "SELECT (SELECT min(seq) FROM records), (SELECT max(seq) FROM records), (SELECT min(seq) + 1 "
            "FROM "
            "checkpoints), (SELECT (p.page_count - f.freelist_count) * s.page_size FROM pragma_page_count p, "
            "pragma_freelist_count f, pragma_page_size s)");
        if (!query) return tl::unexpected(query.error());
        if (const auto row = query->step(); !row) return tl::unexpected(row.error());
        JournalExtent extent;
        extent.firstSeq = query->integer(0);
        extent.lastSeq = query->integer(1);
        extent.neededFrom = query->integer(2);
        extent.usedBytes = query->integer(3);
        return extent;
    });
}

Result<std::int64_t> Reader::seqAt(Time time) {
    return d->firstAt("records", "seq", "time", time);
}

Result<void> Reader::check() {
    return integrityCheck(d->database());
}

// ---- records

namespace {

/// The names that a query asks for, as ids. `none`: it asks for some, and the journal has none of them.
struct Wanted {
    std::vector<std::int64_t> events;
    std::vector<std::int64_t> functions;
    bool none = false;
};

/// The conditions to merge: each pair of a function and an event, or each of what there is.
Result<std::vector<std::string>> conditionsOf(const Database& database, const Wanted& wanted) {
    std::vector<std::string> conditions;
    if (wanted.functions.empty()) {
        for (const auto event : wanted.events) conditions.push_back("event = " + std::to_string(event));
        return conditions;
    }
    // The index holds a function's records event by event: which events there are, it tells in one probe for
    // each.
    auto next = database.prepare(
        "SELECT event FROM records WHERE function = ?1 AND function <> 0 AND event > ?2 "
        "ORDER BY event LIMIT 1");
    if (!next) return tl::unexpected(next.error());
    for (const auto function : wanted.functions) {
        std::int64_t event = 0;
        while (conditions.size() <= kMostMerged) {
            const auto row = next->bind(1, function).bind(2, event).step();
            if (!row) return tl::unexpected(row.error());
            const bool found = *row;
            if (found) event = next->integer(0);
            next->reset();
            if (!found) break;
            if (!wanted.events.empty() &&
                !std::binary_search(wanted.events.begin(), wanted.events.end(), event)) {
                continue;
            }
            conditions.push_back("function = " + std::to_string(function) +
                                 " AND function <> 0 AND event = " + std::to_string(event));
        }
    }
    if (conditions.empty()) conditions.emplace_back("0");
    return conditions;
}

/// "event IN (…) AND function IN (…)" with the indexes kept out (+): for reading in order of seq.
std::string filterOf(const Wanted& wanted) {
    std::string filter;
    if (!wanted.events.empty()) filter += " AND +event IN (" + listOf(wanted.events) + ")";
    if (!wanted.functions.empty()) filter += " AND +function IN (" + listOf(wanted.functions) + ")";
    return filter;
}

/// Records with after < seq < before.
struct Bounds {
    std::int64_t after = 0;
    std::int64_t before = std::numeric_limits<std::int64_t>::max();
};

/// The statement that finds them, in the order asked for, one more than the page takes.
Result<Statement> findRecords(const Database& database, const RecordQuery& query, const Wanted& wanted,
                              const Bounds& bounds, std::int64_t limit) {
    const std::string between =
        "seq > " + std::to_string(bounds.after) + " AND seq < " + std::to_string(bounds.before);
    const std::string order = std::string{" ORDER BY seq "} + (query.newest ? "DESC" : "ASC") + " LIMIT " +
                              std::to_string(limit + 1);
    const std::string columns = "SELECT seq, time, event, function, execution, body FROM records WHERE ";
    if (!query.execution.empty()) {
        auto rows = database.prepare(columns + "execution = ?1 AND " + between + filterOf(wanted) + order);
        if (rows) rows->bind(1, std::string_view{query.execution});
        return rows;
    }
    const auto conditions = conditionsOf(database, wanted);
    if (!conditions) return tl::unexpected(conditions.error());
    if (conditions->size() > kMostMerged)
        return database.prepare(columns + between + filterOf(wanted) + order);
    const auto keys =
        mergedKeys("records", "seq", *conditions, bounds.after, bounds.before, limit + 1, query.newest);
    return database.prepare(columns + "seq IN (" + keys + ")" + order);
}

}  // namespace

Result<RecordPage> Reader::records(const RecordQuery& query) {
    return d->snapshot<RecordPage>([&]() -> Result<RecordPage> {
        Wanted wanted;
        for (const auto& [patterns, ids] :
             {std::pair{&query.events, &wanted.events}, std::pair{&query.functions, &wanted.functions}}) {
            auto found = d->idsOf(*patterns);
            if (!found) return tl::unexpected(found.error());
            if (!patterns->empty() && found->empty()) return RecordPage{};
            *ids = std::move(*found);
        }
        Bounds bounds;
        bounds.after = query.afterSeq;
        if (query.beforeSeq > 0) bounds.before = query.beforeSeq;
        if (query.since) {
            const auto first = d->firstAt("records", "seq", "time", *query.since);
            if (!first) return tl::unexpected(first.error());
            bounds.after = std::max(bounds.after, *first - 1);
        }
        if (query.until) {
            const auto first = d->firstAt("records", "seq", "time", *query.until + Duration{1});
            if (!first) return tl::unexpected(first.error());
            bounds.before = std::min(bounds.before, *first);
        }
        const auto limit = std::clamp<std::int64_t>(query.limit, 1, kLongestPage);
        auto rows = findRecords(d->database(), query, wanted, bounds, limit);
        if (!rows) return tl::unexpected(rows.error());
        auto page = d->pageOf(*rows, static_cast<std::size_t>(limit));
        if (page && query.newest) std::reverse(page->records.begin(), page->records.end());
        return page;
    });
}

Result<RecordPage> Reader::Private::pageOf(Statement& rows, std::size_t limit) {
    RecordPage page;
    std::size_t bytes = 0;
    while (true) {
        const auto row = rows.step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return page;
        bytes += rows.text(5).size();
        if (page.records.size() == limit || (bytes > kLargestPage && !page.records.empty())) {
            page.more = true;
            return page;
        }
        const auto event = name(rows.integer(2));
        if (!event) return tl::unexpected(event.error());
        const std::string kind{*event};  // the next name may empty the cache
        const auto function = name(rows.integer(3));
        if (!function) return tl::unexpected(function.error());
        auto record = fromRow(rows.integer(0), timeFromUs(rows.integer(1)), kind, *function, rows.text(4),
                              rows.text(5));
        if (!record) return tl::unexpected(record.error());
        page.records.push_back(std::move(*record));
    }
}

}  // namespace dogwatch::journal

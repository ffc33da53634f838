// The queries of Reader for executions, firings, functions and the rest.
#include <algorithm>
#include <limits>

#include "core/journal/reader_p.h"

namespace dogwatch::journal {
namespace {

constexpr std::int64_t kLongestList = 10'000;
constexpr std::int64_t kNoBound = std::numeric_limits<std::int64_t>::max();

constexpr const char* kExecutionColumns =
    "SELECT e.id, e.function, e.version, e.state, e.\"trigger\", e.cause, e.attempt, e.depth, e.queued_at, "
    "e.started_at, e.finished_at, e.duration_us, e.queue_us, e.init_us, e.start, e.error, e.message, e.vm, "
    "e.failures, e.retries, e.timeout_us, e.not_before, e.idempotency_key, e.cancel_requested, "
    "e.dead_letter, "
    "p.payload, o.result, o.output, o.traceback, o.result_bytes, o.output_bytes, o.cpu_us, "
    "o.memory_peak_bytes, "
    "o.exit_code FROM executions e LEFT JOIN payloads p ON p.number = e.number "
    "LEFT JOIN outputs o ON o.number = e.number ";
tl::unexpected<Error> damaged(const std::string& what) {
    return failure(Error::Kind::Io, what + " in the journal is damaged; put the newest backup in its place.");
}

Result<json::value> storedJson(std::string_view text, const std::string& what) {
    auto value = parseJson(text);
    if (!value) return damaged(what);
    return value;
}

ExecutionDetail detailOf(const Statement& row, std::string_view function) {
    ExecutionDetail detail;
    detail.execution = executionOf(row, function);
    auto& terms = detail.terms;
    terms.failures = row.integer(18);
    terms.retries = row.integer(19);
    terms.timeout = Duration{row.integer(20)};
    terms.notBefore = row.optionalTime(21);
    terms.idempotencyKey = row.text(22);
    terms.cancelRequested = row.integer(23) != 0;
    terms.deadLetter = row.integer(24) != 0;
    if (!row.isNull(25)) detail.payload = row.text(25);
    auto& output = detail.output;
    output.result = row.text(26);
    output.output = row.text(27);
    output.traceback = row.text(28);
    output.resultBytes = row.integer(29);
    output.outputBytes = row.integer(30);
    output.cpuUs = row.integer(31);
    output.memoryPeakBytes = row.integer(32);
    if (const auto code = row.optionalInteger(33)) output.exitCode = static_cast<int>(*code);
    return detail;
}

Result<Function> functionOf(const Statement& row, bool withCode) {
    const std::string what = "The function " + std::string{row.text(0)};
    auto settings = storedJson(row.text(1), what);
    if (!settings || !settings->is_object()) return damaged(what);
    settings->get_object().erase("zip");
    Function base;
    base.zip = row.integer(2) != 0;
    base.code = "-";  // stands in while the settings are read: none is complete without code
    auto function = functionFromJson(*settings, &base);
    if (!function) return damaged(what + " (" + function.error().text() + ")");
    function->code = withCode ? std::string{row.text(3)} : std::string{};
    return function;
}

}  // namespace

Execution executionOf(const Statement& row, std::string_view function) {
    Execution e;
    e.id = row.text(0);
    e.function = function;
    e.version = row.integer(2);
    e.state = static_cast<ExecutionState>(row.integer(3));
    e.trigger = row.text(4);
    e.cause = row.text(5);
    e.attempt = row.integer(6);
    e.depth = row.integer(7);
    e.queuedAt = row.optionalTime(8);
    e.startedAt = row.optionalTime(9);
    e.finishedAt = row.optionalTime(10);
    e.durationUs = row.optionalInteger(11);
    e.queueUs = row.optionalInteger(12);
    e.initUs = row.optionalInteger(13);
    e.start = row.text(14);
    e.error = row.text(15);
    e.message = row.text(16);
    e.vm = row.text(17);
    return e;
}

Result<Firing> firingOf(const Statement& row, std::string_view metaevent) {
    Firing firing;
    firing.seq = row.integer(0);
    firing.id = row.text(1);
    firing.metaevent = metaevent;
    firing.version = row.integer(3);
    firing.time = timeFromUs(row.integer(4));
    firing.cause = row.integer(6);
    firing.edge = row.text(7);
    firing.depth = row.integer(8);
    firing.late = row.integer(9) != 0;
    const std::string what = "The firing " + firing.id;
    auto key = storedJson(row.text(5), what);
    auto executions = storedJson(row.text(10), what);
    auto evidence = storedJson(row.text(11), what);
    auto jobs = storedJson(row.text(12), what);
    if (!key || !executions || !executions->is_array() || !evidence || !evidence->is_array() || !jobs ||
        !jobs->is_array()) {
        return damaged(what);
    }
    firing.key = std::move(*key);
    for (const auto& id : executions->get_array()) {
        if (id.is_string()) firing.executions.emplace_back(id.get_string());
    }
    firing.evidence = std::move(evidence->get_array());
    firing.jobs = std::move(jobs->get_array());
    for (const auto& [column, member] : {std::pair{13, &firing.silenced}, {14, &firing.acknowledged}}) {
        if (row.isNull(column)) continue;
        auto value = storedJson(row.text(column), what);
        if (!value) return tl::unexpected(value.error());
        *member = std::move(*value);
    }
    return firing;
}

// ---- executions

Result<std::vector<Execution>> Reader::executions(const ExecutionQuery& query) {
    using List = std::vector<Execution>;
    return d->snapshot<List>([&]() -> Result<List> {
        std::vector<std::string> conditions;
        if (query.deadLetters) conditions.emplace_back("dead_letter = 1");
        std::vector<std::string> states;
        for (int state = 0; state <= static_cast<int>(ExecutionState::Dropped); ++state) {
            if (!query.state || static_cast<int>(*query.state) == state)
                states.push_back(std::to_string(state));
        }
        std::vector<std::int64_t> functions;
        if (!query.function.empty()) {
            auto ids = d->idsOf({query.function});
            if (!ids) return tl::unexpected(ids.error());
            if (ids->empty()) return List{};
            functions = std::move(*ids);
        }
        std::string filter;
        if (query.deadLetters || functions.size() * states.size() > kMostMerged) {
            if (query.state) filter += " AND +e.state = " + states.front();
            if (!functions.empty()) {
                std::string list;
                for (const auto id : functions) list += (list.empty() ? "" : ",") + std::to_string(id);
                filter += " AND +e.function IN (" + list + ")";
            }
        } else if (!functions.empty()) {
            for (const auto id : functions) {
                for (const auto& state : states) {
                    conditions.push_back("function = " + std::to_string(id) + " AND state = " + state);
                }
            }
        } else if (query.state) {
            conditions.push_back("state = " + states.front());
        }
        std::int64_t before = kNoBound;
        if (!query.before.empty()) {
            auto find = d->database().prepare("SELECT number FROM executions WHERE id = ?1");
            if (!find) return tl::unexpected(find.error());
            const auto row = find->bind(1, std::string_view{query.before}).step();
            if (!row) return tl::unexpected(row.error());
            if (!*row) {
                return failure(Error::Kind::NotFound,
                               "There is no execution " + query.before + " to list before.");
            }
            before = find->integer(0);
        }
        std::int64_t after = 0;
        if (query.since) {
            const auto first = d->firstAt("executions", "number", "queued_at", *query.since);
            if (!first) return tl::unexpected(first.error());
            after = *first - 1;
        }
        const auto limit = std::clamp<std::int64_t>(query.limit, 1, kLongestList);
        // With a filter beyond the merge, every row that the merge finds is looked at until enough remain.
        const auto keys = mergedKeys("executions", "number", conditions, after, before,
                                     filter.empty() ? limit : kNoBound, true);
        auto rows = d->database().prepare(kExecutionListColumns + ("WHERE e.number IN (" + keys) + ")" +
                                          filter + " ORDER BY e.number DESC LIMIT " + std::to_string(limit));
        if (!rows) return tl::unexpected(rows.error());
        List list;
        const auto done = d->each(*rows, [&]() -> Result<void> {
            const auto function = d->name(rows->integer(1));
            if (!function) return tl::unexpected(function.error());
            list.push_back(executionOf(*rows, *function));
            return {};
        });
        if (!done) return tl::unexpected(done.error());
        return list;
    });
}

Result<ExecutionDetail> Reader::execution(const std::string& id) {
    auto rows = d->database().prepare(kExecutionColumns + std::string{"WHERE e.id = ?1"});
    if (!rows) return tl::unexpected(rows.error());
    const auto row = rows->bind(1, std::string_view{id}).step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) {
        return failure(Error::Kind::NotFound,
                       "There is no execution " + id + "; executions list shows those there are.");
    }
    const auto function = d->name(rows->integer(1));
    if (!function) return tl::unexpected(function.error());
    return detailOf(*rows, *function);
}

Result<std::vector<ExecutionDetail>> Reader::unfinished() {
    auto rows =
        d->database().prepare(kExecutionColumns + std::string{"WHERE e.state IN (0, 1) ORDER BY e.number"});
    if (!rows) return tl::unexpected(rows.error());
    std::vector<ExecutionDetail> list;
    const auto done = d->each(*rows, [&]() -> Result<void> {
        const auto function = d->name(rows->integer(1));
        if (!function) return tl::unexpected(function.error());
        list.push_back(detailOf(*rows, *function));
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return list;
}

Result<std::vector<std::pair<std::string, std::string>>> Reader::idempotencyKeys(Time since) {
    const auto first = d->firstAt("executions", "number", "queued_at", since);
    if (!first) return tl::unexpected(first.error());
    auto rows = d->database().prepare(
        "SELECT function, idempotency_key, id FROM executions WHERE idempotency_key IS NOT NULL AND number "
        ">= ?1 "
        "ORDER BY number");
    if (!rows) return tl::unexpected(rows.error());
    rows->bind(1, *first);
    std::vector<std::pair<std::string, std::string>> keys;
    const auto done = d->each(*rows, [&]() -> Result<void> {
        const auto function = d->name(rows->integer(0));
        if (!function) return tl::unexpected(function.error());
        keys.emplace_back(std::string{*function} + '\0' + std::string{rows->text(1)}, rows->text(2));
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return keys;
}

// ---- firings

Result<std::vector<Firing>> Reader::firings(const FiringQuery& query) {
    using List = std::vector<Firing>;
    return d->snapshot<List>([&]() -> Result<List> {
        std::string where = "WHERE seq > ?1";
        if (!query.metaevent.empty()) {
            const auto ids = d->idsOf({query.metaevent});
            if (!ids) return tl::unexpected(ids.error());
            if (ids->empty()) return List{};
            where += " AND metaevent = " + std::to_string(ids->front());
        }
        std::int64_t after = 0;
        if (query.since) {
            const auto first = d->firstAt("firings", "seq", "time", *query.since);
            if (!first) return tl::unexpected(first.error());
            after = *first - 1;
        }
        auto rows = d->database().prepare(kFiringColumns + where + " ORDER BY seq DESC LIMIT ?2");
        if (!rows) return tl::unexpected(rows.error());
        rows->bind(1, after).bind(2, std::clamp<std::int64_t>(query.limit, 1, kLongestList));
        List list;
        const auto done = d->each(*rows, [&]() -> Result<void> {
            const auto metaevent = d->name(rows->integer(2));
            if (!metaevent) return tl::unexpected(metaevent.error());
            auto firing = firingOf(*rows, *metaevent);
            if (!firing) return tl::unexpected(firing.error());
            list.push_back(std::move(*firing));
            return {};
        });
        if (!done) return tl::unexpected(done.error());
        return list;
    });
}

Result<Firing> Reader::firing(const std::string& id) {
    auto rows = d->database().prepare(kFiringColumns + std::string{"WHERE id = ?1"});
    if (!rows) return tl::unexpected(rows.error());
    const auto row = rows->bind(1, std::string_view{id}).step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) {
        return failure(Error::Kind::NotFound,
                       "There is no firing " + id + "; firings list shows those there are.");
    }
    const auto metaevent = d->name(rows->integer(2));
    if (!metaevent) return tl::unexpected(metaevent.error());
    return firingOf(*rows, *metaevent);
}

Result<bool> Reader::hasFiring(const std::string& id) {
    auto rows = d->database().prepare("SELECT 1 FROM firings WHERE id = ?1");
    if (!rows) return tl::unexpected(rows.error());
    return rows->bind(1, std::string_view{id}).step();
}

// ---- functions, definitions, the rest

Result<std::vector<Function>> Reader::functions(bool withCode) {
    auto rows = d->database().prepare(
        std::string{"SELECT f.name, f.settings, f.zip"} + (withCode ? ", c.code" : "") +
        " FROM current_functions n JOIN functions f ON f.name = n.name AND f.version = n.version" +
        (withCode ? " JOIN code c ON c.id = f.code" : "") + " ORDER BY f.name");
    if (!rows) return tl::unexpected(rows.error());
    std::vector<Function> list;
    const auto done = d->each(*rows, [&]() -> Result<void> {
        auto function = functionOf(*rows, withCode);
        if (!function) return tl::unexpected(function.error());
        list.push_back(std::move(*function));
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return list;
}

Result<Function> Reader::function(const std::string& name, std::int64_t version) {
    auto rows = d->database().prepare(
        "SELECT f.name, f.settings, f.zip, c.code FROM functions f JOIN code c ON c.id = f.code WHERE f.name "
        "= ?1 "
        "AND f.version = CASE ?2 WHEN 0 THEN (SELECT version FROM current_functions WHERE name = ?1) ELSE ?2 "
        "END");
    if (!rows) return tl::unexpected(rows.error());
    const auto row = rows->bind(1, std::string_view{name}).bind(2, version).step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) {
        return failure(Error::Kind::NotFound,
                       "There is no function named \"" + name + "\"" +
                           (version == 0 ? "" : " with version " + std::to_string(version)) +
                           "; functions list shows those there are.");
    }
    return functionOf(*rows, true);
}

Result<std::vector<Function>> Reader::functionVersions(const std::string& name) {
    auto rows = d->database().prepare(
        "SELECT name, settings, zip FROM functions WHERE name = ?1 ORDER BY version DESC");
    if (!rows) return tl::unexpected(rows.error());
    rows->bind(1, std::string_view{name});
    std::vector<Function> list;
    const auto done = d->each(*rows, [&]() -> Result<void> {
        auto function = functionOf(*rows, false);
        if (!function) return tl::unexpected(function.error());
        list.push_back(std::move(*function));
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return list;
}

Result<std::int64_t> Reader::latestVersion(const std::string& name) {
    auto query = d->database().prepare("SELECT max(version) FROM functions WHERE name = ?1");
    if (!query) return tl::unexpected(query.error());
    const auto row = query->bind(1, std::string_view{name}).step();
    if (!row) return tl::unexpected(row.error());
    return query->integer(0);
}

Result<std::vector<Definition>> Reader::definitions() {
    auto rows = d->database().prepare(
        "SELECT name, version, enabled, source, position, updated_at, silences FROM definitions "
        "ORDER BY position, name");
    if (!rows) return tl::unexpected(rows.error());
    std::vector<Definition> list;
    const auto done = d->each(*rows, [&]() -> Result<void> {
        const std::string name{rows->text(0)};
        auto source = storedJson(rows->text(3), "The metaevent " + name);
        if (!source || !source->is_object()) return damaged("The metaevent " + name);
        auto silences = rows->isNull(6) ? Result<json::value>(json::array{})
                                        : storedJson(rows->text(6), "The metaevent " + name);
        if (!silences || !silences->is_array()) return damaged("The metaevent " + name);
        list.push_back({name, rows->integer(1), rows->integer(2) != 0, std::move(source->get_object()),
                        rows->integer(4), timeFromUs(rows->integer(5)), std::move(silences->get_array())});
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return list;
}

Result<std::vector<ScheduleMark>> Reader::schedules() {
    auto rows = d->database().prepare("SELECT function, instant FROM schedules ORDER BY function");
    if (!rows) return tl::unexpected(rows.error());
    std::vector<ScheduleMark> list;
    const auto done = d->each(*rows, [&]() -> Result<void> {
        list.push_back({std::string{rows->text(0)}, timeFromUs(rows->integer(1))});
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return list;
}

Result<std::vector<Checkpoint>> Reader::checkpoints() {
    auto rows = d->database().prepare("SELECT seq, time, engine FROM checkpoints ORDER BY seq DESC LIMIT 2");
    if (!rows) return tl::unexpected(rows.error());
    std::vector<Checkpoint> list;
    const auto done = d->each(*rows, [&]() -> Result<void> {
        list.push_back({rows->integer(0), timeFromUs(rows->integer(1)), std::string{rows->text(2)}});
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return list;
}

Result<std::string> Reader::meta(const std::string& name) {
    auto rows = d->database().prepare("SELECT value FROM meta WHERE name = ?1");
    if (!rows) return tl::unexpected(rows.error());
    const auto row = rows->bind(1, std::string_view{name}).step();
    if (!row) return tl::unexpected(row.error());
    return *row ? std::string{rows->text(0)} : std::string{};
}

}  // namespace dogwatch::journal

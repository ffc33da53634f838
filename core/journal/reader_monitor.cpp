// The queries of Reader for a console that watches a million executions: filtered, counted and aggregated
// here, so that only what is seen travels.
#include <algorithm>
#include <limits>
#include <unordered_map>

#include "core/journal/reader_p.h"
#include "core/model/selector.h"

namespace dogwatch::journal {
namespace {

/// An execution may have been accepted this long before the stretch of time in which it still ran.
constexpr Duration kLongestRun = std::chrono::hours{6};
constexpr std::size_t kMostRowsAtOnce = 2000;

/// SQL with the texts it is bound to.
struct Condition {
    std::string sql;
    std::vector<std::string> texts;

    std::string bound(std::string text) {
        texts.push_back(std::move(text));
        return "?" + std::to_string(texts.size());
    }
};

/// As a LIKE pattern: `*` any characters, all else itself.
std::string likePattern(std::string_view text, bool anywhere) {
    std::string pattern = anywhere ? "%" : "";
    for (const char c : text) {
        if (c == '*' && !anywhere) {
            pattern += '%';
            continue;
        }
        if (c == '%' || c == '_' || c == '\\') pattern += '\\';
        pattern += c;
    }
    return pattern + (anywhere ? "%" : "");
}

std::string like(Condition& condition, const std::string& column, const std::string& pattern) {
    return column + " LIKE " + condition.bound(pattern) + " ESCAPE '\\'";
}

std::string namesLike(Condition& condition, const std::string& pattern) {
    return "e.function IN (SELECT id FROM names WHERE " + like(condition, "name", pattern) + ")";
}

/// The column of a field that holds a number; null: it holds none.
const char* numberColumn(std::string_view field) {
    if (field == "duration") return "e.duration_us";
    if (field == "waited") return "e.queue_us";
    if (field == "init") return "e.init_us";
    if (field == "attempt") return "e.attempt";
    return field == "version" ? "e.version" : nullptr;
}

std::string textColumn(std::string_view field) {
    if (field == "execution") return "e.id";
    if (field == "trigger") return "e.\"trigger\"";
    return "e." + std::string{field};
}

std::string statesLike(std::string_view word) {
    const Pattern pattern{std::string{word}};
    std::string list;
    for (int state = 0; state <= static_cast<int>(ExecutionState::Dropped); ++state) {
        if (!pattern.matches(stateName(static_cast<ExecutionState>(state)))) continue;
        list += (list.empty() ? "" : ",") + std::to_string(state);
    }
    return "e.state IN (" + list + ")";
}

const char* comparison(FilterTerm::Operator op) {
    switch (op) {
        case FilterTerm::Operator::Less: return " < ";
        case FilterTerm::Operator::LessEqual: return " <= ";
        case FilterTerm::Operator::Greater: return " > ";
        case FilterTerm::Operator::GreaterEqual: return " >= ";
        case FilterTerm::Operator::Contains:
        case FilterTerm::Operator::Like: break;
    }
    return " = ";
}

std::string termSql(Condition& condition, const FilterTerm& term) {
    if (term.field.empty()) {
        const std::string pattern = likePattern(term.word, true);
        std::string any = namesLike(condition, pattern);
        for (const char* column : {"e.error", "e.message", "e.\"trigger\"", "e.vm", "e.id"})
            any += " OR " + like(condition, column, pattern);
        return "coalesce(" + any + ",0)";
    }
    if (term.field == "state") return statesLike(term.word);
    if (term.field == "function") return namesLike(condition, likePattern(term.word, false));
    if (const char* column = numberColumn(term.field)) {
        if (term.op == FilterTerm::Operator::Like)
            return like(condition, std::string{"coalesce("} + column + ",'')", likePattern(term.word, false));
        return std::string{"coalesce("} + column + comparison(term.op) + std::to_string(term.number) + ",0)";
    }
    const std::string value = "coalesce(" + textColumn(term.field) + ",'')";
    if (term.op == FilterTerm::Operator::Like) return like(condition, value, likePattern(term.word, false));
    return "0";  // text is neither more nor less than a number
}

Condition conditionOf(const Filter& filter) {
    Condition condition;
    for (const FilterTerm& term : filter.terms) {
        const std::string sql = termSql(condition, term);
        condition.sql += std::string{" AND "} + (term.negated ? "NOT " : "") + sql;
    }
    return condition;
}

Result<Statement> prepared(const Database& database, const std::string& sql, const Condition& condition) {
    auto rows = database.prepare(sql);
    if (!rows) return rows;
    for (std::size_t i = 0; i < condition.texts.size(); ++i)
        rows->bind(static_cast<int>(i) + 1, std::string_view{condition.texts[i]});
    return rows;
}

/// Sorts numbers that come in a few ascending parts, as an index gives them: state by state.
void mergeParts(std::vector<std::int64_t>& numbers) {
    const auto begin = numbers.begin();
    auto sorted = std::is_sorted_until(begin, numbers.end());
    for (int parts = 0; sorted != numbers.end(); ++parts) {
        if (parts == 32) {  // it is no such list
            std::sort(begin, numbers.end());
            return;
        }
        const auto next = std::is_sorted_until(sorted, numbers.end());
        std::inplace_merge(begin, sorted, next);
        sorted = next;
    }
}

std::optional<std::int64_t> rankOf(std::vector<std::int64_t>& values, std::size_t percent) {
    if (values.empty()) return std::nullopt;
    const std::size_t rank = std::max<std::size_t>((values.size() * percent + 99) / 100, 1) - 1;
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(rank);
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

}  // namespace

Result<Reader::Private::Range> Reader::Private::numbersIn(std::optional<Time> since,
                                                          std::optional<Time> until) {
    Range range;
    if (since) {
        const auto first = firstAt("executions", "number", "queued_at", *since);
        if (!first) return tl::unexpected(first.error());
        range.first = *first;
    }
    if (until) {
        const auto next = firstAt("executions", "number", "queued_at", *until + Duration{1});
        if (!next) return tl::unexpected(next.error());
        range.last = *next - 1;
    }
    return range;
}

Result<ExecutionNumbers> Reader::executionNumbers(const ExecutionFilter& filter, std::int64_t from) {
    return d->snapshot<ExecutionNumbers>([&]() -> Result<ExecutionNumbers> {
        ExecutionNumbers found;
        const auto last = d->database().queryInteger("SELECT max(number) FROM executions");
        if (!last) return tl::unexpected(last.error());
        found.floor = *last + 1;
        for (const char* state : {"0", "1"}) {
            const auto first =
                d->database().queryInteger(std::string{"SELECT number FROM executions WHERE state = "} +
                                           state + " ORDER BY number LIMIT 1");
            if (!first) return tl::unexpected(first.error());
            if (*first > 0) found.floor = std::min(found.floor, *first);
        }
        const auto range = d->numbersIn(filter.since, filter.until);
        if (!range) return tl::unexpected(range.error());
        const std::int64_t first = std::max(range->first, from);
        std::string between;  // left out where it restricts nothing, so that an index may answer alone
        if (first > 1) between += " AND e.number >= " + std::to_string(first);
        if (range->last < *last) between += " AND e.number <= " + std::to_string(range->last);
        if (filter.filter.terms.empty() && first <= *last) {
            // Without gaps, which retention alone makes, nobody has to list them.
            const std::int64_t begin = std::max<std::int64_t>(first, 1);
            const std::int64_t end = std::min(range->last, *last) + 1;
            const auto count =
                d->database().queryInteger("SELECT count(*) FROM executions e WHERE 1" + between);
            if (!count) return tl::unexpected(count.error());
            if (*count == end - begin) {
                if (*count > 0) found.runs.push_back({begin, *count});
                return found;
            }
        }
        const Condition condition = conditionOf(filter.filter);
        auto rows = prepared(
            d->database(), "SELECT e.number FROM executions e WHERE 1" + between + condition.sql, condition);
        if (!rows) return tl::unexpected(rows.error());
        std::vector<std::int64_t> numbers;
        const auto done = d->each(*rows, [&]() -> Result<void> {
            numbers.push_back(rows->integer(0));
            return {};
        });
        if (!done) return tl::unexpected(done.error());
        mergeParts(numbers);
        found.runs = runsOf(numbers);
        return found;
    });
}

Result<std::vector<NumberedExecution>> Reader::executionRows(const std::vector<std::int64_t>& numbers) {
    using List = std::vector<NumberedExecution>;
    std::string list;
    for (std::size_t i = 0; i < std::min(numbers.size(), kMostRowsAtOnce); ++i)
        list += (list.empty() ? "" : ",") + std::to_string(numbers[i]);
    auto rows = d->database().prepare(kNumberedExecutionColumns + std::string{"WHERE e.number IN ("} + list +
                                      ") ORDER BY e.number");
    if (!rows) return tl::unexpected(rows.error());
    List found;
    const auto done = d->each(*rows, [&]() -> Result<void> {
        const auto function = d->name(rows->integer(1));
        if (!function) return tl::unexpected(function.error());
        found.push_back({rows->integer(18), executionOf(*rows, *function)});
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return found;
}

Result<std::int64_t> Reader::executionNumber(const std::string& id) {
    auto find = d->database().prepare("SELECT number FROM executions WHERE id = ?1");
    if (!find) return tl::unexpected(find.error());
    const auto row = find->bind(1, std::string_view{id}).step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return failure(Error::Kind::NotFound, "There is no execution " + id + " in the journal.");
    return find->integer(0);
}

Result<LaneView> Reader::lanes(const LaneQuery& query) {
    return d->snapshot<LaneView>([&]() -> Result<LaneView> {
        LaneView view;
        const auto range = d->numbersIn(query.since - kLongestRun, query.until);
        if (!range) return tl::unexpected(range.error());
        const Condition condition = conditionOf(query.filter.filter);
        const std::string lane = query.byVm ? "coalesce(e.vm,'')" : "e.function";
        auto rows = prepared(
            d->database(),
            "SELECT " + lane +
                ", e.state, e.queued_at, e.started_at, e.finished_at, e.id FROM executions e "
                "WHERE e.number BETWEEN " +
                std::to_string(range->first) + " AND " + std::to_string(range->last) +
                " AND (e.finished_at IS NULL OR e.finished_at >= " + std::to_string(toUs(query.since)) + ")" +
                condition.sql,
            condition);
        if (!rows) return tl::unexpected(rows.error());
        std::unordered_map<std::string, std::int64_t> laneOf;
        std::unordered_map<std::int64_t, std::int64_t> laneOfFunction;
        std::unordered_map<std::int64_t, LaneBin> bins;  // by lane * bins + bin
        const auto width = std::max<std::int64_t>((query.until - query.since).count(), 1);
        const auto done = d->each(*rows, [&]() -> Result<void> {
            std::int64_t at = -1;
            if (!query.byVm) {
                const auto known = laneOfFunction.find(rows->integer(0));
                if (known != laneOfFunction.end()) at = known->second;
            }
            if (at < 0) {
                std::string name{query.byVm ? rows->text(0) : std::string_view{}};
                if (!query.byVm) {
                    const auto function = d->name(rows->integer(0));
                    if (!function) return tl::unexpected(function.error());
                    name = *function;
                }
                const auto [found, isNew] = laneOf.try_emplace(name, std::ssize(view.lanes));
                if (isNew) view.lanes.push_back(name);
                at = found->second;
                if (!query.byVm) laneOfFunction.emplace(rows->integer(0), at);
            }
            const auto state = static_cast<ExecutionState>(rows->integer(1));
            const Time queued = timeFromUs(rows->integer(2));
            const auto finished = rows->optionalTime(4);
            ++view.total;
            if (view.total <= query.mostBars)
                view.bars.push_back(
                    {at, std::string{rows->text(5)}, state, queued, rows->optionalTime(3), finished});
            const std::int64_t us =
                std::clamp<std::int64_t>((finished.value_or(queued) - query.since).count(), 0, width);
            const std::int64_t bin = std::min(us * query.bins / width, query.bins - 1);
            LaneBin& counted = bins[at * query.bins + bin];
            counted.lane = at;
            counted.bin = bin;
            if (state == ExecutionState::Succeeded) {
                ++counted.succeeded;
            } else if (state == ExecutionState::Failed || state == ExecutionState::Dropped) {
                ++counted.failed;
            } else {
                ++counted.other;
            }
            return {};
        });
        if (!done) return tl::unexpected(done.error());
        if (view.total <= query.mostBars) return view;
        view.bars.clear();
        for (const auto& [key, bin] : bins) view.bins.push_back(bin);
        std::sort(view.bins.begin(), view.bins.end(), [](const LaneBin& a, const LaneBin& b) {
            return std::pair{a.lane, a.bin} < std::pair{b.lane, b.bin};
        });
        return view;
    });
}

Result<ExecutionSummary> Reader::summary(const ExecutionFilter& filter) {
    return d->snapshot<ExecutionSummary>([&]() -> Result<ExecutionSummary> {
        const auto range = d->numbersIn(filter.since, filter.until);
        if (!range) return tl::unexpected(range.error());
        const Condition condition = conditionOf(filter.filter);
        auto rows =
            prepared(d->database(),
                     "SELECT e.state, e.duration_us, e.queue_us FROM executions e WHERE e.number BETWEEN " +
                         std::to_string(range->first) + " AND " + std::to_string(range->last) + condition.sql,
                     condition);
        if (!rows) return tl::unexpected(rows.error());
        ExecutionSummary summary;
        std::vector<std::int64_t> durations;
        std::vector<std::int64_t> waits;
        const auto done = d->each(*rows, [&]() -> Result<void> {
            ++summary.total;
            ++summary.byState[std::clamp<std::int64_t>(rows->integer(0), 0, 4)];
            if (!rows->isNull(1)) durations.push_back(rows->integer(1));
            if (!rows->isNull(2)) waits.push_back(rows->integer(2));
            return {};
        });
        if (!done) return tl::unexpected(done.error());
        for (const auto us : durations) summary.busyUs += us;
        summary.durationP50 = rankOf(durations, 50);
        summary.durationP95 = rankOf(durations, 95);
        summary.durationP99 = rankOf(durations, 99);
        summary.durationMax = rankOf(durations, 100);
        summary.waitP50 = rankOf(waits, 50);
        summary.waitP95 = rankOf(waits, 95);
        return summary;
    });
}

Result<std::vector<Firing>> Reader::firingsFrom(const std::vector<std::int64_t>& causes,
                                                const std::string& execution, std::int64_t afterSeq,
                                                std::int64_t window) {
    std::string list;
    for (const auto seq : causes) list += (list.empty() ? "" : ",") + std::to_string(seq);
    Condition condition;
    std::string match = "cause IN (" + list + ")";
    if (!execution.empty())
        match += " OR instr(evidence, " + condition.bound("\"" + execution + "\"") + ") > 0";
    auto rows =
        prepared(d->database(),
                 "SELECT * FROM (" + std::string{kFiringColumns} + "WHERE seq > " + std::to_string(afterSeq) +
                     " ORDER BY seq LIMIT " + std::to_string(window) + ") WHERE " + match,
                 condition);
    if (!rows) return tl::unexpected(rows.error());
    std::vector<Firing> found;
    const auto done = d->each(*rows, [&]() -> Result<void> {
        const auto metaevent = d->name(rows->integer(2));
        if (!metaevent) return tl::unexpected(metaevent.error());
        auto firing = firingOf(*rows, *metaevent);
        if (!firing) return tl::unexpected(firing.error());
        found.push_back(std::move(*firing));
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return found;
}

Result<std::vector<std::string>> Reader::executionsCausedBy(const std::string& id) {
    const auto number = executionNumber(id);
    if (!number) return tl::unexpected(number.error());
    auto rows = d->database().prepare(
        "SELECT id FROM executions WHERE number > ?1 AND cause = ?2 ORDER BY number LIMIT 100");
    if (!rows) return tl::unexpected(rows.error());
    rows->bind(1, *number).bind(2, std::string_view{id});
    std::vector<std::string> found;
    const auto done = d->each(*rows, [&]() -> Result<void> {
        found.emplace_back(rows->text(0));
        return {};
    });
    if (!done) return tl::unexpected(done.error());
    return found;
}

}  // namespace dogwatch::journal

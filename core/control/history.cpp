#include "core/control/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "core/engine/backtest.h"

namespace dogwatch::control {
namespace {

constexpr Duration kMicrosecond{1};
/// Lines that one backtest answers with; more would be no use to anyone and fill the memory.
constexpr std::size_t kMostLines = 1'000'000;

/// Folds the journal's external records up to `until`; those before `armed` count for gauges alone.
Result<void> foldUntil(journal::Reader& reader, engine::Engine& engine, Time armed, Time until,
                       const Cancelled& cancelled, const std::function<Result<void>()>& arm) {
    const engine::Sink ignore = [](engine::Derived&&) {};
    auto cursor = reader.stream(0, std::nullopt, until);
    if (!cursor) return tl::unexpected(cursor.error());
    bool isArmed = false;
    for (std::int64_t count = 0;; ++count) {
        if (count % 1024 == 0 && cancelled->load()) return failure(Error::Kind::Refused, "It was cancelled.");
        const auto more = cursor->next();
        if (!more) return tl::unexpected(more.error());
        if (!*more) break;
        if (cursor->event().starts_with("metaevent.")) continue;
        const auto record = cursor->record();
        if (!record) return tl::unexpected(record.error());
        if (record->time < armed) {
            engine.seen(*record);
            continue;
        }
        if (!std::exchange(isArmed, true)) {
            if (auto done = arm(); !done) return done;
        }
        engine.advance(record->time - kMicrosecond, ignore);
        engine.fold(*record, ignore);
    }
    if (!isArmed) {
        if (auto done = arm(); !done) return done;
    }
    engine.advance(until, ignore);
    return {};
}

/// The conditions of a tree, each as the `when` of a metaevent of its own, named by its position.
std::vector<Metaevent> watchers(const Metaevent& metaevent) {
    std::vector<Metaevent> result;
    for (const Condition* condition : metaevent.when.tree()) {
        Metaevent watcher;
        watcher.name = fmt::format("condition-{}", result.size());
        watcher.when = *condition;
        watcher.partition = metaevent.partition;
        watcher.expire = metaevent.expire;
        result.push_back(std::move(watcher));
    }
    return result;
}

}  // namespace

Result<json::array> backtest(journal::Reader& reader, const BacktestQuery& query,
                             const Cancelled& cancelled) {
    auto cursor = reader.stream(0, std::nullopt, query.until);
    if (!cursor) return tl::unexpected(cursor.error());
    const auto next = [&cursor]() -> Result<std::optional<Record>> {
        const auto more = cursor->next();
        if (!more) return tl::unexpected(more.error());
        if (!*more) return std::nullopt;
        auto record = cursor->record();
        if (!record) return tl::unexpected(record.error());
        return std::optional<Record>(std::move(*record));
    };
    engine::BacktestOptions options;
    options.from = query.from;
    options.until = query.until;
    options.cancelled = [&] { return cancelled->load(); };
    json::array lines;
    const auto sink = [&](engine::Derived&& derived) {
        const bool wanted = query.all || derived.kind == engine::Derived::Kind::Fired;
        if (wanted && lines.size() <= kMostLines) lines.emplace_back(derived.toBacktestLine());
    };
    if (const auto done = engine::backtest(query.definitions, next, options, sink); !done) {
        return tl::unexpected(done.error());
    }
    if (lines.size() > kMostLines) {
        return failure(
            Error::Kind::Refused,
            fmt::format("There are over {} firings: narrow the time with --from and --until.", kMostLines));
    }
    return lines;
}

Result<std::vector<ConditionState>> explain(journal::Reader& reader, const Metaevent& metaevent, Time armed,
                                            Time at, const Cancelled& cancelled) {
    const std::vector<Metaevent> conditions = watchers(metaevent);
    engine::Engine engine;
    const auto arm = [&]() -> Result<void> {
        for (const Metaevent& condition : conditions) {
            if (auto defined = engine.define(condition, 1, armed); !defined) return defined;
        }
        return {};
    };
    const auto folded = foldUntil(reader, engine, armed, std::max(at, armed), cancelled, arm);
    if (!folded) return tl::unexpected(folded.error());
    std::vector<ConditionState> states;
    for (const Metaevent& condition : conditions) {
        const auto status = engine.status(condition.name).value_or(engine::Status{});
        const std::string& path = condition.when.path;
        states.push_back({path, condition.when.operatorKey(), std::count(path.begin(), path.end(), '.'),
                          status.active, status.firings, status.lastFired, status.nextDeadline});
    }
    return states;
}

}  // namespace dogwatch::control

#include "core/control/history.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/engine/engine.h"

namespace dogwatch::control {
namespace {

constexpr Duration kMicrosecond{1};
/// Lines that one backtest answers with; more would be no use to anyone and fill the memory.
constexpr std::size_t kMostLines = 1'000'000;

tl::unexpected<Error> cancelledError() {
    return failure(Error::Kind::Refused, "It was cancelled.");
}

/// Feeds the journal's external records up to `until` to an engine: those before `from` count for gauges
/// alone, and at `from` (or the first record there is) `arm` is called.
class Feed {
 public:
    Feed(engine::Engine& engine, std::optional<Time> from, std::function<Result<void>(Time)> arm)
        : engine_(engine), from_(from), arm_(std::move(arm)) {}

    Result<void> run(journal::Reader& reader, std::optional<Time> until, const engine::Sink& sink,
                     const Cancelled& cancelled) {
        auto cursor = reader.stream(0, std::nullopt, until);
        if (!cursor) return tl::unexpected(cursor.error());
        for (std::int64_t count = 0;; ++count) {
            if (count % 1024 == 0 && cancelled->load()) return cancelledError();
            const auto more = cursor->next();
            if (!more) return tl::unexpected(more.error());
            if (!*more) break;
            if (cursor->event().starts_with("metaevent.")) continue;
            const auto record = cursor->record();
            if (!record) return tl::unexpected(record.error());
            if (const auto fed = feed(*record, sink); !fed) return fed;
        }
        const auto end = until ? until : last_;
        if (!end) return {};
        if (const auto armed = armAt(std::max(*end, from_.value_or(*end))); !armed) return armed;
        engine_.advance(*end, sink);
        return {};
    }

 private:
    Result<void> feed(const Record& record, const engine::Sink& sink) {
        last_ = record.time;
        if (from_ && record.time < *from_) {
            engine_.seen(record);
            return {};
        }
        if (const auto armed = armAt(from_.value_or(record.time)); !armed) return armed;
        engine_.advance(record.time - kMicrosecond, sink);
        engine_.fold(record, sink);
        return {};
    }

    Result<void> armAt(Time time) {
        if (armed_) return {};
        armed_ = true;
        return arm_(from_.value_or(time));
    }

    engine::Engine& engine_;
    std::optional<Time> from_;
    std::function<Result<void>(Time)> arm_;
    std::optional<Time> last_;
    bool armed_ = false;
};

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
    engine::Engine engine;
    json::array lines;
    const auto sink = [&](engine::Derived&& derived) {
        const bool wanted = query.all || derived.kind == engine::Derived::Kind::Fired;
        if (wanted && lines.size() <= kMostLines) lines.push_back(derived.toBacktestLine());
    };
    Feed feed(engine, query.from, [&](Time at) -> Result<void> {
        for (Metaevent definition : query.definitions) {
            definition.enabled = true;
            if (auto defined = engine.define(definition, 1, at); !defined) return defined;
        }
        return {};
    });
    if (const auto fed = feed.run(reader, query.until, sink, cancelled); !fed)
        return tl::unexpected(fed.error());
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
    Feed feed(engine, armed, [&](Time from) -> Result<void> {
        for (const Metaevent& condition : conditions) {
            if (auto defined = engine.define(condition, 1, from); !defined) return defined;
        }
        return {};
    });
    if (const auto fed = feed.run(
            reader, at, [](engine::Derived&&) {}, cancelled);
        !fed) {
        return tl::unexpected(fed.error());
    }
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

#include "core/engine/backtest.h"

#include <algorithm>

namespace dogwatch::engine {
namespace {

constexpr std::int64_t kAskEvery = 4096;  ///< records between two looks at the callbacks

bool hasGauge(const Condition& condition) {
    return condition.as<condition::Gauge>() != nullptr ||
           std::any_of(condition.children.begin(), condition.children.end(), hasGauge);
}

}  // namespace

RecordReader readerOf(const std::vector<Record>& records) {
    return [next = records.begin(), end = records.end()]() mutable -> Result<std::optional<Record>> {
        if (next == end) return std::optional<Record>{};
        return std::optional{*next++};
    };
}

Result<void> backtest(const std::vector<Metaevent>& definitions, const RecordReader& reader,
                      const BacktestOptions& options, const Sink& sink) {
    EngineOptions engineOptions = options.engine;
    engineOptions.gauges = std::any_of(definitions.begin(), definitions.end(),
                                       [](const Metaevent& one) { return hasGauge(one.when); });
    Engine engine(engineOptions);
    bool armed = false;
    const auto arm = [&](Time at) -> Result<void> {
        armed = true;
        for (const Metaevent& definition : definitions) {
            Metaevent enabled = definition;
            enabled.enabled = true;
            if (auto defined = engine.define(enabled, 1, at); !defined) return defined;
        }
        return {};
    };

    std::optional<Time> last;
    for (std::int64_t count = 0;; ++count) {
        if (count % kAskEvery == 0) {
            if (options.cancelled && options.cancelled()) return failure(Error::Kind::Refused, "cancelled");
            if (options.progress && last) options.progress(count, *last);
        }
        auto next = reader();
        if (!next) return tl::unexpected(next.error());
        if (!*next) break;
        const Record& record = **next;
        if (record.isMetaevent()) continue;
        last = record.time;
        if (options.from && record.time < *options.from) {
            engine.seen(record);
            continue;
        }
        if (options.until && record.time > *options.until) continue;  // the rest is read for its faults alone
        if (!armed) {
            if (auto done = arm(options.from.value_or(record.time)); !done) return done;
        }
        engine.advance(record.time - Duration{1}, sink);
        engine.fold(record, sink);
    }
    const std::optional<Time> until = options.until ? options.until : last;
    if (!until) return {};
    if (!armed) {
        const std::optional<Time> from = options.from ? options.from : last;
        if (!from || (!options.from && !last)) return {};
        if (auto done = arm(*from); !done) return done;
    }
    engine.advance(*until, sink);
    return {};
}

}  // namespace dogwatch::engine

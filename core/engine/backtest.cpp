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

// ---- one record after the other

Backtest::Backtest(std::vector<Metaevent> definitions, const BacktestOptions& options)
    : definitions_(std::move(definitions)), from_(options.from), until_(options.until) {
    EngineOptions engineOptions = options.engine;
    engineOptions.gauges = std::any_of(definitions_.begin(), definitions_.end(),
                                       [](const Metaevent& one) { return hasGauge(one.when); });
    engine_ = std::make_unique<Engine>(engineOptions);
}

Result<void> Backtest::arm(Time at) {
    armed_ = true;
    for (Metaevent& definition : definitions_) {
        definition.enabled = true;
        if (auto defined = engine_->define(definition, 1, at); !defined) return defined;
    }
    return {};
}

Result<void> Backtest::add(const Record& record, const Sink& sink) {
    if (record.isMetaevent()) return {};
    last_ = record.time;
    if (from_ && record.time < *from_) {
        engine_->seen(record);
        return {};
    }
    if (until_ && record.time > *until_) return {};
    if (!armed_) {
        if (auto done = arm(from_.value_or(record.time)); !done) return done;
    }
    engine_->advance(record.time - Duration{1}, sink);
    engine_->fold(record, sink);
    return {};
}

Result<void> Backtest::finish(const Sink& sink) {
    const std::optional<Time> until = end();
    if (!until) return {};
    if (!armed_) {
        const std::optional<Time> from = from_ ? from_ : last_;
        if (!from) return {};
        if (auto done = arm(*from); !done) return done;
    }
    engine_->advance(*until, sink);
    return {};
}

// ---- a whole history

Result<void> backtest(const std::vector<Metaevent>& definitions, const RecordReader& reader,
                      const BacktestOptions& options, const Sink& sink) {
    Backtest backtest(definitions, options);
    std::optional<Time> last;
    for (std::int64_t count = 0;; ++count) {
        if (count % kAskEvery == 0) {
            if (options.cancelled && options.cancelled()) return failure(Error::Kind::Refused, "cancelled");
            if (options.progress && last) options.progress(count, *last);
        }
        auto next = reader();
        if (!next) return tl::unexpected(next.error());
        if (!*next) break;  // to the end, even past `until`: the rest is read for its faults
        last = (**next).time;
        if (auto added = backtest.add(**next, sink); !added) return added;
    }
    return backtest.finish(sink);
}

}  // namespace dogwatch::engine

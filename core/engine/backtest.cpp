#include "core/engine/backtest.h"

#include <algorithm>
#include <memory>

#include "core/engine/record_input.h"

namespace dogwatch::engine {
namespace {

constexpr std::int64_t kAskEvery = 4096;  ///< records between two looks at the callbacks

/// Decoded records lie all over the memory: what the fold looks at is asked for a few records ahead, first
/// the members and then the text of the first one, nearly always the function.
class Ahead {
 public:
    explicit Ahead(const std::vector<Record>& records) : records_(records) {}

    void ask(std::size_t at) const {
        if (const Record* far = recordAt(at + 2 * kDistance)) {
            __builtin_prefetch(far->event.data());
            __builtin_prefetch(far->fields.begin());
        }
        if (const Record* near = recordAt(at + kDistance); near != nullptr && !near->fields.empty()) {
            __builtin_prefetch(near->fields.begin()->key().data());
        }
    }

 private:
    static constexpr std::size_t kDistance = 8;

    [[nodiscard]] const Record* recordAt(std::size_t at) const {
        return at < records_.size() ? &records_[at] : nullptr;
    }

    const std::vector<Record>& records_;
};

}  // namespace

RecordReader readerOf(const std::vector<Record>& records) {
    return [next = records.begin(), end = records.end()]() mutable -> Result<std::optional<Record>> {
        if (next == end) return std::optional<Record>{};
        return std::optional{*next++};
    };
}

InputReader inputsOf(const std::vector<Record>& records, const std::vector<Metaevent>& definitions) {
    auto input = std::make_shared<std::optional<RecordInput>>();
    return [&records, ahead = Ahead(records), next = std::size_t{0}, interest = EventInterest(definitions),
            input](Symbols& symbols) mutable -> Result<const Input*> {
        while (next < records.size() && records[next].isMetaevent()) ++next;
        if (next == records.size()) return nullptr;
        ahead.ask(next);
        input->emplace(records[next++], symbols, interest);
        return &(*input)->input();
    };
}

// ---- one record after the other

Backtest::Backtest(std::vector<Metaevent> definitions, const BacktestOptions& options)
    : definitions_(std::move(definitions)),
      interest_(definitions_),
      from_(options.from),
      until_(options.until) {
    EngineOptions engineOptions = options.engine;
    engineOptions.gauges = interest_.gauges();
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
    const RecordInput input(record, engine_->symbols(), interest_);
    return add(input.input(), sink);
}

Result<void> Backtest::add(const Input& input, const Sink& sink) {
    const Time time = timeFromUs(input.time);
    last_ = time;
    if (from_ && time < *from_) {
        engine_->seen(input);
        return {};
    }
    if (until_ && time > *until_) return {};
    if (!armed_) {
        if (auto done = arm(from_.value_or(time)); !done) return done;
    }
    engine_->fold(input, sink);
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
    std::optional<Record> record;
    std::optional<RecordInput> input;
    EventInterest interest(definitions);
    const InputReader inputs = [&](Symbols& symbols) -> Result<const Input*> {
        do {
            auto next = reader();
            if (!next) return tl::unexpected(next.error());
            record = std::move(*next);
        } while (record && record->isMetaevent());
        if (!record) return nullptr;
        input.emplace(*record, symbols, interest);
        return &input->input();
    };
    return backtest(definitions, inputs, options, sink);
}

Result<void> backtest(const std::vector<Metaevent>& definitions, const InputReader& reader,
                      const BacktestOptions& options, const Sink& sink) {
    Backtest backtest(definitions, options);
    std::optional<Time> last;
    for (std::int64_t count = 0;; ++count) {
        if (count % kAskEvery == 0) {
            if (options.cancelled && options.cancelled()) return failure(Error::Kind::Refused, "cancelled");
            if (options.progress && last) options.progress(count, *last);
        }
        const auto next = reader(backtest.engine().symbols());
        if (!next) return tl::unexpected(next.error());
        if (*next == nullptr) break;  // to the end, even past `until`: the rest is read for its faults
        last = timeFromUs((*next)->time);
        if (auto added = backtest.add(**next, sink); !added) return added;
    }
    return backtest.finish(sink);
}

}  // namespace dogwatch::engine

#include "core/control/history.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <unordered_set>
#include <utility>

#include "core/control/journal_inputs.h"
#include "core/control/replay.h"
#include "core/engine/backtest.h"

namespace dogwatch::control {
namespace {

constexpr Duration kTimeUnit{1};
constexpr std::int64_t kLookEvery = 1024;  ///< records between two looks at whether it is still wanted
constexpr auto kTellEvery = std::chrono::milliseconds{200};

Error wasCancelled() {
    return {Error::Kind::Refused, "It was cancelled.", {}};
}

/// Counts records, tells of them, and notices when nobody wants the answer any more.
class Work {
 public:
    Work(const Cancelled& cancelled, const Progress& progress, std::int64_t total)
        : cancelled_(cancelled), progress_(progress), total_(total) {}

    Result<void> oneMore() {
        if (done_++ % kLookEvery != 0) return {};
        if (cancelled_ && cancelled_->load()) return tl::unexpected(wasCancelled());
        const auto now = std::chrono::steady_clock::now();
        if (progress_ && now - told_ >= kTellEvery) {
            told_ = now;
            progress_(done_ - 1, std::max(total_, done_ - 1));
        }
        return {};
    }
    [[nodiscard]] std::int64_t done() const { return done_; }

 private:
    const Cancelled& cancelled_;
    const Progress& progress_;
    std::int64_t total_;
    std::int64_t done_ = 0;
    std::chrono::steady_clock::time_point told_ = std::chrono::steady_clock::now();
};

/// The records of a query, those added and removed by hand worked in.
class Source {
 public:
    using Next = engine::RecordReader;

    Source(Next next, const BacktestQuery& query, std::int64_t lastSeq)
        : next_(std::move(next)), removed_(query.removed.begin(), query.removed.end()), added_(query.added) {
        for (Record& record : added_) record.seq = ++lastSeq;
        std::stable_sort(added_.begin(), added_.end(),
                         [](const Record& a, const Record& b) { return a.time < b.time; });
    }

    Result<std::optional<Record>> operator()() {
        if (!waiting_) {
            auto next = fetch();
            if (!next) return next;
            waiting_ = std::move(*next);
        }
        if (place_ < added_.size() && (!waiting_ || waiting_->time > added_[place_].time)) {
            return std::optional{added_[place_++]};
        }
        return std::exchange(waiting_, std::nullopt);
    }

 private:
    Result<std::optional<Record>> fetch() {
        for (;;) {
            auto next = next_();
            if (!next || !*next || removed_.empty() || !removed_.contains((**next).seq)) return next;
        }
    }

    Next next_;
    std::unordered_set<std::int64_t> removed_;
    std::vector<Record> added_;
    std::size_t place_ = 0;
    std::optional<Record> waiting_;
};

/// The definitions of a query at work.
class Run {
 public:
    explicit Run(const BacktestQuery& query)
        : query_(query),
          backtest_(query.definitions, optionsOf(query)),
          sink_([this](engine::Derived&& one) { take(std::move(one), false); }) {
        if (query.trace) tracer_.emplace(backtest_.engine(), *query.trace);
        if (query.at) {
            for (const Metaevent& definition : query.definitions) {
                witnesses_.push_back(std::make_unique<engine::Witness>(backtest_.engine(), definition.name));
            }
        }
        if (!query.compare) return;
        comparison_.emplace(query.definitions, *query.compare);
        other_.emplace(*query.compare, optionsOf(query));
        otherSink_ = [this](engine::Derived&& one) { take(std::move(one), true); };
    }

    /// Of the engine that add(Input) folds with.
    [[nodiscard]] engine::Symbols& symbols() { return backtest_.engine().symbols(); }
    /// The same for a record in its fast form; without a comparison, whose engine has symbols of its own.
    Result<void> add(const engine::Input& input) {
        if (query_.at && !atTaken_ && timeFromUs(input.time) > *query_.at) takeMoments();
        if (auto added = backtest_.add(input, sink_); !added) return added;
        return fault_;
    }

    Result<void> add(const Record& record) {
        if (query_.at && !atTaken_ && record.time > *query_.at) takeMoments();
        if (auto added = backtest_.add(record, sink_); !added) return added;
        if (other_) {
            if (auto added = other_->add(record, otherSink_); !added) return added;
        }
        return fault_;
    }

    Result<BacktestAnswer> finish() {
        if (auto done = backtest_.finish(sink_); !done) return tl::unexpected(done.error());
        if (other_) {
            if (auto done = other_->finish(otherSink_); !done) return tl::unexpected(done.error());
        }
        if (!fault_) return tl::unexpected(fault_.error());
        if (tracer_ && backtest_.end()) answer_.traces = tracer_->finish(*backtest_.end());
        if (query_.at && !atTaken_) takeMoments();
        if (comparison_) answer_.difference = comparison_->result();
        answer_.isTruncated = answer_.total > query_.skip + std::ssize(answer_.lines);
        return std::move(answer_);
    }

 private:
    static engine::BacktestOptions optionsOf(const BacktestQuery& query) {
        engine::BacktestOptions options;
        options.from = query.from;
        options.until = query.until;
        return options;
    }

    void take(engine::Derived&& derived, bool isOther) {
        if (comparison_ && fault_) fault_ = comparison_->add(derived, isOther);
        if (isOther || (!query_.all && derived.kind != engine::Derived::Kind::Fired)) return;
        const std::int64_t place = answer_.total++ - query_.skip;
        if (place >= 0 && place < query_.limit) answer_.lines.emplace_back(derived.toBacktestLine());
    }

    /// The engine stands behind the last record at `at` or before.
    void takeMoments() {
        atTaken_ = true;
        engine::Engine& engine = backtest_.engine();
        engine.advance(*query_.at, sink_);
        for (std::size_t i = 0; i < query_.definitions.size(); ++i) {
            const std::string& name = query_.definitions[i].name;
            auto moment = engine::momentOf(engine, name, query_.key, *query_.at, witnesses_[i].get());
            if (auto copy = engine::Engine::restore(engine::excerpt(engine, name))) {
                engine::foresee(std::move(*copy), moment);
            }
            answer_.moments.push_back(std::move(moment));
        }
    }

    const BacktestQuery& query_;
    engine::Backtest backtest_;
    engine::Sink sink_;
    std::optional<engine::Tracer> tracer_;
    std::vector<std::unique_ptr<engine::Witness>> witnesses_;
    std::optional<engine::FiringComparison> comparison_;
    std::optional<engine::Backtest> other_;
    engine::Sink otherSink_;
    Result<void> fault_;
    BacktestAnswer answer_;
    bool atTaken_ = false;
};

Result<BacktestAnswer> runOver(Source source, const BacktestQuery& query, Work& work) {
    Run run(query);
    for (;;) {
        if (auto wanted = work.oneMore(); !wanted) return tl::unexpected(wanted.error());
        auto next = source();
        if (!next) return tl::unexpected(next.error());
        if (!*next) break;
        if (auto added = run.add(**next); !added) return tl::unexpected(added.error());
    }
    auto answer = run.finish();
    if (answer) {
        answer->records = work.done() - 1;
    }
    return answer;
}

/// The same over the journal as it is: what no condition asks for is not decoded.
Result<BacktestAnswer> runOver(journal::RecordCursor& cursor, const BacktestQuery& query, Work& work) {
    Run run(query);
    JournalInputs inputs(cursor);
    for (;;) {
        if (auto wanted = work.oneMore(); !wanted) return tl::unexpected(wanted.error());
        const auto next = inputs.next(run.symbols());
        if (!next) return tl::unexpected(next.error());
        if (*next == nullptr) break;
        if (auto added = run.add(**next); !added) return tl::unexpected(added.error());
    }
    auto answer = run.finish();
    if (answer) answer->records = work.done() - 1;
    return answer;
}

engine::RecordReader readerOf(journal::RecordCursor& cursor) {
    return [&cursor]() -> Result<std::optional<Record>> {
        for (;;) {
            const auto more = cursor.next();
            if (!more) return tl::unexpected(more.error());
            if (!*more) return std::nullopt;
            if (cursor.event().starts_with("metaevent.")) continue;
            auto record = cursor.record();
            if (!record) return tl::unexpected(record.error());
            return std::optional<Record>(std::move(*record));
        }
    };
}

}  // namespace

Result<BacktestAnswer> backtest(journal::Reader* reader, const BacktestQuery& query,
                                const Cancelled& cancelled, const Progress& progress) {
    const auto withSeqs = [&query](Result<BacktestAnswer> answer, std::int64_t lastSeq) {
        for (std::size_t i = 0; answer && i < query.added.size(); ++i) answer->added.push_back(++lastSeq);
        return answer;
    };
    if (query.records) {
        const std::int64_t lastSeq = query.records->empty() ? 0 : query.records->back().seq;
        Work work(cancelled, progress, std::ssize(*query.records) + std::ssize(query.added));
        return withSeqs(runOver(Source(engine::readerOf(*query.records), query, lastSeq), query, work),
                        lastSeq);
    }
    const auto info = reader->info();
    if (!info) return tl::unexpected(info.error());
    auto cursor = reader->stream(0, std::nullopt, query.until);
    if (!cursor) return tl::unexpected(cursor.error());
    Work work(cancelled, progress, info->records);
    if (query.added.empty() && query.removed.empty() && !query.compare) return runOver(*cursor, query, work);
    // Records that were added get seqs which the journal has not given to any yet.
    const std::int64_t lastSeq = info->lastSeq;
    return withSeqs(runOver(Source(readerOf(*cursor), query, lastSeq), query, work), lastSeq);
}

// ---- explain

namespace {

/// Plays the journal with its changes of definitions, and watches one metaevent.
class Playback {
 public:
    explicit Playback(const ExplainQuery& query)
        : query_(query),
          engine_({.gauges = true, .evidence = false}),
          witness_(engine_, query.metaevent),
          sink_([this](engine::Derived&& derived) { see(derived); }) {}

    Result<void> add(const Record& record) {
        engine_.advance(record.time - kTimeUnit, sink_);
        if (!record.isMetaevent()) {
            engine_.fold(record, sink_);
            return {};
        }
        if (isDerived(record)) return {};
        if (stringMember(record.fields, "metaevent") == query_.metaevent) noteDefinition(record);
        return applyDefinition(engine_, record);
    }

    [[nodiscard]] bool isDone() const { return caught_; }

    Result<Explanation> finish() {
        if (!caught_) engine_.advance(query_.at, sink_);
        if (query_.firing && !caught_) {
            return failure(Error::Kind::Internal,
                           fmt::format("The firing {} does not come about when the journal is played anew: "
                                       "another version of Dogwatch recorded it.",
                                       query_.firing->id));
        }
        if (caught_) return std::move(explanation_);
        explanation_.moment = engine::momentOf(engine_, query_.metaevent, query_.key, query_.at, &witness_);
        if (auto copy = engine::Engine::restore(engine::excerpt(engine_, query_.metaevent))) {
            engine::foresee(std::move(*copy), explanation_.moment);
        }
        if (suppressed_ && sameValue(suppressedKey_, explanation_.moment.key)) {
            explanation_.suppressed = suppressed_;
        }
        return std::move(explanation_);
    }

 private:
    void noteDefinition(const Record& record) {
        if (record.event == "metaevent.removed") explanation_.definition.reset();
        if (record.event != "metaevent.defined") return;
        const auto* source = record.fields.if_contains("definition");
        auto definition = metaeventFromJson(source != nullptr ? *source : json::value());
        if (definition) explanation_.definition = std::move(*definition);
    }

    void see(const engine::Derived& derived) {
        if (caught_ || derived.metaevent != query_.metaevent) return;
        if (query_.firing && derived.firing == query_.firing->id &&
            derived.kind == engine::Derived::Kind::Fired) {
            caught_ = true;
            explanation_.moment = witness_.atStep(derived);
            explanation_.firing = query_.firing;
        } else if (derived.kind == engine::Derived::Kind::Suppressed) {
            suppressed_ = Explanation::Suppressed{derived.time, derived.edge, derived.reason};
            suppressedKey_ = derived.key;
        }
    }

    const ExplainQuery& query_;
    engine::Engine engine_;
    engine::Witness witness_;
    engine::Sink sink_;
    Explanation explanation_;
    std::optional<Explanation::Suppressed> suppressed_;
    json::value suppressedKey_;
    bool caught_ = false;
};

}  // namespace

Result<Explanation> explain(journal::Reader& reader, const ExplainQuery& query, const Cancelled& cancelled,
                            const Progress& progress) {
    const auto info = reader.info();
    if (!info) return tl::unexpected(info.error());
    auto cursor = reader.stream(0, std::nullopt, query.at);
    if (!cursor) return tl::unexpected(cursor.error());
    Work work(cancelled, progress, info->records);
    Playback playback(query);
    while (!playback.isDone()) {
        if (auto wanted = work.oneMore(); !wanted) return tl::unexpected(wanted.error());
        const auto more = cursor->next();
        if (!more) return tl::unexpected(more.error());
        if (!*more) break;
        const auto record = cursor->record();
        if (!record) return tl::unexpected(record.error());
        if (auto added = playback.add(*record); !added) return tl::unexpected(added.error());
    }
    return playback.finish();
}

Result<Explanation> explainLive(const std::string& excerpt, const ExplainQuery& query) {
    auto engine = engine::Engine::restore(excerpt);
    if (!engine) return tl::unexpected(engine.error());
    engine->advance(query.at, [](engine::Derived&&) {});
    Explanation explanation;
    explanation.isLive = true;
    explanation.moment = engine::momentOf(*engine, query.metaevent, query.key, query.at);
    engine::foresee(std::move(*engine), explanation.moment);
    return explanation;
}

}  // namespace dogwatch::control

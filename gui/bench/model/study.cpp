#include "gui/bench/model/study.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "core/engine/account.h"
#include "core/engine/backtest.h"
#include "core/engine/interest.h"
#include "core/engine/moment.h"
#include "core/engine/record_input.h"
#include "gui/models/language.h"

namespace dogwatch::gui::bench {
namespace {

constexpr std::size_t kLookEvery = 4096;  ///< records between two looks at whether it is still wanted
constexpr const char* kStopped = "The study was stopped.";
constexpr Duration kTimeUnit{1};

/// The fields of a record of the store: from columns, and decoded where there is none for a path.
class StoreFields final : public engine::Fields {
 public:
    explicit StoreFields(const RecordStore& store) : store_(store) {}
    void set(std::size_t place) { place_ = place; }

    [[nodiscard]] const json::value* find(const FieldPath& path) const override {
        const RecordStore::Column* column = columnOf(path);
        if (column != nullptr) return column->present[place_] ? &column->values[place_] : nullptr;
        if (decoded_ != place_) {
            record_ = store_.record(place_);
            decoded_ = place_;
        }
        return path.find(record_, scratch_);
    }

 private:
    /// Definitions hold their paths in place while they run, so that addresses tell them apart.
    const RecordStore::Column* columnOf(const FieldPath& path) const {
        for (const auto& [known, column] : known_)
            if (known == &path) return column;
        known_.emplace_back(&path, store_.column(path));
        return known_.back().second;
    }

    const RecordStore& store_;
    std::size_t place_ = 0;
    mutable std::vector<std::pair<const FieldPath*, const RecordStore::Column*>> known_;
    mutable std::size_t decoded_ = static_cast<std::size_t>(-1);
    mutable Record record_;
    mutable json::value scratch_;
};

/// Of the store's kinds, those that may change something. Most of a history is passed over so.
std::vector<bool> wantedKinds(const RecordStore& store, const engine::Interest& interest) {
    std::vector<bool> wanted;
    for (const RecordStore::Kind& kind : store.kinds()) {
        const bool hasFunction = kind.function != RecordStore::kNoFunction;
        const std::string_view function = hasFunction ? store.names()[kind.function] : std::string_view{};
        wanted.push_back(interest.inKind(store.names()[kind.event], hasFunction ? &function : nullptr));
    }
    return wanted;
}

/// Gives the records of a scope to an engine, one after the other, those that change nothing left out.
class Feed {
 public:
    /// A record of the time `arming` is always given: what holds of an empty history rises at it.
    Feed(const Scope& scope, engine::Symbols& symbols, const engine::Interest& interest,
         std::optional<Time> arming)
        : scope_(scope),
          store_(*scope.store),
          symbols_(symbols),
          fields_(store_),
          wanted_(wantedKinds(store_, interest)),
          arming_(arming ? toUs(*arming) : -1) {
        for (const std::string& name : store_.names()) names_.push_back(symbols.intern(name));
        if (interest.gauges()) {
            executions_ = store_.column(*FieldPath::parse("execution"));
            vms_ = store_.column(*FieldPath::parse("vm"));
        }
        std::int64_t seq = store_.size() > 0 ? store_.entries().back().seq : 0;
        for (const Record& record : scope.whatIf.added) {
            added_.push_back(record);
            added_.back().seq = ++seq;
        }
        std::stable_sort(added_.begin(), added_.end(),
                         [](const Record& a, const Record& b) { return a.time < b.time; });
    }

    /// Null: there are no more. Valid until the next call.
    const engine::Input* next() {
        const auto& entries = store_.entries();
        const auto& kinds = store_.kindOf();
        while (place_ < entries.size() &&
               ((!wanted_[kinds[place_]] && entries[place_].time != arming_) || isRemoved(place_)))
            ++place_;
        const bool isStored = place_ < entries.size();
        if (nextAdded_ < added_.size() &&
            (!isStored || entries[place_].time > toUs(added_[nextAdded_].time))) {
            decoded_.emplace(added_[nextAdded_++], symbols_);
            return &decoded_->input();
        }
        if (!isStored) return nullptr;
        take(entries[place_]);
        ++place_;
        return &input_;
    }

 private:
    [[nodiscard]] bool isRemoved(std::size_t place) const {
        return scope_.whatIf.leavesOut(store_.entries()[place].seq);
    }
    void take(const RecordStore::Entry& entry) {
        input_.seq = entry.seq;
        input_.time = entry.time;
        input_.depth = entry.depth;
        input_.event = names_[entry.event];
        input_.eventName = store_.names()[entry.event];
        const bool hasFunction = entry.function != RecordStore::kNoFunction;
        input_.function = hasFunction ? names_[entry.function] : engine::kNoSymbol;
        input_.functionName =
            hasFunction ? std::string_view{store_.names()[entry.function]} : std::string_view{};
        input_.execution = textAt(executions_);
        input_.vm = textAt(vms_);
        input_.fields = &fields_;
        fields_.set(place_);
    }
    [[nodiscard]] std::string_view textAt(const RecordStore::Column* column) const {
        if (column == nullptr || !column->values[place_].is_string()) return {};
        return view(column->values[place_].get_string());
    }

    const Scope& scope_;
    const RecordStore& store_;
    engine::Symbols& symbols_;
    std::vector<engine::Symbol> names_;  ///< of the store's names, in this engine
    const RecordStore::Column* executions_ = nullptr;
    const RecordStore::Column* vms_ = nullptr;
    StoreFields fields_;
    std::vector<bool> wanted_;
    std::int64_t arming_;
    engine::Input input_;
    std::vector<Record> added_;
    std::size_t nextAdded_ = 0;
    std::size_t place_ = 0;
    std::optional<engine::RecordInput> decoded_;
};

/// The same history with both its ends said: by default those of its records.
Scope bounded(Scope scope) {
    const auto& entries = scope.store->entries();
    std::size_t begin = 0;
    std::size_t end = entries.size();
    while (begin < end && scope.whatIf.leavesOut(entries[begin].seq)) ++begin;
    while (end > begin && scope.whatIf.leavesOut(entries[end - 1].seq)) --end;
    std::optional<Time> first;
    std::optional<Time> last;
    if (begin < end) {
        first = timeFromUs(entries[begin].time);
        last = timeFromUs(entries[end - 1].time);
    }
    for (const Record& record : scope.whatIf.added) {
        first = std::min(first.value_or(record.time), record.time);
        last = std::max(last.value_or(record.time), record.time);
    }
    if (!scope.from) scope.from = first;
    if (!scope.until) scope.until = last;
    return scope;
}

/// A subject at work over a scope.
class Run {
 public:
    Run(const Subject& subject, const Scope& scope)
        : scope_(bounded(scope)),
          backtest_(subject.all(), optionsOf(scope_)),
          feed_(scope_, backtest_.engine().symbols(), engine::Interest(subject.all()), scope_.from) {}
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;

    [[nodiscard]] engine::Engine& engine() { return backtest_.engine(); }
    [[nodiscard]] std::optional<Time> end() const { return scope_.until; }

    Result<void> operator()(const engine::Sink& sink, const Stopped& stopped) {
        for (std::size_t count = 0;; ++count) {
            if (count % kLookEvery == 0 && stopped && stopped())
                return failure(Error::Kind::Refused, kStopped);
            const engine::Input* input = feed_.next();
            if (input == nullptr || timeFromUs(input->time) > *scope_.until) break;
            if (auto added = backtest_.add(*input, sink); !added) return added;
        }
        return backtest_.finish(sink);
    }

 private:
    static engine::BacktestOptions optionsOf(const Scope& scope) {
        engine::BacktestOptions options;
        options.from = scope.from;
        options.until = scope.until;
        return options;
    }

    Scope scope_;
    engine::Backtest backtest_;
    Feed feed_;
};

BenchFiring firingOf(const engine::Derived& derived) {
    return {toUs(derived.time), derived.cause,
            derived.depth,      derived.key.is_null() ? std::string() : toJson(derived.key),
            derived.edge,       BenchFiring::Fate::Plain};
}

}  // namespace

json::object BenchFiring::toLine(const std::string& metaevent) const {
    json::value parsedKey = nullptr;
    if (!key.empty()) parsedKey = parseJson(key).value_or(nullptr);
    return {{"metaevent", metaevent}, {"time", time},   {"key", std::move(parsedKey)},
            {"cause", cause},         {"depth", depth}, {"edge", edge}};
}

std::vector<Metaevent> Subject::all() const {
    std::vector<Metaevent> all = others;
    all.push_back(definition);
    return all;
}

bool wasStopped(const Error& error) {
    return error.kind == Error::Kind::Refused && error.message == kStopped;
}

Result<std::vector<BenchFiring>> firingsOf(const Subject& subject, const Scope& scope,
                                           const Stopped& stopped) {
    std::vector<BenchFiring> firings;
    Run run(subject, scope);
    const auto sink = [&](engine::Derived&& derived) {
        if (derived.kind == engine::Derived::Kind::Fired && derived.metaevent == subject.definition.name)
            firings.push_back(firingOf(derived));
    };
    if (auto done = run(sink, stopped); !done) return tl::unexpected(done.error());
    return firings;
}

void compareFirings(std::vector<BenchFiring>& now, const std::vector<BenchFiring>& before) {
    using Fate = BenchFiring::Fate;
    std::vector<BenchFiring> lost;
    std::size_t at = 0;
    for (std::size_t i = 0; i < now.size();) {  // both are in the order of time
        std::size_t end = i;
        while (end < now.size() && now[end].time == now[i].time) now[end++].fate = Fate::Gained;
        for (; at < before.size() && before[at].time < now[i].time; ++at) lost.push_back(before[at]);
        for (; at < before.size() && before[at].time == now[i].time; ++at) {
            const auto first = now.begin() + static_cast<std::ptrdiff_t>(i);
            const auto last = now.begin() + static_cast<std::ptrdiff_t>(end);
            const auto same = std::find_if(first, last, [&](const BenchFiring& firing) {
                return firing.fate == Fate::Gained && firing.isSame(before[at]);
            });
            if (same != last) {
                same->fate = Fate::Kept;
            } else {
                lost.push_back(before[at]);
            }
        }
        i = end;
    }
    lost.insert(lost.end(), before.begin() + static_cast<std::ptrdiff_t>(at), before.end());
    if (lost.empty()) return;
    for (BenchFiring& firing : lost) firing.fate = Fate::Lost;
    std::vector<BenchFiring> merged;
    merged.reserve(now.size() + lost.size());
    std::merge(now.begin(), now.end(), lost.begin(), lost.end(), std::back_inserter(merged),
               [](const BenchFiring& a, const BenchFiring& b) { return a.time < b.time; });
    now = std::move(merged);
}

Result<engine::MetaeventTrace> traceOf(const Subject& subject, const Scope& scope,
                                       const engine::TraceOptions& options, const Stopped& stopped) {
    Run run(subject, scope);
    engine::Tracer tracer(run.engine(), options);
    if (auto done = run([](engine::Derived&&) {}, stopped); !done) return tl::unexpected(done.error());
    if (!run.end()) return engine::MetaeventTrace{};
    auto traces = tracer.finish(*run.end());
    const auto own = std::find_if(traces.begin(), traces.end(), [&](const engine::MetaeventTrace& trace) {
        return trace.metaevent == subject.definition.name;
    });
    return own != traces.end() ? std::move(*own) : engine::MetaeventTrace{};
}

Result<json::object> explanationOf(const Subject& subject, const Scope& scope, const Question& question,
                                   const Stopped& stopped) {
    Scope upTo = scope;
    const Time at = question.firing ? timeFromUs(question.firing->time) : question.at;
    upTo.until = scope.until ? std::min(at, *scope.until) : at;
    const std::string& name = subject.definition.name;
    Run run(subject, upTo);
    const engine::Witness witness(run.engine(), name);
    engine::Explanation explanation;
    explanation.definition = subject.definition;
    bool isCaught = false;
    const auto sink = [&](engine::Derived&& derived) {
        if (derived.metaevent != name || isCaught) return;
        if (derived.kind == engine::Derived::Kind::Suppressed) {
            explanation.suppressed =
                engine::Explanation::Suppressed{derived.time, derived.edge, derived.reason};
        } else if (derived.kind == engine::Derived::Kind::Fired && question.firing &&
                   firingOf(derived).isSame(*question.firing)) {
            isCaught = true;
            explanation.moment = witness.atStep(derived);
            explanation.firing.emplace();
            explanation.firing->id = derived.firing;
            explanation.firing->metaevent = name;
            explanation.firing->time = derived.time;
            explanation.firing->edge = derived.edge;
        }
    };
    if (auto done = run(sink, stopped); !done) return tl::unexpected(done.error());
    if (!isCaught) {
        explanation.moment = engine::momentOf(run.engine(), name, question.key, *upTo.until, &witness);
        if (auto copy = engine::Engine::restore(engine::excerpt(run.engine(), name)))
            engine::foresee(std::move(*copy), explanation.moment);
    }
    return engine::toJson(explanation, *engine::Account::in(languageCode()));
}

}  // namespace dogwatch::gui::bench

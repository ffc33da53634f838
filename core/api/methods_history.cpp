// metaevents.explain, backtest, cancel: what the engine makes of the past.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "core/api/encode_history.h"
#include "core/api/methods.h"
#include "core/engine/account.h"

namespace dogwatch::api {
namespace {

constexpr std::int64_t kMostPoints = 10'000;
constexpr std::int64_t kMostSpans = 10'000;
constexpr std::int64_t kMostKeysTraced = 100;
constexpr std::size_t kMostEdits = 10'000;

Error below(Error error, std::string_view key) {
    error.path =
        error.path.empty() || error.path == "$" ? std::string(key) : fmt::format("{}.{}", key, error.path);
    return error;
}

/// A list of records; the seq of each is required where they stand for a history.
Result<std::vector<Record>> readRecords(const json::value& value, std::string_view key, bool isHistory) {
    const auto* list = value.if_array();
    if (list == nullptr) return malformed(std::string(key), "a list of records");
    std::vector<Record> records;
    records.reserve(list->size());
    for (const auto& each : *list) {
        auto record = recordFromJson(each, isHistory);
        const std::string path = fmt::format("{}.{}", key, records.size());
        if (!record) return tl::unexpected(below(record.error(), path));
        if (isHistory && !records.empty()) {
            if (record->seq <= records.back().seq)
                return malformed(path + ".seq", "more than the last one's");
            if (record->time < records.back().time)
                return malformed(path + ".time", "not before the last one's");
        }
        records.push_back(std::move(*record));
    }
    return records;
}

/// `true`, or an object of options.
Result<engine::TraceOptions> readTrace(const json::value& value, Time now) {
    engine::TraceOptions options;
    if (const auto* flag = value.if_bool(); flag != nullptr && *flag) return options;
    const auto* object = value.if_object();
    if (object == nullptr)
        return malformed("trace", "true, or an object with from, until, keys, points, spans");
    for (const auto& member : *object) {
        const std::string_view key{member.key().data(), member.key().size()};
        constexpr std::array<std::string_view, 5> kKnown = {"from", "until", "keys", "points", "spans"};
        if (std::find(kKnown.begin(), kKnown.end(), key) == kKnown.end()) {
            return malformed(fmt::format("trace.{}", key), "from, until, keys, points or spans");
        }
    }
    Params params(*object, now);
    options.from = params.time("from");
    options.until = params.time("until");
    options.points = static_cast<std::size_t>(params.numberOr("points", 1000, 0, kMostPoints));
    options.spans = static_cast<std::size_t>(params.numberOr("spans", 500, 0, kMostSpans));
    if (const auto fine = params.check(); !fine) return tl::unexpected(below(fine.error(), "trace"));
    if (const auto* keys = params.valueIf("keys")) {
        const auto* list = keys->if_array();
        const bool fine =
            list != nullptr && std::ssize(*list) <= kMostKeysTraced &&
            std::all_of(list->begin(), list->end(), [](const auto& key) { return key.is_array(); });
        if (!fine) {
            return malformed(
                "trace.keys",
                fmt::format("at most {} keys, each a list of the partition's values", kMostKeysTraced));
        }
        options.keys.assign(list->begin(), list->end());
        options.keysTraced = std::max<std::size_t>(options.keysTraced, options.keys.size());
    }
    return options;
}

Result<std::optional<json::value>> readKey(const Params& params) {
    const auto* key = params.valueIf("key");
    if (key == nullptr || key->is_null()) return std::nullopt;
    if (!key->is_array()) return malformed("key", "a list of the partition's values");
    return std::optional{*key};
}

/// The parameters that edit the history.
Result<void> readWhatIf(const Params& params, control::BacktestQuery& query) {
    if (const auto* records = params.valueIf("records")) {
        auto read = readRecords(*records, "records", true);
        if (!read) return tl::unexpected(read.error());
        query.records = std::move(*read);
    }
    if (const auto* added = params.valueIf("add")) {
        auto read = readRecords(*added, "add", false);
        if (!read) return tl::unexpected(read.error());
        if (read->size() > kMostEdits) return malformed("add", fmt::format("at most {} records", kMostEdits));
        query.added = std::move(*read);
    }
    if (const auto* removed = params.valueIf("remove")) {
        const auto* list = removed->if_array();
        const bool fine =
            list != nullptr && list->size() <= kMostEdits &&
            std::all_of(list->begin(), list->end(), [](const auto& seq) { return seq.is_int64(); });
        if (!fine) return malformed("remove", fmt::format("a list of at most {} seqs", kMostEdits));
        for (const auto& seq : *list) query.removed.push_back(seq.get_int64());
    }
    return {};
}

Result<control::BacktestQuery> readBacktest(Params& params, Time now) {
    control::BacktestQuery query;
    const json::value& definitions = params.value("definitions");
    query.from = params.time("from");
    query.until = params.time("until");
    query.all = params.flagOr("all");
    query.limit = params.numberOr("limit", control::kMostLines, 0, control::kMostLines);
    query.skip = params.numberOr("skip", 0, 0, 1LL << 40U);
    query.at = params.time("at");
    if (const auto fine = params.check(); !fine) return tl::unexpected(fine.error());
    auto metaevents = metaeventsFromJson(definitions);
    if (!metaevents) return tl::unexpected(metaevents.error());
    query.definitions = std::move(*metaevents);
    if (const auto* compare = params.valueIf("compare")) {
        auto others = metaeventsFromJson(*compare);
        if (!others) return tl::unexpected(below(others.error(), "compare"));
        query.compare = std::move(*others);
    }
    if (const auto* trace = params.valueIf("trace"); trace != nullptr && *trace != json::value(false)) {
        auto options = readTrace(*trace, now);
        if (!options) return tl::unexpected(options.error());
        query.trace = std::move(*options);
    }
    auto key = readKey(params);
    if (!key) return tl::unexpected(key.error());
    query.key = std::move(*key);
    if (auto read = readWhatIf(params, query); !read) return tl::unexpected(read.error());
    return query;
}

control::Progress progressWanted(const Context& context, Params& params) {
    return params.flagOr("progress") ? context.session.progress() : control::Progress{};
}

void backtest(const Context& context, Params& params, const Answer& answer) {
    const control::Progress progress = progressWanted(context, params);
    auto read = readBacktest(params, context.plane.now());
    if (!read) return answer(tl::unexpected(read.error()));
    // What the answer needs of the query, which goes to the thread that reads.
    auto kept = std::make_shared<control::BacktestQuery>();
    kept->trace = read->trace;
    kept->at = read->at;
    if (read->at) kept->definitions = read->definitions;
    using Done = control::BacktestAnswer;
    context.plane.backtest(
        std::move(*read), context.session.cancelled(), progress,
        encoded<Done>(answer, [kept](const Done& done) { return encodeBacktest(done, *kept); }));
}

void explain(const Context& context, Params& params, const Answer& answer) {
    control::ControlPlane::Question question;
    question.metaevent = params.text("name");
    question.at = params.time("at");
    if (const std::string firing = params.textOr("firing"); !firing.empty()) question.firing = firing;
    const std::string language = params.textOr("language", "en");
    const control::Progress progress = progressWanted(context, params);
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    const auto* account = engine::Account::in(language);
    if (account == nullptr) return answer(malformed("language", R"("en" or "de")"));
    auto key = readKey(params);
    if (!key) return answer(tl::unexpected(key.error()));
    question.key = std::move(*key);
    context.plane.explain(question, context.session.cancelled(), progress,
                          encoded<engine::Explanation>(answer, [account](const engine::Explanation& one) {
                              return engine::toJson(one, *account);
                          }));
}

void cancel(const Context& context, Params& params, const Answer& answer) {
    const json::value& request = params.value("request");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    answer(json::value{{"cancelled", context.session.cancel(request)}});
}

}  // namespace

std::vector<Method> historyMethods() {
    return {{"metaevents.explain", {"name", "at?", "key?", "firing?", "language?", "progress?"}, explain},
            {"backtest",
             {"definitions", "from?", "until?", "all?", "skip?", "limit?", "compare?", "trace?", "at?",
              "key?", "records?", "add?", "remove?", "progress?"},
             backtest},
            {"cancel", {"request"}, cancel}};
}

}  // namespace dogwatch::api

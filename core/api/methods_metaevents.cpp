// metaevents.*, firings.*, backtest
#include <fmt/format.h>

#include "core/api/encode.h"
#include "core/api/methods.h"
#include "core/model/sentence.h"
#include "core/model/static_checks.h"

namespace dogwatch::api {
namespace {

constexpr std::int64_t kMostRows = 10'000;

/// What the definitions say but cannot mean, given the functions and metaevents there are.
json::array warningsOf(const Context& context, const std::vector<Metaevent>& definitions) {
    Surroundings surroundings;
    surroundings.functions = context.plane.functions().schedules();
    surroundings.metaevents = context.plane.metaevents().definitions();
    return encodeList(staticChecks(definitions, surroundings), [](const Warning& warning) {
        return json::string(fmt::format("{}, {}: {}", warning.metaevent, warning.path, warning.message));
    });
}

void apply(const Context& context, Params& params, Answer answer) {
    const json::value& definitions = params.value("definitions");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    const auto metaevents = metaeventsFromJson(definitions);
    if (!metaevents) return answer(tl::unexpected(metaevents.error()));
    const json::array warnings = warningsOf(context, *metaevents);
    using Changes = std::vector<control::AppliedChange>;
    context.plane.metaevents().apply(
        definitions, encoded<Changes>(std::move(answer), [warnings](const Changes& changes) {
            return json::object{{"metaevents", encodeList(changes, encodeChange)}, {"warnings", warnings}};
        }));
}

void check(const Context& context, Params& params, Answer answer) {
    const json::value& definitions = params.value("definitions");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    const auto metaevents = metaeventsFromJson(definitions);
    if (!metaevents) return answer(tl::unexpected(metaevents.error()));
    json::array names;
    json::array sentences;
    for (const Metaevent& metaevent : *metaevents) {
        names.emplace_back(metaevent.name);
        sentences.emplace_back(sentenceOf(metaevent).text());
    }
    answer(json::value{
        {"metaevents", names}, {"sentences", sentences}, {"warnings", warningsOf(context, *metaevents)}});
}

void list(const Context& context, Params& /*params*/, Answer answer) {
    answer(json::value{{"metaevents", encodeList(context.plane.metaevents().list(), encodeMetaevent)}});
}

void show(const Context& context, Params& params, Answer answer) {
    const std::string name = params.text("name");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    const auto row = context.plane.metaevents().show(name);
    if (!row) return answer(tl::unexpected(row.error()));
    answer(json::value(encodeMetaevent(*row)));
}

control::Reply<std::string> named(Answer answer) {
    return encoded<std::string>(std::move(answer), [](const std::string& name) {
        return json::object{{"metaevent", name}};
    });
}

void remove(const Context& context, Params& params, Answer answer) {
    const std::string name = params.text("name");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    context.plane.metaevents().remove(name, named(std::move(answer)));
}

template <bool kEnabled>
void setEnabled(const Context& context, Params& params, Answer answer) {
    const std::string name = params.text("name");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    context.plane.metaevents().setEnabled(name, kEnabled, named(std::move(answer)));
}

json::object encodeCondition(const control::ConditionState& state) {
    json::object result{{"path", state.path},
                        {"condition", state.op},
                        {"depth", state.depth},
                        {"holds", state.holds},
                        {"rises", state.rises}};
    result["last_rise"] = state.lastRise ? json::value(toUs(*state.lastRise)) : json::value(nullptr);
    result["next_deadline"] =
        state.nextDeadline ? json::value(toUs(*state.nextDeadline)) : json::value(nullptr);
    return result;
}

void explain(const Context& context, Params& params, Answer answer) {
    const std::string name = params.text("name");
    const auto at = params.time("at");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    const auto row = context.plane.metaevents().show(name);
    if (!row) return answer(tl::unexpected(row.error()));
    json::object result{{"metaevent", name},
                        {"at", toUs(at.value_or(context.plane.now()))},
                        {"fired", row->status.firings > 0},
                        {"sentence", encodeMetaevent(*row)["sentence"]}};
    using States = std::vector<control::ConditionState>;
    context.plane.explain(name, at, context.session.gone(),
                          encoded<States>(std::move(answer), [result](const States& states) mutable {
                              result["conditions"] = encodeList(states, encodeCondition);
                              return result;
                          }));
}

void listFirings(const Context& context, Params& params, Answer answer) {
    journal::FiringQuery query;
    query.metaevent = params.textOr("metaevent");
    query.since = params.time("since");
    query.limit = params.numberOr("limit", 100, 1, kMostRows);
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    context.plane.metaevents().firings(
        query, encoded<std::vector<Firing>>(std::move(answer), [](const std::vector<Firing>& firings) {
            return json::object{
                {"firings", encodeList(firings, [](const Firing& firing) { return toJson(firing); })}};
        }));
}

void showFiring(const Context& context, Params& params, Answer answer) {
    const std::string id = params.text("firing");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    context.plane.metaevents().firing(
        id, encoded<Firing>(std::move(answer), [](const Firing& firing) { return toJson(firing, true); }));
}

void backtest(const Context& context, Params& params, Answer answer) {
    control::BacktestQuery query;
    const json::value& definitions = params.value("definitions");
    query.from = params.time("from");
    query.until = params.time("until");
    query.all = params.flagOr("all");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    auto metaevents = metaeventsFromJson(definitions);
    if (!metaevents) return answer(tl::unexpected(metaevents.error()));
    query.definitions = std::move(*metaevents);
    context.plane.backtest(std::move(query), context.session.gone(),
                           encoded<json::array>(std::move(answer), [](const json::array& lines) {
                               return json::object{{"lines", lines}};
                           }));
}

}  // namespace

std::vector<Method> metaeventMethods() {
    return {{"metaevents.apply", {"definitions"}, apply},
            {"metaevents.check", {"definitions"}, check},
            {"metaevents.list", {}, list},
            {"metaevents.show", {"name"}, show},
            {"metaevents.remove", {"name"}, remove},
            {"metaevents.enable", {"name"}, setEnabled<true>},
            {"metaevents.disable", {"name"}, setEnabled<false>},
            {"metaevents.explain", {"name", "at?"}, explain},
            {"firings.list", {"metaevent?", "since?", "limit?"}, listFirings},
            {"firings.show", {"firing"}, showFiring},
            {"backtest", {"definitions", "from?", "until?", "all?"}, backtest}};
}

}  // namespace dogwatch::api

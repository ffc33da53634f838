// metaevents.*, firings.*
#include <fmt/format.h>

#include "core/api/encode.h"
#include "core/api/methods.h"
#include "core/model/sentence.h"
#include "core/model/static_checks.h"

namespace dogwatch::api {
namespace {

constexpr std::int64_t kMostRows = 10'000;

/// What the definitions say but cannot mean, given the functions and metaevents there are.
json::array warningsOf(const Context& context, const std::vector<Metaevent>& definitions,
                       const Grammar& grammar) {
    Surroundings surroundings;
    surroundings.functions = context.plane.functions().schedules();
    surroundings.metaevents = context.plane.metaevents().definitions();
    return encodeList(staticChecks(definitions, surroundings, grammar),
                      [](const Warning& warning) { return json::string(warning.text()); });
}

void apply(const Context& context, Params& params, const Answer& answer) {
    const json::value& definitions = params.value("definitions");
    const Grammar& grammar = params.language();
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    const auto metaevents = metaeventsFromJson(definitions, grammar);
    if (!metaevents) return answer(tl::unexpected(metaevents.error()));
    const json::array warnings = warningsOf(context, *metaevents, grammar);
    using Changes = std::vector<control::AppliedChange>;
    auto reply = encoded<Changes>(answer, [warnings](const Changes& changes) {
        return json::object{{"metaevents", encodeList(changes, encodeChange)}, {"warnings", warnings}};
    });
    context.plane.metaevents().apply(definitions, std::move(reply), grammar);
}

json::object encodePhrase(const Phrase& phrase) {
    json::object object{{"text", phrase.text}};
    if (!phrase.path.empty()) object["path"] = phrase.path;
    return object;
}

void check(const Context& context, Params& params, const Answer& answer) {
    const json::value& definitions = params.value("definitions");
    const Grammar& grammar = params.language();
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    const auto metaevents = metaeventsFromJson(definitions, grammar);
    if (!metaevents) return answer(tl::unexpected(metaevents.error()));
    json::array names;
    json::array sentences;
    json::array phrases;
    for (const Metaevent& metaevent : *metaevents) {
        names.emplace_back(metaevent.name);
        const Sentence sentence = sentenceOf(metaevent, grammar);
        sentences.emplace_back(sentence.text());
        phrases.emplace_back(encodeList(sentence.phrases, encodePhrase));
    }
    answer(json::value{{"metaevents", names},
                       {"sentences", sentences},
                       {"phrases", phrases},
                       {"warnings", warningsOf(context, *metaevents, grammar)}});
}

void list(const Context& context, Params& /*params*/, const Answer& answer) {
    answer(json::value{{"metaevents", encodeList(context.plane.metaevents().list(), encodeMetaevent)}});
}

void show(const Context& context, Params& params, const Answer& answer) {
    const std::string name = params.text("name");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    const auto row = context.plane.metaevents().show(name);
    if (!row) return answer(tl::unexpected(row.error()));
    answer(json::value(encodeMetaevent(*row)));
}

control::Reply<std::string> named(const Answer& answer) {
    return encoded<std::string>(answer, [](const std::string& name) {
        return json::object{{"metaevent", name}};
    });
}

void remove(const Context& context, Params& params, const Answer& answer) {
    const std::string name = params.text("name");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    context.plane.metaevents().remove(name, named(answer));
}

template <bool kEnabled>
void setEnabled(const Context& context, Params& params, const Answer& answer) {
    const std::string name = params.text("name");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    context.plane.metaevents().setEnabled(name, kEnabled, named(answer));
}

void listFirings(const Context& context, Params& params, const Answer& answer) {
    journal::FiringQuery query;
    query.metaevent = params.textOr("metaevent");
    query.since = params.time("since");
    query.limit = params.numberOr("limit", 100, 1, kMostRows);
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    context.plane.metaevents().firings(
        query, encoded<std::vector<Firing>>(answer, [](const std::vector<Firing>& firings) {
            return json::object{
                {"firings", encodeList(firings, [](const Firing& firing) { return toJson(firing); })}};
        }));
}

void showFiring(const Context& context, Params& params, const Answer& answer) {
    const std::string id = params.text("firing");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    context.plane.metaevents().firing(
        id, encoded<Firing>(answer, [](const Firing& firing) { return toJson(firing, true); }));
}

}  // namespace

std::vector<Method> metaeventMethods() {
    return {{"metaevents.apply", {"definitions", "language?"}, apply},
            {"metaevents.check", {"definitions", "language?"}, check},
            {"metaevents.list", {}, list},
            {"metaevents.show", {"name"}, show},
            {"metaevents.remove", {"name"}, remove},
            {"metaevents.enable", {"name"}, setEnabled<true>},
            {"metaevents.disable", {"name"}, setEnabled<false>},
            {"firings.list", {"metaevent?", "since?", "limit?"}, listFirings},
            {"firings.show", {"firing"}, showFiring}};
}

}  // namespace dogwatch::api

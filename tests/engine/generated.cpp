#include "tests/engine/generated.h"

namespace dogwatch::engine {
namespace {

constexpr std::int64_t kStart = 1'711'846'800'000'000;  // an hour before a clock change in Zurich
constexpr std::int64_t kSecond = 1'000'000;
constexpr const char* kFunctions[] = {"backup", "order", "invoice"};
constexpr const char* kEvents[] = {"execution.queued", "execution.started", "execution.succeeded",
                                   "execution.failed", "execution.dropped", "custom.note"};

std::string nameOf(int rank) {
    return "m" + std::to_string(rank);
}

}  // namespace

std::string Generator::duration(int most) {
    return std::to_string(1 + number(most)) + (chance(5) ? "s500ms" : "s");
}

json::object Generator::selector() {
    json::object selector{{"event", chance(60) ? pick(kEvents) : pick({"execution.*", "*", "metaevent.*"})}};
    if (chance(40)) selector["function"] = chance(80) ? pick(kFunctions) : "*o*";
    if (chance(30)) {
        json::array clause;
        switch (number(4)) {
            case 0: clause = {"tags.team", "==", pick({"red", "blue"})}; break;
            case 1: clause = {"duration_us", pick({"<", ">=", "!="}), number(5)}; break;
            case 2: clause = {"message", "matches", "dis[ck]|net"}; break;
            default: clause = {"tags.team", "exists", chance(50)}; break;
        }
        selector["where"] = json::array(1, clause);
    }
    return selector;
}

json::array Generator::comparison(int most) {
    return {pick({"<", "<=", "==", "!=", ">=", ">"}), number(most)};
}

json::object Generator::sequence() {
    json::array steps;
    const int count = 1 + number(3);
    for (int i = 0; i < count; ++i) {
        steps.push_back(selector());
        if (chance(30)) steps.push_back(json::object{{"not", selector()}});
    }
    if (steps.back().as_object().contains("not") && chance(50)) steps.back().as_object()["for"] = duration(6);
    json::object sequence{{"sequence", std::move(steps)}, {"within", duration(12)}};
    if (chance(30)) sequence["by"] = json::array{pick({"execution", "tags.team", "function"})};
    if (chance(20)) sequence["overlap"] = false;
    return sequence;
}

json::object Generator::leaf(int rank) {
    const char* const measures[] = {"sum", "avg", "min", "max", "p50", "p95", "distinct"};
    switch (number(14)) {
        case 0: return {{"occurs", selector()}};
        case 1: return {{"absent", selector()}, {"for", duration(9)}, {"since", pick({"armed", "first"})}};
        case 2: return {{"missed", selector()}, {"schedule", "*/7 * * * * *"}, {"grace", duration(3)}};
        case 3: return {{"count", selector()}, {"within", duration(12)}, {"is", comparison(5)}};
        case 4:
            return {{"measure", pick(measures)}, {"of", pick({"duration_us", "result", "tags.team"})},
                    {"over", selector()},        {"within", duration(12)},
                    {"is", comparison(5)},       {"samples", 1 + number(3)}};
        case 5:
            return {{"ratio", selector()},
                    {"to", selector()},
                    {"within", duration(12)},
                    {"is", json::array{">=", 0.5}}};
        case 6: return {{"streak", selector()}, {"among", selector()}, {"is", comparison(4)}};
        case 7: return {{"gauge", pick({"queued", "running"})}, {"is", comparison(4)}};
        case 8: return {{"changed", pick({"result", "tags.team"})}, {"over", selector()}};
        case 9: return {{"at", "*/11 * * * * *"}, {"timezone", "Europe/Zurich"}};
        case 10: return {{"during", "*/20 * * * * *"}, {"for", duration(15)}};
        case 11: return {{"fired", nameOf(number(4))}};
        case 12:
            if (rank > 0) return {{"active", nameOf(number(rank))}};
            [[fallthrough]];
        default: return sequence();
    }
}

json::object Generator::condition(int rank, int depth) {
    if (depth <= 1 || chance(30)) return leaf(rank);
    const auto below = [&] { return condition(rank, depth - 1); };
    switch (number(6)) {
        case 0: return {{"all", json::array{below(), below()}}};
        case 1: return {{"any", json::array{below(), below()}}};
        case 2: return {{"not", below()}};
        case 3: return {{"at_least", 1 + number(3)}, {"of", json::array{below(), below(), below()}}};
        case 4: return {{"held", below()}, {"for", duration(6)}};
        default: return {{"recent", below()}, {"within", duration(6)}};
    }
}

json::object Generator::definition(int rank) {
    json::object fire{{"on", pick({"rise", "fall", "both"})}, {"max_depth", 1 + number(3)}};
    if (chance(30)) fire["cooldown"] = duration(6);
    if (chance(30)) fire["repeat"] = duration(6);
    if (chance(50)) fire["limit"] = json::object{{"count", 1 + number(9)}, {"within", duration(15)}};
    json::object definition{{"metaevent", nameOf(rank)},
                            {"when", condition(rank, 1 + number(4))},
                            {"fire", std::move(fire)},
                            {"jobs", json::array(1, json::object{{"run", "page"}})}};
    if (chance(40)) {
        definition["partition"] = json::array{pick({"function", "tags.team", "execution"})};
        if (chance(50)) definition["expire"] = duration(20);
    }
    return definition;
}

std::vector<Metaevent> Generator::definitions(int count) {
    std::vector<Metaevent> all;
    while (static_cast<int>(all.size()) < count) {
        // A partition without a selector is refused: then another one is drawn.
        if (auto one = metaeventFromJson(definition(static_cast<int>(all.size()))))
            all.push_back(std::move(*one));
    }
    return all;
}

std::vector<Record> Generator::records(int count) {
    std::vector<Record> all;
    std::int64_t time = kStart;
    for (int i = 0; i < count; ++i) {
        if (chance(60)) time += (1 + number(3)) * kSecond;
        if (chance(4)) time += 1;
        Record record;
        record.seq = 2 * i + 1;
        record.time = timeFromUs(time);
        record.event = pick(kEvents);
        record.fields = {{"function", pick(kFunctions)},
                         {"execution", "e" + std::to_string(number(12))},
                         {"duration_us", number(5)},
                         {"message", pick({"no disk", "no net", "fine"})}};
        if (chance(60)) record.fields["tags"] = json::object{{"team", pick({"red", "blue"})}};
        if (chance(60)) record.fields["result"] = number(3);
        if (chance(10)) record.fields["depth"] = number(3);
        all.push_back(std::move(record));
    }
    return all;
}

Metaevent Generator::edited(const Metaevent& definition) {
    json::object source = definition.source;
    source["description"] = "edited " + std::to_string(number(1000));
    source["jobs"] = json::array(1, json::object{{"run", "other"}, {"payload", "{{ time }}"}});
    return metaeventFromJson(source).value();
}

}  // namespace dogwatch::engine

// executions.index, .rows, .timeline, .summary, causality: what a console that watches many executions asks.
#include <algorithm>

#include "core/api/encode.h"
#include "core/api/methods.h"
#include "core/control/causality.h"
#include "core/model/number_runs.h"

namespace dogwatch::api {
namespace {

constexpr std::int64_t kMostRows = 2000;
constexpr std::int64_t kMostBars = 20'000;
constexpr std::int64_t kMostBins = 4000;
constexpr std::int64_t kLargestNumber = (1LL << 53U) - 1;

template <typename T>
json::value orNull(const std::optional<T>& value) {
    return value ? json::value(*value) : json::value(nullptr);
}

Result<journal::ExecutionFilter> readFilter(Params& params) {
    journal::ExecutionFilter filter;
    const std::string text = params.textOr("filter");
    filter.since = params.time("since");
    filter.until = params.time("until");
    if (const auto fine = params.check(); !fine) return tl::unexpected(fine.error());
    auto read = Filter::parse(text, executionFilterFields());
    if (!read) return malformed("filter", read.error().message);
    filter.filter = std::move(*read);
    return filter;
}

void index(const Context& context, Params& params, const Answer& answer) {
    const auto from = params.numberOr("from", 0, 0, kLargestNumber);
    const auto filter = readFilter(params);
    if (!filter) return answer(tl::unexpected(filter.error()));
    context.plane.queries().run<journal::ExecutionNumbers>(
        [filter = *filter, from](journal::Reader& reader) { return reader.executionNumbers(filter, from); },
        encoded<journal::ExecutionNumbers>(answer, [](const journal::ExecutionNumbers& found) {
            return json::object{
                {"count", countOf(found.runs)}, {"runs", encodeRuns(found.runs)}, {"floor", found.floor}};
        }));
}

json::object encodeRow(const journal::NumberedExecution& row) {
    const Execution& execution = row.execution;
    json::object object = toJson(execution);
    object["number"] = row.number;
    object["depth"] = execution.depth;
    object["message"] = execution.message;
    object["start"] = execution.start;
    object["phases"] = {{"queue_us", orNull(execution.queueUs)}, {"init_us", orNull(execution.initUs)}};
    return object;
}

void rows(const Context& context, Params& params, const Answer& answer) {
    std::vector<std::int64_t> numbers;
    if (const auto* list = params.valueIf("numbers")) {
        const auto* array = list->if_array();
        const bool fine =
            array != nullptr && std::ssize(*array) <= kMostRows &&
            std::all_of(array->begin(), array->end(), [](const auto& each) { return each.is_int64(); });
        if (!fine) return answer(malformed("numbers", "a list of at most 2000 whole numbers"));
        for (const auto& each : *array) numbers.push_back(each.get_int64());
    }
    const std::string id = params.textOr("execution");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    using List = std::vector<journal::NumberedExecution>;
    context.plane.queries().run<List>(
        [numbers, id](journal::Reader& reader) mutable -> Result<List> {
            if (!id.empty()) {
                const auto number = reader.executionNumber(id);
                if (!number) return tl::unexpected(number.error());
                numbers.push_back(*number);
            }
            return reader.executionRows(numbers);
        },
        encoded<List>(answer, [](const List& list) {
            return json::object{{"executions", encodeList(list, encodeRow)}};
        }));
}

/// [lane, id, state, queued, started, finished]: short, there are thousands.
json::array encodeBar(const journal::LaneBar& bar) {
    return {bar.lane,
            bar.execution,
            static_cast<int>(bar.state),
            toUs(bar.queuedAt),
            timeOrNull(bar.startedAt),
            timeOrNull(bar.finishedAt)};
}

void timeline(const Context& context, Params& params, const Answer& answer) {
    journal::LaneQuery query;
    const std::string by = params.textOr("by", "function");
    query.mostBars = params.numberOr("bars", 4000, 0, kMostBars);
    query.bins = params.numberOr("bins", 600, 1, kMostBins);
    const auto filter = readFilter(params);
    if (!filter) return answer(tl::unexpected(filter.error()));
    if (by != "function" && by != "vm") return answer(malformed("by", "\"function\" or \"vm\""));
    if (!filter->since || !filter->until)
        return answer(malformed(filter->since ? "until" : "since", "required"));
    query.filter = *filter;
    query.byVm = by == "vm";
    query.since = *filter->since;
    query.until = *filter->until;
    context.plane.queries().run<journal::LaneView>(
        [query](journal::Reader& reader) { return reader.lanes(query); },
        encoded<journal::LaneView>(answer, [query](const journal::LaneView& view) {
            return json::object{
                {"lanes", json::array(view.lanes.begin(), view.lanes.end())},
                {"total", view.total},
                {"since", toUs(query.since)},
                {"until", toUs(query.until)},
                {"bars", encodeList(view.bars, encodeBar)},
                {"bins", encodeList(view.bins, [](const journal::LaneBin& bin) {
                     return json::array{bin.lane, bin.bin, bin.succeeded, bin.failed, bin.other};
                 })}};
        }));
}

void summary(const Context& context, Params& params, const Answer& answer) {
    const auto filter = readFilter(params);
    if (!filter) return answer(tl::unexpected(filter.error()));
    context.plane.queries().run<journal::ExecutionSummary>(
        [filter = *filter](journal::Reader& reader) { return reader.summary(filter); },
        encoded<journal::ExecutionSummary>(answer, [](const journal::ExecutionSummary& found) {
            json::object states;
            for (int state = 0; state <= static_cast<int>(ExecutionState::Dropped); ++state)
                states[stateName(static_cast<ExecutionState>(state))] = found.byState[state];
            return json::object{
                {"total", found.total},
                {"states", states},
                {"busy_us", found.busyUs},
                {"duration_us",
                 {{"p50", orNull(found.durationP50)},
                  {"p95", orNull(found.durationP95)},
                  {"p99", orNull(found.durationP99)},
                  {"max", orNull(found.durationMax)}}},
                {"queue_us", {{"p50", orNull(found.waitP50)}, {"p95", orNull(found.waitP95)}}}};
        }));
}

json::object encodeNode(const control::CauseNode& node) {
    using Kind = control::CauseNode::Kind;
    json::object object{{"node", node.id}, {"time", toUs(node.time)}, {"level", node.level}};
    switch (node.kind) {
        case Kind::Execution:
            object["kind"] = "execution";
            object["value"] = toJson(node.execution);
            break;
        case Kind::Firing:
            object["kind"] = "firing";
            object["value"] = toJson(node.firing);
            break;
        case Kind::Suppressed:
            object["kind"] = "suppressed";
            object["value"] = toJson(node.record);
            break;
        case Kind::Record:
            object["kind"] = "record";
            object["value"] = toJson(node.record);
            break;
        case Kind::Trigger:
            object["kind"] = "trigger";
            object["value"] = node.text;
            break;
        case Kind::Time: object["kind"] = "time"; break;
    }
    return object;
}

void causality(const Context& context, Params& params, const Answer& answer) {
    const std::string id = params.text("of");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    context.plane.queries().run<control::CauseGraph>(
        [id](journal::Reader& reader) { return control::causality(reader, id); },
        encoded<control::CauseGraph>(answer, [](const control::CauseGraph& graph) {
            return json::object{
                {"root", graph.root},
                {"nodes", encodeList(graph.nodes, encodeNode)},
                {"edges", encodeList(graph.edges,
                                     [](const control::CauseEdge& edge) {
                                         return json::object{{"from", edge.from}, {"to", edge.to}};
                                     })},
                {"truncated", graph.truncated}};
        }));
}

}  // namespace

std::vector<Method> monitorMethods() {
    return {{"executions.index", {"filter?", "since?", "until?", "from?"}, index},
            {"executions.rows", {"numbers?", "execution?"}, rows},
            {"executions.timeline", {"since", "until", "filter?", "by?", "bars?", "bins?"}, timeline},
            {"executions.summary", {"filter?", "since?", "until?"}, summary},
            {"causality", {"of"}, causality}};
}

}  // namespace dogwatch::api

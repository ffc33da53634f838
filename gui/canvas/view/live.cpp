#include "gui/canvas/view/live.h"

#include <algorithm>
#include <cmath>

#include "gui/models/text.h"

namespace dogwatch::gui::canvas {
namespace {

using namespace Qt::StringLiterals;

std::optional<Time> timeMember(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    if (value == nullptr || !value->is_int64()) return std::nullopt;
    return timeFromUs(value->get_int64());
}

std::optional<double> numberMember(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    if (value == nullptr || !value->is_number()) return std::nullopt;
    return value->to_number<double>();
}

std::string fieldText(const Node& node, std::string_view key) {
    const auto value = fieldValue(node, key);
    return value && value->is_string() ? std::string(view(value->get_string())) : std::string();
}

std::optional<Duration> durationField(const Node& node) {
    for (const std::string_view key : {"for", "within", "grace"})
        if (const auto read = parseDuration(fieldText(node, key))) return *read;
    return std::nullopt;
}

struct Bound {
    QString op;
    double number = 0;
    [[nodiscard]] bool isUpwards() const { return op == u">="_s || op == u">"_s || op == u"=="_s; }
};

std::optional<Bound> boundMember(const json::object& condition) {
    const json::value* value = condition.if_contains("bound");
    if (value == nullptr || !value->is_array() || value->get_array().size() != 2) return std::nullopt;
    const json::array& pair = value->get_array();
    if (!pair[0].is_string() || !pair[1].is_number()) return std::nullopt;
    return Bound{fromUtf8(view(pair[0].get_string())), pair[1].to_number<double>()};
}

/// "3 of 5"; "p95 410 ms of 500 ms"; "2, needed < 1".
QString againstText(const Node& node, double number, const Bound& bound) {
    const QString measure = fromUtf8(fieldText(node, "measure"));
    const QString prefix = measure.isEmpty() ? QString() : measure + u' ';
    const QString actual = prefix + amountText(node, number);
    const QString needed = amountText(node, bound.number);
    if (bound.op == u">="_s) return QObject::tr("%1 of %2").arg(actual, needed);
    return QObject::tr("%1, needed %2 %3").arg(actual, bound.op, needed);
}

/// "quiet for 6 s of 10 s", for those that wait for time to pass.
QString waitedText(std::string_view op, Duration waited, Duration all) {
    const QString done = durationText(std::max<std::int64_t>(waited.count() / 100'000 * 100'000, 0));
    const QString of = durationText(all.count());
    if (op == "held") return QObject::tr("held %1 of %2").arg(done, of);
    if (op == "recent") return QObject::tr("over for %1 of %2").arg(done, of);
    return QObject::tr("quiet for %1 of %2").arg(done, of);
}

QString runsText(const json::object& condition, const Node& node) {
    const json::value* list = condition.if_contains("runs");
    const auto count = intMember(condition, "run_count");
    if (count == 0 || list == nullptr || !list->is_array() || list->get_array().empty()) return {};
    std::int64_t furthest = 0;
    for (const json::value& run : list->get_array())
        if (run.is_object()) furthest = std::max(furthest, intMember(run.get_object(), "step"));
    const auto steps = node.sockets.empty() ? std::size_t{0} : node.sockets.front().size();
    return QObject::tr("runs: %1, the furthest at step %2 of %3").arg(count).arg(furthest + 1).arg(steps);
}

void describeTruth(Live& live, const json::object& condition, Time now) {
    const auto since = timeMember(condition, "since");
    const auto rise = timeMember(condition, "last_rise");
    if (*live.holds) {
        const auto from = since ? since : rise;
        live.text = from ? QObject::tr("true since %1").arg(clockText(*from, now)) : QObject::tr("true");
    } else {
        live.text = rise ? QObject::tr("last true %1").arg(agoText(*rise, now)) : QObject::tr("not true");
    }
}

void describeNumber(Live& live, const json::object& condition, const Node& node, Time now) {
    const std::string_view op = node.kind->key;
    const auto number = numberMember(condition, "number");
    const auto deadline = timeMember(condition, "deadline");
    if (op == "sequence") {
        if (const QString runs = runsText(condition, node); !runs.isEmpty()) live.text = runs;
    } else if (op == "at_least" && number) {
        const auto wanted = fieldValue(node, "at_least");
        const double needed = wanted && wanted->is_number() ? wanted->to_number<double>() : 1;
        live.text = QObject::tr("%1 of %2 true").arg(*number).arg(needed);
        live.share = *number / needed;
    } else if (const auto bound = boundMember(condition); bound && number) {
        live.text = againstText(node, *number, *bound);
        if (bound->number > 0 && bound->isUpwards()) live.share = std::min(1.0, *number / bound->number);
    } else if (deadline && *deadline > now) {
        const auto all = op == "missed" ? std::nullopt : durationField(node);
        const bool waits = op == "recent" ? *live.holds : !*live.holds;
        if (!all || !waits) return;
        const Duration waited = *all - (*deadline - now);
        live.text = waitedText(op, waited, *all);
        live.share = std::chrono::duration<double>(waited) / std::chrono::duration<double>(*all);
    }
}

Live liveFrom(const json::object& condition, const Node& node, Time now) {
    Live live;
    live.holds = boolMember(condition, "holds");
    describeTruth(live, condition, now);
    describeNumber(live, condition, node, now);
    auto due = timeMember(condition, "deadline");
    if (!due) due = timeMember(condition, "changes");
    if (due && *due > now) live.countdown = untilText(*due, now);
    return live;
}

std::vector<const json::object*> conditionsOf(const json::object& explained) {
    std::vector<const json::object*> all;
    const json::value* list = explained.if_contains("conditions");
    if (list == nullptr || !list->is_array()) return all;
    for (const json::value& each : list->get_array())
        if (each.is_object()) all.push_back(&each.get_object());
    return all;
}

}  // namespace

QString amountText(const Node& node, double number) {
    if (node.kind->key == "ratio") return u"%1 %"_s.arg(QString::number(number * 100, 'g', 3));
    const std::string path = fieldText(node, "of");
    const bool isDistinct = fieldText(node, "measure") == "distinct";
    if (!isDistinct && path.ends_with("_us")) return durationText(static_cast<std::int64_t>(number));
    if (!isDistinct && path.ends_with("_bytes")) return bytesText(static_cast<std::int64_t>(number));
    return QString::number(number, 'g', std::floor(number) == number ? 12 : 4);
}

void TruthHistory::note(const json::object& explanation, Time now) {
    Seen seen{now, {}};
    for (const json::object* condition : conditionsOf(explanation))
        if (boolMember(*condition, "holds")) seen.holding.emplace(stringMember(*condition, "path"));
    seen_.push_back(std::move(seen));
    while (!seen_.empty() && seen_.front().time < now - kSpan) seen_.pop_front();
}

std::vector<std::pair<double, double>> TruthHistory::strip(const std::string& path, Time now) const {
    const auto share = [now](Time time) {
        return std::max(0.0,
                        1 - std::chrono::duration<double>(now - time) / std::chrono::duration<double>(kSpan));
    };
    std::vector<std::pair<double, double>> stretches;
    for (std::size_t i = 0; i < seen_.size(); ++i) {
        if (!seen_[i].holding.contains(path)) continue;
        const double until = i + 1 < seen_.size() ? share(seen_[i + 1].time) : 1;
        if (!stretches.empty() && stretches.back().second >= share(seen_[i].time)) {
            stretches.back().second = until;
        } else {
            stretches.emplace_back(share(seen_[i].time), until);
        }
    }
    return stretches;
}

double TruthHistory::begins(Time now) const {
    if (seen_.empty()) return 1;
    return std::max(0.0, 1 - std::chrono::duration<double>(now - seen_.front().time) /
                                 std::chrono::duration<double>(kSpan));
}

std::map<NodeId, Live> liveOf(const json::object& explained, const Graph& graph,
                              const json::object& definition, Time now, const TruthHistory* history) {
    std::map<NodeId, Live> live;
    const Graph running = Graph::fromDefinition(definition);
    const auto theirs = running.paths();
    const auto ours = graph.paths();
    for (const json::object* condition : conditionsOf(explained)) {
        const std::string path(stringMember(*condition, "path"));
        const auto mine = ours.find(path);
        const auto other = theirs.find(path);
        if (mine == ours.end() || other == theirs.end()) continue;
        if (toJson(graph.toJson(mine->second)) != toJson(running.toJson(other->second))) continue;
        Live one = liveFrom(*condition, *graph.find(mine->second), now);
        one.decides = boolMember(*condition, "decides");
        if (history != nullptr) {
            one.strip = history->strip(path, now);
            one.stripFrom = history->begins(now);
        }
        live.emplace(mine->second, std::move(one));
    }
    return live;
}

}  // namespace dogwatch::gui::canvas

#include "core/control/causality.h"

#include <algorithm>
#include <deque>
#include <set>

namespace dogwatch::control {
namespace {

constexpr std::size_t kMostFromEvidence = 6;  // of sixteen like ones, the first few tell the story
constexpr std::int64_t kDerivedAtOnce = 64;

std::string executionNode(std::string_view id) {
    return "execution:" + std::string{id};
}
std::string firingNode(std::string_view id) {
    return "firing:" + std::string{id};
}

class Tracer {
 public:
    explicit Tracer(journal::Reader& reader) : reader_(reader) {}

    Result<CauseGraph> trace(const std::string& id) {
        const auto isFiring = reader_.hasFiring(id);
        if (!isFiring) return tl::unexpected(isFiring.error());
        auto root = *isFiring ? addFiring(id, 0) : addExecution(id, 0);
        if (!root) return tl::unexpected(root.error());
        graph_.root = *root;
        for (const bool forward : {false, true}) {
            std::deque<std::string> open{*root};
            std::set<std::string> done;
            while (!open.empty()) {
                const std::string at = open.front();
                open.pop_front();
                if (!done.insert(at).second) continue;
                auto next = forward ? effectsOf(at) : causesOf(at);
                if (!next) return tl::unexpected(next.error());
                open.insert(open.end(), next->begin(), next->end());
            }
        }
        return std::move(graph_);
    }

 private:
    using Ids = std::vector<std::string>;

    [[nodiscard]] const CauseNode* find(const std::string& id) const {
        const auto found = std::find_if(graph_.nodes.begin(), graph_.nodes.end(),
                                        [&](const CauseNode& node) { return node.id == id; });
        return found == graph_.nodes.end() ? nullptr : &*found;
    }

    /// "" where the graph is full.
    std::string add(CauseNode node) {
        if (find(node.id) != nullptr) return node.id;
        if (graph_.nodes.size() >= kMostCauseNodes) {
            graph_.truncated = true;
            return {};
        }
        graph_.nodes.push_back(std::move(node));
        return graph_.nodes.back().id;
    }

    Result<std::string> addExecution(const std::string& id, int level) {
        if (find(executionNode(id)) != nullptr) return executionNode(id);
        auto detail = reader_.execution(id);
        if (!detail) return tl::unexpected(detail.error());
        CauseNode node{CauseNode::Kind::Execution, executionNode(id), {}, {}, {}, {}, {}, level};
        node.time = detail->execution.queuedAt.value_or(Time{});
        node.execution = std::move(detail->execution);
        return add(std::move(node));
    }

    Result<std::string> addFiring(const std::string& id, int level) {
        if (find(firingNode(id)) != nullptr) return firingNode(id);
        auto firing = reader_.firing(id);
        if (!firing) return tl::unexpected(firing.error());
        return add(
            {CauseNode::Kind::Firing, firingNode(id), firing->time, {}, std::move(*firing), {}, {}, level});
    }

    void connect(const std::string& from, const std::string& to) {
        const bool known = std::any_of(graph_.edges.begin(), graph_.edges.end(), [&](const CauseEdge& edge) {
            return edge.from == from && edge.to == to;
        });
        if (!from.empty() && !to.empty() && from != to && !known) graph_.edges.push_back({from, to});
    }

    /// What retention has removed is no error: the chain ends there.
    static Result<std::string> orNone(Result<std::string> added) {
        if (!added && added.error().kind == Error::Kind::NotFound) return std::string{};
        return added;
    }

    // ---- what led to it

    Result<Ids> causesOf(const std::string& id) {
        const CauseNode node = *find(id);  // a copy: the list grows
        Result<Ids> causes = node.kind == CauseNode::Kind::Execution ? causesOfExecution(node)
                             : node.kind == CauseNode::Kind::Firing  ? causesOfFiring(node)
                                                                     : Result<Ids>{Ids{}};
        if (!causes) return causes;
        std::erase(*causes, std::string{});
        for (const auto& cause : *causes) connect(cause, id);
        return causes;
    }

    Result<Ids> causesOfExecution(const CauseNode& node) {
        const Execution& execution = node.execution;
        if (execution.cause.empty()) {
            return Ids{add({CauseNode::Kind::Trigger,
                            "trigger:" + execution.id,
                            node.time,
                            {},
                            {},
                            {},
                            execution.trigger,
                            node.level - 1})};
        }
        const auto isFiring = reader_.hasFiring(execution.cause);
        if (!isFiring) return tl::unexpected(isFiring.error());
        auto cause = orNone(*isFiring ? addFiring(execution.cause, node.level - 1)
                                      : addExecution(execution.cause, node.level - 1));
        if (!cause) return tl::unexpected(cause.error());
        return Ids{*cause};
    }

    Result<Ids> causesOfFiring(const CauseNode& node) {
        Ids causes;
        const auto take = [&](const json::object& fields) -> Result<void> {
            const auto firing = stringMember(fields, "firing");
            const auto execution = stringMember(fields, "execution");
            auto added = !firing.empty()      ? addFiring(std::string{firing}, node.level - 1)
                         : !execution.empty() ? addExecution(std::string{execution}, node.level - 1)
                                              : Result<std::string>{addRecord(fields, node.level - 1)};
            added = orNone(std::move(added));
            if (!added) return tl::unexpected(added.error());
            if (std::find(causes.begin(), causes.end(), *added) == causes.end()) causes.push_back(*added);
            return {};
        };
        // The latest of the evidence decided.
        const json::array& evidence = node.firing.evidence;
        for (auto each = evidence.rbegin(); each != evidence.rend() && causes.size() < kMostFromEvidence;
             ++each) {
            if (!each->is_object()) continue;
            if (auto taken = take(each->get_object()); !taken) return tl::unexpected(taken.error());
        }
        if (node.firing.cause > 0 && causes.empty()) {
            auto record = recordAt(node.firing.cause);
            if (!record) return tl::unexpected(record.error());
            if (*record) {
                if (auto taken = take(toJson(**record)); !taken) return tl::unexpected(taken.error());
            }
        }
        if (node.firing.cause == 0) {
            causes.push_back(add({CauseNode::Kind::Time,
                                  "time:" + node.firing.id,
                                  node.time,
                                  {},
                                  {},
                                  {},
                                  {},
                                  node.level - 1}));
        }
        return causes;
    }

    std::string addRecord(const json::object& fields, int level) {
        auto record = recordFromJson(fields, false);
        if (!record) return {};
        const std::string id =
            "record:" + std::to_string(record->seq) + record->event + std::to_string(toUs(record->time));
        const Time time = record->time;
        return add({CauseNode::Kind::Record, id, time, {}, {}, std::move(*record), {}, level});
    }

    Result<std::optional<Record>> recordAt(std::int64_t seq) {
        auto page = reader_.records({.events = {},
                                     .functions = {},
                                     .execution = {},
                                     .since = {},
                                     .until = {},
                                     .afterSeq = seq - 1,
                                     .beforeSeq = seq + 1,
                                     .limit = 1,
                                     .newest = false});
        if (!page) return tl::unexpected(page.error());
        if (page->records.empty()) return std::nullopt;
        return std::optional{std::move(page->records.front())};
    }

    // ---- what it led to

    Result<Ids> effectsOf(const std::string& id) {
        const CauseNode node = *find(id);
        Result<Ids> effects = node.kind == CauseNode::Kind::Execution ? effectsOfExecution(node)
                              : node.kind == CauseNode::Kind::Firing  ? effectsOfFiring(node)
                                                                      : Result<Ids>{Ids{}};
        if (!effects) return effects;
        std::erase(*effects, std::string{});
        for (const auto& effect : *effects) connect(id, effect);
        return effects;
    }

    Result<Ids> effectsOfExecution(const CauseNode& node) {
        const std::string& id = node.execution.id;
        journal::RecordQuery query;
        query.execution = id;
        const auto page = reader_.records(query);
        if (!page) return tl::unexpected(page.error());
        Ids effects;
        std::vector<std::int64_t> seqs;
        for (const Record& record : page->records) {
            seqs.push_back(record.seq);
            if (auto cut = addSuppressed(record.seq, node.level + 1, effects); !cut)
                return tl::unexpected(cut.error());
        }
        if (seqs.empty()) return effects;
        auto firings = reader_.firingsFrom(seqs, id, seqs.front());
        if (!firings) return tl::unexpected(firings.error());
        for (const Firing& firing : *firings) {
            if (!comesFrom(firing, "execution", id))
                continue;  // it goes back to another firing of this chain
            auto added = addFiring(firing.id, node.level + 1);
            if (!added) return tl::unexpected(added.error());
            effects.push_back(*added);
        }
        const auto retried = reader_.executionsCausedBy(id);
        if (!retried) return tl::unexpected(retried.error());
        for (const auto& each : *retried) {
            auto added = addExecution(each, node.level + 1);
            if (!added) return tl::unexpected(added.error());
            effects.push_back(*added);
        }
        return effects;
    }

    /// Whether a record of its evidence names this id; true also where it has no evidence.
    static bool comesFrom(const Firing& firing, std::string_view key, std::string_view id) {
        if (firing.evidence.empty()) return true;
        return std::any_of(firing.evidence.begin(), firing.evidence.end(), [&](const json::value& each) {
            return each.is_object() && stringMember(each.get_object(), key) == id;
        });
    }

    Result<Ids> effectsOfFiring(const CauseNode& node) {
        Ids effects;
        for (const auto& id : node.firing.executions) {
            auto added = orNone(addExecution(id, node.level + 1));
            if (!added) return tl::unexpected(added.error());
            effects.push_back(*added);
        }
        auto firings = reader_.firingsFrom({}, node.firing.id, node.firing.seq);
        if (!firings) return tl::unexpected(firings.error());
        for (const Firing& firing : *firings) {
            auto added = addFiring(firing.id, node.level + 1);
            if (!added) return tl::unexpected(added.error());
            effects.push_back(*added);
        }
        return effects;
    }

    /// The metaevents that this record would have fired: derived records follow their cause.
    Result<void> addSuppressed(std::int64_t seq, int level, Ids& effects) {
        auto page = reader_.records({.events = {},
                                     .functions = {},
                                     .execution = {},
                                     .since = {},
                                     .until = {},
                                     .afterSeq = seq,
                                     .beforeSeq = 0,
                                     .limit = kDerivedAtOnce,
                                     .newest = false});
        if (!page) return tl::unexpected(page.error());
        for (Record& record : page->records) {
            if (!record.event.starts_with("metaevent.")) break;
            if (record.event != "metaevent.suppressed") continue;
            const std::string id = "suppressed:" + std::to_string(record.seq);
            const Time time = record.time;
            effects.push_back(
                add({CauseNode::Kind::Suppressed, id, time, {}, {}, std::move(record), {}, level}));
        }
        return {};
    }

    journal::Reader& reader_;
    CauseGraph graph_;
};

}  // namespace

Result<CauseGraph> causality(journal::Reader& reader, const std::string& id) {
    auto graph = Tracer(reader).trace(id);
    if (graph) {
        for (CauseNode& node : graph->nodes) node.firing.evidence.clear();
    }
    return graph;
}

}  // namespace dogwatch::control

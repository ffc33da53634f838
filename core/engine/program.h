// Program: the criteria of one metaevent, compiled: its tree as a list in which children come before parents,
// truth values as one bit a node, selectors and field paths resolved.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/engine/step.h"
#include "core/model/metaevent.h"

namespace dogwatch::engine {

using NodeIndex = std::uint16_t;
using NodeMask = std::uint64_t;  ///< one bit a node; a tree has at most kLargestTree of them
static_assert(kLargestTree <= 64);

constexpr NodeMask bit(NodeIndex node) {
    return NodeMask{1} << node;
}

/// A selector whose event and function were matched by the index already; what is left are the clauses.
struct CompiledSelector {
    struct CompiledClause {
        const Clause* clause;
        PathId path;
    };
    const Selector* selector = nullptr;
    std::vector<CompiledClause> where;

    [[nodiscard]] bool matchesWhere(const FieldCache& fields) const {
        for (const auto& [clause, path] : where) {
            if (!clause->holds(fields.find(path))) return false;
        }
        return true;
    }
    /// Appends a text that is the same only for selectors that match the same records.
    void appendKey(std::string& out) const;
};

struct Node {
    const Condition* condition = nullptr;
    NodeMask children = 0;
    /// Its own selectors, in the order in which detectors number them: for ratio and streak the selector
    /// itself, then `to` or `among`; for sequence its steps.
    std::vector<CompiledSelector> selectors;
    std::vector<PathId> paths;  ///< of measure and changed: the field; of sequence: `by`
    /// The same in all instances: at, during, fired, active, gauge.
    bool shared = false;
};

class Program {
 public:
    /// `definition` must outlive the program and stay where it is.
    Program(const Metaevent& definition, FieldCache& fields);

    [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }
    [[nodiscard]] NodeIndex root() const { return static_cast<NodeIndex>(nodes_.size() - 1); }
    [[nodiscard]] const std::vector<PathId>& partition() const { return partition_; }
    [[nodiscard]] NodeMask shared() const { return shared_; }
    /// Nodes that are computed from their children alone: all but the leaves, children before parents.
    [[nodiscard]] const std::vector<NodeIndex>& combinators() const { return combinators_; }

 private:
    NodeIndex compile(const Condition& condition, FieldCache& fields);

    std::vector<Node> nodes_;
    std::vector<PathId> partition_;
    std::vector<NodeIndex> combinators_;
    NodeMask shared_ = 0;
};

}  // namespace dogwatch::engine

// Diagnosis: what a drawn definition says in words, and all that is wrong with it, each on its node and
// field. The strict reader of core/model tells one fault; here each is patched with something harmless and
// the rest is read on.
#pragma once

#include <QString>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/model/metaevent.h"
#include "core/model/sentence.h"
#include "core/model/static_checks.h"
#include "gui/canvas/model/graph.h"

namespace dogwatch::gui::canvas {

struct Issue {
    enum class Kind {
        Fault,    ///< it cannot be applied
        Warning,  ///< it can, but hardly means what it says
        Note,     ///< a node that leads nowhere
    };
    Kind kind = Kind::Fault;
    NodeId node = 0;
    std::string field;    ///< key of the node's field or socket; empty: the whole node
    std::string path;     ///< JSON path in the definition; empty for loose nodes
    QString text;         ///< what is wrong, and the mend
    bool isLoop = false;  ///< a warning of a chain that comes back
    bool operator==(const Issue&) const = default;
};

struct Diagnosis {
    std::vector<Issue> issues;
    std::optional<Metaevent> definition;  ///< none while there are faults
    Sentence sentence;                    ///< with "…" where something is missing
    std::map<NodeId, QString> summaries;  ///< each node in plain words
    [[nodiscard]] bool hasFaults() const { return !definition.has_value(); }
};

/// Takes no look beyond the definition itself; a few hundred microseconds.
Diagnosis diagnose(const Graph& graph);

/// What the static checks found, on its nodes.
std::vector<Issue> warningsOf(const Graph& graph, const std::vector<Warning>& warnings);

}  // namespace dogwatch::gui::canvas

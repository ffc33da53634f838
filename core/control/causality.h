// Causality: for an execution or a firing, what led to it and what it led to, from the journal alone. Records
// carry their causes; this follows them both ways and makes a graph of what it finds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/journal/reader.h"

namespace dogwatch::control {

struct CauseNode {
    enum class Kind {
        Execution,
        Firing,
        Suppressed,  ///< a metaevent would have fired: the reason tells why it did not ("depth": a cut loop)
        Record,      ///< of no execution: a machine, a function that changed
        Trigger,     ///< where a chain begins: somebody asked, a schedule
        Time         ///< a deadline that passed
    };
    Kind kind = Kind::Execution;
    std::string id;  ///< within the graph
    Time time{};
    Execution execution;  ///< of Execution
    Firing firing;        ///< of Firing; without evidence
    Record record;        ///< of Suppressed and Record
    std::string text;     ///< of Trigger: "api", "schedule", …
    int level = 0;        ///< steps from what was asked for; negative: before it
};

struct CauseEdge {
    std::string from;
    std::string to;
};

struct CauseGraph {
    std::string root;
    std::vector<CauseNode> nodes;  ///< the root first
    std::vector<CauseEdge> edges;
    bool truncated = false;  ///< there is more than it holds
};

constexpr std::size_t kMostCauseNodes = 120;

/// Of the execution, or of the firing, with this id.
Result<CauseGraph> causality(journal::Reader& reader, const std::string& id);

}  // namespace dogwatch::control

#include "gui/canvas/model/node_kinds.h"

#include <algorithm>
#include <array>

#include "gui/canvas/model/kind_table.h"

namespace dogwatch::gui::canvas {
namespace {

constexpr std::array<Choice, 23> kEvents = {{
    {"execution.succeeded", "it returned"},
    {"execution.failed", "it did not return"},
    {"execution.started", "its code began to run"},
    {"execution.queued", "a request was accepted and waits"},
    {"execution.throttled", "a limit refused or held back a request"},
    {"execution.retrying", "a failed attempt will be tried again"},
    {"execution.dropped", "given up"},
    {"execution.*", "anything about executions"},
    {"custom.*", "anything that user code emitted"},
    {"vm.booting", "a VM boots"},
    {"vm.ready", "a VM is ready"},
    {"vm.assigned", "a VM was given to a function"},
    {"vm.lost", "a VM was lost"},
    {"vm.retired", "a VM was retired"},
    {"vm.*", "anything about VMs"},
    {"function.created", "a function was added"},
    {"function.updated", "a function was changed"},
    {"function.deleted", "a function was removed"},
    {"function.*", "anything about definitions of functions"},
    {"metaevent.fired", "a metaevent fired"},
    {"metaevent.cleared", "the criteria of a firing ceased to hold"},
    {"metaevent.*", "firings and clearings of metaevents"},
    {"*", "any record but those of metaevents"},
}};

constexpr std::array<Choice, 11> kWhereOperators = {{
    {"==", "is"},
    {"!=", "is not"},
    {"<", "is less than"},
    {"<=", "is at most"},
    {">=", "is at least"},
    {">", "is more than"},
    {"in", "is one of"},
    {"contains", "contains"},
    {"starts_with", "starts with"},
    {"matches", "matches"},
    {"exists", "is there"},
}};

constexpr std::array<Choice, 6> kComparisons = {{{">=", "at least"},
                                                 {">", "more than"},
                                                 {"<=", "at most"},
                                                 {"<", "fewer than"},
                                                 {"==", "exactly"},
                                                 {"!=", "anything but"}}};

NodeKind unknown(Flow flow) {
    return {.key = "unknown",
            .role = Role::Unknown,
            .group = Group::Hidden,
            .title = "Not understood",
            .help = "This part is kept as it stands; mend it as JSON, or remove it.",
            .icon = "warning",
            .output = flow};
}

}  // namespace

const Field* NodeKind::field(std::string_view path) const {
    const auto stands = [path](const Field& field) {
        return path == field.key || (path.starts_with(field.key) && path[field.key.size()] == '.');
    };
    const auto found = std::find_if(fields.begin(), fields.end(), stands);
    if (found != fields.end()) return &*found;
    // A fault of the object around several fields, or of one of its missing members, belongs to the first.
    const auto inside = [path](const Field& field) {
        return field.key.starts_with(path) && field.key.size() > path.size() && field.key[path.size()] == '.';
    };
    const auto inner = std::find_if(fields.begin(), fields.end(), inside);
    return path.empty() || inner == fields.end() ? nullptr : &*inner;
}

const std::vector<NodeKind>& nodeKinds() {
    static const std::vector<NodeKind> kKinds = makeKinds();
    return kKinds;
}

const NodeKind* findKind(std::string_view key) {
    const auto& kinds = nodeKinds();
    const auto found =
        std::find_if(kinds.begin(), kinds.end(), [key](const NodeKind& kind) { return kind.key == key; });
    return found != kinds.end() ? &*found : nullptr;
}

const NodeKind& sourceKind() {
    return *findKind("source");
}
const NodeKind& firingKind() {
    return *findKind("firing");
}
const NodeKind& jobKind() {
    return *findKind("job");
}

const NodeKind& unknownKind(Flow flow) {
    static const std::array<NodeKind, 3> kUnknown = {unknown(Flow::Records), unknown(Flow::Truth),
                                                     unknown(Flow::Firing)};
    return kUnknown[static_cast<std::size_t>(flow)];
}

std::string_view groupTitle(Group group) {
    switch (group) {
        case Group::Watch: return "Watch";
        case Group::NotHappened: return "Has not happened";
        case Group::Happened: return "Happened";
        case Group::TooOften: return "Happened too often";
        case Group::InOrder: return "Happened in this order";
        case Group::TookTooLong: return "Took too long";
        case Group::RightNow: return "Right now";
        case Group::AtTimes: return "At these times";
        case Group::Combine: return "Combine";
        case Group::Act: return "Then run";
        case Group::Hidden: break;
    }
    return {};
}

std::span<const Choice> eventKinds() {
    return kEvents;
}
std::span<const Choice> whereOperators() {
    return kWhereOperators;
}
std::span<const Choice> comparisonOperators() {
    return kComparisons;
}

}  // namespace dogwatch::gui::canvas

#include "gui/canvas/model/node_kinds.h"

#include <algorithm>
#include <array>

#include "gui/canvas/model/kind_table.h"

namespace dogwatch::gui::canvas {
namespace {

constexpr std::array<Choice, 23> kEvents = {{
    {"execution.succeeded", QT_TRANSLATE_NOOP("Kinds", "it returned")},
    {"execution.failed", QT_TRANSLATE_NOOP("Kinds", "it did not return")},
    {"execution.started", QT_TRANSLATE_NOOP("Kinds", "its code began to run")},
    {"execution.queued", QT_TRANSLATE_NOOP("Kinds", "a request was accepted and waits")},
    {"execution.throttled", QT_TRANSLATE_NOOP("Kinds", "a limit refused or held back a request")},
    {"execution.retrying", QT_TRANSLATE_NOOP("Kinds", "a failed attempt will be tried again")},
    {"execution.dropped", QT_TRANSLATE_NOOP("Kinds", "given up")},
    {"execution.*", QT_TRANSLATE_NOOP("Kinds", "anything about executions")},
    {"custom.*", QT_TRANSLATE_NOOP("Kinds", "anything that user code emitted")},
    {"vm.booting", QT_TRANSLATE_NOOP("Kinds", "a VM boots")},
    {"vm.ready", QT_TRANSLATE_NOOP("Kinds", "a VM is ready")},
    {"vm.assigned", QT_TRANSLATE_NOOP("Kinds", "a VM was given to a function")},
    {"vm.lost", QT_TRANSLATE_NOOP("Kinds", "a VM was lost")},
    {"vm.retired", QT_TRANSLATE_NOOP("Kinds", "a VM was retired")},
    {"vm.*", QT_TRANSLATE_NOOP("Kinds", "anything about VMs")},
    {"function.created", QT_TRANSLATE_NOOP("Kinds", "a function was added")},
    {"function.updated", QT_TRANSLATE_NOOP("Kinds", "a function was changed")},
    {"function.deleted", QT_TRANSLATE_NOOP("Kinds", "a function was removed")},
    {"function.*", QT_TRANSLATE_NOOP("Kinds", "anything about definitions of functions")},
    {"metaevent.fired", QT_TRANSLATE_NOOP("Kinds", "a metaevent fired")},
    {"metaevent.cleared", QT_TRANSLATE_NOOP("Kinds", "the criteria of a firing ceased to hold")},
    {"metaevent.*", QT_TRANSLATE_NOOP("Kinds", "firings and clearings of metaevents")},
    {"*", QT_TRANSLATE_NOOP("Kinds", "any record but those of metaevents")},
}};

constexpr std::array<Choice, 11> kWhereOperators = {{
    {"==", QT_TRANSLATE_NOOP("Kinds", "is")},
    {"!=", QT_TRANSLATE_NOOP("Kinds", "is not")},
    {"<", QT_TRANSLATE_NOOP("Kinds", "is less than")},
    {"<=", QT_TRANSLATE_NOOP("Kinds", "is at most")},
    {">=", QT_TRANSLATE_NOOP("Kinds", "is at least")},
    {">", QT_TRANSLATE_NOOP("Kinds", "is more than")},
    {"in", QT_TRANSLATE_NOOP("Kinds", "is one of")},
    {"contains", QT_TRANSLATE_NOOP("Kinds", "contains")},
    {"starts_with", QT_TRANSLATE_NOOP("Kinds", "starts with")},
    {"matches", QT_TRANSLATE_NOOP("Kinds", "matches")},
    {"exists", QT_TRANSLATE_NOOP("Kinds", "is there")},
}};

constexpr std::array<Choice, 6> kComparisons = {{{">=", QT_TRANSLATE_NOOP("Kinds", "at least")},
                                                 {">", QT_TRANSLATE_NOOP("Kinds", "more than")},
                                                 {"<=", QT_TRANSLATE_NOOP("Kinds", "at most")},
                                                 {"<", QT_TRANSLATE_NOOP("Kinds", "fewer than")},
                                                 {"==", QT_TRANSLATE_NOOP("Kinds", "exactly")},
                                                 {"!=", QT_TRANSLATE_NOOP("Kinds", "anything but")}}};

NodeKind unknown(Flow flow) {
    return {
        .key = "unknown",
        .role = Role::Unknown,
        .group = Group::Hidden,
        .title = QT_TRANSLATE_NOOP("Kinds", "Not understood"),
        .help = QT_TRANSLATE_NOOP("Kinds", "This part is kept as it stands; mend it as JSON, or remove it."),
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
        case Group::Watch: return QT_TRANSLATE_NOOP("Kinds", "Watch");
        case Group::NotHappened: return QT_TRANSLATE_NOOP("Kinds", "Has not happened");
        case Group::Happened: return QT_TRANSLATE_NOOP("Kinds", "Happened");
        case Group::TooOften: return QT_TRANSLATE_NOOP("Kinds", "Happened too often");
        case Group::InOrder: return QT_TRANSLATE_NOOP("Kinds", "Happened in this order");
        case Group::TookTooLong: return QT_TRANSLATE_NOOP("Kinds", "Took too long");
        case Group::RightNow: return QT_TRANSLATE_NOOP("Kinds", "Right now");
        case Group::AtTimes: return QT_TRANSLATE_NOOP("Kinds", "At these times");
        case Group::Combine: return QT_TRANSLATE_NOOP("Kinds", "Combine");
        case Group::Act: return QT_TRANSLATE_NOOP("Kinds", "Then run");
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

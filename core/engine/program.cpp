#include "core/engine/program.h"

namespace dogwatch::engine {
namespace {

using namespace condition;

struct Parts {
    std::vector<const Selector*> selectors;
    std::vector<const FieldPath*> paths;
};

Parts partsOf(const Condition& condition) {
    Parts parts;
    if (const auto* occurs = condition.as<Occurs>()) {
        parts.selectors = {&occurs->selector};
    } else if (const auto* absent = condition.as<Absent>()) {
        parts.selectors = {&absent->selector};
    } else if (const auto* missed = condition.as<Missed>()) {
        parts.selectors = {&missed->selector};
    } else if (const auto* count = condition.as<Count>()) {
        parts.selectors = {&count->selector};
    } else if (const auto* measure = condition.as<Measure>()) {
        parts.selectors = {&measure->over};
        parts.paths = {&measure->of};
    } else if (const auto* ratio = condition.as<Ratio>()) {
        parts.selectors = {&ratio->selector, &ratio->to};
    } else if (const auto* streak = condition.as<Streak>()) {
        parts.selectors = {&streak->selector, &streak->among};
    } else if (const auto* changed = condition.as<Changed>()) {
        parts.selectors = {&changed->over};
        parts.paths = {&changed->path};
    } else if (const auto* sequence = condition.as<Sequence>()) {
        for (const auto& step : sequence->steps) parts.selectors.push_back(&step.selector);
        for (const auto& path : sequence->by) parts.paths.push_back(&path);
    }
    return parts;
}

bool isShared(const Condition& condition) {
    return condition.as<Gauge>() != nullptr || condition.as<At>() != nullptr ||
           condition.as<During>() != nullptr || condition.as<Fired>() != nullptr ||
           condition.as<Active>() != nullptr;
}

CompiledSelector compileSelector(const Selector& selector, FieldCache& fields) {
    CompiledSelector compiled;
    compiled.selector = &selector;
    for (const auto& clause : selector.where) compiled.where.push_back({&clause, fields.intern(clause.path)});
    return compiled;
}

}  // namespace

void CompiledSelector::appendKey(std::string& out) const {
    const auto appendText = [&out](std::string_view text) { appendCanonical(out, json::value(text)); };
    out += 'e';
    for (const auto& event : selector->events) appendText(event.text());
    if (selector->functions) {
        out += 'f';
        for (const auto& function : *selector->functions) appendText(function.text());
    }
    for (const auto& clause : selector->where) {
        out += 'w';
        appendText(clause.path.text());
        appendText(operatorName(clause.op));
        appendCanonical(out, clause.value);
    }
}

Program::Program(const Metaevent& definition, FieldCache& fields) {
    nodes_.reserve(definition.when.size());
    compile(definition.when, fields);
    for (const auto& path : definition.partition) partition_.push_back(fields.intern(path));
}

NodeIndex Program::compile(const Condition& condition, FieldCache& fields) {
    Node node;
    node.condition = &condition;
    for (const auto& child : condition.children) node.children |= bit(compile(child, fields));
    const Parts parts = partsOf(condition);
    for (const auto* selector : parts.selectors) node.selectors.push_back(compileSelector(*selector, fields));
    for (const auto* path : parts.paths) node.paths.push_back(fields.intern(*path));
    node.shared = isShared(condition);
    const auto index = static_cast<NodeIndex>(nodes_.size());
    if (node.shared) shared_ |= bit(index);
    if (node.children != 0) combinators_.push_back(index);
    nodes_.push_back(std::move(node));
    return index;
}

}  // namespace dogwatch::engine

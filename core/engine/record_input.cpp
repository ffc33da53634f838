#include "core/engine/record_input.h"

#include <cstring>

#include "core/engine/step.h"

namespace dogwatch::engine {
namespace {

/// Nearly always the first member: then eight bytes compared, and nothing searched.
const json::value* functionOf(const json::object& fields) {
    constexpr std::string_view kFunction = "function";
    if (fields.empty()) return nullptr;
    const json::key_value_pair& first = *fields.begin();
    const bool isFirst = first.key().size() == kFunction.size() &&
                         std::memcmp(first.key().data(), kFunction.data(), kFunction.size()) == 0;
    return isFirst ? &first.value() : fields.if_contains(kFunction);
}

}  // namespace

RecordInput::RecordInput(const Record& record, Symbols& symbols) : record_(&record) {
    takeKind(symbols);
    takeFunction(symbols);
    takeGauged();
}

RecordInput::RecordInput(const Record& record, Symbols& symbols, EventInterest& interest) : record_(&record) {
    takeKind(symbols);
    if (!interest.in(input_.event, record.event)) return;
    takeFunction(symbols);
    if (interest.gauges()) takeGauged();
}

void RecordInput::takeKind(Symbols& symbols) {
    input_.seq = record_->seq;
    input_.time = toUs(record_->time);
    input_.eventName = record_->event;
    input_.event = symbols.intern(record_->event);
    input_.depth = kDepthInFields;
    input_.record = record_;
    input_.fields = this;
}

void RecordInput::takeFunction(Symbols& symbols) {
    const json::value* function = functionOf(record_->fields);
    if (function == nullptr || !function->is_string()) return;
    input_.functionName = view(function->get_string());
    input_.function = symbols.intern(input_.functionName);
}

void RecordInput::takeGauged() {
    input_.execution = record_->execution();
    input_.vm = stringMember(record_->fields, "vm");
}

const json::value* RecordInput::find(const FieldPath& path) const {
    return path.find(*record_, scratch_);
}

}  // namespace dogwatch::engine

#include "core/engine/record_input.h"

#include "core/engine/step.h"

namespace dogwatch::engine {

RecordInput::RecordInput(const Record& record, Symbols& symbols, bool gauges) : record_(&record) {
    input_.seq = record.seq;
    input_.time = toUs(record.time);
    input_.eventName = record.event;
    input_.event = symbols.intern(record.event);
    if (const auto* function = record.fields.if_contains("function");
        function != nullptr && function->is_string()) {
        const auto& name = function->get_string();
        input_.functionName = {name.data(), name.size()};
        input_.function = symbols.intern(input_.functionName);
    }
    input_.depth = kDepthInFields;
    if (gauges) {
        input_.execution = record.execution();
        input_.vm = stringMember(record.fields, "vm");
    }
    input_.record = &record;
    input_.fields = this;
}

const json::value* RecordInput::find(const FieldPath& path) const {
    return path.find(*record_, scratch_);
}

}  // namespace dogwatch::engine

#include "core/control/journal_inputs.h"

#include "core/engine/step.h"

namespace dogwatch::control {

engine::Symbol JournalInputs::symbolOf(Name& last, std::string_view text, engine::Symbols& symbols) {
    if (last.symbol == engine::kNoSymbol || last.text != text)
        last = {std::string(text), symbols.intern(text)};
    return last.symbol;
}

Result<const engine::Input*> JournalInputs::next(engine::Symbols& symbols) {
    do {
        if (error_) return tl::unexpected(*error_);
        const auto more = cursor_->next();
        if (!more) return tl::unexpected(more.error());
        if (!*more) return nullptr;
        record_.reset();
    } while (cursor_->event().starts_with("metaevent."));
    input_ = {};
    input_.seq = cursor_->seq();
    input_.time = toUs(cursor_->time());
    input_.depth = engine::kDepthInFields;
    input_.fields = this;
    input_.eventName = cursor_->event();
    input_.event = symbolOf(event_, input_.eventName, symbols);
    input_.functionName = cursor_->function();
    input_.execution = cursor_->execution();
    if (!input_.functionName.empty()) {
        input_.function = symbolOf(function_, input_.functionName, symbols);
    } else if (const Record* record = decoded()) {  // it may have one of no characters
        const auto* name = record->fields.if_contains("function");
        if (name != nullptr && name->is_string()) input_.function = symbols.intern({});
    }
    // Of other records gauges do not ask for it.
    if (input_.eventName.starts_with("vm.")) {
        if (const Record* record = decoded()) input_.vm = stringMember(record->fields, "vm");
    }
    return &input_;
}

const Record* JournalInputs::decoded() const {
    if (!record_) {
        auto record = cursor_->record();
        if (!record) {
            error_ = record.error();
            return nullptr;
        }
        record_ = std::move(*record);
    }
    return &*record_;
}

const json::value* JournalInputs::find(const FieldPath& path) const {
    const Record* record = decoded();
    return record != nullptr ? path.find(*record, scratch_) : nullptr;
}

}  // namespace dogwatch::control

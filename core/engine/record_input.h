// RecordInput: a decoded record as an input of the fold.
#pragma once

#include "core/engine/input.h"
#include "core/engine/interest.h"
#include "core/model/record.h"

namespace dogwatch::engine {

/// Refers to the record, which must outlive it.
class RecordInput final : private Fields {
 public:
    /// All that any definition may ask for.
    RecordInput(const Record& record, Symbols& symbols);
    /// What those definitions ask for: of a kind that no condition looks at, nothing but time and kind.
    RecordInput(const Record& record, Symbols& symbols, EventInterest& interest);
    RecordInput(const RecordInput&) = delete;
    RecordInput& operator=(const RecordInput&) = delete;
    ~RecordInput() override = default;

    [[nodiscard]] const Input& input() const { return input_; }

 private:
    void takeKind(Symbols& symbols);
    void takeFunction(Symbols& symbols);
    void takeGauged();
    [[nodiscard]] const json::value* find(const FieldPath& path) const override;

    const Record* record_;
    Input input_;
    mutable json::value scratch_;
};

}  // namespace dogwatch::engine

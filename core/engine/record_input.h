// RecordInput: a decoded record as an input of the fold.
#pragma once

#include "core/engine/input.h"
#include "core/model/record.h"

namespace dogwatch::engine {

/// Refers to the record, which must outlive it.
class RecordInput final : private Fields {
 public:
    /// `gauges`: whether those will see it.
    RecordInput(const Record& record, Symbols& symbols, bool gauges = true);
    RecordInput(const RecordInput&) = delete;
    RecordInput& operator=(const RecordInput&) = delete;
    ~RecordInput() override = default;

    [[nodiscard]] const Input& input() const { return input_; }

 private:
    [[nodiscard]] const json::value* find(const FieldPath& path) const override;

    const Record* record_;
    Input input_;
    mutable json::value scratch_;
};

}  // namespace dogwatch::engine

// JournalInputs: the journal's records as the engine folds them fastest: names as numbers, and a record
// decoded only when a condition asks for a field that is no column of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/engine/input.h"
#include "core/journal/reader.h"

namespace dogwatch::control {

class JournalInputs final : private engine::Fields {
 public:
    /// The cursor must outlive it.
    explicit JournalInputs(journal::RecordCursor& cursor) : cursor_(&cursor) {}
    JournalInputs(const JournalInputs&) = delete;
    JournalInputs& operator=(const JournalInputs&) = delete;
    ~JournalInputs() override = default;

    /// The next record that is none of metaevent.*, valid until the next call; null at the end. `symbols`
    /// must be the same in all calls. An error may be of the record before: that it is damaged shows when it
    /// is decoded.
    Result<const engine::Input*> next(engine::Symbols& symbols);

 private:
    /// A name and its number: records in a row often have the same.
    struct Name {
        std::string text;
        engine::Symbol symbol = engine::kNoSymbol;
    };

    [[nodiscard]] const json::value* find(const FieldPath& path) const override;
    [[nodiscard]] const Record* decoded() const;
    static engine::Symbol symbolOf(Name& last, std::string_view text, engine::Symbols& symbols);

    journal::RecordCursor* cursor_;
    engine::Input input_;
    Name event_;
    Name function_;
    mutable std::optional<Record> record_;  ///< of this step, once it is decoded
    mutable std::optional<Error> error_;
    mutable json::value scratch_;
};

}  // namespace dogwatch::control

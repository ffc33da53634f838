// FunctionModel: the functions with their last outcome, by name.
#pragma once

#include <optional>

#include "core/model/execution.h"
#include "core/model/record.h"
#include "gui/models/table_models.h"

namespace dogwatch::gui {

struct FunctionRow {
    std::string name;
    std::int64_t version = 0;
    std::string runtime;
    std::string schedule;
    std::string lastExecution;  ///< empty: it never ran
    std::optional<ExecutionState> lastState;
    std::optional<Time> lastFinished;
    json::object definition;  ///< FUNCTION of docs/api.md, without its code

    [[nodiscard]] const std::string& key() const { return name; }
    bool operator==(const FunctionRow&) const = default;
};
FunctionRow functionRowFromJson(const json::object& object);

class FunctionModel final : public SnapshotTableModel<FunctionRow> {
    Q_OBJECT
 public:
    enum Column { Name, Last, Finished, Runtime, Schedule, Version, ColumnCount };

    using SnapshotTableModel::SnapshotTableModel;
    /// Brings the last outcomes up to date.
    void applyRecord(const Record& record);

    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
};

}  // namespace dogwatch::gui

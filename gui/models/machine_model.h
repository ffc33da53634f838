// MachineModel: the virtual machines of the pool, by id.
#pragma once

#include "core/model/json.h"
#include "gui/models/table_models.h"

namespace dogwatch::gui {

struct MachineRow {
    std::string id;
    std::string state;  ///< "booting", "ready", "assigned", "running", "retired", "lost"
    std::string image;
    std::string origin;     ///< "cold": booted; "clone": of a saved guest
    std::string function;   ///< empty: unassigned
    std::string execution;  ///< running now; empty: none
    std::int64_t executions = 0;
    std::int64_t bootUs = 0;
    std::int64_t rssBytes = 0;
    std::int64_t pid = 0;
    std::int64_t ageUs = 0;

    [[nodiscard]] const std::string& key() const { return id; }
    bool operator==(const MachineRow&) const = default;
};
MachineRow machineRowFromJson(const json::object& object);

class MachineModel final : public SnapshotTableModel<MachineRow> {
    Q_OBJECT
 public:
    enum Column { Id, State, Function, Executions, Boot, Memory, Age, Image, Pid, ColumnCount };

    using SnapshotTableModel::SnapshotTableModel;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
};

}  // namespace dogwatch::gui

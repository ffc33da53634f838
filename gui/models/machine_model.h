// MachineModel: the virtual machines of the pool, by id; and the saved guests that they are cloned from.
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
    std::int64_t cpuUs = 0;  ///< processor time since it began
    int cpuPermille = -1;    ///< of one processor, between the last two snapshots; -1: not known yet
    std::int64_t pid = 0;
    std::int64_t ageUs = 0;

    [[nodiscard]] const std::string& key() const { return id; }
    bool operator==(const MachineRow&) const = default;
};
MachineRow machineRowFromJson(const json::object& object);

/// A saved guest.
struct TemplateRow {
    std::string image;
    std::int64_t memoryMiB = 0;
    std::string state;  ///< "ready", "in the making", "none"
    std::int64_t madeUs = 0;
    std::string problem;

    bool operator==(const TemplateRow&) const = default;
};
TemplateRow templateRowFromJson(const json::object& object);
/// "python3 with 128 MiB ready (made in 3.2 s); node with 128 MiB in the making".
QString templateWords(const std::vector<TemplateRow>& rows);

class MachineModel final : public SnapshotTableModel<MachineRow> {
    Q_OBJECT
 public:
    enum Column { Id, State, Function, Executions, Boot, Memory, Cpu, Age, Image, Pid, ColumnCount };
    enum Role {
        BootWordsRole = FirstOwnRole  ///< "Booted in 1.2 s"
    };

    using SnapshotTableModel::SnapshotTableModel;
    /// As sync(), and tells from the snapshot before how busy each was since.
    void take(std::vector<MachineRow> snapshot);
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    static QString accessibleWords(const MachineRow& row);
    static QString bootWords(const MachineRow& row);
};

}  // namespace dogwatch::gui

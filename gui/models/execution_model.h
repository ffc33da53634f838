// ExecutionModel: executions, latest first, kept current by the journal's records.
#pragma once

#include <optional>
#include <span>

#include "core/model/execution.h"
#include "core/model/record.h"
#include "gui/models/table_models.h"

namespace dogwatch::gui {

/// Changes an execution as one of its records tells (spec section 2). Records that are older than what the
/// execution shows already change nothing, so a list and a stream that overlap agree.
void applyRecord(Execution& execution, const Record& record);

/// What a table of executions shows of one: its columns are ExecutionModel's.
QVariant executionCell(const Execution& row, int column, int role);
QVariant executionHeader(int section, int role);

class ExecutionModel final : public RecentTableModel<Execution, std::string> {
    Q_OBJECT
 public:
    enum Column { State, Function, Queued, Duration, QueueWait, Trigger, Attempt, Vm, Id, ColumnCount };
    enum Role { ErrorRole = FirstOwnRole, StateRole };

    /// More executions than this are not held at once; older ones are paged in.
    static constexpr std::size_t kMost = 100'000;

    explicit ExecutionModel(QObject* parent = nullptr, std::size_t limit = kMost);

    /// Records in order of seq, of any kind.
    void applyRecords(std::span<const Record> records);

    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 protected:
    [[nodiscard]] std::string keyOf(const Execution& row) const override { return row.id; }
};

QString stateIcon(ExecutionState state);
Tone stateTone(ExecutionState state);

}  // namespace dogwatch::gui

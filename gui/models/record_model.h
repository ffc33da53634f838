// RecordModel: the journal's records, latest first.
#pragma once

#include "core/model/record.h"
#include "gui/models/table_models.h"

namespace dogwatch::gui {

class RecordModel final : public RecentTableModel<Record, std::int64_t> {
    Q_OBJECT
 public:
    enum Column { Seq, When, Event, Function, Summary, ColumnCount };
    enum Role { FunctionRole = FirstOwnRole, EventRole, ExecutionRole };
    static constexpr std::size_t kMost = 50'000;

    explicit RecordModel(QObject* parent = nullptr, std::size_t limit = kMost);
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 protected:
    [[nodiscard]] std::int64_t keyOf(const Record& row) const override { return row.seq; }
};

/// What a record says, in plain words: "failed with exception after 120 ms: no such file".
QString recordWords(const Record& record);
Tone recordTone(const Record& record);
QString recordIcon(const Record& record);

}  // namespace dogwatch::gui

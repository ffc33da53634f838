// ExecutionTable: all executions that a filter matches, a million of them if need be. It knows the number of
// each (docs/api.md, Many executions) and the contents of those that were looked at lately; others are asked
// for as views come to them. Latest first; it never resets.
#pragma once

#include <QAbstractTableModel>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/model/execution.h"
#include "core/model/record.h"

namespace dogwatch::gui {

class ExecutionTable final : public QAbstractTableModel {
    Q_OBJECT
 public:
    using Number = std::int64_t;
    /// Contents kept at most; far more than any screen shows.
    static constexpr std::size_t kMostKept = 20'000;

    using QAbstractTableModel::QAbstractTableModel;

    /// Another filter: these and no others. Ascending.
    void setNumbers(std::vector<Number>&& numbers);
    /// Those from `from` on are these now; what stands below it stays.
    void mergeTail(Number from, const std::vector<Number>& tail);
    /// What came of rowsWanted(): those of `asked` that are not among `rows` are no longer in the journal.
    void takeRows(const std::vector<Number>& asked, std::vector<std::pair<Number, Execution>>&& rows);
    /// They could not be had; they are asked for again when seen again.
    void giveUp(const std::vector<Number>& asked);
    /// Brings those that are known up to date.
    void applyRecords(std::span<const Record> records);

    [[nodiscard]] std::optional<int> rowOf(Number number) const;
    [[nodiscard]] Number numberAt(int row) const;
    /// Null: not known yet.
    [[nodiscard]] const Execution* executionAt(int row) const;
    [[nodiscard]] std::optional<int> rowOf(const std::string& execution) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 Q_SIGNALS:
    void rowsWanted(const std::vector<std::int64_t>& numbers);

 private:
    void want(std::size_t position) const;
    void askForWanted();
    void removePositions(std::size_t begin, std::size_t end);
    void insertAt(std::size_t position, std::span<const Number> numbers);
    void keep(Number number, Execution execution);
    void changed(Number number);

    std::vector<Number> numbers_;  ///< ascending: the last is row 0
    std::unordered_map<Number, Execution> known_;
    std::unordered_map<std::string, Number> numberOf_;  ///< of those known
    std::deque<Number> age_;                            ///< of those known, the longest known first
    mutable std::unordered_set<std::size_t> wanted_;    ///< blocks of positions
    std::unordered_set<Number> underWay_;
    std::vector<Record> meanwhile_;  ///< that came while rows were under way, which may be older than they
};

}  // namespace dogwatch::gui

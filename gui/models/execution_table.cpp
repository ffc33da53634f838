#include "gui/models/execution_table.h"

#include <algorithm>

#include "gui/models/execution_model.h"

namespace dogwatch::gui {
namespace {

constexpr std::size_t kBlock = 64;          ///< rows asked for together
constexpr std::size_t kMostStretches = 64;  ///< told one by one to the views; more are replaced as one

/// A stretch of neighbours, [begin, end).
struct Stretch {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Where `of` has elements that `other` lacks, from `begin` on; both ascend.
std::vector<Stretch> lacking(const std::vector<std::int64_t>& of, std::size_t begin,
                             const std::vector<std::int64_t>& other, std::size_t otherBegin) {
    std::vector<Stretch> stretches;
    std::size_t at = otherBegin;
    for (std::size_t i = begin; i < of.size(); ++i) {
        while (at < other.size() && other[at] < of[i]) ++at;
        if (at < other.size() && other[at] == of[i]) continue;
        if (!stretches.empty() && stretches.back().end == i) {
            ++stretches.back().end;
        } else {
            stretches.push_back({i, i + 1});
        }
    }
    return stretches;
}

}  // namespace

int ExecutionTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(numbers_.size());
}

int ExecutionTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ExecutionModel::ColumnCount;
}

QVariant ExecutionTable::headerData(int section, Qt::Orientation orientation, int role) const {
    return orientation == Qt::Horizontal ? executionHeader(section, role) : QVariant{};
}

ExecutionTable::Number ExecutionTable::numberAt(int row) const {
    return numbers_[numbers_.size() - 1 - static_cast<std::size_t>(row)];
}

const Execution* ExecutionTable::executionAt(int row) const {
    if (row < 0 || row >= rowCount()) return nullptr;
    const auto found = known_.find(numberAt(row));
    return found == known_.end() ? nullptr : &found->second;
}

std::optional<int> ExecutionTable::rowOf(Number number) const {
    const auto found = std::lower_bound(numbers_.begin(), numbers_.end(), number);
    if (found == numbers_.end() || *found != number) return std::nullopt;
    return static_cast<int>(numbers_.end() - found) - 1;
}

std::optional<int> ExecutionTable::rowOf(const std::string& execution) const {
    const auto found = numberOf_.find(execution);
    return found == numberOf_.end() ? std::nullopt : rowOf(found->second);
}

QVariant ExecutionTable::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    if (const Execution* execution = executionAt(index.row()))
        return executionCell(*execution, index.column(), role);
    // Only what is drawn is asked for.
    if (role == Qt::DisplayRole) {
        want(numbers_.size() - 1 - static_cast<std::size_t>(index.row()));
        return index.column() == ExecutionModel::Function ? QVariant{QStringLiteral("…")} : QVariant{};
    }
    return role == KeyRole ? QVariant{QString{}} : QVariant{};
}

void ExecutionTable::want(std::size_t position) const {
    if (wanted_.empty()) {
        auto* self = const_cast<ExecutionTable*>(this);  // views ask through a const interface
        QMetaObject::invokeMethod(self, &ExecutionTable::askForWanted, Qt::QueuedConnection);
    }
    wanted_.insert(position / kBlock);
}

void ExecutionTable::askForWanted() {
    std::vector<Number> asked;
    for (const std::size_t block : std::exchange(wanted_, {})) {
        for (std::size_t i = block * kBlock; i < std::min((block + 1) * kBlock, numbers_.size()); ++i) {
            const Number number = numbers_[i];
            if (!known_.contains(number) && underWay_.insert(number).second) asked.push_back(number);
        }
    }
    if (!asked.empty()) Q_EMIT rowsWanted(asked);
}

void ExecutionTable::giveUp(const std::vector<Number>& asked) {
    for (const Number number : asked) underWay_.erase(number);
    if (underWay_.empty()) meanwhile_.clear();
}

void ExecutionTable::takeRows(const std::vector<Number>& asked,
                              std::vector<std::pair<Number, Execution>>&& rows) {
    std::unordered_set<Number> gone{asked.begin(), asked.end()};
    for (auto& [number, execution] : rows)
        for (const Record& record : meanwhile_)
            if (record.execution() == execution.id) applyRecord(execution, record);
    giveUp(asked);
    int first = rowCount();
    int last = -1;
    for (auto& [number, execution] : rows) {
        gone.erase(number);
        keep(number, std::move(execution));
        if (const auto row = rowOf(number)) {
            first = std::min(first, *row);
            last = std::max(last, *row);
        }
    }
    if (last >= 0) Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
    for (const Number number : gone) {
        const auto row = rowOf(number);
        if (!row) continue;
        const std::size_t position = numbers_.size() - 1 - static_cast<std::size_t>(*row);
        removePositions(position, position + 1);
    }
}

void ExecutionTable::keep(Number number, Execution execution) {
    numberOf_[execution.id] = number;
    if (known_.insert_or_assign(number, std::move(execution)).second) age_.push_back(number);
    while (known_.size() > kMostKept) {
        const auto oldest = known_.find(age_.front());
        age_.pop_front();
        if (oldest == known_.end()) continue;
        numberOf_.erase(oldest->second.id);
        known_.erase(oldest);
    }
}

void ExecutionTable::changed(Number number) {
    if (const auto row = rowOf(number)) Q_EMIT dataChanged(index(*row, 0), index(*row, columnCount() - 1));
}

void ExecutionTable::applyRecords(std::span<const Record> records) {
    std::unordered_set<Number> touched;
    for (const Record& record : records) {
        if (record.execution().empty()) continue;
        const auto found = numberOf_.find(std::string{record.execution()});
        if (found == numberOf_.end()) {
            if (!underWay_.empty() && meanwhile_.size() < kMostKept) meanwhile_.push_back(record);
            continue;
        }
        applyRecord(known_.at(found->second), record);
        touched.insert(found->second);
    }
    for (const Number number : touched) changed(number);
}

void ExecutionTable::removePositions(std::size_t begin, std::size_t end) {
    const std::size_t size = numbers_.size();
    beginRemoveRows({}, static_cast<int>(size - end), static_cast<int>(size - begin) - 1);
    numbers_.erase(numbers_.begin() + static_cast<std::ptrdiff_t>(begin),
                   numbers_.begin() + static_cast<std::ptrdiff_t>(end));
    endRemoveRows();
}

void ExecutionTable::insertAt(std::size_t position, std::span<const Number> numbers) {
    const int first = static_cast<int>(numbers_.size() - position);
    beginInsertRows({}, first, first + static_cast<int>(numbers.size()) - 1);
    numbers_.insert(numbers_.begin() + static_cast<std::ptrdiff_t>(position), numbers.begin(), numbers.end());
    endInsertRows();
}

void ExecutionTable::setNumbers(std::vector<Number>&& numbers) {
    if (numbers == numbers_) return;
    if (!numbers_.empty()) return mergeTail(0, numbers);
    beginInsertRows({}, 0, static_cast<int>(numbers.size()) - 1);
    numbers_ = std::move(numbers);
    endInsertRows();
}

void ExecutionTable::mergeTail(Number from, const std::vector<Number>& tail) {
    const auto below =
        static_cast<std::size_t>(std::lower_bound(numbers_.begin(), numbers_.end(), from) - numbers_.begin());
    const auto gone = lacking(numbers_, below, tail, 0);
    const auto fresh = lacking(tail, 0, numbers_, below);
    if (gone.size() + fresh.size() > kMostStretches) {
        if (numbers_.size() > below) removePositions(below, numbers_.size());
        if (!tail.empty()) insertAt(numbers_.size(), tail);
        return;
    }
    // From the bottom up for the views, which is from the front for us: positions shift, rows do not.
    std::size_t shift = 0;
    for (const Stretch& stretch : gone) {
        removePositions(stretch.begin - shift, stretch.end - shift);
        shift += stretch.end - stretch.begin;
    }
    for (const Stretch& stretch : fresh)  // all before it in `tail` stand already
        insertAt(below + stretch.begin, std::span{tail}.subspan(stretch.begin, stretch.end - stretch.begin));
}

}  // namespace dogwatch::gui

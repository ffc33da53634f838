// The two shapes of table that the console's models have: a bounded, latest-first table that grows at the top
// and is paged at the bottom (executions, firings, records), and a small table that follows snapshots
// (functions, metaevents, machines). Neither ever resets for live data, so that views keep selection and
// scroll position.
#pragma once

#include <QAbstractTableModel>
#include <algorithm>
#include <cstdint>
#include <deque>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace dogwatch::gui {

/// Roles that every model of the console answers.
enum CommonRole {
    KeyRole = Qt::UserRole,  ///< the id or name of the row, as QString
    SortRole,                ///< what a view sorts by in this column
    IconRole,                ///< name of the icon of the cell, as QString; empty: none
    ToneRole,                ///< Tone of the cell, as int
    SearchRole,              ///< all text of the row, for free-text filters
    TimeRole,                ///< when it happened, in microseconds
    FirstOwnRole
};

/// What the colour of a cell says.
enum class Tone { Neutral, Good, Bad, Warning, Busy, Muted };

/// A table whose older rows are fetched on demand.
class PagedTableModel : public QAbstractTableModel {
    Q_OBJECT
 public:
    using QAbstractTableModel::QAbstractTableModel;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    /// Emits olderWanted() once, until setMoreBehind() is called again.
    void fetchMore(const QModelIndex& parent) override;
    /// Whether the source has rows older than the last one here.
    void setMoreBehind(bool more);
    [[nodiscard]] bool hasMoreBehind() const { return moreBehind_; }

 Q_SIGNALS:
    void olderWanted();

 private:
    bool moreBehind_ = false;
    bool asked_ = false;
};

/// Latest first. New rows come on top, in batches; beyond `limit` the oldest leave (and can be paged in
/// again).
template <class Row, class Key>
class RecentTableModel : public PagedTableModel {
 public:
    explicit RecentTableModel(std::size_t limit, QObject* parent = nullptr)
        : PagedTableModel(parent), limit_(limit) {}

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(rows_.size());
    }
    /// The row as shown: 0 is the latest.
    [[nodiscard]] const Row& at(int row) const {
        return rows_[rows_.size() - 1 - static_cast<std::size_t>(row)];
    }
    [[nodiscard]] std::optional<int> find(const Key& key) const {
        const auto found = positions_.find(key);
        if (found == positions_.end()) return std::nullopt;
        return toRow(found->second);
    }
    [[nodiscard]] std::size_t limit() const { return limit_; }

    /// Rows that are newer than all here, oldest first. Those known already are replaced where they stand.
    void addLatest(std::vector<Row> batch) {
        const auto isKnown = [this](const Row& row) {
            const auto found = positions_.find(keyOf(row));
            if (found == positions_.end()) return false;
            replace(found->second, row);
            return true;
        };
        std::erase_if(batch, isKnown);
        if (batch.size() > limit_)
            batch.erase(batch.begin(), batch.end() - static_cast<std::ptrdiff_t>(limit_));
        if (!batch.empty()) {
            beginInsertRows({}, 0, static_cast<int>(batch.size()) - 1);
            for (Row& row : batch) {
                positions_.insert_or_assign(keyOf(row), first_ + static_cast<std::int64_t>(rows_.size()));
                rows_.push_back(std::move(row));
            }
            endInsertRows();
            dropOldest();
        }
        flushChanges();
    }

    /// Rows that are older than all here, latest first, as a page of the source comes.
    void addOlder(std::vector<Row> page) {
        std::erase_if(page, [this](const Row& row) { return positions_.contains(keyOf(row)); });
        const std::size_t room = limit_ > rows_.size() ? limit_ - rows_.size() : 0;
        if (page.size() > room) page.resize(room);
        if (page.empty()) return;
        const int at = rowCount();
        beginInsertRows({}, at, at + static_cast<int>(page.size()) - 1);
        for (Row& row : page) {
            positions_.insert_or_assign(keyOf(row), --first_);
            rows_.push_front(std::move(row));
        }
        endInsertRows();
    }

    /// Empties the table, row by row for its views: no reset.
    void clear() {
        if (rows_.empty()) return;
        beginRemoveRows({}, 0, rowCount() - 1);
        rows_.clear();
        positions_.clear();
        endRemoveRows();
    }

 protected:
    [[nodiscard]] virtual Key keyOf(const Row& row) const = 0;

    /// Changes a row in place; views are told by flushChanges().
    template <class Change>
    bool change(const Key& key, Change&& apply) {
        const auto found = positions_.find(key);
        if (found == positions_.end()) return false;
        apply(rows_[static_cast<std::size_t>(found->second - first_)]);
        markChanged(found->second);
        return true;
    }

    /// One dataChanged for all that changed since the last call.
    void flushChanges() {
        if (!changed_) return;
        const auto [low, high] = *std::exchange(changed_, std::nullopt);
        const std::int64_t oldest = std::max(low, first_);
        if (high < oldest) return;
        Q_EMIT dataChanged(index(toRow(high), 0), index(toRow(oldest), columnCount({}) - 1));
    }

 private:
    [[nodiscard]] int toRow(std::int64_t position) const {
        return static_cast<int>(static_cast<std::int64_t>(rows_.size()) - 1 - (position - first_));
    }

    void markChanged(std::int64_t position) {
        if (!changed_) changed_ = {position, position};
        changed_->first = std::min(changed_->first, position);
        changed_->second = std::max(changed_->second, position);
    }

    void replace(std::int64_t position, const Row& row) {
        rows_[static_cast<std::size_t>(position - first_)] = row;
        markChanged(position);
    }

    void dropOldest() {
        if (rows_.size() <= limit_) return;
        const std::size_t surplus = rows_.size() - limit_;
        beginRemoveRows({}, static_cast<int>(limit_), static_cast<int>(rows_.size()) - 1);
        for (std::size_t i = 0; i < surplus; ++i) {
            positions_.erase(keyOf(rows_.front()));
            rows_.pop_front();
            ++first_;
        }
        endRemoveRows();
        setMoreBehind(true);
    }

    std::size_t limit_;
    std::deque<Row> rows_;  ///< oldest first
    /// Key to position; positions grow with newness, rows_.front() has position first_.
    std::unordered_map<Key, std::int64_t> positions_;
    std::int64_t first_ = 0;
    std::optional<std::pair<std::int64_t, std::int64_t>> changed_;
};

/// Follows snapshots of a small set: rows are inserted, removed and changed where the snapshot differs. Row
/// needs `key()` and `operator==`; the table stands in the order of the keys.
template <class Row>
class SnapshotTableModel : public QAbstractTableModel {
 public:
    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override {
        return parent.isValid() ? 0 : static_cast<int>(rows_.size());
    }
    [[nodiscard]] const Row& at(int row) const { return rows_[static_cast<std::size_t>(row)]; }
    [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
    template <class Key>
    [[nodiscard]] std::optional<int> find(const Key& key) const {
        for (std::size_t i = 0; i < rows_.size(); ++i)
            if (rows_[i].key() == key) return static_cast<int>(i);
        return std::nullopt;
    }

    void sync(std::vector<Row> snapshot) {
        std::sort(snapshot.begin(), snapshot.end(),
                  [](const Row& a, const Row& b) { return a.key() < b.key(); });
        std::size_t at = 0;
        for (Row& wanted : snapshot) {
            while (at < rows_.size() && rows_[at].key() < wanted.key()) removeAt(at);
            if (at < rows_.size() && rows_[at].key() == wanted.key()) {
                assign(at, std::move(wanted));
            } else {
                insertAt(at, std::move(wanted));
            }
            ++at;
        }
        while (rows_.size() > at) removeAt(rows_.size() - 1);
    }

 protected:
    /// Replaces row `at`, and tells the views when that changes anything.
    void assign(std::size_t at, Row row) {
        if (rows_[at] == row) return;
        rows_[at] = std::move(row);
        Q_EMIT dataChanged(index(static_cast<int>(at), 0), index(static_cast<int>(at), columnCount({}) - 1));
    }

 private:
    void insertAt(std::size_t at, Row row) {
        beginInsertRows({}, static_cast<int>(at), static_cast<int>(at));
        rows_.insert(rows_.begin() + static_cast<std::ptrdiff_t>(at), std::move(row));
        endInsertRows();
    }
    void removeAt(std::size_t at) {
        beginRemoveRows({}, static_cast<int>(at), static_cast<int>(at));
        rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(at));
        endRemoveRows();
    }

    std::vector<Row> rows_;
};

}  // namespace dogwatch::gui

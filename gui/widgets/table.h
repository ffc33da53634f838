// Table: the console's list view. Rows that arrive at the top scroll past while it follows, and leave the
// view where it is otherwise. Says what will be here while it is empty.
#pragma once

#include <QTableView>

#include "gui/theme/theme.h"

class QLabel;
class QPushButton;

namespace dogwatch::gui {

class EmptyState;

class Table final : public QTableView {
    Q_OBJECT
 public:
    /// `name`: for screen readers.
    Table(const Theme& theme, const QString& name, QWidget* parent = nullptr);

    /// `stretched`: the column that takes the room that is left; `widths`: of the others, in characters.
    void show(QAbstractItemModel* model, int stretched, const QList<int>& widths);
    void setEmptyState(const QString& icon, const QString& title, const QString& text);
    [[nodiscard]] EmptyState* emptyState() const { return empty_; }

    [[nodiscard]] bool isFollowing() const { return following_; }
    /// Following: the latest rows are kept in view.
    void setFollowing(bool following);

    /// KeyRole of the current row; empty: none.
    [[nodiscard]] QString currentKey() const;
    /// Makes the row with this key current.
    bool selectKey(const QString& key);

 Q_SIGNALS:
    /// The user, or the model, changed which row is current.
    void currentKeyChanged(const QString& key);
    void followingChanged(bool following);

 protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void resizeEvent(QResizeEvent* event) override;
    void rowsInserted(const QModelIndex& parent, int start, int end) override;

 private:
    void updateEmptyState();

    const Theme& theme_;
    EmptyState* empty_ = nullptr;
    bool following_ = true;
};

}  // namespace dogwatch::gui

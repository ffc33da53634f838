#include "gui/widgets/table.h"

#include <QHeaderView>
#include <QScrollBar>
#include <algorithm>

#include "gui/widgets/cell_delegate.h"
#include "gui/widgets/panels.h"

namespace dogwatch::gui {

Table::Table(const Theme& theme, const QString& name, QWidget* parent) : QTableView(parent), theme_(theme) {
    setAccessibleName(name);
    setItemDelegate(new CellDelegate{theme, this});
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setTextElideMode(Qt::ElideRight);
    setMinimumSize(120, 80);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 13);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setTextElideMode(Qt::ElideRight);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setMinimumSectionSize(40);
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, [this] {
        // A scroll away from the top is the wish to read on in peace; one back to it, to follow again.
        QMetaObject::invokeMethod(
            this, [this] { setFollowing(verticalScrollBar()->value() == 0); }, Qt::QueuedConnection);
    });
}

void Table::show(QAbstractItemModel* model, int stretched, const QList<int>& widths) {
    setModel(model);
    const int character = fontMetrics().averageCharWidth();
    for (int column = 0; column < model->columnCount() && column < widths.size(); ++column)
        setColumnWidth(column, std::max(widths[column] * character + 16,
                                        horizontalHeader()->sectionSizeHint(column)));  // its title is whole
    horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    horizontalHeader()->setSectionResizeMode(stretched, QHeaderView::Stretch);
    connect(model, &QAbstractItemModel::rowsInserted, this, &Table::updateEmptyState);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &Table::updateEmptyState);
    connect(model, &QAbstractItemModel::modelReset, this, &Table::updateEmptyState);
    updateEmptyState();
}

void Table::setEmptyState(const QString& icon, const QString& title, const QString& text) {
    if (empty_ == nullptr) empty_ = new EmptyState{theme_, viewport()};
    empty_->set(icon, title, text);
    updateEmptyState();
}

void Table::updateEmptyState() {
    if (empty_ == nullptr) return;
    empty_->setGeometry(viewport()->rect());
    empty_->setVisible(model() == nullptr || model()->rowCount() == 0);
}

void Table::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    updateEmptyState();
}

void Table::setFollowing(bool following) {
    if (following) scrollToTop();
    if (following == following_) return;
    following_ = following;
    Q_EMIT followingChanged(following);
}

void Table::rowsInserted(const QModelIndex& parent, int start, int end) {
    const int offset = verticalScrollBar()->value();
    const int height = verticalHeader()->defaultSectionSize();
    const bool above = start * height <= offset;
    QTableView::rowsInserted(parent, start, end);
    if (following_ || !above) return;
    updateGeometries();
    verticalScrollBar()->setValue(offset + (end - start + 1) * height);
}

void Table::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTableView::currentChanged(current, previous);
    if (current.data(KeyRole) != previous.data(KeyRole) || !previous.isValid())
        Q_EMIT currentKeyChanged(current.data(KeyRole).toString());
}

QString Table::currentKey() const {
    return currentIndex().data(KeyRole).toString();
}

bool Table::selectKey(const QString& key) {
    if (model() == nullptr) return false;
    for (int row = 0; row < model()->rowCount(); ++row) {
        const QModelIndex index = model()->index(row, 0);
        if (index.data(KeyRole).toString() != key) continue;
        setCurrentIndex(index);
        return true;
    }
    return false;
}

}  // namespace dogwatch::gui

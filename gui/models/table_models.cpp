#include "gui/models/table_models.h"

namespace dogwatch::gui {

bool PagedTableModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && moreBehind_ && !asked_;
}

void PagedTableModel::fetchMore(const QModelIndex& parent) {
    if (!canFetchMore(parent)) return;
    asked_ = true;
    Q_EMIT olderWanted();
}

void PagedTableModel::setMoreBehind(bool more) {
    moreBehind_ = more;
    asked_ = false;
}

}  // namespace dogwatch::gui

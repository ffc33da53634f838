// CellDelegate: paints a cell with the icon and in the tone that its model names (IconRole, ToneRole).
#pragma once

#include <QStyledItemDelegate>

#include "gui/theme/theme.h"

namespace dogwatch::gui {

class CellDelegate final : public QStyledItemDelegate {
    Q_OBJECT
 public:
    CellDelegate(const Theme& theme, QObject* parent);

 protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;

 private:
    const Theme& theme_;
};

}  // namespace dogwatch::gui

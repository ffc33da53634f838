#include "gui/widgets/cell_delegate.h"

namespace dogwatch::gui {
namespace {
constexpr int kIcon = 16;
}

CellDelegate::CellDelegate(const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent), theme_(theme) {}

void CellDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const {
    QStyledItemDelegate::initStyleOption(option, index);
    const QColor color = theme_.tone(static_cast<Tone>(index.data(ToneRole).toInt()));
    option->palette.setColor(QPalette::Text, color);
    option->palette.setColor(QPalette::HighlightedText, color);
    option->state &= ~QStyle::State_HasFocus;  // whole rows are selected; a dotted cell says nothing
    // Numbers keep off the text of the next column.
    if (option->displayAlignment.testFlag(Qt::AlignRight)) option->text += QChar{0x2002};
    const QString icon = index.data(IconRole).toString();
    if (icon.isEmpty()) return;
    const qreal ratio = option->widget != nullptr ? option->widget->devicePixelRatioF() : 1.0;
    option->features |= QStyleOptionViewItem::HasDecoration;
    option->decorationSize = QSize{kIcon, kIcon};
    option->icon = QIcon{theme_.pixmap(icon, color, kIcon, ratio)};
}

}  // namespace dogwatch::gui

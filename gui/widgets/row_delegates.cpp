#include "gui/widgets/row_delegates.h"

#include <QPainter>
#include <algorithm>

#include "gui/models/firing_model.h"
#include "gui/models/function_model.h"

namespace dogwatch::gui {

SparkDelegate::SparkDelegate(const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent), theme_(theme) {}

void SparkDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
    if (option.state & QStyle::State_Selected) painter->fillRect(option.rect, theme_.colors().selection);
    const auto spark = index.data(FunctionModel::SparkRole).value<Spark>();
    int most = 1;
    for (std::size_t i = 0; i < spark.succeeded.size(); ++i)
        most = std::max(most, spark.succeeded[i] + spark.failed[i]);
    const QRectF area = QRectF{option.rect}.adjusted(8, 5, -8, -5);
    const double step = area.width() / Spark::kParts;
    painter->fillRect(QRectF{area.left(), area.bottom(), area.width(), 1}, theme_.colors().border);
    for (std::size_t i = 0; i < spark.succeeded.size(); ++i) {
        double bottom = area.bottom();
        const std::pair<int, QColor> parts[] = {{spark.succeeded[i], theme_.colors().good},
                                                {spark.failed[i], theme_.colors().bad}};
        for (const auto& [count, color] : parts) {
            if (count == 0) continue;
            const double tall = std::max(area.height() * count / most, 2.0);
            painter->fillRect(QRectF{area.left() + static_cast<double>(i) * step, bottom - tall,
                                     std::max(step - 1, 1.0), tall},
                              color);
            bottom -= tall;
        }
    }
}

FiringDelegate::FiringDelegate(const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent), theme_(theme) {}

void FiringDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
    const Colors& colors = theme_.colors();
    painter->save();
    if (option.state & QStyle::State_Selected) painter->fillRect(option.rect, colors.selection);
    const QModelIndex name = index.siblingAtColumn(FiringModel::Metaevent);
    const QString when = index.siblingAtColumn(FiringModel::When).data().toString();
    const QColor tone = theme_.tone(static_cast<Tone>(name.data(ToneRole).toInt()));
    const QRect row = option.rect.adjusted(10, 5, -10, -5);
    const int line = option.fontMetrics.height();
    painter->drawPixmap(row.left(), row.top(),
                        theme_.pixmap(QStringLiteral("bell"), tone, 16,
                                      option.widget != nullptr ? option.widget->devicePixelRatioF() : 1.0));
    const int whenWidth = option.fontMetrics.horizontalAdvance(when) + 10;
    QFont bold = option.font;
    bold.setWeight(QFont::DemiBold);
    painter->setFont(bold);
    painter->setPen(tone);
    const QRect title{row.left() + 24, row.top(), row.width() - 24 - whenWidth, line};
    painter->drawText(title, Qt::AlignLeft | Qt::AlignVCenter,
                      QFontMetrics{bold}.elidedText(name.data().toString(), Qt::ElideRight, title.width()));
    painter->setFont(option.font);
    painter->setPen(colors.muted);
    painter->drawText(QRect{row.left(), row.top(), row.width(), line}, Qt::AlignRight | Qt::AlignVCenter,
                      when);
    painter->setPen(colors.text);
    const QRect words{row.left() + 24, row.top() + line + 1, row.width() - 24, 2 * line};
    painter->drawText(words, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, index.data().toString());
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(colors.accent);
        painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
    }
    painter->restore();
}

}  // namespace dogwatch::gui

#include "gui/widgets/machine_cards.h"

#include <QPainter>
#include <QStyledItemDelegate>
#include <algorithm>

#include "gui/models/machine_model.h"
#include "gui/widgets/panels.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

constexpr int kCardGap = 8;
constexpr int kCardPadding = 10;
constexpr int kCardIcon = 18;

/// Five lines: who and in what state, for whom, how long it took to come up, what it uses, what it is.
class CardDelegate final : public QStyledItemDelegate {
 public:
    CardDelegate(const Theme& theme, QObject* parent) : QStyledItemDelegate(parent), theme_(theme) {}

    /// As many as fit share the width, so that nothing is left over at its end.
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& /*index*/) const override {
        const QFontMetrics metrics{option.font};
        const int least = 38 * metrics.averageCharWidth() + 2 * kCardPadding + kCardGap;
        const auto* view = qobject_cast<const QAbstractScrollArea*>(option.widget);
        const int width = view != nullptr ? view->viewport()->width() - 1 : least;
        return {width / std::max(1, width / least), 5 * (metrics.height() + 3) + 2 * kCardPadding + kCardGap};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const QRect card = option.rect.adjusted(0, 0, -kCardGap, -kCardGap);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        paintGround(*painter, option, card);
        const QRect inner = card.adjusted(kCardPadding, kCardPadding, -kCardPadding, -kCardPadding);
        const int step = QFontMetrics{option.font}.height() + 3;
        const auto line = [&](int row) {
            return QRect{inner.left(), inner.top() + row * step, inner.width(), step};
        };
        paintHead(*painter, option, index, line(0));
        const auto text = [&index](int column) { return index.siblingAtColumn(column).data().toString(); };
        const auto draw = [&](const QRect& place, const QString& words, Tone tone, Qt::Alignment at) {
            painter->setPen(theme_.tone(tone));
            painter->drawText(place, static_cast<int>(at | Qt::AlignVCenter),
                              QFontMetrics{painter->font()}.elidedText(words, Qt::ElideRight, place.width()));
        };
        painter->setFont(option.font);
        const auto tone =
            static_cast<Tone>(index.siblingAtColumn(MachineModel::Function).data(ToneRole).toInt());
        draw(line(1), text(MachineModel::Function), tone, Qt::AlignLeft);
        const QString separator = u"  ·  "_s;
        draw(line(2),
             MachineModel::tr("Memory %1").arg(text(MachineModel::Memory)) + separator +
                 MachineModel::tr("CPU %1").arg(text(MachineModel::Cpu)),
             Tone::Neutral, Qt::AlignLeft);
        const int count = index.siblingAtColumn(MachineModel::Executions).data(SortRole).toInt();
        draw(line(3), MachineModel::tr("%n executions", nullptr, count), Tone::Neutral, Qt::AlignLeft);
        draw(line(3), text(MachineModel::Image), Tone::Muted, Qt::AlignRight);
        draw(line(4), index.data(MachineModel::BootWordsRole).toString(), Tone::Muted, Qt::AlignLeft);
        draw(line(4), text(MachineModel::Age), Tone::Muted, Qt::AlignRight);
        painter->restore();
    }

 private:
    void paintGround(QPainter& painter, const QStyleOptionViewItem& option, const QRect& card) const {
        const Colors& colors = theme_.colors();
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        const bool focused = option.state.testFlag(QStyle::State_HasFocus);
        const bool hovered = option.state.testFlag(QStyle::State_MouseOver);
        painter.setPen(QPen{selected || focused ? colors.accent : colors.border, focused ? 2.0 : 1.0});
        painter.setBrush(selected ? colors.selection : hovered ? colors.hover : colors.surface);
        painter.drawRoundedRect(QRectF{card}.adjusted(1, 1, -1, -1), 6, 6);
    }

    void paintHead(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                   const QRect& place) const {
        const QModelIndex state = index.siblingAtColumn(MachineModel::State);
        const QColor tone = theme_.tone(static_cast<Tone>(state.data(ToneRole).toInt()));
        const qreal ratio = option.widget != nullptr ? option.widget->devicePixelRatioF() : 1.0;
        painter.drawPixmap(QPointF(place.left(), place.top() + (place.height() - kCardIcon) / 2.0),
                           theme_.pixmap(state.data(IconRole).toString(), tone, kCardIcon, ratio));
        painter.setFont(option.font);
        painter.setPen(tone);
        const QString word = state.data().toString();
        painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, word);
        QFont bold = option.font;
        bold.setWeight(QFont::DemiBold);
        painter.setFont(bold);
        painter.setPen(theme_.colors().text);
        const int wide = QFontMetrics{option.font}.horizontalAdvance(word) + 8;
        const QRect name = place.adjusted(kCardIcon + 8, 0, -wide, 0);
        painter.drawText(
            name, Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetrics{bold}.elidedText(index.siblingAtColumn(MachineModel::Id).data().toString(),
                                          Qt::ElideRight, name.width()));
    }

    const Theme& theme_;
};

}  // namespace

MachineCards::MachineCards(const Theme& theme, const QString& name, QWidget* parent)
    : QListView(parent), empty_(new EmptyState{theme, viewport()}) {
    setAccessibleName(name);
    setObjectName(u"machineCards"_s);
    setItemDelegate(new CardDelegate{theme, this});
    setFlow(LeftToRight);
    setWrapping(true);
    setResizeMode(Adjust);
    setUniformItemSizes(true);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setFrameShape(NoFrame);
    setMinimumSize(120, 80);
    viewport()->setAutoFillBackground(false);
}

void MachineCards::show(QAbstractItemModel* model) {
    setModel(model);
    connect(model, &QAbstractItemModel::rowsInserted, this, &MachineCards::updateEmptyState);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &MachineCards::updateEmptyState);
    // A card shows what stands in all columns.
    connect(model, &QAbstractItemModel::dataChanged, viewport(), qOverload<>(&QWidget::update));
    updateEmptyState();
}

void MachineCards::setEmptyState(const QString& icon, const QString& title, const QString& text) {
    empty_->set(icon, title, text);
    updateEmptyState();
}

void MachineCards::updateEmptyState() {
    empty_->setGeometry(viewport()->rect());
    empty_->setVisible(model() == nullptr || model()->rowCount() == 0);
}

void MachineCards::resizeEvent(QResizeEvent* event) {
    QListView::resizeEvent(event);
    updateEmptyState();
}

}  // namespace dogwatch::gui

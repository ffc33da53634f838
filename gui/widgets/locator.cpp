#include "gui/widgets/locator.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QPointer>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

#include "gui/widgets/panels.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;
constexpr int kRow = 32;
constexpr int kWidth = 620;

/// Icon, title and detail, and the kind at the right.
class PlaceDelegate final : public QStyledItemDelegate {
 public:
    PlaceDelegate(const Theme& theme, QObject* parent) : QStyledItemDelegate(parent), theme_(theme) {}
    QSize sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& /*index*/) const override {
        return {200, kRow};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const Colors& colors = theme_.colors();
        const QRect row = option.rect;
        painter->save();
        if (option.state & QStyle::State_Selected) painter->fillRect(row, colors.selection);
        painter->drawPixmap(
            row.left() + 10, row.center().y() - 8,
            theme_.pixmap(index.data(IconRole).toString(), colors.muted, 16,
                          option.widget != nullptr ? option.widget->devicePixelRatioF() : 1.0));
        const QString kind = index.data(LocatorModel::KindRole).toString();
        const int kindWidth = option.fontMetrics.horizontalAdvance(kind) + 12;
        const QRect text = row.adjusted(36, 0, -kindWidth - 8, 0);
        const QString title = index.data().toString();
        painter->setPen(colors.text);
        painter->drawText(text, Qt::AlignLeft | Qt::AlignVCenter,
                          option.fontMetrics.elidedText(title, Qt::ElideRight, text.width()));
        const int used = option.fontMetrics.horizontalAdvance(title) + 14;
        painter->setPen(colors.muted);
        if (used < text.width())
            painter->drawText(text.adjusted(used, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                              option.fontMetrics.elidedText(index.data(LocatorModel::DetailRole).toString(),
                                                            Qt::ElideRight, text.width() - used));
        painter->drawText(row.adjusted(0, 0, -10, 0), Qt::AlignRight | Qt::AlignVCenter, kind);
        painter->restore();
    }

 private:
    const Theme& theme_;
};

}  // namespace

Locator::Locator(const Theme& theme, QWidget* window)
    : QFrame(window), field_(new QLineEdit{this}), list_(new QListView{this}) {
    setObjectName(u"card"_s);
    setAccessibleName(tr("Go to"));
    setAutoFillBackground(true);
    field_->setObjectName(u"locator"_s);
    field_->setAccessibleName(tr("Go to"));
    field_->setPlaceholderText(tr("Go to a function, execution, metaevent, firing, machine or action"));
    field_->addAction(theme.icon(u"search"_s), QLineEdit::LeadingPosition);
    field_->installEventFilter(this);
    list_->setModel(&model_);
    list_->setItemDelegate(new PlaceDelegate{theme, list_});
    list_->setAccessibleName(tr("Places"));
    list_->setUniformItemSizes(true);
    list_->setFocusPolicy(Qt::NoFocus);
    list_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(kSmallGap);
    layout->addWidget(field_);
    layout->addWidget(list_);
    connect(field_, &QLineEdit::textChanged, this, [this](const QString& text) {
        model_.setText(text);
        list_->setCurrentIndex(model_.index(0, 0));
    });
    connect(list_, &QListView::clicked, this, &Locator::go);
    hide();
}

void Locator::open(std::vector<Place> places) {
    if (!isVisible()) cameFrom_ = QApplication::focusWidget();
    model_.setPlaces(std::move(places));
    const QWidget* window = parentWidget();
    const int width = std::min(kWidth, window->width() - 80);
    const int height = std::min(kRow * 11 + 60, window->height() - 120);
    setGeometry((window->width() - width) / 2, 60, width, height);
    field_->clear();
    model_.setText({});
    list_->setCurrentIndex(model_.index(0, 0));
    show();
    raise();
    field_->setFocus();
}

void Locator::leave() {
    hide();
    if (cameFrom_ != nullptr && parentWidget()->isAncestorOf(cameFrom_)) cameFrom_->setFocus();
    cameFrom_ = nullptr;
}

void Locator::go(const QModelIndex& index) {
    if (!index.isValid()) return;
    const auto action = model_.at(index.row()).go;
    cameFrom_ = nullptr;
    hide();
    if (action) action();
}

void Locator::step(int by) {
    const int rows = model_.rowCount();
    if (rows == 0) return;
    list_->setCurrentIndex(model_.index(std::clamp(list_->currentIndex().row() + by, 0, rows - 1), 0));
}

bool Locator::eventFilter(QObject* watched, QEvent* event) {
    if (watched != field_) return QFrame::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut && isVisible()) {
        hide();
    } else if (event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
            case Qt::Key_Down: step(1); return true;
            case Qt::Key_Up: step(-1); return true;
            case Qt::Key_PageDown: step(9); return true;
            case Qt::Key_PageUp: step(-9); return true;
            case Qt::Key_Return:
            case Qt::Key_Enter: go(list_->currentIndex()); return true;
            case Qt::Key_Escape: leave(); return true;
            default: break;
        }
    }
    return QFrame::eventFilter(watched, event);
}

}  // namespace dogwatch::gui

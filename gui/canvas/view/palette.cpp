#include "gui/canvas/view/palette.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QVBoxLayout>
#include <algorithm>

#include "gui/canvas/view/canvas_view.h"
#include "gui/canvas/view/node_look.h"
#include "gui/models/language.h"
#include "gui/models/text.h"

namespace dogwatch::gui::canvas {
namespace {

using namespace Qt::StringLiterals;

constexpr int kKindRole = Qt::UserRole;

}  // namespace

KindList::KindList(const Theme& theme, QWidget* parent) : QListWidget(parent), theme_(theme) {
    setObjectName(u"kinds"_s);
    setAccessibleName(tr("What can be added"));
    setDragEnabled(true);
    setDragDropMode(DragOnly);
    setFrameShape(NoFrame);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setIconSize({16, 16});
    setSpacing(0);
    fill();
    connect(&theme, &Theme::changed, this, &KindList::fill);
    connect(this, &QListWidget::itemActivated, this, [this] {
        if (const NodeKind* kind = chosen()) Q_EMIT kindChosen(kind);
    });
}

void KindList::fill() {
    clear();
    auto group = Group::Hidden;
    for (const NodeKind& kind : nodeKinds()) {
        if (kind.group == Group::Hidden) continue;
        if (kind.group != group) {
            group = kind.group;
            auto* head = new QListWidgetItem{tableText(groupTitle(group)), this};
            head->setFlags(Qt::NoItemFlags);
            QFont font = this->font();
            font.setPointSizeF(font.pointSizeF() * 0.86);
            font.setWeight(QFont::DemiBold);
            head->setFont(font);
            head->setForeground(theme_.colors().muted);
        }
        auto* item = new QListWidgetItem{tableText(kind.title), this};
        item->setData(kKindRole, fromUtf8(kind.key));
        item->setIcon(QIcon{theme_.pixmap(fromUtf8(kind.icon), roleColor(kind.role, theme_), 16, 2)});
        item->setToolTip(u"%1\n\n%2"_s.arg(tableText(kind.says), tableText(kind.help)));
        item->setData(Qt::AccessibleDescriptionRole, tableText(kind.says));
    }
}

void KindList::filter(const QString& text) {
    const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    QListWidgetItem* head = nullptr;
    bool anyBelow = false;
    bool anyChosen = false;
    for (int row = 0; row < count(); ++row) {
        QListWidgetItem* one = item(row);
        const NodeKind* kind = findKind(toUtf8(one->data(kKindRole).toString()));
        if (kind == nullptr) {
            if (head != nullptr) head->setHidden(!anyBelow);
            head = one;
            anyBelow = false;
            continue;
        }
        const QString all = fromUtf8(kind->key) + u' ' + tableText(kind->title) + u' ' +
                            tableText(kind->says) + u' ' + tableText(groupTitle(kind->group)) + u' ' +
                            tableText(kind->help);
        const bool fits = std::all_of(words.begin(), words.end(), [&all](const QString& word) {
            return all.contains(word, Qt::CaseInsensitive);
        });
        one->setHidden(!fits);
        anyBelow = anyBelow || fits;
        if (fits && !anyChosen && !words.isEmpty()) {
            setCurrentItem(one);
            anyChosen = true;
        }
    }
    if (head != nullptr) head->setHidden(!anyBelow);
    if (words.isEmpty()) setCurrentItem(nullptr);
}

const NodeKind* KindList::chosen() const {
    const QListWidgetItem* current = currentItem();
    return current != nullptr && !current->isHidden() ? findKind(toUtf8(current->data(kKindRole).toString()))
                                                      : nullptr;
}

void KindList::step(int direction) {
    for (int row = currentRow() + direction; row >= 0 && row < count(); row += direction) {
        if (item(row)->isHidden() || item(row)->flags() == Qt::NoItemFlags) continue;
        setCurrentRow(row);
        return;
    }
}

QMimeData* KindList::mimeData(const QList<QListWidgetItem*>& items) const {
    auto* data = new QMimeData;
    if (!items.isEmpty())
        data->setData(QLatin1StringView{kKindMimeType}, items.front()->data(kKindRole).toString().toUtf8());
    return data;
}

Palette::Palette(const Theme& theme, QWidget* parent)
    : QWidget(parent), search_(new QLineEdit), list_(new KindList{theme}) {
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins({});
    layout->setSpacing(6);
    search_->setObjectName(u"paletteSearch"_s);
    search_->setPlaceholderText(tr("Search what to add"));
    search_->setAccessibleName(tr("Search what to add"));
    search_->setClearButtonEnabled(true);
    search_->addAction(theme.icon(u"search"_s), QLineEdit::LeadingPosition);
    layout->addWidget(search_);
    layout->addWidget(list_, 1);
    search_->installEventFilter(this);
    connect(search_, &QLineEdit::textChanged, list_, &KindList::filter);
    connect(list_, &KindList::kindChosen, this, &Palette::kindChosen);
    connect(search_, &QLineEdit::returnPressed, this, [this] {
        if (const NodeKind* kind = list_->chosen()) Q_EMIT kindChosen(kind);
    });
}

bool Palette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == search_ && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            list_->step(key == Qt::Key_Down ? 1 : -1);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

QuickAdd::QuickAdd(const Theme& theme, QWidget* parent)
    : QWidget(parent, Qt::Popup), palette_(new Palette{theme}) {
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(u"quickAdd"_s);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(8, 8, 8, 8);
    layout->addWidget(palette_);
    resize(260, 340);
    connect(palette_, &Palette::kindChosen, this, [this](const NodeKind* kind) {
        close();
        Q_EMIT kindChosen(kind);
    });
}

void QuickAdd::popup(const QPoint& globalPos) {
    move(globalPos);
    show();
    palette_->search()->setFocus(Qt::PopupFocusReason);
}

}  // namespace dogwatch::gui::canvas

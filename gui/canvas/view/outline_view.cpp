#include "gui/canvas/view/outline_view.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QStyledItemDelegate>

#include "gui/canvas/view/node_look.h"
#include "gui/models/text.h"

namespace dogwatch::gui::canvas {
namespace {

using namespace Qt::StringLiterals;

/// Rows with the icon of their kind, and their issues in colour.
class OutlineDelegate final : public QStyledItemDelegate {
 public:
    OutlineDelegate(const GraphModel& model, const Theme& theme, QObject* parent)
        : QStyledItemDelegate(parent), model_(model), theme_(theme) {}
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override {
        QSize size = QStyledItemDelegate::sizeHint(option, index);
        size.setHeight(size.height() + 8);
        return size;
    }

 protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
        QStyledItemDelegate::initStyleOption(option, index);
        const Node* node = model_.graph().find(index.data(OutlineModel::NodeRole).toInt());
        if (node == nullptr) return;
        const bool faulty = !index.data(OutlineModel::IssueRole).toString().isEmpty();
        if (index.column() == OutlineModel::What) {
            option->features |= QStyleOptionViewItem::HasDecoration;
            option->icon =
                QIcon{theme_.pixmap(fromUtf8(node->kind->icon), roleColor(node->kind->role, theme_), 16, 2)};
            option->decorationSize = {16, 16};
        } else {
            option->palette.setColor(QPalette::Text, faulty ? theme_.colors().bad : theme_.colors().muted);
        }
    }

 private:
    const GraphModel& model_;
    const Theme& theme_;
};

}  // namespace

OutlineView::OutlineView(GraphModel& model, Selection& selection, const Theme& theme, QWidget* parent)
    : QTreeView(parent), model_(model), selection_(selection), outline_(model) {
    setObjectName(u"outline"_s);
    setAccessibleName(tr("Outline"));
    setModel(&outline_);
    setItemDelegate(new OutlineDelegate{model, theme, this});
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setIndentation(22);
    setExpandsOnDoubleClick(false);
    setSelectionMode(SingleSelection);
    header()->setStretchLastSection(true);
    header()->resizeSection(OutlineModel::What, 250);
    expandAll();
    connect(&outline_, &QAbstractItemModel::modelReset, this, [this] {
        expandAll();
        showSelection();
    });
    connect(&selection, &Selection::changed, this, &OutlineView::showSelection);
    connect(this, &QAbstractItemView::activated, this, [this] { selection_.askForField({}); });
    showSelection();
}

void OutlineView::showSelection() {
    if (std::exchange(syncing_, true)) return;
    const NodeId id = selection_.single();
    if (outline_.nodeAt(currentIndex()) != id) setCurrentIndex(outline_.indexOf(id));
    syncing_ = false;
}

void OutlineView::currentChanged(const QModelIndex& current, const QModelIndex& previous) {
    QTreeView::currentChanged(current, previous);
    if (syncing_ || !current.isValid()) return;
    syncing_ = true;
    selection_.choose(outline_.nodeAt(current));
    syncing_ = false;
}

void OutlineView::removeCurrent() {
    const QModelIndex parent = currentIndex().parent();
    const NodeId above = outline_.nodeAt(parent);
    model_.remove({outline_.nodeAt(currentIndex())});
    selection_.choose(model_.graph().find(above) != nullptr ? above : model_.graph().root().id);
}

void OutlineView::shift(int direction) {
    const auto plug = outline_.plugAt(currentIndex());
    if (!plug) return;
    const auto to = static_cast<std::ptrdiff_t>(plug->index) + direction;
    const auto& parts = model_.graph().find(plug->node)->sockets[plug->socket];
    if (to >= 0 && to < std::ssize(parts)) model_.reorder(*plug, static_cast<std::size_t>(to));
}

void OutlineView::keyPressEvent(QKeyEvent* event) {
    const bool alt = event->modifiers() == Qt::AltModifier;
    if (event->key() == Qt::Key_Insert) {
        Q_EMIT addAsked();
    } else if (event->matches(QKeySequence::Delete)) {
        removeCurrent();
    } else if (event->matches(QKeySequence::Copy)) {
        Q_EMIT copyAsked();
    } else if (event->matches(QKeySequence::Cut)) {
        Q_EMIT cutAsked();
    } else if (event->matches(QKeySequence::Paste)) {
        Q_EMIT pasteAsked();
    } else if (event->modifiers() == Qt::ControlModifier && event->key() == Qt::Key_D) {
        const auto made = model_.duplicate(selection_.nodes());
        if (!made.empty()) selection_.choose(made.front());
    } else if (alt && event->key() == Qt::Key_Up) {
        shift(-1);
    } else if (alt && event->key() == Qt::Key_Down) {
        shift(1);
    } else if (event->key() == Qt::Key_F2 || event->key() == Qt::Key_Return ||
               event->key() == Qt::Key_Enter) {
        selection_.askForField({});
    } else if (event->modifiers() == Qt::ControlModifier && event->key() == Qt::Key_K) {
        Q_EMIT connectAsked(viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft()));
    } else {
        QTreeView::keyPressEvent(event);
    }
}

void OutlineView::contextMenuEvent(QContextMenuEvent* event) {
    auto* menu = new QMenu{this};
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QPoint at = event->globalPos();
    menu->addAction(tr("&Add…\tIns"), this, &OutlineView::addAsked);
    menu->addAction(tr("&Connect to…\tCtrl+K"), this, [this, at] { Q_EMIT connectAsked(at); });
    menu->addSeparator();
    menu->addAction(tr("Cu&t\tCtrl+X"), this, &OutlineView::cutAsked);
    menu->addAction(tr("C&opy as JSON\tCtrl+C"), this, &OutlineView::copyAsked);
    menu->addAction(tr("&Paste\tCtrl+V"), this, &OutlineView::pasteAsked);
    menu->addAction(tr("&Remove\tDel"), this, &OutlineView::removeCurrent);
    menu->addSeparator();
    menu->addAction(tr("Move &up\tAlt+Up"), this, [this] { shift(-1); });
    menu->addAction(tr("Move &down\tAlt+Down"), this, [this] { shift(1); });
    menu->popup(at);
}

}  // namespace dogwatch::gui::canvas

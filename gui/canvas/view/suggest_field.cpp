#include <QAbstractItemView>
#include <QAction>
#include <QCompleter>
#include <QKeyEvent>
#include <QStringListModel>

#include "gui/canvas/view/fields.h"

namespace dogwatch::gui::canvas {

using namespace Qt::StringLiterals;

SuggestField::SuggestField(std::function<QStringList()> words, const Theme& theme, QWidget* parent)
    : QLineEdit(parent),
      words_(std::move(words)),
      list_(new QStringListModel{this}),
      completer_(new QCompleter{list_, this}) {
    QAction* choose = addAction(theme.icon(u"chevron"_s), TrailingPosition);
    choose->setToolTip(tr("Choose (Down)"));
    connect(choose, &QAction::triggered, this, &SuggestField::offerAll);
    completer_->setWidget(this);
    completer_->setCaseSensitivity(Qt::CaseInsensitive);
    completer_->setFilterMode(Qt::MatchContains);
    connect(completer_, qOverload<const QString&>(&QCompleter::activated), this, &SuggestField::take);
    connect(this, &QLineEdit::textEdited, this, [this](const QString& text) {
        offer(several_ ? text.section(u',', -1).trimmed() : text.trimmed(), false);
    });
}

bool SuggestField::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore();
            return false;
        }
    }
    return QLineEdit::event(event);
}

void SuggestField::focusInEvent(QFocusEvent* event) {
    QLineEdit::focusInEvent(event);
    if (event->reason() != Qt::PopupFocusReason) list_->setStringList(words_ ? words_() : QStringList{});
}

void SuggestField::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Down && event->modifiers() == Qt::NoModifier) return offerAll();
    QLineEdit::keyPressEvent(event);
}

void SuggestField::offerAll() {
    list_->setStringList(words_ ? words_() : QStringList{});
    offer({}, true);
}

void SuggestField::offer(const QString& beginning, bool all) {
    completer_->setCompletionPrefix(beginning);
    const bool said = completer_->completionCount() == 1 && completer_->currentCompletion() == beginning;
    if ((beginning.isEmpty() && !all) || said || completer_->completionCount() == 0) {
        completer_->popup()->hide();
        return;
    }
    completer_->setMaxVisibleItems(10);
    completer_->complete();
}

void SuggestField::take(const QString& word) {
    const qsizetype comma = several_ ? text().lastIndexOf(u',') : -1;
    setText(comma < 0 ? word : text().left(comma + 1) + u' ' + word);
}

}  // namespace dogwatch::gui::canvas

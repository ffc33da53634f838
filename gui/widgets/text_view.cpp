#include "gui/widgets/text_view.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QShortcut>
#include <QTextBlock>

#include "gui/widgets/panels.h"

namespace dogwatch::gui {

using namespace Qt::StringLiterals;

TextView::TextView(const Theme& theme, const QString& name, const QString& nothing, QWidget* parent)
    : QWidget(parent), theme_(theme), box_(new QPlainTextEdit), find_(new QLineEdit), count_(caption({})) {
    box_->setReadOnly(true);
    box_->setAccessibleName(name);
    box_->setPlaceholderText(nothing);
    box_->setFont(Theme::codeFont());
    box_->setTabChangesFocus(true);
    box_->setMinimumHeight(40);
    find_->setAccessibleName(tr("Find in %1").arg(name));
    find_->setPlaceholderText(tr("Find (Ctrl+F)"));
    find_->setClearButtonEnabled(true);
    find_->addAction(theme.icon(u"search"_s), QLineEdit::LeadingPosition);
    find_->setMaximumWidth(260);
    count_->setWordWrap(false);
    auto* row = new QHBoxLayout;
    row->addWidget(find_);
    row->addWidget(count_, 1);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins({});
    layout->setSpacing(4);
    layout->addLayout(row);
    layout->addWidget(box_, 1);
    connect(find_, &QLineEdit::textChanged, this, [this] {
        mark();
        next(false);
    });
    connect(find_, &QLineEdit::returnPressed, this, [this] { next(false); });
    auto* ask = new QShortcut{QKeySequence::Find, this};
    ask->setContext(Qt::WidgetWithChildrenShortcut);
    connect(ask, &QShortcut::activated, this, [this] {
        find_->setFocus();
        find_->selectAll();
    });
    auto* back = new QShortcut{QKeySequence{u"Shift+Return"_s}, this};
    back->setContext(Qt::WidgetWithChildrenShortcut);
    connect(back, &QShortcut::activated, this, [this] { next(true); });
    connect(&theme, &Theme::changed, this, &TextView::mark);
}

void TextView::setText(const QString& text) {
    if (box_->toPlainText() == text) return;
    QScrollBar* bar = box_->verticalScrollBar();
    const bool atEnd = bar->value() == bar->maximum() && bar->maximum() > 0;
    const int place = bar->value();
    box_->setPlainText(text);
    bar->setValue(atEnd ? bar->maximum() : place);
    mark();
}

void TextView::mark() {
    QList<QTextEdit::ExtraSelection> marks;
    const QString wanted = find_->text();
    found_ = 0;
    if (!wanted.isEmpty()) {
        QTextCursor at{box_->document()};
        while (found_ < 1000 && !(at = box_->document()->find(wanted, at)).isNull()) {
            QTextEdit::ExtraSelection mark;
            mark.cursor = at;
            mark.format.setBackground(theme_.colors().warningSurface);
            mark.format.setForeground(theme_.colors().warning);
            marks.append(mark);
            ++found_;
        }
    }
    box_->setExtraSelections(marks);
    count_->setText(wanted.isEmpty() ? QString{}
                    : found_ == 0    ? tr("not there")
                                     : tr("places: %1").arg(found_));
}

void TextView::next(bool backwards) {
    if (found_ == 0) return;
    const auto flags = backwards ? QTextDocument::FindBackward : QTextDocument::FindFlags{};
    if (box_->find(find_->text(), flags)) return;
    box_->moveCursor(backwards ? QTextCursor::End : QTextCursor::Start);
    box_->find(find_->text(), flags);
}

}  // namespace dogwatch::gui

#include "gui/widgets/filter_bar.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QCoreApplication>
#include <QHBoxLayout>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QTextCharFormat>

#include "gui/models/text.h"
#include "gui/widgets/panels.h"
#include "gui/widgets/table.h"

namespace dogwatch::gui {

using namespace Qt::StringLiterals;

FilterTarget targetOf(QueryFilter& filter) {
    return {filter.keys(),
            [&filter](const QString& text, FilterSpan* fault) { return filter.setText(text, fault); },
            {}};
}

FilterBar::FilterBar(const Theme& theme, FilterTarget target, Table* table, const QString& example,
                     TextStore store, QWidget* parent)
    : QWidget(parent),
      target_(std::move(target)),
      row_(new QHBoxLayout),
      field_(new QLineEdit{this}),
      fault_(faultLabel(this)),
      follow_(button(theme, u"follow"_s, tr("Follow"), tr("Keep the latest rows in view"))),
      completer_(new QCompleter{&proposals_, this}),
      faultColor_(theme.colors().bad) {
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins({});
    layout->setSpacing(4);
    row_->setSpacing(kSmallGap);
    row_->addWidget(field_, 1);
    if (store.load && store.save) {
        auto* saved = new SavedTexts{theme, tr("Saved filters"), [this] { return field_->text(); }};
        saved->setObjectName(u"savedFilters"_s);
        saved->setStore(std::move(store));
        connect(saved, &SavedTexts::chosen, field_, &QLineEdit::setText);
        row_->addWidget(saved);
    }
    row_->addWidget(follow_);
    layout->addLayout(row_);
    layout->addWidget(fault_);

    field_->setObjectName(u"filter"_s);
    field_->setAccessibleName(tr("Filter"));
    field_->setPlaceholderText(example);
    field_->setClearButtonEnabled(true);
    field_->addAction(theme.icon(u"search"_s), QLineEdit::LeadingPosition);
    field_->setToolTip(tr("Fields: %1. %2")
                           .arg(target_.fields.join(u", "_s),
                                tr("* stands for any characters; > and < compare; - negates.")));
    field_->installEventFilter(this);
    connect(field_, &QLineEdit::textChanged, this, &FilterBar::apply);
    connect(field_, &QLineEdit::textEdited, this, &FilterBar::propose);

    completer_->setWidget(field_);
    completer_->setCaseSensitivity(Qt::CaseInsensitive);
    completer_->setMaxVisibleItems(12);
    completer_->popup()->setAccessibleName(tr("Proposals"));
    connect(completer_, qOverload<const QString&>(&QCompleter::activated), this, &FilterBar::complete);
    connect(&theme, &Theme::changed, this, [this, &theme] { faultColor_ = theme.colors().bad; });

    follow_->setCheckable(true);
    follow_->setChecked(table->isFollowing());
    connect(follow_, &QPushButton::clicked, table, &Table::setFollowing);
    connect(table, &Table::followingChanged, follow_, &QPushButton::setChecked);
}

void FilterBar::addControl(QWidget* widget) {
    row_->insertWidget(row_->indexOf(follow_), widget);
}

void FilterBar::apply(const QString& text) {
    FilterSpan span;
    const auto taken = target_.apply(text, &span);
    const QString fault = taken ? QString{} : fromUtf8(taken.error().message);
    markField(field_, fault);
    mark(text, taken ? FilterSpan{} : span);
    setFault(fault_,
             fault.isEmpty() ? QString{} : tr("%1. Fields: %2.").arg(fault, target_.fields.join(u", "_s)));
}

/// A line edit knows no formats of its own, but draws those that an input method asks for.
void FilterBar::mark(const QString& text, const FilterSpan& span) {
    QList<QInputMethodEvent::Attribute> attributes;
    if (span.end > span.begin) {
        const QByteArray utf8 = text.toUtf8();
        const auto begin = QString::fromUtf8(utf8.left(static_cast<qsizetype>(span.begin))).size();
        const auto end = QString::fromUtf8(utf8.left(static_cast<qsizetype>(span.end))).size();
        QTextCharFormat format;
        format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        format.setUnderlineColor(faultColor_);
        format.setForeground(faultColor_);
        attributes.append({QInputMethodEvent::TextFormat, static_cast<int>(begin) - field_->cursorPosition(),
                           static_cast<int>(end - begin), format});
    }
    QInputMethodEvent event{QString{}, attributes};
    QCoreApplication::sendEvent(field_, &event);
}

QString FilterBar::wordAtCursor(int* begin) const {
    const QString text = field_->text();
    const int cursor = field_->cursorPosition();
    int at = cursor;
    while (at > 0 && !text[at - 1].isSpace()) --at;
    if (at < cursor && text[at] == u'-') ++at;
    *begin = at;
    return text.mid(at, cursor - at);
}

void FilterBar::propose() {
    int begin = 0;
    const QString word = wordAtCursor(&begin);
    QStringList list;
    const qsizetype colon = word.indexOf(u':');
    if (colon < 0) {
        for (const QString& field : target_.fields) list.append(field + u':');
    } else if (target_.values) {
        const QString field = word.left(colon);
        for (const QString& value : target_.values(field.toLower()))
            list.append(field + u':' + (value.contains(u' ') ? u'"' + value + u'"' : value));
    }
    list.removeAll(word);
    proposals_.setStringList(list);
    completer_->setCompletionPrefix(word);
    if (word.isEmpty() || completer_->completionCount() == 0) {
        completer_->popup()->hide();
        return;
    }
    completer_->complete();
}

void FilterBar::complete(const QString& proposal) {
    int begin = 0;
    const QString word = wordAtCursor(&begin);
    QString text = field_->text();
    const bool whole = !proposal.endsWith(u':');
    text.replace(begin, word.size(), whole ? proposal + u' ' : proposal);
    field_->setText(text);
    field_->setCursorPosition(begin + static_cast<int>(proposal.size()) + (whole ? 1 : 0));
    if (!whole) propose();
}

bool FilterBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == field_ && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Escape && !field_->text().isEmpty()) {
            field_->clear();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace dogwatch::gui
